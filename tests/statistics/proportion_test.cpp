// Intervals and tests of proportions, against figures made with SciPy and by the closed forms.
#include "core/statistics/proportion.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr double kTiny = 1e-12;

TEST(Proportion, WilsonIntervals)
{
    auto some = wilsonInterval({6, 14});
    EXPECT_NEAR(some.low, 0.21380798904474121, kTiny);
    EXPECT_NEAR(some.high, 0.6740935542034926, kTiny);
    auto others = wilsonInterval({11, 26});
    EXPECT_NEAR(others.low, 0.2554444331365656, kTiny);
    EXPECT_NEAR(others.high, 0.6105138625340828, kTiny);
    auto none = wilsonInterval({0, 10});
    EXPECT_EQ(none.low, 0);
    EXPECT_NEAR(none.high, 0.2775327998628892, kTiny);
    EXPECT_EQ(wilsonInterval({10, 10}).high, 1);
    EXPECT_TRUE(wilsonInterval({0, 0}).low != wilsonInterval({0, 0}).low);
}

TEST(Proportion, NewcombeInterval)
{
    auto interval = newcombeInterval({6, 14}, {11, 26});
    EXPECT_NEAR(interval.low, -0.27955977219730543, kTiny);
    EXPECT_NEAR(interval.high, 0.3027852148321689, kTiny);
}

TEST(Proportion, PooledZ)
{
    EXPECT_NEAR(pooledZ({6, 14}, {11, 26}), 0.03352902470393412, kTiny);
    EXPECT_EQ(pooledZ({0, 5}, {0, 9}), 0);
    EXPECT_NEAR(compareProportions({70, 100}, {55, 100}).pValue, 0.02845973691631065, 1e-10);
}

TEST(Proportion, FisherExact)
{
    EXPECT_NEAR(fisherExact({70, 100}, {55, 100}), 0.040534006514982644, 1e-10);
    EXPECT_NEAR(fisherExact({1, 10}, {11, 14}), 0.002759456185220083, 1e-10); // 1 8 / 11 3, as R has it
    EXPECT_TRUE(compareProportions({1, 9}, {3, 9}).exact);
    EXPECT_FALSE(compareProportions({70, 100}, {55, 100}).exact);
}

} // namespace
} // namespace sextant
