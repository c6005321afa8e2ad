// Summaries: exact small cases, what is left out, and values at the edges of what a double can hold.
#include "core/statistics/summary.h"

#include "core/statistics/distributions.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace sextant {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

Summary of(std::vector<double> values)
{
    return summarizeInPlace(values);
}

TEST(Summary, KnownFigures)
{
    auto summary = of({2, 4, 4, 4, 5, 5, 7, 9});
    EXPECT_EQ(summary.count, 8u);
    EXPECT_DOUBLE_EQ(summary.mean, 5);
    EXPECT_DOUBLE_EQ(summary.deviation, std::sqrt(32.0 / 7));
    EXPECT_DOUBLE_EQ(summary.standardError, std::sqrt(32.0 / 7 / 8));
    EXPECT_DOUBLE_EQ(summary.median, 4.5);
    EXPECT_EQ(summary.min, 2);
    EXPECT_EQ(summary.max, 9);
    EXPECT_NEAR(summary.confidence.high - 5, 2.364624251592785 * summary.standardError, 1e-14);
    EXPECT_TRUE(summary.undefined().empty());
    EXPECT_TRUE(summary.leftOut().empty());
}

TEST(Summary, TooFewValuesSaySo)
{
    auto none = of({});
    EXPECT_TRUE(std::isnan(none.mean) && std::isnan(none.median) && std::isnan(none.min));
    EXPECT_FALSE(none.undefined().empty());
    auto one = of({3});
    EXPECT_EQ(one.mean, 3);
    EXPECT_EQ(one.median, 3);
    EXPECT_TRUE(std::isnan(one.deviation) && std::isnan(one.standardError) && std::isnan(one.confidence.low));
    EXPECT_NE(one.undefined().find("need two"), std::string_view::npos);
}

TEST(Summary, WhatIsNotFiniteIsCountedAndLeftOut)
{
    auto summary = of({kNan, 1, kInf, 3, -kInf, kNan, kNan});
    EXPECT_EQ(summary.count, 2u);
    EXPECT_EQ(summary.nan, 3u);
    EXPECT_EQ(summary.infinite, 2u);
    EXPECT_EQ(summary.mean, 2);
    summary.missing = 1;
    EXPECT_EQ(summary.leftOut(), "3 NaN and 2 infinite values left out, 1 without a value");
    EXPECT_EQ(of({kNan}).count, 0u);
}

TEST(Summary, EdgesOfTheRange)
{
    auto large = of({1e308, 1.5e308, 1.2e308});
    EXPECT_NEAR(large.mean / 1e308, 3.7 / 3, 1e-12);
    EXPECT_NEAR(large.deviation / 1e308, 0.2516611478423583, 1e-12);
    auto wide = of({1e308, 1e-308, -1e308});
    EXPECT_TRUE(std::isfinite(wide.mean));
    EXPECT_EQ(wide.median, 1e-308);
    auto tiny = of({1e-300, 2e-300, 3e-300});
    EXPECT_NEAR(tiny.deviation / 1e-300, 1, 1e-12);
    auto offset = of({1e9 + 1, 1e9 + 2, 1e9 + 3});
    EXPECT_DOUBLE_EQ(offset.deviation, 1);
    auto constant = of({0.1, 0.1, 0.1});
    EXPECT_EQ(constant.deviation, 0);
    EXPECT_EQ(constant.mean, 0.1);
    EXPECT_EQ(of({5e-324, 5e-324}).mean, 5e-324);
}

TEST(Summary, MedianOfManyIsTheSortedMiddle)
{
    std::mt19937_64 random(3);
    for (std::size_t size : {1u, 2u, 3u, 10u, 2047u, 2048u, 4097u, 30'000u}) {
        for (int shape = 0; shape < 5; ++shape) {
            std::vector<double> values(size);
            for (auto& value : values) {
                auto unit = static_cast<double>(random() >> 11) * 0x1p-53;
                value = shape == 0   ? unit
                        : shape == 1 ? std::exp(40 * unit)
                        : shape == 2 ? std::floor(3 * unit)
                        : shape == 3 ? (unit < 0.5 ? -1e308 : 1e308) * unit
                                     : (unit < 0.5 ? 0 : 1);
            }
            auto sorted = values;
            std::sort(sorted.begin(), sorted.end());
            auto low = sorted[(size - 1) / 2], high = sorted[size / 2];
            EXPECT_EQ(summarize(values).median, low == high ? low : (low + high) / 2) << size << " " << shape;
        }
    }
}

TEST(Summary, Quantiles)
{
    std::vector<double> values{1, 2, 3, 4};
    EXPECT_EQ(quantile(values, 0), 1);
    EXPECT_EQ(quantile(values, 1), 4);
    EXPECT_DOUBLE_EQ(quantile(values, 0.25), 1.75);
    EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
    EXPECT_TRUE(std::isnan(quantile(values, 1.5)));
}

TEST(Distributions, KnownValues)
{
    EXPECT_NEAR(studentTail(2.228138851986274, 10), 0.05, 1e-14);
    EXPECT_NEAR(studentFactor(11), 2.228138851986274, 1e-13);
    EXPECT_NEAR(studentFactor(1'000'000), 1.95996, 1e-4);
    EXPECT_NEAR(studentFactor(11, 0.99), 3.169272672616951, 1e-13);
    EXPECT_TRUE(std::isnan(studentFactor(1)));
    EXPECT_EQ(studentTail(kInf, 3), 0);
    EXPECT_NEAR(normalTail(1.959963984540054), 0.05, 1e-15);
    EXPECT_NEAR(smallSampleCorrection(10), 0.9227456, 1e-6);
    EXPECT_NEAR(smallSampleCorrection(100'000), 1, 1e-4);
    EXPECT_TRUE(std::isnan(studentTail(1, 0)) && std::isnan(smallSampleCorrection(1)));
}

} // namespace
} // namespace sextant
