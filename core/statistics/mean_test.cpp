#include "core/statistics/mean_test.h"

#include "core/statistics/distributions.h"

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

constexpr double kConfidence = 0.95;

std::vector<double> finiteOf(std::span<const double> values)
{
    std::vector<double> finite;
    std::copy_if(values.begin(), values.end(), std::back_inserter(finite),
                 [](double value) { return std::isfinite(value); });
    return finite;
}

/// From the difference, its standard error and the degrees of freedom to t, p and the interval.
void conclude(MeanTest& test, double standardError)
{
    test.statistic = test.difference / standardError;
    test.pValue = studentTail(test.statistic, test.degreesOfFreedom);
    auto half = studentQuantile(kConfidence, test.degreesOfFreedom) * standardError;
    test.differenceInterval = {test.difference - half, test.difference + half};
}

std::string sizesOf(const MeanTest& test)
{
    return std::to_string(test.first.count) + " and " + std::to_string(test.second.count);
}

void addSizeDoubt(MeanTest& test, std::size_t smallest)
{
    constexpr std::size_t kFewest = 2, kFew = 10; // with less there is no test to doubt
    if (smallest >= kFewest && smallest < kFew)
        test.assumptions.push_back(
            "With as few as " + std::to_string(smallest) +
            " values the test relies on the values being near normal, which so few can't show");
}

} // namespace

std::string_view MeanTest::effectName() const
{
    return kind == MeanTestKind::Welch    ? "Cohen's d"
           : kind == MeanTestKind::Paired ? "d_z"
                                          : "rank-biserial r";
}

std::string_view MeanTest::effectCorrectedName() const
{
    return kind == MeanTestKind::Welch    ? "Hedges' g"
           : kind == MeanTestKind::Paired ? "corrected d_z"
                                          : effectName();
}

MeanTest welchTest(std::span<const double> first, std::span<const double> second)
{
    MeanTest test;
    auto a = finiteOf(first), b = finiteOf(second);
    test.left = first.size() + second.size() - a.size() - b.size();
    test.first = summarize(a);
    test.second = summarize(b);
    test.assumptions = {"The runs of both groups are independent of each other",
                        "The means are near normal; the groups may differ in variance and size"};
    addSizeDoubt(test, std::min(a.size(), b.size()));
    if (a.empty() || b.empty()) {
        test.undefined = "one of the groups has no finite value";
        return test;
    }
    test.difference = test.first.mean - test.second.mean;
    if (a.size() < 2 || b.size() < 2) {
        test.undefined = "both groups need two values or more; they have " + sizesOf(test);
        return test;
    }
    auto n1 = static_cast<double>(a.size()), n2 = static_cast<double>(b.size());
    // Measured by the larger deviation, so that squares stay within range.
    auto scale = std::max(test.first.deviation, test.second.deviation);
    if (scale == 0) {
        test.undefined =
            "all values of each group are equal: there is no spread to hold the difference against";
        return test;
    }
    auto v1 = std::pow(test.first.deviation / scale, 2), v2 = std::pow(test.second.deviation / scale, 2);
    auto e1 = v1 / n1, e2 = v2 / n2;
    test.degreesOfFreedom = (e1 + e2) * (e1 + e2) / (e1 * e1 / (n1 - 1) + e2 * e2 / (n2 - 1));
    conclude(test, std::sqrt(e1 + e2) * scale);
    auto pooled = std::sqrt(((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2)) * scale;
    test.effect = test.difference / pooled;
    test.effectCorrected = test.effect * smallSampleCorrection(n1 + n2 - 2);
    return test;
}

MeanTest pairedTest(std::span<const double> first, std::span<const double> second)
{
    MeanTest test;
    test.kind = MeanTestKind::Paired;
    std::vector<double> a, b, differences;
    auto both = std::min(first.size(), second.size());
    for (std::size_t i = 0; i < both; ++i) {
        if (!std::isfinite(first[i]) || !std::isfinite(second[i]))
            continue;
        a.push_back(first[i]);
        b.push_back(second[i]);
        differences.push_back(first[i] - second[i]);
    }
    test.pairs = a.size();
    test.left = first.size() + second.size() - 2 * a.size();
    test.first = summarize(a);
    test.second = summarize(b);
    auto summary = summarize(differences);
    test.assumptions = {"The pairs are independent of each other",
                        "The differences within pairs are near normal"};
    addSizeDoubt(test, a.size());
    if (a.empty()) {
        test.undefined = "there is no pair of finite values";
        return test;
    }
    test.difference = summary.mean;
    if (a.size() < 2) {
        test.undefined = "a paired test needs two pairs or more; there is 1";
        return test;
    }
    if (!(summary.deviation > 0)) {
        test.undefined = "the difference is the same in all pairs: there is no spread to hold it against";
        return test;
    }
    test.degreesOfFreedom = static_cast<double>(a.size() - 1);
    conclude(test, summary.standardError);
    test.effect = summary.mean / summary.deviation;
    test.effectCorrected = test.effect * smallSampleCorrection(test.degreesOfFreedom);
    return test;
}

std::string_view effectSize(double effect)
{
    if (std::isnan(effect))
        return {};
    auto size = std::abs(effect);
    return size < 0.2 ? "negligible" : size < 0.5 ? "small" : size < 0.8 ? "medium" : "large";
}

std::string_view effectSize(const MeanTest& test)
{
    return test.kind == MeanTestKind::SignedRank ? std::string_view() : effectSize(test.effectCorrected);
}

} // namespace sextant
