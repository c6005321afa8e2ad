// What is refused: the sentence, the place, and the mend. A mended text must parse, or have a problem further
// on.
#include "core/query/filter.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr auto kRuns = FilterTarget::Runs;

struct Row
{
    std::string text;
    std::string place; // the marked part
    std::string message;
    std::string mended; // empty: no fix
    FilterTarget target = kRuns;
};

void PrintTo(const Row& row, std::ostream* out)
{
    *out << row.text;
}

class Problems : public testing::TestWithParam<Row>
{
};

TEST_P(Problems, AreExplained)
{
    const auto& row = GetParam();
    auto problem = Filter::explain(row.text, row.target);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->error.code, ErrorCode::Syntax);
    EXPECT_EQ(problem->error.message, row.message);
    EXPECT_FALSE(problem->error.hint.empty());
    ASSERT_TRUE(problem->error.range);
    ASSERT_LE(problem->error.range->begin + problem->error.range->length, row.text.size());
    EXPECT_EQ(row.text.substr(problem->error.range->begin, problem->error.range->length), row.place);
    EXPECT_EQ(problem->fix ? applied(row.text, *problem->fix) : "", row.mended);
    auto parsed = Filter::parse(row.text, row.target);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().message, row.message);
    if (!row.mended.empty()) {
        auto next = Filter::explain(row.mended, row.target);
        EXPECT_FALSE(next) << next->error.message;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Joining, Problems,
    testing::Values(
        Row{"params.a = 'x' params.b = 'y'", "params.b", "AND or OR is missing before params.b",
            "params.a = 'x' AND params.b = 'y'"},
        Row{"params.a='x'params.b='y'", "params.b", "AND or OR is missing before params.b",
            "params.a='x' AND params.b='y'"},
        Row{"metrics.a > 1 AND", "AND", "A condition is missing after AND", "metrics.a > 1"},
        Row{"AND metrics.a > 1", "AND", "A condition is missing before AND", "metrics.a > 1"},
        Row{"metrics.a > 1 AND AND metrics.b > 2", "AND", "A condition is missing before AND",
            "metrics.a > 1 AND metrics.b > 2"},
        Row{"metrics.a > 1 OR", "OR", "A condition is missing after OR", ""},
        Row{"NOT", "NOT", "A condition is missing after NOT", ""},
        Row{"metrics.a > 1 && metrics.b > 2", "&&", "Conditions are joined with AND or OR",
            "metrics.a > 1 AND metrics.b > 2"},
        Row{"metrics.a > 1 || metrics.b > 2", "||", "Conditions are joined with AND or OR",
            "metrics.a > 1 OR metrics.b > 2"},
        Row{"metrics.a > 1, metrics.b > 2", ",", "Conditions are joined with AND or OR, not with ,",
            "metrics.a > 1 AND metrics.b > 2"},
        Row{"metrics.a > 1;", ";", "Conditions are joined with AND or OR, not with ;", "metrics.a > 1"},
        Row{"hello world", "world", "AND or OR is missing before world", "hello AND world"},
        Row{"(metrics.a > 1", "(", "This parenthesis is not closed", "(metrics.a > 1)"},
        Row{"metrics.a > 1)", ")", "This parenthesis closes nothing", "metrics.a > 1"},
        Row{"()", "()", "A condition is missing between the parentheses", ""},
        Row{"metrics.a > 1 -- note", "-", "- is not understood here", ""}));

INSTANTIATE_TEST_SUITE_P(
    Fields, Problems,
    testing::Values(
        Row{"Metrics.a > 1", "Metrics", "'Metrics' is not a kind of field", "metrics.a > 1"},
        Row{"foo.a > 1", "foo", "Runs have no foo", ""},
        Row{"Status = 'F'", "Status", "Runs have no field 'Status'", "status = 'F'"},
        Row{"name = 'F'", "name", "Runs have no field 'name'", "run_name = 'F'"},
        Row{"accuracy > 0.9", "accuracy", "Runs have no field 'accuracy'", "metrics.accuracy > 0.9"},
        Row{"metrics.val/loss < 3", "metrics.val/loss", "This key needs quotes", "metrics.`val/loss` < 3"},
        Row{"metrics.a-b > 1", "metrics.a-b", "This key needs quotes", "metrics.`a-b` > 1"},
        Row{"metrics.1 > 1", "metrics.1", "This key needs quotes", "metrics.`1` > 1"},
        Row{"parameter.1a = 'x'", "parameter.1a", "This key needs quotes", "parameter.`1a` = 'x'"},
        Row{"params.from = 'x'", "params.from", "This key needs quotes", "params.`from` = 'x'"},
        Row{"metrics.val loss > 3", "loss", "An operator is missing after metrics.val",
            "metrics.`val loss` > 3"},
        Row{"\"metrics.a\" > 3", "\"metrics.a\"", "Quotes stand around the name only, not before the dot",
            "metrics.a > 3"},
        Row{"dataset.foo = 'x'", "dataset.foo", "Datasets have no foo", ""},
        Row{"metrics", "metrics", "A name is missing after metrics", ""},
        Row{"status", "status", "An operator is missing after status", ""},
        Row{"3 < metrics.x", "3", "A field stands before an operator, a value after it", "metrics.x > 3"},
        Row{"= 3", "=", "A field is missing before =", ""},
        Row{"sum(metrics.x) > 3", "sum", "There is no function sum", ""},
        Row{"num(metrics.x) > 3", "num(metrics.x)", "Metrics are numbers already", "metrics.x > 3"},
        Row{"max(params.x) > 3", "max(params.x)", "max() is for metrics", ""},
        Row{"num(params.x > 3", ">", "The parenthesis of num( is not closed", "num(params.x) > 3"},
        Row{"attributes.name = 'x'", "attributes", "'attributes' is not a kind of field",
            "attribute.name = 'x'", FilterTarget::RegisteredModels},
        Row{"metrics.a > 1", "metrics", "Experiments have no metrics", "", FilterTarget::Experiments},
        Row{"metric.a > 1", "metric", "'metric' is not a kind of field", "metrics.a > 1",
            FilterTarget::LoggedModels}));

INSTANTIATE_TEST_SUITE_P(
    Operators, Problems,
    testing::Values(
        Row{"metrics.a == 1", "==", "There is no operator ==", "metrics.a = 1"},
        Row{"metrics.a <> 1", "<>", "There is no operator <>", "metrics.a != 1"},
        Row{"metrics.a =< 1", "=<", "There is no operator =<", "metrics.a <= 1"},
        Row{"params.a ~ 'x'", "~", "There is no operator ~", "params.a RLIKE 'x'"},
        Row{"params.a REGEXP 'x'", "REGEXP", "There is no operator REGEXP", "params.a RLIKE 'x'"},
        Row{"metrics.a BETWEEN 1 AND 2", "BETWEEN", "There is no operator BETWEEN",
            "metrics.a >= 1 AND metrics.a <= 2"},
        Row{"metrics.x", "metrics.x", "An operator is missing after metrics.x", ""},
        Row{"tags.phase = 'a' AND params.lr > 0.001", "params.lr > 0.001",
            "Params are text and cannot be compared with >", "tags.phase = 'a' AND num(params.lr) > 0.001"},
        Row{"params.lr <= '1e+5'", "params.lr <= '1e+5'",
            "Params are text and cannot be compared with <=", "num(params.lr) <= 100000"},
        Row{"tags.`a b` > 'x'", "tags.`a b` >", "Tags are text and cannot be compared with >", ""},
        Row{"status > 'F'", "status >", "This field is text and cannot be compared with >", ""},
        Row{"metrics.a LIKE 'x'", "metrics.a LIKE", "Metrics are numbers and cannot be compared with LIKE",
            ""},
        Row{"start_time LIKE '1'", "start_time LIKE", "This field is a time and cannot be compared with LIKE",
            ""},
        Row{"dataset.name > 'x'", "dataset.name >",
            "Dataset names, digests and contexts are text and cannot be compared with >", ""},
        Row{"params.a = NULL", "NULL", "Nothing is compared with NULL", "params.a IS NULL"},
        Row{"params.a IS 5", "IS", "NULL is missing after IS", ""}));

INSTANTIATE_TEST_SUITE_P(
    Values, Problems,
    testing::Values(
        Row{"metrics.x >", ">", "A value is missing after >", ""},
        Row{"metrics.x > AND metrics.y > 1", ">", "A value is missing after >", ""},
        Row{"metrics.x > '5'", "'5'", "Metrics are numbers and are compared with plain numbers",
            "metrics.x > 5"},
        Row{"metrics.x > 1e+5", "1e+5", "Metrics are numbers and are compared with plain numbers",
            "metrics.x > 100000"},
        Row{"metrics.x > .5e3", ".5e3", "Metrics are numbers and are compared with plain numbers",
            "metrics.x > 500"},
        Row{"metrics.x > +5", "+5", "Metrics are numbers and are compared with plain numbers",
            "metrics.x > 5"},
        Row{"metrics.x > 1_000", "1_000", "Metrics are numbers and are compared with plain numbers",
            "metrics.x > 1000"},
        Row{"metrics.x > nan", "nan", "Metrics are numbers and are compared with plain numbers", ""},
        Row{"params.a = adam", "adam", "Params are text: the value needs quotes", "params.a = 'adam'"},
        Row{"params.a = 5", "5", "Params are text: the value needs quotes", "params.a = '5'"},
        Row{"run_id IN 'a'", "'a'", "A list in parentheses stands after IN", "run_id IN ('a')"},
        Row{"run_id IN ()", "()", "This list is empty", ""},
        Row{"run_id IN ('a' 'b')", "'b'", "A comma is missing in the list", "run_id IN ('a', 'b')"},
        Row{"run_id IN ('a', 1)", "1", "This field is text: the value needs quotes", "run_id IN ('a', '1')"},
        Row{"run_id IN ('a'", "(", "This list is not closed", "run_id IN ('a')"},
        Row{"run_id IN ('a\\')", "'a\\'", "This text is not well-formed in a list", ""},
        Row{"params.a = 'x", "'x", "This quote is not closed", "params.a = 'x'"},
        Row{"metrics.`x > 1", "`x > 1", "This quote is not closed", ""},
        Row{"params.a RLIKE '(b'", "(b", "This is not a regular expression: missing ): (b", ""},
        Row{"duration > 2h", "2h", "The value needs quotes", "duration > '2h'"},
        Row{"duration > '2 parsecs'", "'2 parsecs'", "This is not a length of time", ""},
        Row{"start_time > 2025-11-01", "2025-11-01", "The value needs quotes", "start_time > '2025-11-01'"},
        Row{"start_time > 'soon'", "'soon'", "This is not a time", ""},
        Row{"experiment_id = 'x'", "'x'", "An experiment's id is a whole number", "",
            FilterTarget::Experiments},
        Row{"creation_time > 1.5", "1.5", "A time is a whole number of milliseconds", "",
            FilterTarget::Experiments},
        Row{"version_number > 1.5", "1.5", "A version is a whole number", "", FilterTarget::ModelVersions},
        Row{"status = 'LOGGED_MODEL_READY'", "'LOGGED_MODEL_READY'",
            "There is no status 'LOGGED_MODEL_READY'", "", FilterTarget::LoggedModels}));

TEST(Problems, PlaceIsInBytesAfterWideCharacters)
{
    std::string text = "params.größe = 'ω' AND foo > 1";
    auto problem = Filter::explain(text, kRuns);
    ASSERT_TRUE(problem);
    EXPECT_EQ(text.substr(problem->error.range->begin, problem->error.range->length), "foo");
}

TEST(Problems, DeepNestingIsRefusedAndNotOverflowed)
{
    for (std::string open : {"(", "NOT "}) {
        std::string text;
        for (int i = 0; i < 100'000; ++i)
            text += open;
        auto problem = Filter::explain(text + "a", kRuns);
        ASSERT_TRUE(problem);
        EXPECT_EQ(problem->error.message, "Conditions are nested too deeply");
    }
}

TEST(Problems, InvalidUtf8IsSaidSo)
{
    EXPECT_TRUE(Filter::explain("params.a\xFF = 'x'", kRuns));
    EXPECT_TRUE(Filter::explain("\xC3", kRuns));
    EXPECT_FALSE(Filter::explain("params.a = '\xFF'", kRuns)); // a value may be any bytes: stores hold such
}

} // namespace
} // namespace sextant
