#include "core/series/smoothing.h"

#include "tests/series/series_data.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

using namespace test;

const std::vector<double> kDigits = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4};

XValues axis(std::vector<std::int64_t> keys)
{
    return {FrozenArray<std::int64_t>(std::move(keys)), 0, 1};
}

void expectNear(const std::vector<double>& actual, const std::vector<double>& expected,
                double relative = 1e-12)
{
    ASSERT_EQ(actual.size(), expected.size());
    for (std::size_t index = 0; index < actual.size(); ++index) {
        if (std::isfinite(expected[index]))
            ASSERT_NEAR(actual[index], expected[index], relative * std::max(1.0, std::abs(expected[index])))
                << index;
        else
            ASSERT_TRUE(actual[index] == expected[index] ||
                        std::isnan(expected[index]) == std::isnan(actual[index]));
    }
}

/// The definition of the debiased average as a weighted mean: sum of w^(n-k) y_k over sum of w^(n-k), finite
/// values only.
std::vector<double> plainExponential(const std::vector<double>& values, double weight)
{
    std::vector<double> result = values, seen;
    for (std::size_t index = 0; index < values.size(); ++index) {
        if (!std::isfinite(values[index]))
            continue;
        seen.push_back(values[index]);
        double sum = 0, total = 0;
        for (std::size_t k = 0; k < seen.size(); ++k) {
            const double share = std::pow(weight, static_cast<double>(seen.size() - 1 - k));
            sum += share * seen[k];
            total += share;
        }
        result[index] = sum / total;
    }
    return result;
}

TEST(ExponentialAverageTest, IsTheDebiasedWeightedMean)
{
    const std::vector<double> noisy = noisyValues(600, 1);
    for (double weight : {0.0, 0.3, 0.6, 0.9, 0.99, 0.999})
        expectNear(exponentialAverage(noisy, weight), plainExponential(noisy, weight), 1e-10);
    EXPECT_EQ(exponentialAverage(noisy, 0.9)[0], noisy[0]);
}

TEST(ExponentialAverageTest, FirstValuesByHand)
{
    // 0.6: y0; (0.6·0.4·3 + 0.4·1) / (1 - 0.36); …
    const auto smoothed = exponentialAverage(kDigits, 0.6);
    EXPECT_NEAR(smoothed[0], 3, 1e-15);
    EXPECT_NEAR(smoothed[1], 1.12 / 0.64, 1e-14);
    EXPECT_NEAR(smoothed[2], (1.12 * 0.6 + 0.4 * 4) / (1 - 0.216), 1e-14);
}

TEST(ExponentialAverageTest, PassesOverWhatIsNotFinite)
{
    const std::vector<double> values = {1, kNaN, 2, kInf, 3, -kInf, 4};
    expectNear(exponentialAverage(values, 0.6), plainExponential(values, 0.6));
}

TEST(ExponentialAverageTest, LeavesAConstantSeriesExactlyAsItIs)
{
    const std::vector<double> constant(100, 0.1);
    EXPECT_EQ(exponentialAverage(constant, 0.7), constant);
    EXPECT_TRUE(exponentialAverage({}, 0.7).empty());
}

TEST(ExponentialAverageTest, WeightsBeyondTheRangeAreClamped)
{
    EXPECT_EQ(exponentialAverage(kDigits, -3), kDigits);
    expectNear(exponentialAverage(kDigits, 1), plainExponential(kDigits, 0.999), 1e-10);
}

std::vector<double> plainMean(const std::vector<double>& values, std::size_t window)
{
    std::vector<double> result = values;
    const auto half = static_cast<std::ptrdiff_t>(window / 2);
    for (std::ptrdiff_t centre = 0; centre < std::ssize(values); ++centre) {
        double sum = 0;
        int count = 0;
        for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(0, centre - half);
             k <= centre + half && k < std::ssize(values); ++k) {
            if (std::isfinite(values[static_cast<std::size_t>(k)])) {
                sum += values[static_cast<std::size_t>(k)];
                ++count;
            }
        }
        if (std::isfinite(values[static_cast<std::size_t>(centre)]))
            result[static_cast<std::size_t>(centre)] = sum / count;
    }
    return result;
}

TEST(RunningMeanTest, IsTheMeanOfTheCentredWindow)
{
    std::vector<double> values = noisyValues(300, 2);
    values[7] = kNaN;
    values[200] = kInf;
    for (std::size_t window : {1, 3, 5, 11, 101, 299, 301, 599, 601, 5000})
        expectNear(runningMean(values, window), plainMean(values, window));
    expectNear(runningMean(values, 10), plainMean(values, 11));
    EXPECT_EQ(runningMean(values, 0).size(), values.size());
    EXPECT_TRUE(runningMean({}, 5).empty());
}

TEST(RunningMeanTest, OneHugeValueLeavesNoTraceBehindItsWindow)
{
    std::vector<double> values(1000, 0.1);
    values[100] = 1e300;
    const auto smoothed = runningMean(values, 5);
    EXPECT_NEAR(smoothed[97], 0.1, 1e-15);
    EXPECT_NEAR(smoothed[103], 0.1, 1e-15);
    EXPECT_NEAR(smoothed[999], 0.1, 1e-15);
}

// SciPy 1.17.1, y = kDigits, m = ones: gaussian_filter1d(y, s, mode="constant") / gaussian_filter1d(m, s,
// mode="constant").
TEST(GaussianAverageTest, AgreesWithSciPy)
{
    expectNear(gaussianAverage(kDigits, 1.0),
               {2.373029953690432,  2.30507644584913,  2.563504375981272, 3.1399802718414516,
                4.770472244207859,  5.702651312824756, 4.986301819869908, 4.78087755660309,
                4.627613525919965,  4.423312416338342, 5.471365370824127, 7.182309806550207,
                8.003466677036243,  7.773818724027153, 6.654598358338971, 4.475375199533854,
                3.2179503925566664, 4.053814796308553, 5.319312194696568, 5.293686444324337});
    expectNear(gaussianAverage(kDigits, 2.5),
               {2.804720865028277, 3.0417096239939374, 3.367671882405123, 3.7578278493569583,
                4.156021751229615, 4.497257312390712,  4.752109642068768, 4.955438091657483,
                5.185902689659799, 5.502719232632878,  5.886173154257838, 6.227296162082836,
                6.383185605571757, 6.2675192835726286, 5.913702026903883, 5.459199828361291,
                5.061763957324509, 4.815004458604927,  4.724013228157482, 4.738785299201468});
}

// The same with y[6] = NaN and y[13] = inf, both 0 in y·m and in m, sigma 1.5.
TEST(GaussianAverageTest, AgreesWithSciPyAroundGaps)
{
    std::vector<double> values = kDigits;
    values[6] = kNaN;
    values[13] = kInf;
    expectNear(gaussianAverage(values, 1.5), {2.4197776747566677,
                                              2.5031460523241424,
                                              2.8438372767603806,
                                              3.5958262675300174,
                                              4.736296236719207,
                                              5.829114440284042,
                                              kNaN,
                                              5.609671548869113,
                                              5.073668094994385,
                                              5.087181019717796,
                                              5.751253364219215,
                                              6.75865615256761,
                                              7.506653663892257,
                                              kInf,
                                              6.020359614293495,
                                              4.695723510271455,
                                              4.071597066819923,
                                              4.249130388655546,
                                              4.7511300731153305,
                                              5.055603271665678});
}

TEST(GaussianAverageTest, WithoutWidthNothingChanges)
{
    EXPECT_EQ(gaussianAverage(kDigits, 0), kDigits);
    EXPECT_EQ(gaussianAverage(kDigits, kNaN), kDigits);
    EXPECT_EQ(gaussianAverage(std::vector<double>{5}, 9), std::vector<double>{5});
}

/// Weights & Biases' published example, line by line.
std::vector<double> plainTimeWeighted(const std::vector<double>& y, const std::vector<double>& x,
                                      double parameter, double range)
{
    const double weight = std::min(std::sqrt(parameter), 0.999);
    double last = 0, debias = 0;
    std::vector<double> result;
    for (std::size_t index = 0; index < y.size(); ++index) {
        const double change = (x[index] - x[index > 0 ? index - 1 : 0]) / range * 1000;
        const double adjusted = std::pow(weight, change);
        last = last * adjusted + y[index];
        debias = debias * adjusted + 1;
        result.push_back(last / debias);
    }
    return result;
}

TEST(TimeWeightedAverageTest, FollowsThePublishedFormula)
{
    const XValues x =
        axis({0, 1, 2, 5, 6, 7, 100, 101, 150, 151, 152, 153, 154, 500, 501, 502, 503, 504, 505, 1000});
    std::vector<double> plainX;
    for (std::size_t index = 0; index < x.size(); ++index)
        plainX.push_back(x[index]);
    for (double weight : {0.1, 0.6, 0.95, 0.9999})
        expectNear(timeWeightedAverage(kDigits, x, weight, 0),
                   plainTimeWeighted(kDigits, plainX, weight, 1000));
    expectNear(timeWeightedAverage(kDigits, x, 0.6, 5000), plainTimeWeighted(kDigits, plainX, 0.6, 5000));
}

TEST(TimeWeightedAverageTest, DistanceCountsFromTheLastFinitePoint)
{
    const auto smoothed = timeWeightedAverage(std::vector<double>{1, kNaN, 3}, axis({0, 4, 10}), 0.6, 0);
    const auto without = timeWeightedAverage(std::vector<double>{1, 3}, axis({0, 10}), 0.6, 0);
    EXPECT_TRUE(std::isnan(smoothed[1]));
    EXPECT_DOUBLE_EQ(smoothed[2], without[1]);
}

TEST(TimeWeightedAverageTest, PointsAtOnePlaceAreAveraged)
{
    const auto smoothed = timeWeightedAverage(std::vector<double>{1, 3}, axis({7, 7}), 0.6, 0);
    EXPECT_DOUBLE_EQ(smoothed[1], 2);
    EXPECT_TRUE(timeWeightedAverage({}, axis({}), 0.6, 0).empty());
}

TEST(SmoothTest, EveryKindRunsAndCanBeCancelled)
{
    const XValues x = axis(std::vector<std::int64_t>(20, 0));
    std::stop_source source;
    for (SmoothingKind kind :
         {SmoothingKind::None, SmoothingKind::ExponentialAverage, SmoothingKind::RunningMean,
          SmoothingKind::Gaussian, SmoothingKind::TimeWeightedAverage}) {
        const Smoothing smoothing{kind, smoothingScale(kind).initial};
        const auto result = smooth(kDigits, x, smoothing, 0, {});
        ASSERT_TRUE(result.has_value());
        EXPECT_EQ(result->size(), kDigits.size());
        EXPECT_EQ(describe(smoothing).empty(), kind == SmoothingKind::None);
    }
    source.request_stop();
    EXPECT_FALSE(smooth(kDigits, x, {SmoothingKind::Gaussian, 2}, 0, {source.get_token(), {}}).has_value());
}

TEST(SmoothTest, DescribesItself)
{
    EXPECT_EQ(describe({SmoothingKind::ExponentialAverage, 0.6}), "EMA 0.6");
    EXPECT_EQ(describe({SmoothingKind::RunningMean, 11}), "mean of 11 points");
}

} // namespace
} // namespace sextant
