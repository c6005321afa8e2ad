// Tests of means: known results, and what is said when there is nothing to test.
#include "core/statistics/mean_test.h"

#include <cmath>
#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using Values = std::vector<double>;

TEST(Welch, KnownResult)
{
    // Values and results of a textbook example of unequal variances.
    Values a{27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4};
    Values b{27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 27.1};
    auto test = welchTest(a, b);
    EXPECT_NEAR(test.statistic, -3.1, 0.5);
    EXPECT_LT(test.pValue, 0.05);
    EXPECT_NEAR(test.difference, test.first.mean - test.second.mean, 1e-15);
    EXPECT_LT(test.differenceInterval.low, test.difference);
    EXPECT_LT(test.differenceInterval.high, 0);
    EXPECT_LT(std::abs(test.effectCorrected), std::abs(test.effect));
    EXPECT_EQ(test.effectName(), "Cohen's d");
    EXPECT_TRUE(test.undefined.empty());
    EXPECT_EQ(test.assumptions.size(), 2u) << "fifteen values are not few";
}

TEST(Welch, IsSymmetric)
{
    Values a{1, 2, 4}, b{3, 5, 9, 10};
    auto there = welchTest(a, b), back = welchTest(b, a);
    EXPECT_EQ(there.statistic, -back.statistic);
    EXPECT_EQ(there.pValue, back.pValue);
    EXPECT_EQ(there.effect, -back.effect);
}

TEST(Welch, SaysWhyThereIsNoResult)
{
    EXPECT_NE(welchTest({}, Values{1, 2}).undefined, "");
    auto single = welchTest(Values{1}, Values{1, 2});
    EXPECT_NE(single.undefined.find("1 and 2"), std::string::npos);
    EXPECT_EQ(single.difference, -0.5);
    EXPECT_TRUE(std::isnan(single.pValue));
    EXPECT_NE(welchTest(Values{1, 1}, Values{2, 2}).undefined, "");
    auto left = welchTest(Values{1, kNan, 3}, Values{2, 5});
    EXPECT_EQ(left.left, 1u);
    EXPECT_EQ(left.first.count, 2u);
    EXPECT_GE(left.assumptions.size(), 3u) << "two values are few";
}

TEST(Welch, HoldsAtTheEdgeOfTheRange)
{
    auto test = welchTest(Values{1e200, 2e200, 3e200}, Values{5e200, 6e200, 8e200});
    EXPECT_NEAR(test.statistic, -4.110960958218893, 1e-9);
    EXPECT_NEAR(test.pValue, welchTest(Values{1, 2, 3}, Values{5, 6, 8}).pValue, 1e-12);
}

TEST(Paired, LeavesOutIncompletePairs)
{
    auto test = pairedTest(Values{1, 2, kNan, 4, 5}, Values{2, 4, 1, 5});
    EXPECT_EQ(test.pairs, 3u);
    EXPECT_EQ(test.left, 3u);
    EXPECT_NEAR(test.difference, -4.0 / 3, 1e-15);
    EXPECT_EQ(test.degreesOfFreedom, 2);
    EXPECT_NEAR(test.statistic, -4, 1e-12);
    EXPECT_EQ(test.effectName(), "d_z");
}

TEST(Paired, SaysWhyThereIsNoResult)
{
    EXPECT_NE(pairedTest({}, {}).undefined, "");
    EXPECT_NE(pairedTest(Values{1}, Values{2}).undefined, "");
    EXPECT_NE(pairedTest(Values{1, 2}, Values{2, 3}).undefined, "") << "the same difference twice";
}

TEST(SignedRank, CountsAllSigns)
{
    // Differences -1, -2, 3, 4, 5: the ranks below 0 are 1 and 2.
    auto test = signedRankTest(Values{0, 0, 3, 4, 5}, Values{1, 2, 0, 0, 0});
    EXPECT_EQ(test.statistic, 3);
    EXPECT_TRUE(test.exact);
    EXPECT_DOUBLE_EQ(test.pValue, 2 * 5.0 / 32) << "sums 0, 1, 2 and twice 3";
    EXPECT_EQ(test.difference, 3);
    EXPECT_DOUBLE_EQ(test.effect, 9.0 / 15);
    EXPECT_EQ(test.effectName(), "rank-biserial r");
    EXPECT_EQ(effectSize(test), "");
    EXPECT_EQ(test.assumptions.size(), 3u) << "five pairs can't show anything at 0.05";
    auto back = signedRankTest(Values{1, 2, 0, 0, 0}, Values{0, 0, 3, 4, 5});
    EXPECT_EQ(back.pValue, test.pValue);
    EXPECT_EQ(back.effect, -test.effect);
}

TEST(SignedRank, LeavesOutEqualPairs)
{
    auto test = signedRankTest(Values{1, 2, 3, kNan, 5}, Values{1, 1, 2, 1});
    EXPECT_EQ(test.pairs, 3u);
    EXPECT_EQ(test.equal, 1u);
    EXPECT_EQ(test.left, 3u);
    EXPECT_EQ(test.statistic, 0);
    EXPECT_DOUBLE_EQ(test.pValue, 0.5);
    Values many(60), zeros(60);
    for (std::size_t i = 0; i < many.size(); ++i)
        many[i] = static_cast<double>(i % 7);
    auto large = signedRankTest(many, zeros);
    EXPECT_FALSE(large.exact);
    EXPECT_LT(large.pValue, 1e-8);
    EXPECT_EQ(large.effect, 1);
}

TEST(SignedRank, SaysWhyThereIsNoResult)
{
    EXPECT_NE(signedRankTest({}, {}).undefined, "");
    auto same = signedRankTest(Values{1, 2}, Values{1, 2});
    EXPECT_NE(same.undefined, "");
    EXPECT_EQ(same.equal, 2u);
    EXPECT_TRUE(std::isnan(same.pValue));
}

TEST(Effect, InWords)
{
    EXPECT_EQ(effectSize(-0.1), "negligible");
    EXPECT_EQ(effectSize(0.3), "small");
    EXPECT_EQ(effectSize(-0.6), "medium");
    EXPECT_EQ(effectSize(2), "large");
    EXPECT_EQ(effectSize(kNan), "");
}

} // namespace
} // namespace sextant
