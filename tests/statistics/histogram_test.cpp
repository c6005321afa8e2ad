#include "core/statistics/histogram.h"

#include <gtest/gtest.h>
#include <numeric>

namespace sextant {
namespace {

TEST(Histogram, RuleAndEdgesOfEvenValues)
{
    std::vector<double> values(1000);
    std::iota(values.begin(), values.end(), 0.0);
    const auto bins = histogramBins(values, 200);
    EXPECT_EQ(bins.rule, HistogramBins::Rule::FreedmanDiaconis);
    ASSERT_EQ(bins.count(), 10U); // numpy.histogram_bin_edges(numpy.arange(1000), "fd")
    EXPECT_DOUBLE_EQ(bins.edges[1], 99.9);
    const auto counts = histogramCounts(bins, values);
    EXPECT_EQ(counts, std::vector<std::size_t>(10, 100));
}

TEST(Histogram, ValuesOnTheLastEdgeCount)
{
    const std::vector<double> values{0, 0, 1, 1, 2, 2};
    const auto bins = histogramBins(values, 2);
    EXPECT_EQ(histogramCounts(bins, values), (std::vector<std::size_t>{2, 4}));
}

TEST(Histogram, HalfOfTheValuesTheSame)
{
    std::vector<double> values(100, 5.0);
    values.back() = 6;
    const auto bins = histogramBins(values, 200);
    EXPECT_EQ(bins.rule, HistogramBins::Rule::Sturges);
    EXPECT_EQ(bins.count(), 8U); // numpy.histogram_bin_edges(values, "sturges")
}

TEST(Histogram, OneValueHasRoomAroundIt)
{
    for (double value : {0.0, -3.0, 1e-308, 8e307}) {
        const std::vector<double> values{value, value};
        const auto bins = histogramBins(values, 200);
        ASSERT_EQ(bins.count(), 1U);
        EXPECT_LT(bins.edges[0], value);
        EXPECT_GT(bins.edges[1], value);
        EXPECT_EQ(histogramCounts(bins, values), std::vector<std::size_t>{2});
    }
}

TEST(Histogram, NeverMoreThanAsked)
{
    std::vector<double> values(1000);
    std::iota(values.begin(), values.end(), 0.0);
    values.push_back(1e12);
    const auto bins = histogramBins(values, 200);
    EXPECT_EQ(bins.count(), 200U);
    EXPECT_GT(bins.wanted, 1e9);
    EXPECT_EQ(histogramCounts(bins, values).back(), 1U);
}

} // namespace
} // namespace sextant
