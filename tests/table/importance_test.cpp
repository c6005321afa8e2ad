// Importance of params: numbers, categories, constants and absent ones.
#include "core/table/importance.h"
#include "tests/table/compared_runs.h"

#include <cmath>
#include <gtest/gtest.h>

namespace sextant {
namespace {

TEST(Importance, NumbersCategoriesAndConstants)
{
    std::vector<ComparedRun> runs;
    for (int i = 0; i < 120; ++i) {
        ComparedRun run;
        run.params = {{"lr", std::to_string((i * 7) % 11)},
                      {"opt", i % 3 ? "adam" : "sgd"},
                      {"same", "x"},
                      {"seed", std::to_string(i % 5)}};
        run.metrics["loss"] = (i * 7) % 11 + (i % 3 ? 0 : 4);
        runs.push_back(run);
    }
    runs.push_back({{{"loss", std::numeric_limits<double>::quiet_NaN()}}, {{"lr", "auto"}}, {}, {}});
    runs.push_back({{}, {{"other", "1"}}, {}, {}});
    auto table = tableOf(runs);
    ForestOptions options;
    options.trees = 50;
    auto report = importanceOf(*table, table->allRows(), {ColumnKind::Metric, "loss"}, {}, options);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->runs, 120u);
    EXPECT_EQ(report->left, 2u);
    EXPECT_EQ(report->constant, (std::vector<std::string>{"same"})) << "'other' is in no run that counts";
    ASSERT_EQ(report->params.size(), 3u);
    EXPECT_EQ(report->params[0].column.key, "lr");
    EXPECT_EQ(report->params[1].column.key, "opt");
    EXPECT_TRUE(report->params[0].numeric);
    EXPECT_GT(report->params[0].rank.coefficient, 0.5);
    EXPECT_FALSE(report->params[1].numeric);
    EXPECT_FALSE(report->params[1].rank.undefined.empty());
    EXPECT_GT(report->outOfBagR2, 0.95);
}

TEST(Importance, TooFewRuns)
{
    auto table = tableOf({{{{"loss", 1}}, {{"lr", "1"}}, {}, {}}, {{{"loss", 2}}, {{"lr", "2"}}, {}, {}}});
    auto report = importanceOf(*table, table->allRows(), {ColumnKind::Metric, "loss"});
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->undefined.empty());
    ASSERT_EQ(report->params.size(), 1u);
    EXPECT_EQ(report->params[0].rank.coefficient, 1) << "ranks need no forest";
    EXPECT_TRUE(std::isnan(report->params[0].importance));
}

} // namespace
} // namespace sextant
