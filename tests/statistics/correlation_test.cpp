// Correlations and the line: known values, ties, and what is said when there is none.
#include "core/statistics/correlation.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace sextant {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using Values = std::vector<double>;

TEST(Correlation, KnownValues)
{
    Values x{1, 2, 3, 4, 5}, y{5, 6, 7, 8, 7};
    EXPECT_NEAR(pearson(x, y).coefficient, 0.8320502943378437, 1e-14);
    EXPECT_NEAR(pearson(x, y).pValue, 0.08050957329849851, 1e-12);
    EXPECT_NEAR(spearman(x, y).coefficient, 0.8207826816681233, 1e-14);
    Values a{12, 2, 1, 12, 2}, b{1, 4, 7, 1, 0};
    EXPECT_NEAR(kendall(a, b).coefficient, -0.47140452079103173, 1e-15);
    EXPECT_NEAR(kendall(a, b).pValue, 0.2827454599327748, 1e-12);
}

TEST(Correlation, KendallMatchesCountingPairs)
{
    std::mt19937 random(8);
    for (int round = 0; round < 50; ++round) {
        Values x(2 + random() % 60), y;
        for (auto& value : x) {
            value = static_cast<double>(random() % 7);
            y.push_back(static_cast<double>(random() % 7) + value / 2);
        }
        double surplus = 0, notTiedX = 0, notTiedY = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                auto sign = (x[i] - x[j]) * (y[i] - y[j]);
                surplus += sign > 0 ? 1 : sign < 0 ? -1 : 0;
                notTiedX += x[i] != x[j];
                notTiedY += y[i] != y[j];
            }
        }
        auto tau = kendall(x, y);
        if (notTiedX == 0 || notTiedY == 0)
            EXPECT_FALSE(tau.undefined.empty());
        else
            EXPECT_NEAR(tau.coefficient, surplus / std::sqrt(notTiedX * notTiedY), 1e-12);
    }
}

TEST(Correlation, SaysWhyThereIsNone)
{
    for (auto* correlate : {&pearson, &spearman, &kendall}) {
        EXPECT_FALSE((*correlate)(Values{}, Values{}).undefined.empty());
        EXPECT_FALSE((*correlate)(Values{1}, Values{1}).undefined.empty());
        auto constant = (*correlate)(Values{1, 1, 1}, Values{1, 2, 3});
        EXPECT_FALSE(constant.undefined.empty());
        EXPECT_TRUE(std::isnan(constant.coefficient));
        auto left =
            (*correlate)(Values{1, kNan, 3, 4}, Values{1, 2, 3, std::numeric_limits<double>::infinity()});
        EXPECT_EQ(left.pairs, 2u);
        EXPECT_EQ(left.left, 2u);
        EXPECT_EQ(left.coefficient, 1);
        EXPECT_EQ(left.pValue, 1);
    }
}

TEST(Correlation, ExtremeValues)
{
    Values x{-1e308, 0, 1e308}, y{1e-308, 2e-308, 3e-308};
    EXPECT_NEAR(pearson(x, y).coefficient, 1, 1e-12);
    EXPECT_EQ(kendall(x, y).coefficient, 1);
}

TEST(Ranks, TiesShareTheirMean)
{
    EXPECT_EQ(ranks(Values{10, 20, 10, 30}), (Values{1.5, 3, 1.5, 4}));
    EXPECT_TRUE(ranks(Values{}).empty());
}

TEST(TrendLine, KnownValues)
{
    Values x{1, 2, 3, 4, 5}, y{5, 6, 7, 8, 7};
    auto line = trendLine(x, y);
    EXPECT_NEAR(line.slope, 0.6, 1e-14);
    EXPECT_NEAR(line.intercept, 4.8, 1e-13);
    EXPECT_NEAR(line.slopeError, 0.23094010767585033, 1e-14);
    EXPECT_NEAR(line.rSquared, 0.6923076923076923, 1e-14);
    EXPECT_NEAR(line.at(3), 6.6, 1e-13);
    EXPECT_GT(line.band(5).high - line.band(5).low, line.band(3).high - line.band(3).low);
}

TEST(TrendLine, SaysWhyThereIsNone)
{
    EXPECT_FALSE(trendLine(Values{1}, Values{1}).undefined.empty());
    EXPECT_FALSE(trendLine(Values{1, 1}, Values{1, 2}).undefined.empty());
    auto two = trendLine(Values{1, 2}, Values{3, 5});
    EXPECT_EQ(two.slope, 2);
    EXPECT_TRUE(std::isnan(two.slopeError) && std::isnan(two.band(1).low));
    auto flat = trendLine(Values{1, 2, 3}, Values{4, 4, 4});
    EXPECT_EQ(flat.slope, 0);
    EXPECT_TRUE(std::isnan(flat.rSquared));
}

} // namespace
} // namespace sextant
