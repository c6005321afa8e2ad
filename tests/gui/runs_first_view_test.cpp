// What the Runs page shows of a store seen first: curves that can be compared, none that hides the others.
#include "tests/gui/runs_store.h"
#include "tests/gui/runs_table_builder.h"
#include "ui/runs/first_view.h"

#include <gtest/gtest.h>

using namespace sextant;
using namespace sextant::test;

namespace {

struct Seen
{
    explicit Seen(const std::vector<ToldRun>& runs)
    {
        state->table = tellRuns(runs);
        state->values = [](const std::string&, const std::string& metric) {
            return metric.starts_with("test") ? std::vector<double>{1} : std::vector<double>{3, 2, 1};
        };
    }
    FirstView view(const std::string& filter = {})
    {
        ArrangeRequest request;
        request.table = state->table;
        request.filter = *Filter::parse(filter, FilterTarget::Runs);
        auto arranged = arrangeRuns(request);
        RunsStore store(state);
        return *chooseFirstView(store, **arranged, {});
    }
    std::shared_ptr<RunsStoreState> state = std::make_shared<RunsStoreState>();
};

std::vector<std::string> ids(std::initializer_list<std::size_t> indexes)
{
    std::vector<std::string> all;
    for (auto index : indexes)
        all.push_back(toldId(index));
    return all;
}

using Strings = std::vector<std::string>;

} // namespace

TEST(FirstView, prefersMetricsThatHaveCurves)
{
    Seen seen({{"a", 0, {{"test/accuracy", 0.9}, {"loss", 0.1}}},
               {"b", 0, {{"test/accuracy", 0.8}, {"loss", 0.2}}}});
    auto view = seen.view();
    EXPECT_EQ(view.charts, Strings{"loss"});
    EXPECT_EQ(view.shown, ids({1, 0}));
}

TEST(FirstView, takesTheRunsOfOneExperiment)
{
    Seen seen({{"digits 1", 0, {{"val/loss", 0.1}}},
               {"digits 2", 0, {{"val/loss", 0.2}}},
               {"digits 3", 0, {{"val/loss", 0.3}}},
               {"prices 1", 1, {{"val/loss", 3019}}},
               {"prices 2", 1, {{"val/loss", 2800}}}});
    EXPECT_EQ(seen.view().shown, ids({2, 1, 0}));
}

TEST(FirstView, countsRunsWithCurvesNotRuns)
{
    Seen seen({{"a", 0, {{"test/accuracy", 0.1}}},
               {"b", 0, {{"test/accuracy", 0.2}}},
               {"c", 0, {{"test/accuracy", 0.3}}},
               {"d", 1, {{"loss", 0.5}}},
               {"e", 1, {{"loss", 0.6}}}});
    auto view = seen.view();
    EXPECT_EQ(view.charts, Strings{"loss"});
    EXPECT_EQ(view.shown, ids({4, 3}));
}

TEST(FirstView, theNewerExperimentWinsATie)
{
    Seen seen(
        {{"a", 0, {{"loss", 1}}}, {"b", 0, {{"loss", 2}}}, {"c", 1, {{"loss", 3}}}, {"d", 1, {{"loss", 4}}}});
    EXPECT_EQ(seen.view().shown, ids({3, 2}));
}

TEST(FirstView, leavesOutRunsThatDiverged)
{
    Seen seen({{"good", 0, {{"loss", 0.5}}},
               {"exploded", 0, {{"loss", 1.5e305}}},
               {"not a number", 0, {{"loss", std::nan("")}}},
               {"infinite", 0, {{"loss", HUGE_VAL}}},
               {"crashed", 0, {{"loss", 0.4}}, {}, RunStatus::Failed},
               {"fine", 0, {{"loss", 0.6}}},
               {"well", 0, {{"loss", 0.7}}}});
    EXPECT_EQ(seen.view().shown, ids({6, 5, 0}));
}

TEST(FirstView, showsDivergedRunsWhenThereAreNoOthers)
{
    Seen seen({{"a", 0, {{"loss", 0.5}}, {}, RunStatus::Failed},
               {"b", 0, {{"loss", 0.25}}, {}, RunStatus::Failed}});
    EXPECT_EQ(seen.view().shown, ids({1, 0}));
}

TEST(FirstView, showsEightRunsAndThreeChartsAtMost)
{
    std::vector<ToldRun> runs;
    for (int i = 0; i < 30; ++i)
        runs.push_back({"run " + std::to_string(i), 0, {{"a", i}, {"b", i}, {"c", i}, {"d", i}, {"e", i}}});
    auto view = Seen(runs).view();
    EXPECT_EQ(view.shown.size(), 8u);
    EXPECT_EQ(view.charts.size(), 3u);
    EXPECT_EQ(view.shown.front(), toldId(29));
}

TEST(FirstView, withoutAnyCurveTheMetricsMostRunsHaveAreDrawn)
{
    Seen seen({{"a", 0, {{"test/accuracy", 0.9}}}, {"b", 1, {{"test/accuracy", 0.8}, {"test/f1", 0.5}}}});
    auto view = seen.view();
    EXPECT_EQ(view.charts, (Strings{"test/accuracy", "test/f1"}));
    EXPECT_EQ(view.shown, ids({1, 0}));
}

TEST(FirstView, runsWithoutMetricsAreShownForThoseToCome)
{
    Seen seen({{"a"}, {"b"}});
    auto view = seen.view();
    EXPECT_TRUE(view.charts.empty());
    EXPECT_EQ(view.shown, ids({1, 0}));
}

TEST(FirstView, keepsToTheFilter)
{
    Seen seen({{"a", 0, {{"loss", 1}}, {{"lr", "1"}}},
               {"b", 0, {{"loss", 2}}, {{"lr", "2"}}},
               {"c", 0, {{"loss", 3}}, {{"lr", "1"}}}});
    EXPECT_EQ(seen.view("params.lr = '1'").shown, ids({2, 0}));
    EXPECT_TRUE(seen.view("params.lr = '9'").shown.empty());
}

TEST(FirstView, readsFewHistories)
{
    std::vector<ToldRun> runs;
    for (int i = 0; i < 2000; ++i) {
        ToldRun run{"run", static_cast<std::uint32_t>(i % 3), {}};
        for (int metric = 0; metric < 40; ++metric)
            run.metrics["test" + std::to_string(metric)] = i + metric;
        runs.push_back(run);
    }
    Seen seen(runs);
    seen.view();
    EXPECT_LE(seen.state->readings(), 3u * 12u * 2u);
}

TEST(FirstView, stopsWhenAsked)
{
    Seen seen({{"a", 0, {{"loss", 1}}}});
    ArrangeRequest request;
    request.table = seen.state->table;
    auto arranged = arrangeRuns(request);
    RunsStore store(seen.state);
    std::stop_source source;
    source.request_stop();
    auto view = chooseFirstView(store, **arranged, Operation{source.get_token(), {}});
    ASSERT_FALSE(view);
    EXPECT_EQ(view.error().code, ErrorCode::Cancelled);
}
