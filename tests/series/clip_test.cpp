#include "core/series/clip.h"

#include "tests/series/series_data.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace sextant {
namespace {

using namespace test;

CurvePtr curveOf(std::vector<double> values)
{
    return std::make_shared<Curve>(makeHistory(std::move(values)), XAxis::Step);
}

ClipRange rangeOf(const std::vector<CurvePtr>& curves, const ClipRequest& request = {})
{
    auto range = clipRange(curves, request);
    EXPECT_TRUE(range);
    return *range;
}

TEST(Clip, OneSpikeIsOutside)
{
    std::vector<double> values;
    for (int index = 0; index < 1000; ++index)
        values.push_back(index % 100);
    values[500] = 1e6;
    const ClipRange range = rangeOf({curveOf(values)});
    EXPECT_TRUE(range.clips());
    EXPECT_EQ(range.above, 1U);
    EXPECT_EQ(range.below, 0U);
    EXPECT_EQ(range.low, 0); // never further than the values
    EXPECT_LT(range.high, 130);
    EXPECT_GE(range.high, 99);
}

TEST(Clip, NothingIsOutsideEvenData)
{
    std::vector<double> values;
    for (int index = 0; index < 1000; ++index)
        values.push_back(index);
    const ClipRange range = rangeOf({curveOf(values)});
    EXPECT_FALSE(range.clips());
    EXPECT_EQ(range.low, 0);
    EXPECT_EQ(range.high, 999);
}

TEST(Clip, PercentilesAreExact)
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::vector<double> values = noisyValues(997, seed, 0.1), finite;
        std::copy_if(values.begin(), values.end(), std::back_inserter(finite),
                     [](double v) { return std::isfinite(v); });
        std::sort(finite.begin(), finite.end());
        const double share = 0.01 * seed;
        const auto skipped = static_cast<std::size_t>(share * static_cast<double>(finite.size() - 1));
        // In two curves, without room: the percentiles themselves.
        const std::vector<double> first(values.begin(), values.begin() + 400),
            second(values.begin() + 400, values.end());
        const ClipRange range = rangeOf({curveOf(first), curveOf(second)}, {share, 0, false});
        EXPECT_EQ(range.low, finite[skipped]);
        EXPECT_EQ(range.high, finite[finite.size() - 1 - skipped]);
        EXPECT_EQ(range.points, finite.size());
        EXPECT_EQ(range.below, static_cast<std::uint64_t>(std::count_if(
                                   finite.begin(), finite.end(), [&](double v) { return v < range.low; })));
        EXPECT_EQ(range.above, static_cast<std::uint64_t>(std::count_if(
                                   finite.begin(), finite.end(), [&](double v) { return v > range.high; })));
    }
}

TEST(Clip, RoomInDecades)
{
    std::vector<double> values(1000);
    for (std::size_t index = 0; index < values.size(); ++index)
        values[index] = std::pow(10, static_cast<double>(index % 10) - 5);
    values[7] = 1e300;
    const ClipRange range = rangeOf({curveOf(values)}, {0.01, 0.25, true});
    EXPECT_GT(range.high, 1e4);
    EXPECT_LT(range.high, 1e8);
    EXPECT_EQ(range.above, 1U);
}

TEST(Clip, HugeExtentsStayFinite)
{
    const ClipRange range = rangeOf({curveOf({-1.7e308, 0, 1.7e308})});
    EXPECT_EQ(range.low, -1.7e308);
    EXPECT_EQ(range.high, 1.7e308);
}

TEST(Clip, NoFiniteValueAndCancelled)
{
    EXPECT_EQ(rangeOf({}).points, 0U);
    EXPECT_EQ(rangeOf({curveOf({kNaN, kInf})}).points, 0U);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(clipRange(std::vector<CurvePtr>{curveOf({1})}, {}, {stop.get_token(), {}}).error().code,
              ErrorCode::Cancelled);
}

} // namespace
} // namespace sextant
