// The matrix of differences: what counts as a difference, how it is measured and ordered, and changes from a
// baseline.
#include "core/table/differences.h"
#include "tests/table/compared_runs.h"

#include <cmath>
#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();
using State = DifferenceCell::State;

DifferencesPtr differencesOf(const std::vector<ComparedRun>& runs, DifferencesRequest request = {})
{
    auto table = tableOf(runs);
    if (request.runs.empty())
        request.runs = table->allRows();
    return findDifferences(table, request).value();
}

std::size_t rowOf(const DifferencesPtr& matrix, std::string_view key)
{
    for (std::size_t row = 0; row < matrix->rows().size(); ++row)
        if (matrix->rows()[row].key == key)
            return row;
    ADD_FAILURE() << "no row " << key;
    return 0;
}

const DifferenceRow& factsOf(const DifferencesPtr& matrix, std::string_view key)
{
    return matrix->rows()[rowOf(matrix, key)];
}

std::string keysOf(const DifferencesPtr& matrix, const std::vector<std::uint32_t>& rows)
{
    std::string keys;
    for (auto row : rows)
        keys += (keys.empty() ? "" : " ") + matrix->rows()[row].key;
    return keys;
}

TEST(Differences, MissingEmptyAndTextAreThree)
{
    auto matrix = differencesOf({{{}, {{"p", ""}}, {}, {}},
                                 {{}, {}, {}, {}},
                                 {{}, {{"p", "x"}}, {}, {}},
                                 {{}, {{"p", "1"}}, {}, {}}});
    auto row = rowOf(matrix, "p");
    EXPECT_EQ(matrix->rows()[row].distinct, 4u);
    EXPECT_EQ(matrix->rows()[row].present, 3u);
    EXPECT_FALSE(matrix->rows()[row].numeric);
    EXPECT_EQ(matrix->cell(row, 0).state, State::Empty);
    EXPECT_TRUE(matrix->cell(row, 1).missing());
    EXPECT_EQ(matrix->cell(row, 2).state, State::Text);
    EXPECT_EQ(matrix->cell(row, 3).state, State::Number);
    EXPECT_FALSE(matrix->equal(row, 0, 1));
    EXPECT_TRUE(matrix->change(row, 1, 0).differs);
    EXPECT_FALSE(matrix->change(row, 1, 1).differs);
}

TEST(Differences, OneNumberInTwoSpellings)
{
    std::vector<ComparedRun> runs{{{}, {{"lr", "0.1"}}, {{"t", "0.1"}}, {}},
                                  {{}, {{"lr", "0.10"}}, {{"t", "0.10"}}, {}},
                                  {{}, {{"lr", "1e-1"}}, {{"t", "0.1"}}, {}}};
    auto matrix = differencesOf(runs);
    const auto& lr = factsOf(matrix, "lr");
    EXPECT_EQ(lr.distinct, 1u);
    EXPECT_EQ(lr.spellings, 3u);
    EXPECT_FALSE(lr.differs());
    auto change = matrix->change(rowOf(matrix, "lr"), 1, 0);
    EXPECT_FALSE(change.differs);
    EXPECT_TRUE(change.onlySpelling);
    EXPECT_EQ(change.delta, 0.0);
    EXPECT_EQ(factsOf(matrix, "t").distinct, 2u) << "tags are texts";
    auto strict = differencesOf(runs, {.runs = {}, .spellingCounts = true});
    EXPECT_EQ(factsOf(strict, "lr").distinct, 3u);
    EXPECT_TRUE(strict->change(rowOf(strict, "lr"), 1, 0).differs);
}

TEST(Differences, LongNumbersAreNotRoundedTogether)
{
    auto matrix = differencesOf(
        {{{}, {{"id", "12345678901234567890"}}, {}, {}}, {{}, {{"id", "12345678901234567891"}}, {}, {}}});
    EXPECT_EQ(factsOf(matrix, "id").distinct, 2u);
    EXPECT_TRUE(matrix->change(0, 0, 1).differs);
}

TEST(Differences, MetricsMeetNanInfinityAndZero)
{
    auto matrix = differencesOf({{{{"a", kNan}, {"z", 0.0}, {"i", kInf}}, {}, {}, {}},
                                 {{{"a", kNan}, {"z", -0.0}, {"i", 1e308}}, {}, {}, {}},
                                 {{{"a", kNan}, {"i", -1e308}}, {}, {}, {}}});
    EXPECT_EQ(factsOf(matrix, "a").distinct, 1u);
    EXPECT_EQ(factsOf(matrix, "z").distinct, 2u);
    EXPECT_EQ(factsOf(matrix, "i").distinct, 3u);
    EXPECT_EQ(factsOf(matrix, "i").spread, 2);
    auto i = rowOf(matrix, "i");
    EXPECT_FALSE(matrix->change(i, 0, 1).delta.has_value());
    EXPECT_EQ(matrix->change(i, 0, 1, Better::Lower).verdict, Verdict::Worse);
    EXPECT_FALSE(matrix->change(i, 1, 2).delta.has_value()) << "the difference is beyond a double";
    EXPECT_FALSE(matrix->change(rowOf(matrix, "a"), 0, 1).differs);
    EXPECT_EQ(matrix->change(rowOf(matrix, "a"), 0, 1, Better::Lower).verdict, Verdict::Neutral);
}

TEST(Differences, ChangesHaveADirection)
{
    auto matrix = differencesOf({{{{"loss", 2}}, {{"lr", "0.1"}, {"opt", "a"}}, {}, {}},
                                 {{{"loss", 1}}, {{"lr", "0.2"}, {"opt", "b"}}, {}, {}}});
    auto loss = matrix->change(rowOf(matrix, "loss"), 1, 0, Better::Lower);
    EXPECT_EQ(loss.delta, -1.0);
    EXPECT_EQ(loss.relative, -0.5);
    EXPECT_EQ(loss.verdict, Verdict::Better);
    EXPECT_EQ(matrix->change(rowOf(matrix, "loss"), 1, 0, Better::Higher).verdict, Verdict::Worse);
    EXPECT_EQ(matrix->change(rowOf(matrix, "loss"), 1, 0).verdict, Verdict::Neutral);
    auto lr = matrix->change(rowOf(matrix, "lr"), 1, 0, Better::Lower);
    EXPECT_DOUBLE_EQ(*lr.delta, 0.1);
    EXPECT_EQ(lr.verdict, Verdict::Neutral) << "a param is neither better nor worse";
    EXPECT_FALSE(matrix->change(rowOf(matrix, "opt"), 1, 0).delta);
}

TEST(Differences, SectionsAndTheirCounts)
{
    std::vector<ComparedRun> runs(2);
    runs[0] = {{{"m", 1}},
               {{"p", "1"}, {"same", "x"}},
               {{"mlflow.source.git.commit", "c1"},
                {"mlflow.source.name", "train.py"},
                {"mlflow.runName", "one"},
                {"mlflow.docker.image.uri", "img"},
                {"team", "x"}},
               {{"d", "1a", "train"}}};
    runs[1] = {{{"m", 2}},
               {{"p", "2"}, {"same", "x"}},
               {{"mlflow.source.git.commit", "c2"},
                {"mlflow.source.name", "train.py"},
                {"mlflow.runName", "two"},
                {"team", "y"}},
               {{"d", "2b", "train"}}};
    auto matrix = differencesOf(runs);
    EXPECT_EQ(keysOf(matrix, matrix->select(false, DifferenceOrder::Key)),
              "m p same mlflow.source.git.commit mlflow.source.name dataset.name dataset.digest "
              "mlflow.docker.image.uri team");
    EXPECT_EQ(factsOf(matrix, "mlflow.source.git.commit").label, "git commit");
    EXPECT_EQ(factsOf(matrix, "dataset.digest").label, "dataset digest");
    EXPECT_EQ(factsOf(matrix, "team").label, "team");
    auto code = matrix->count(DifferenceSection::CodeAndData);
    EXPECT_EQ(code.differ, 3u);
    EXPECT_EQ(code.constant, 2u);
    EXPECT_EQ(matrix->count(DifferenceSection::Parameters).constant, 1u);
    EXPECT_EQ(keysOf(differencesOf(runs, {.runs = {}, .runNames = true}), {8, 9}), "mlflow.runName team");
    EXPECT_EQ(matrix->cell(rowOf(matrix, "dataset.digest"), 1).text, "2b");
}

TEST(Differences, DatasetsByContext)
{
    auto matrix = differencesOf({{{}, {}, {}, {{"b", "1", "train"}, {"a", "2", "train"}, {"e", "3", "eval"}}},
                                 {{}, {}, {}, {{"a", "2", "train"}}},
                                 {{}, {}, {}, {}}});
    auto train = rowOf(matrix, "dataset.name (train)");
    EXPECT_EQ(matrix->cell(train, 0).text, "a, b");
    EXPECT_EQ(matrix->cell(train, 1).text, "a");
    EXPECT_TRUE(matrix->cell(train, 2).missing());
    EXPECT_EQ(matrix->rows()[train].distinct, 3u);
    EXPECT_TRUE(matrix->cell(rowOf(matrix, "dataset.digest (eval)"), 1).missing());
}

TEST(Differences, OrderedByVariation)
{
    std::vector<ComparedRun> runs;
    for (int i = 0; i < 6; ++i)
        runs.push_back({{{"wide", i * 10.0}, {"narrow", 100.0 + i}},
                        {{"constant", "c"},
                         {"rare", i == 0 ? "a" : "b"},
                         {"half", i < 3 ? "a" : "b"},
                         {"each", std::to_string(i)}},
                        {},
                        {}});
    auto matrix = differencesOf(runs);
    EXPECT_EQ(keysOf(matrix, matrix->select(false, DifferenceOrder::Variation)),
              "wide narrow each half rare constant");
    EXPECT_EQ(keysOf(matrix, matrix->select(true, DifferenceOrder::Key)), "narrow wide each half rare");
    EXPECT_EQ(keysOf(matrix, matrix->select(true, DifferenceOrder::Variation,
                                            [](const DifferenceRow& row) {
                                                return row.key.find('r') != std::string::npos;
                                            })),
              "narrow rare");
    EXPECT_DOUBLE_EQ(factsOf(matrix, "each").evenness, 1);
    EXPECT_EQ(factsOf(matrix, "constant").evenness, 0);
}

TEST(Differences, StepsFromDifferenceToDifference)
{
    auto matrix = differencesOf({{{}, {{"a", "1"}, {"b", "1"}, {"c", "1"}}, {}, {}},
                                 {{}, {{"a", "2"}, {"b", "1"}, {"c", "2"}}, {}, {}}});
    auto shown = matrix->select(false, DifferenceOrder::Key);
    EXPECT_EQ(matrix->nextDifference(shown, 0, 1, 0, 1), 2u);
    EXPECT_EQ(matrix->nextDifference(shown, 2, 1, 0, -1), 0u);
    EXPECT_EQ(matrix->nextDifference(shown, 2, 1, 0, 1), std::nullopt);
    EXPECT_EQ(matrix->nextDifference(shown, 0, 0, 0, 1), std::nullopt);
    EXPECT_EQ(matrix->nextDifference({}, 0, 0, 0, 1), std::nullopt);
}

TEST(Differences, NoneAndOneRun)
{
    auto table = tableOf({{{{"m", 1}}, {{"p", "1"}}, {}, {}}});
    auto none = findDifferences(table, {}).value();
    EXPECT_EQ(none->runs(), 0u);
    EXPECT_TRUE(none->rows().empty());
    auto one = findDifferences(table, {.runs = {0}}).value();
    EXPECT_EQ(one->rows().size(), 2u);
    EXPECT_FALSE(one->rows()[0].differs());
    EXPECT_FALSE(findDifferences(table, {.runs = {3}}));
    std::stop_source stop;
    stop.request_stop();
    DifferencesRequest request{.runs = {0}};
    EXPECT_EQ(findDifferences(table, request, {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace sextant
