// Groups: how rows are divided and in which order the groups stand; figures, best runs and tests between
// groups.
#include "core/table/groups.h"
#include "tests/table/compared_runs.h"

#include <cmath>
#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const ColumnRef kLoss{ColumnKind::Metric, "loss"};
const ColumnRef kLr{ColumnKind::Param, "lr"};
const ColumnRef kSeed{ColumnKind::Param, "seed"};

RunTablePtr sample()
{
    return tableOf({
        {{{"loss", 3}},
         {{"lr", "10"}, {"opt", "adam"}, {"seed", "1"}},
         {},
         {{"b", "d2", "train"}, {"a", "d1", "eval"}}},
        {{{"loss", 1}},
         {{"lr", "9"}, {"opt", "adam"}, {"seed", "1"}},
         {{"team", "x"}},
         {{"a", "d1", "train"}}},
        {{{"loss", 2}}, {{"lr", "9"}, {"opt", "sgd"}, {"seed", "2"}}, {{"team", ""}}, {}},
        {{{"loss", kNan}}, {{"lr", "auto"}, {"seed", "2"}}, {}, {}},
        {{}, {{"lr", "9.0"}, {"opt", "adam"}, {"seed", "3"}}, {}, {}},
        {{{"loss", 5}}, {{"opt", "adam"}}, {}, {}},
    });
}

std::string print(const Result<RunGroups>& groups)
{
    if (!groups)
        return groups.error().message;
    std::string text;
    for (std::size_t group = 0; group < groups->size(); ++group) {
        text += (group ? " | " : "") + groups->label(group) + ":";
        for (auto row : groups->rows(group))
            text += " " + std::to_string(row);
    }
    return text;
}

std::string grouped(const RunTablePtr& table, std::vector<GroupField> fields)
{
    return print(groupRows(table, table->allRows(), std::move(fields)));
}

TEST(Groups, NumbersBeforeTextsAndNoneLast)
{
    EXPECT_EQ(grouped(sample(), {{kLr}}), "lr=9: 1 2 | lr=9.0: 4 | lr=10: 0 | lr=auto: 3 | lr=none: 5");
    EXPECT_EQ(grouped(sample(), {{kLr, true}}), "lr=9: 1 2 4 | lr=10: 0 | lr=auto: 3 | lr=none: 5");
}

TEST(Groups, SeveralFields)
{
    EXPECT_EQ(grouped(sample(), {{{ColumnKind::Param, "opt"}}, {kLr, true}}),
              "opt=adam lr=9: 1 4 | opt=adam lr=10: 0 | opt=adam lr=none: 5 | opt=sgd lr=9: 2 | opt=none "
              "lr=auto: 3");
    auto table = sample();
    auto groups = groupRows(table, table->allRows(), {{{ColumnKind::Param, "opt"}}, {kLr, true}, {kSeed}});
    ASSERT_TRUE(groups);
    EXPECT_EQ(groups->label(0), "opt=adam lr=9 seed=1");
    EXPECT_EQ(groups->value(3, 2), std::nullopt);
}

TEST(Groups, TagsDatasetsAndAttributes)
{
    EXPECT_EQ(grouped(sample(), {{{ColumnKind::Tag, "team"}}}), "team=: 2 | team=x: 1 | team=none: 0 3 4 5");
    EXPECT_EQ(grouped(sample(), {{{ColumnKind::Attribute, "dataset"}}}),
              "dataset=a (d1): 1 | dataset=a (d1), b (d2): 0 | dataset=none: 2 3 4 5");
    EXPECT_EQ(grouped(sample(), {{{ColumnKind::Attribute, "dataset.context"}}}),
              "dataset.context=eval, train: 0 | dataset.context=train: 1 | dataset.context=none: 2 3 4 5");
    EXPECT_EQ(grouped(sample(), {{{ColumnKind::Attribute, "user_id"}}}),
              "user_id=ann: 0 2 4 | user_id=bob: 1 3 5");
    EXPECT_EQ(grouped(sample(), {{{ColumnKind::Attribute, "status"}}}),
              "status=FAILED: 0 3 | status=FINISHED: 1 2 4 5");
    EXPECT_EQ(grouped(sample(), {{{ColumnKind::Attribute, "experiment_id"}}}),
              "experiment_id=7: 0 1 2 3 4 5");
}

TEST(Groups, OrderOfMembersIsTheOneGiven)
{
    auto table = sample();
    std::vector<RowIndex> rows{4, 2, 1};
    EXPECT_EQ(print(groupRows(table, rows, {{kLr, true}})), "lr=9: 4 2 1");
    EXPECT_EQ(print(groupRows(table, rows, {})), "all runs: 4 2 1");
    EXPECT_EQ(print(groupRows(table, {}, {{kLr}})), "");
    EXPECT_EQ(print(groupRows(table, {}, {})), "");
    EXPECT_EQ(print(groupRows(table, rows, {{{ColumnKind::Param, "nope"}}})), "nope=none: 4 2 1");
}

TEST(Groups, MetricsAndTimesAreNoGroups)
{
    auto table = sample();
    for (ColumnRef column : {kLoss, ColumnRef{ColumnKind::Attribute, "start_time"}}) {
        auto groups = groupRows(table, table->allRows(), {{column}});
        ASSERT_FALSE(groups);
        EXPECT_EQ(groups.error().code, ErrorCode::InvalidArgument);
    }
}

TEST(Groups, FiguresCountWhatIsLeftOut)
{
    auto table = sample();
    auto groups = groupRows(table, table->allRows(), {{kLr, true}});
    auto figures = summarizeGroups(*groups, kLoss, Better::Lower);
    ASSERT_TRUE(figures);
    const auto& nine = (*figures)[0];
    EXPECT_EQ(nine.summary.count, 2u);
    EXPECT_EQ(nine.summary.missing, 1u);
    EXPECT_EQ(nine.summary.mean, 1.5);
    EXPECT_EQ(nine.best, 1u);
    const auto& automatic = (*figures)[2];
    EXPECT_EQ(automatic.summary.count, 0u);
    EXPECT_EQ(automatic.summary.nan, 1u);
    EXPECT_EQ(automatic.summary.missing, 0u);
    EXPECT_EQ(automatic.best, kNoRow);
    EXPECT_EQ((*summarizeGroups(*groups, kLoss, Better::Higher))[0].best, 2u);
    EXPECT_EQ((*summarizeGroups(*groups, kLoss))[0].best, kNoRow);
}

TEST(Groups, FiguresOfParamsAndDurations)
{
    auto table = sample();
    auto all = groupRows(table, table->allRows(), {});
    auto lr = (*summarizeGroups(*all, kLr))[0].summary;
    EXPECT_EQ(lr.count, 4u);
    EXPECT_EQ(lr.missing, 2u);
    EXPECT_EQ(lr.max, 10);
    auto duration = (*summarizeGroups(*all, {ColumnKind::Attribute, "duration"}))[0].summary;
    EXPECT_EQ(duration.count, 6u);
    EXPECT_EQ(duration.mean, 2500);
}

TEST(Groups, SparseColumnsGiveTheSameFigures)
{
    std::vector<ComparedRun> runs(400);
    runs[17].metrics["rare"] = 4;
    runs[333].metrics["rare"] = 8;
    auto table = tableOf(runs);
    std::vector<RowIndex> few{333, 5};
    EXPECT_EQ(numbersAt(*table, {ColumnKind::Metric, "rare"}, few)[0], 8);
    EXPECT_TRUE(isMissing(numbersAt(*table, {ColumnKind::Metric, "rare"}, few)[1]));
    auto all = groupRows(table, table->allRows(), {});
    auto figures = (*summarizeGroups(*all, {ColumnKind::Metric, "rare"}, Better::Lower))[0];
    EXPECT_EQ(figures.summary.mean, 6);
    EXPECT_EQ(figures.summary.missing, 398u);
    EXPECT_EQ(figures.best, 17u);
}

TEST(Groups, TestsBetweenTwo)
{
    std::vector<ComparedRun> runs;
    for (int seed = 1; seed <= 5; ++seed)
        for (const char* opt : {"adam", "sgd"})
            runs.push_back(
                {{{"acc", seed * 0.1 + (opt[0] == 's' ? 0.01 * seed : 0)}},
                 {{"opt", opt}, {"seed", opt[0] == 's' ? std::to_string(seed) + ".0" : std::to_string(seed)}},
                 {},
                 {}});
    runs.push_back({{{"acc", 9}}, {{"opt", "sgd"}, {"seed", "5"}}, {}, {}}); // the seed comes twice
    runs.push_back({{{"acc", 9}}, {{"opt", "adam"}}, {}, {}});
    auto table = tableOf(runs);
    auto groups = groupRows(table, table->allRows(), {{{ColumnKind::Param, "opt"}}});
    ColumnRef acc{ColumnKind::Metric, "acc"};
    auto welch = testGroups(*groups, 0, 1, acc, MeanTestKind::Welch);
    EXPECT_EQ(welch->first.count, 6u);
    auto paired = testGroups(*groups, 0, 1, acc, MeanTestKind::Paired, kSeed);
    ASSERT_TRUE(paired);
    EXPECT_EQ(paired->pairs, 4u);
    EXPECT_EQ(paired->left, 4u) << "one without a seed, two of seed 5, and their partner";
    EXPECT_NEAR(paired->difference, -0.025, 1e-12);
    auto ranked = testGroups(*groups, 0, 1, acc, MeanTestKind::SignedRank, kSeed);
    ASSERT_TRUE(ranked);
    EXPECT_EQ(ranked->pairs, 4u);
    EXPECT_EQ(ranked->pValue, 0.125) << "four pairs of one sign";
    EXPECT_FALSE(testGroups(*groups, 0, 1, acc, MeanTestKind::Paired));
    EXPECT_FALSE(testGroups(*groups, 0, 7, acc, MeanTestKind::Welch));
}

TEST(Groups, Cancels)
{
    auto table = sample();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(groupRows(table, table->allRows(), {{kLr}}, {stop.get_token(), {}}).error().code,
              ErrorCode::Cancelled);
}

} // namespace
} // namespace sextant
