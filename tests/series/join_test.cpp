#include "core/series/join.h"

#include "core/series/curve.h"
#include "tests/series/series_data.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

using namespace test;

template <class T>
std::vector<T> listOf(const FrozenArray<T>& items)
{
    return {items.begin(), items.end()};
}

TEST(Join, StepsThatAllHave)
{
    const auto join = joinBySteps(std::vector{makeHistory({0, 1, 2, 3}, {10, 11, 12, 13}, {1, 2, 3, 4}),
                                              makeHistory({1, 3, 5}, {20, 21, 22}, {10, 30, 50})});
    ASSERT_TRUE(join);
    EXPECT_EQ(listOf(join->steps), (std::vector<std::int64_t>{1, 3}));
    EXPECT_EQ(listOf(join->timestamps), (std::vector<EpochMs>{11, 13}));
    EXPECT_EQ(listOf(join->values[0]), (std::vector<double>{2, 4}));
    EXPECT_EQ(listOf(join->values[1]), (std::vector<double>{10, 30}));
    EXPECT_EQ(join->unmatched, (std::vector<std::size_t>{2, 1}));
}

TEST(Join, TheLatestOfARepeatedStep)
{
    // Step 1 was logged three times; the store's order is by time, a file may hold any order.
    const auto join = joinBySteps(std::vector{makeHistory({1, 1, 0, 1}, {30, 10, 5, 30}, {1, 2, 3, 4})});
    ASSERT_TRUE(join);
    EXPECT_EQ(listOf(join->values[0]), (std::vector<double>{3, 4}));
    EXPECT_EQ(join->repeated, (std::vector<std::size_t>{2}));
}

TEST(Join, NothingInCommon)
{
    const auto join = joinBySteps(std::vector{makeHistory({0, 1}, {1, 2}, {1, 2}), makeHistory({}, {}, {})});
    ASSERT_TRUE(join);
    EXPECT_EQ(join->steps.size(), 0U);
    EXPECT_EQ(join->unmatched, (std::vector<std::size_t>{2, 0}));
    EXPECT_FALSE(joinBySteps({}));
}

TEST(Join, MetricOverMetricIsSortedByX)
{
    const auto over = overMetric(makeHistory({0, 1, 2, 3, 9}, {0, 1, 2, 3, 4}, {10, 11, 12, 13, 19}),
                                 makeHistory({0, 1, 2, 3}, {0, 1, 2, 3}, {0.5, kNaN, 0.1, 0.5}));
    ASSERT_TRUE(over);
    EXPECT_EQ(over->unmatched, 1U);
    EXPECT_EQ(over->notFinite, 1U);
    const Curve curve(over->history, XAxis::Metric, over->x);
    ASSERT_EQ(curve.size(), 3U);
    EXPECT_EQ(curve.x(0), 0.1);
    EXPECT_EQ(curve.value(0), 12);
    EXPECT_EQ(curve.point(0).step, 2);
    EXPECT_EQ(curve.value(1), 10); // equal x: by step
    EXPECT_EQ(curve.value(2), 13);
    EXPECT_EQ(curve.nearest(0.4)->value, 13);
    EXPECT_EQ(curve.columns(0, 1, 10)[5].count(), 2U);
}

} // namespace
} // namespace sextant
