// RunTable and its builder: values stand where they were put, dense or sparse, in whatever order they came.
#include "core/table/run_table_builder.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <thread>

namespace sextant {
namespace {

RunTableBuilder builderWithRuns(std::size_t count)
{
    RunTableBuilder builder;
    builder.setExperiments({Experiment{.id = "1", .name = "first"}});
    for (std::size_t i = 0; i < count; ++i) {
        auto id = "run" + std::to_string(i);
        builder.addRun({.id = id,
                        .name = "name " + id,
                        .userId = i % 2 ? "ann" : "bob",
                        .artifactUri = "/a/" + id,
                        .startTime = static_cast<EpochMs>(1000 + i)});
    }
    return builder;
}

TEST(RunTable, EmptyTable)
{
    auto table = RunTableBuilder().finish();
    EXPECT_EQ(table->size(), 0u);
    EXPECT_TRUE(table->newestFirst().empty());
    EXPECT_EQ(table->metric("x"), nullptr);
    EXPECT_FALSE(table->find("x"));
}

TEST(RunTable, AttributesOfARun)
{
    auto table = builderWithRuns(3).finish();
    ASSERT_EQ(table->size(), 3u);
    EXPECT_EQ(table->runId(1), "run1");
    EXPECT_EQ(table->name(1), "name run1");
    EXPECT_EQ(table->user(1), "ann");
    EXPECT_EQ(table->user(2), "bob");
    EXPECT_EQ(table->artifactUri(2), "/a/run2");
    EXPECT_EQ(table->experiment(0).name, "first");
    EXPECT_EQ(table->startTime(2), 1002);
    EXPECT_EQ(table->endTime(2), kNoTime);
    EXPECT_EQ(table->find("run2"), RowIndex{2});
    EXPECT_FALSE(table->find("run3"));
    EXPECT_EQ(std::vector<RowIndex>(table->newestFirst().begin(), table->newestFirst().end()),
              (std::vector<RowIndex>{2, 1, 0}));
}

TEST(RunTable, MissingIsNotNan)
{
    auto builder = builderWithRuns(3);
    builder.setMetric(0, "loss", std::nan(""));
    builder.setMetric(2, "loss", -0.5);
    auto table = builder.finish();
    const auto* loss = table->metric("loss");
    ASSERT_TRUE(loss);
    EXPECT_TRUE(std::isnan(loss->at(0)));
    EXPECT_FALSE(isMissing(loss->at(0)));
    EXPECT_TRUE(isMissing(loss->at(1)));
    EXPECT_EQ(loss->at(2), -0.5);
    EXPECT_EQ(loss->count, 2u);
}

/// Random values put in random order must be read back exactly, whether the column ends dense or sparse.
TEST(RunTable, HoldsRandomValuesExactly)
{
    std::mt19937 random(3);
    for (double fill : {0.02, 0.3, 0.6, 1.0}) {
        constexpr std::size_t runs = 400;
        auto builder = builderWithRuns(runs);
        std::map<std::pair<RowIndex, std::string>, std::string> expected;
        for (int i = 0; i < static_cast<int>(fill * runs * 3); ++i) {
            auto row = static_cast<RowIndex>(random() % runs);
            auto key = "k" + std::to_string(random() % 3);
            auto value = std::to_string(random() % 50);
            builder.setParam(row, key, value);
            builder.setMetric(row, key, std::stod(value));
            expected[{row, key}] = value;
        }
        auto table = builder.finish();
        std::size_t count = 0;
        for (const auto& column : table->data().params) {
            count += column.count;
            for (RowIndex row = 0; row < runs; ++row) {
                auto found = expected.find({row, column.key});
                EXPECT_EQ(column.at(row), found == expected.end()
                                              ? std::nullopt
                                              : std::optional<std::string_view>(found->second));
                auto number = table->metric(column.key)->at(row);
                if (found == expected.end())
                    EXPECT_TRUE(isMissing(number));
                else
                    EXPECT_EQ(number, std::stod(found->second));
            }
        }
        EXPECT_EQ(count, expected.size());
    }
}

TEST(RunTable, TwelveThousandSparseColumnsStaySmall)
{
    auto builder = builderWithRuns(200);
    for (RowIndex row = 0; row < 200; ++row)
        for (int i = 0; i < 60; ++i)
            builder.setMetric(row, "metric/" + std::to_string(row * 60 + i), i);
    auto table = builder.finish();
    EXPECT_EQ(table->data().metrics.size(), 12'000u);
    EXPECT_EQ(table->metric("metric/61")->at(1), 1);
    EXPECT_LT(table->memory(), 12'000u * 200); // far from 200 values of eight bytes in each column
}

TEST(RunTable, KindsMayBeFilledByDifferentThreads)
{
    auto builder = builderWithRuns(500);
    std::jthread metrics([&] {
        for (RowIndex row = 0; row < 500; ++row)
            builder.setMetric(builder.row("run" + std::to_string(row)), "m", row);
    });
    std::jthread params([&] {
        for (RowIndex row = 0; row < 500; ++row)
            builder.setParam(row, "p", std::to_string(row));
    });
    metrics.join();
    params.join();
    auto table = builder.finish();
    EXPECT_EQ(table->metric("m")->at(499), 499);
    EXPECT_EQ(table->param("p")->at(123), "123");
}

TEST(RunTable, ParentsAndNamesComeFromTags)
{
    RunTableBuilder builder;
    builder.setExperiments({Experiment{}});
    builder.addRun({.id = "a"});
    builder.addRun({.id = "b", .name = "kept"});
    builder.addRun({.id = "c"});
    builder.nameFromTag("mlflow.runName");
    builder.setTag(0, "mlflow.runName", "from tag");
    builder.setTag(1, "mlflow.runName", "ignored");
    builder.setTag(1, "mlflow.parentRunId", "a");
    builder.setTag(2, "mlflow.parentRunId", "elsewhere");
    auto table = builder.finish();
    EXPECT_EQ(table->name(0), "from tag");
    EXPECT_EQ(table->name(1), "kept");
    EXPECT_EQ(table->name(2), "");
    EXPECT_EQ(table->parent(0), kNoRow);
    EXPECT_EQ(table->parent(1), RowIndex{0});
    EXPECT_EQ(table->parent(2), kNoRow);
}

TEST(RunTable, DatasetsOfEachRun)
{
    auto builder = builderWithRuns(3);
    builder.addDataset(2, "wine", "d1", "train");
    builder.addDataset(0, "wine", "d1", "");
    builder.addDataset(2, "wine", "d2", "eval");
    auto table = builder.finish();
    ASSERT_EQ(table->datasets(2).size(), 2u);
    EXPECT_TRUE(table->datasets(1).empty());
    const auto& data = table->data();
    EXPECT_EQ(data.datasets.size(), 2u);
    EXPECT_EQ(data.datasets[table->datasets(2)[1].dataset].digest, "d2");
    EXPECT_EQ(data.contexts[table->datasets(2)[1].context], "eval");
    EXPECT_EQ(data.contexts[table->datasets(0)[0].context], "");
}

TEST(RunTable, PartialTableHasTheRunListOnly)
{
    auto builder = builderWithRuns(5);
    auto partial = builder.partial();
    builder.setMetric(0, "m", 1);
    auto table = builder.finish();
    EXPECT_FALSE(partial->complete());
    EXPECT_EQ(partial->size(), 5u);
    EXPECT_EQ(partial->name(4), "name run4");
    EXPECT_EQ(partial->metric("m"), nullptr);
    EXPECT_TRUE(table->complete());
}

} // namespace
} // namespace sextant
