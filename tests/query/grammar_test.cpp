// What parses, to what, and whether the real MLflow would take the same text: each row was asked of the real
// client.
#include "core/query/filter.h"
#include "core/query/print.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr EpochMs kNow = 1'763'500'000'000;

struct Row
{
    FilterTarget target;
    std::string text;
    std::string printed; // the tree as text; times as numbers
    bool portable;
};

void PrintTo(const Row& row, std::ostream* out)
{
    *out << row.text;
}

constexpr auto kRuns = FilterTarget::Runs;
constexpr auto kExperiments = FilterTarget::Experiments;
constexpr auto kModels = FilterTarget::RegisteredModels;
constexpr auto kVersions = FilterTarget::ModelVersions;
constexpr auto kLogged = FilterTarget::LoggedModels;

class Grammar : public testing::TestWithParam<Row>
{
};

TEST_P(Grammar, Parses)
{
    const auto& row = GetParam();
    auto filter = Filter::parse(row.text, row.target, kNow);
    ASSERT_TRUE(filter) << filter.error().message;
    EXPECT_EQ(filter->portable(), row.portable) << filter->localReason();
    ASSERT_TRUE(filter->root());
    EXPECT_EQ(print(*filter->root()), row.printed);
    auto again = Filter::parse(row.printed, row.target, kNow);
    ASSERT_TRUE(again) << row.printed << ": " << again.error().message;
    EXPECT_TRUE(sameMeaning(*filter->root(), *again->root()));
}

std::string same(const std::string& text)
{
    return text;
}

Row portable(const std::string& text, const std::string& printed, FilterTarget target = kRuns)
{
    return {target, text, printed, true};
}
Row portable(const std::string& text, FilterTarget target = kRuns)
{
    return {target, text, text, true};
}
Row local(const std::string& text, const std::string& printed, FilterTarget target = kRuns)
{
    return {target, text, printed, false};
}
Row local(const std::string& text, FilterTarget target = kRuns)
{
    return {target, text, same(text), false};
}

INSTANTIATE_TEST_SUITE_P(
    Fields, Grammar,
    testing::Values(
        portable("metrics.acc > 0.9"), portable("metric.acc > 0.9", "metrics.acc > 0.9"),
        portable("parameter.lr = '1'", "params.lr = '1'"), portable("parameters.lr = '1'", "params.lr = '1'"),
        portable("param.lr = '1'", "params.lr = '1'"), portable("tag.a = 'x'", "tags.a = 'x'"),
        portable("status = 'FINISHED'"), portable("attribute.status = 'F'", "status = 'F'"),
        portable("attributes.status = 'F'", "status = 'F'"), portable("attr.status = 'F'", "status = 'F'"),
        portable("run.status = 'F'", "status = 'F'"), portable("created > 5", "start_time > 5"),
        portable("Created > 5", "start_time > 5"), portable("`run name` = 'x'", "run_name = 'x'"),
        portable("\"Run Name\" = 'x'", "run_name = 'x'"), portable("attr.`Run name` = 'x'", "run_name = 'x'"),
        portable("datasets.digest = 'x'", "dataset.digest = 'x'"),
        portable("`metrics`.a > 1", "metrics.a > 1"), portable("metrics.\"a b\" > 1", "metrics.`a b` > 1"),
        portable("metrics.'a b' > 1", "metrics.`a b` > 1"), portable("metrics.`a.b/c` > 1"),
        portable("metrics.`a\"b` > 1"), portable("metrics.\"a`b\" > 1"),
        portable("tags.mlflow.source.git.commit = 'x'"), portable("metrics.größe > 1"),
        portable("metrics.1abc > 1"), portable("metrics.select > 1"),
        portable("params.a.`b c` = 'x'", "params.\"a.`b c`\" = 'x'"),
        portable("tags.`a b`LIKE'x'", "tags.`a b` LIKE 'x'")));

INSTANTIATE_TEST_SUITE_P(
    Values, Grammar,
    testing::Values(portable("metrics.x>-5", "metrics.x > -5"), portable("metrics.x > .5", "metrics.x > 0.5"),
                    portable("metrics.x > 5.", "metrics.x > 5"),
                    portable("metrics.x > 1E-5", "metrics.x > 1e-05"),
                    portable("metrics.x > 1e5", "metrics.x > 100000"), portable("metrics.x > 1e17"),
                    portable("metrics.x > 00012", "metrics.x > 12"), portable("start_time > 1.5"),
                    portable("params.a = \"it's\""), portable("params.a = 'it''s'", "params.a = \"it''s\""),
                    portable("params.a = 'it\\'s'", "params.a = \"it\\'s\""),
                    portable("params.a = 'C:\\'", "params.a IN ('C:\\x5c')"), portable("params.a = ''"),
                    portable("params.a = '\"'"), portable("params.a = ''''", "params.a = \"''\""),
                    portable("params.a = 'a\nb'"), portable("run_id IN ('a')", "run_id = 'a'"),
                    portable("run_id NOT  IN ('a', \"b\",)", "run_id NOT IN ('a', 'b')"),
                    portable("run_id in ('a\\'b', 'c\\x41\\n')", "run_id IN ('a\\'b', 'cA\\n')"),
                    portable("dataset.name IN ('a', 'B')"), portable("params.a IS NULL"),
                    portable("tags.a is not null", "tags.a IS NOT NULL"),
                    portable("params.a='x'AND params.b='y'", "params.a = 'x' AND params.b = 'y'"),
                    portable("metrics.a >1\tand\nmetrics.b<2", "metrics.a > 1 AND metrics.b < 2"),
                    local("metrics.x = 1e999")));

INSTANTIATE_TEST_SUITE_P(
    Superset, Grammar,
    testing::Values(
        local("metrics.a > 1 OR metrics.b > 2"), local("NOT metrics.a > 1"),
        local("(metrics.a > 1)", "metrics.a > 1"),
        local("metrics.a > 1 AND (metrics.b > 2 OR metrics.c > 3)"),
        local("metrics.a > 1 OR metrics.b > 2 AND metrics.c > 3",
              "metrics.a > 1 OR (metrics.b > 2 AND metrics.c > 3)"),
        local("not not adam", "NOT NOT 'adam'"), local("metrics.a IS NULL"), local("status IS NOT NULL"),
        local("dataset.name IS NULL"), local("params.a IS NOT  NULL", "params.a IS NOT NULL"),
        local("params.x IN ('a', 'b')"), local("metrics.x IN (1, 2.5)"),
        local("status NOT IN ('FAILED', 'KILLED')"), local("params.a NOT LIKE 'x%'"),
        local("params.a RLIKE '^a+$'"), local("params.a NOT RLIKE '^a+$'"), local("num(params.lr) > 0.1"),
        local("NUM( tags.`a b` ) IS NULL", "num(tags.`a b`) IS NULL"), local("max(metrics.acc) > 0.9"),
        local("best(metrics.`val/loss`) < 2"), local("last(metrics.acc) > 1", "metrics.acc > 1"),
        local("first(metrics.acc) > 1"), local("duration > '2h'", "duration > 7200000"),
        local("duration > '5h 41m 08s'", "duration > 20468000"),
        local("duration > '01:30:00'", "duration > 5400000"),
        local("start_time > '2025-11-01'", "start_time > 1761955200000"),
        local("start_time > '2025-11-01T01:00:00+01:00'", "start_time > 1761955200000"),
        local("start_time = '2025-11-01'", "start_time >= 1761955200000 AND start_time < 1762041600000"),
        local("start_time != '2025-11-01'", "start_time < 1761955200000 OR start_time >= 1762041600000"),
        local("start_time > '1d ago'", "start_time > 1763413600000"),
        local("end_time < 'now'", "end_time < 1763500000000"), local("experiment_name = 'x'"),
        local("lifecycle_stage = 'active'"), local("adam", "'adam'"), local("'adam w'"),
        local("\"it's\"", "\"it's\""), local("muon-lr2e-2-s1", "'muon-lr2e-2-s1'"),
        local("4f1c9e07", "'4f1c9e07'"), local("adam AND metrics.x > 1", "'adam' AND metrics.x > 1")));

INSTANTIATE_TEST_SUITE_P(
    OtherTargets, Grammar,
    testing::Values(
        portable("name LIKE 'x%'", kExperiments),
        portable("attributes.name = 'x'", "name = 'x'", kExperiments),
        portable("experiment_id IN ('1', '2')", kExperiments), portable("creation_time >= 5", kExperiments),
        portable("tags.a IS NULL", kExperiments), local("`attribute`.name = 'x'", "name = 'x'", kExperiments),
        local("name IN ('a', 'b')", kExperiments), portable("name NOT IN ('a', 'b')", kModels),
        portable("attribute.name = 'x'", "name = 'x'", kModels),
        local("\"name\" = 'x'", "name = 'x'", kModels), local("tags.a IS NULL", kModels),
        local("alias = 'champion'", kModels), local("creation_timestamp > 1", kModels),
        portable("version_number > '2'", "version_number > 2", kVersions),
        portable("version_number = 2", kVersions), portable("run_id IN ('a', 'b')", kVersions),
        portable("source_path ILIKE '%x'", kVersions), local("source_path IN ('x', 'y')", kVersions),
        local("stage = 'Production'", "current_stage = 'Production'", kVersions),
        local("version = 1", "version_number = 1", kVersions),
        portable("params.x = 5", "params.x = '5'", kLogged),
        portable("name = churn", "name = 'churn'", kLogged), local("name = \"x\"", "name = 'x'", kLogged),
        portable("creation_time > 1", "creation_timestamp > 1", kLogged),
        portable("status IN ('READY', 'FAILED')", kLogged), portable("params.x NOT IN ('a', 'b')", kLogged),
        portable("experiment_id = 1", "experiment_id = '1'", kLogged), portable("metrics.`a b` > 1", kLogged),
        local("metrics.\"a b\" > 1", "metrics.`a b` > 1", kLogged), local("num(params.x) > 1", kLogged)));

TEST(Grammar, EmptyTextMatchesEverything)
{
    for (auto text : {"", "  \n\t "}) {
        auto filter = Filter::parse(text, kRuns);
        ASSERT_TRUE(filter);
        EXPECT_EQ(filter->root(), nullptr);
        EXPECT_TRUE(filter->portable());
    }
}

TEST(Grammar, HistoryMetricsAreNamedOnce)
{
    auto filter = Filter::parse(
        "max(metrics.b) > 1 OR NOT (min(metrics.a) < 2 AND best(metrics.b) > 3) AND last(metrics.c) > 1",
        kRuns);
    ASSERT_TRUE(filter);
    EXPECT_EQ(filter->historyMetrics(), (std::vector<std::string>{"a", "b"}));
}

TEST(Grammar, PositionsCoverTheClause)
{
    std::string text = "status = 'F' AND  num(params.`a b`) >= 0.5";
    auto filter = Filter::parse(text, kRuns);
    ASSERT_TRUE(filter);
    const auto& compare = std::get<Compare>(std::get<And>(filter->root()->node).parts[1]->node);
    EXPECT_EQ(text.substr(compare.range.begin, compare.range.length), "num(params.`a b`) >= 0.5");
    EXPECT_EQ(text.substr(compare.field.range.begin, compare.field.range.length), "num(params.`a b`)");
}

} // namespace
} // namespace sextant
