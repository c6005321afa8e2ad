#include "core/series/curve.h"

#include "tests/series/series_data.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sextant {
namespace {

using namespace test;

/// What each column must hold, by walking over all points.
std::vector<CurveColumn> plainColumns(const Curve& curve, double x0, double x1, int count)
{
    std::vector<CurveColumn> columns(static_cast<std::size_t>(count));
    const double scale = count / (x1 - x0);
    for (std::size_t index = 0; index < curve.size(); ++index) {
        const double x = curve.x(index);
        if (x < x0 || x > x1)
            continue;
        const double place = std::min(std::floor((x - x0) * scale), count - 1.0);
        CurveColumn& column = columns[static_cast<std::size_t>(place)];
        if (column.end == 0) {
            column.begin = index;
            column.first = curve.value(index);
        }
        column.end = index + 1;
        column.last = curve.value(index);
        column.range.add(curve.value(index));
    }
    return columns;
}

bool same(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

void expectSameColumns(const Curve& curve, double x0, double x1, int count)
{
    const auto expected = plainColumns(curve, x0, x1, count);
    const auto actual = curve.columns(x0, x1, count);
    ASSERT_EQ(actual.size(), expected.size());
    for (std::size_t index = 0; index < expected.size(); ++index) {
        ASSERT_EQ(actual[index].count(), expected[index].count()) << "column " << index;
        if (expected[index].empty())
            continue;
        ASSERT_EQ(actual[index].begin, expected[index].begin);
        ASSERT_TRUE(same(actual[index].first, expected[index].first));
        ASSERT_TRUE(same(actual[index].last, expected[index].last));
        ASSERT_EQ(actual[index].range, expected[index].range) << "column " << index;
    }
}

TEST(CurveColumnsTest, EveryColumnIsExactInRandomWindows)
{
    const Curve curve(makeHistory(noisyValues(50'000, 1, 0.001)), XAxis::Step);
    std::mt19937 random(2);
    std::uniform_real_distribution<double> place(-2'000, 52'000);
    for (int trial = 0; trial < 60; ++trial) {
        double x0 = place(random), x1 = place(random);
        if (x0 > x1)
            std::swap(x0, x1);
        expectSameColumns(curve, x0, x1, 1 + static_cast<int>(random() % 1500));
    }
    expectSameColumns(curve, 0, 49'999, 1000);
    expectSameColumns(curve, 10.5, 10.75, 300);
    expectSameColumns(curve, 100, 101, 1);
}

TEST(CurveColumnsTest, UnevenRepeatedAndNegativeStepsAreExact)
{
    std::mt19937 random(3);
    std::vector<std::int64_t> steps;
    std::vector<EpochMs> times;
    for (int index = 0; index < 20'000; ++index) {
        const auto jump = static_cast<std::int64_t>(random() % 50);
        steps.push_back(random() % 3 == 0 ? jump - 25 : jump * jump * jump - 9'000);
        times.push_back(1'700'000'000'000 + static_cast<EpochMs>(random() % 100'000));
    }
    const HistoryPtr history = makeHistory(steps, times, noisyValues(20'000, 4, 0.01));
    for (XAxis axis : {XAxis::Step, XAxis::RelativeTime, XAxis::WallTime}) {
        const Curve curve(history, axis);
        expectSameColumns(curve, curve.firstX(), curve.lastX(), 997);
        const double length = curve.lastX() - curve.firstX();
        expectSameColumns(curve, curve.firstX() + 0.3 * length, curve.lastX() - 0.6 * length, 64);
    }
}

TEST(CurveColumnsTest, AWindowWithoutLengthHasNoColumns)
{
    const Curve curve(makeHistory({1, 2, 3}), XAxis::Step);
    EXPECT_TRUE(curve.columns(1, 1, 10).empty());
    EXPECT_TRUE(curve.columns(2, 1, 10).empty());
    EXPECT_TRUE(curve.columns(0, 1, 0).empty());
    EXPECT_TRUE(curve.columns(kNaN, 1, 10).empty());
    EXPECT_EQ(curve.columns(-kInf, kInf, 10).size(), 10U);
}

TEST(CurveTest, SortsByStepAndKeepsTheStoresOrderOfEqualSteps)
{
    const HistoryPtr history = makeHistory({3, -1, 3, 0, 3}, {50, 10, 40, 30, 20}, {1, 2, 3, 4, 5});
    const Curve curve(history, XAxis::Step);
    std::vector<double> values(curve.values().begin(), curve.values().end());
    EXPECT_EQ(values, (std::vector<double>{2, 4, 1, 3, 5}));
    EXPECT_EQ(curve.point(2).time, 50);
    EXPECT_EQ(curve.point(0).step, -1);
}

TEST(CurveTest, TimeAxesSortByTimeThenStep)
{
    const HistoryPtr history = makeHistory({9, 2, 1, 5}, {4000, 2000, 2000, 1000}, {1, 2, 3, 4});
    const Curve relative(history, XAxis::RelativeTime);
    EXPECT_EQ(relative.firstX(), 0);
    EXPECT_EQ(relative.lastX(), 3);
    EXPECT_EQ(relative.point(1).step, 1);
    EXPECT_EQ(relative.point(2).step, 2);
    EXPECT_EQ(Curve(history, XAxis::RelativeTime, 500).firstX(), 0.5);
    EXPECT_EQ(Curve(history, XAxis::WallTime).lastX(), 4000);
}

TEST(CurveTest, SharesASortedHistoryInsteadOfCopyingIt)
{
    const HistoryPtr history = makeHistory(noisyValues(1000, 5));
    const Curve curve(history, XAxis::Step);
    EXPECT_EQ(curve.values().data(), history->values.data());
    EXPECT_EQ(curve.xValues().keys.data(), history->steps.data());
}

TEST(CurveTest, NearestIsTheNearestAndTheLastOfEqualOnes)
{
    const Curve curve(makeHistory({0, 10, 10, 20}, {0, 1, 2, 3}, {1, 2, 3, kNaN}), XAxis::Step);
    EXPECT_EQ(curve.nearest(-100)->value, 1);
    EXPECT_EQ(curve.nearest(4.9)->value, 1);
    EXPECT_EQ(curve.nearest(5.1)->value, 3);
    EXPECT_EQ(curve.nearest(10)->value, 3);
    EXPECT_EQ(curve.nearest(14.9)->value, 3);
    EXPECT_TRUE(std::isnan(curve.nearest(1e9)->value));
    EXPECT_FALSE(curve.nearest(kNaN).has_value());
    EXPECT_FALSE(Curve(makeHistory(std::vector<double>{}), XAxis::Step).nearest(0).has_value());
}

TEST(CurveTest, BoundsAreThoseOfALinearSearch)
{
    std::vector<std::int64_t> steps;
    std::mt19937 random(6);
    for (int index = 0; index < 500; ++index)
        steps.push_back(static_cast<std::int64_t>(random() % 200));
    std::sort(steps.begin(), steps.end());
    const Curve curve(makeHistory(steps, std::vector<EpochMs>(500, 0), std::vector<double>(500, 1)),
                      XAxis::Step);
    for (double x = -2; x < 203; x += 0.5) {
        const auto low = std::lower_bound(steps.begin(), steps.end(), x) - steps.begin();
        const auto high = std::upper_bound(steps.begin(), steps.end(), x) - steps.begin();
        ASSERT_EQ(curve.lowerBound(x), static_cast<std::size_t>(low)) << x;
        ASSERT_EQ(curve.upperBound(x), static_cast<std::size_t>(high)) << x;
    }
}

TEST(CurveTest, KnowsTheSmallestMagnitudeForLogarithmicAxes)
{
    EXPECT_EQ(Curve(makeHistory({4, 2, 8}), XAxis::Step).smallestMagnitude(), 2);
    EXPECT_EQ(Curve(makeHistory({-4, -2, -8}), XAxis::Step).smallestMagnitude(), 2);
    EXPECT_EQ(Curve(makeHistory({-4, 0, 0.5, kNaN}), XAxis::Step).smallestMagnitude(), 0.5);
    EXPECT_EQ(Curve(makeHistory({0, 0}), XAxis::Step).smallestMagnitude(), 0);
    EXPECT_EQ(Curve(makeHistory({kNaN, kInf}), XAxis::Step).smallestMagnitude(), 0);
}

TEST(PrepareCurveTest, SmoothsOverAllPointsInTheOrderOfX)
{
    const HistoryPtr history = makeHistory({2, 0, 1}, {0, 0, 0}, {4, 1, 3});
    const auto prepared = prepareCurve(history, {XAxis::Step, {SmoothingKind::RunningMean, 3}, kNoTime, 0});
    ASSERT_TRUE(prepared.has_value());
    EXPECT_EQ(prepared->smoothed->value(0), 2);
    EXPECT_NEAR(prepared->smoothed->value(1), 8.0 / 3, 1e-15);
    EXPECT_EQ(prepared->smoothed->value(2), 3.5);
    EXPECT_EQ(prepared->smoothed->point(2).step, 2);
    EXPECT_EQ(prepareCurve(history, {})->smoothed, nullptr);
}

TEST(PrepareCurveTest, CanBeCancelled)
{
    std::stop_source source;
    source.request_stop();
    const auto prepared = prepareCurve(makeHistory({1, 2}), {}, {source.get_token(), {}});
    ASSERT_FALSE(prepared.has_value());
    EXPECT_EQ(prepared.error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace sextant
