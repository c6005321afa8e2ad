// MeanTest: whether two samples differ in their mean: Welch's test, and the paired test.
// Pure functions; any thread. Only finite values count; what was left out is counted.
#pragma once

#include "core/statistics/summary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sextant {

enum class MeanTestKind : std::uint8_t { Welch, Paired };

struct MeanTest
{
    MeanTestKind kind = MeanTestKind::Welch;
    Summary first, second; // of the values the test used
    std::size_t pairs = 0; // of the paired test: pairs with two finite values
    std::size_t left = 0;  // values that did not count: not finite, or without a finite partner

    double difference = kUndefined; // mean of first - mean of second, or the mean of the pairs' differences
    Interval differenceInterval;    // 95 %
    double statistic = kUndefined;  // t
    double degreesOfFreedom = kUndefined;
    double pValue = kUndefined; // two-sided

    // Welch: Cohen's d over the pooled deviation, and Hedges' g (d with the exact correction for small
    // samples). Paired: d_z, over the deviation of the differences, and the same corrected.
    double effect = kUndefined;
    double effectCorrected = kUndefined;

    std::string undefined; // why there is no t and p; empty when there are
    std::vector<std::string>
        assumptions; // sentences for the reader: what the test takes for granted, and doubts

    /// "Cohen's d" or "d_z"; "Hedges' g" or "corrected d_z".
    std::string_view effectName() const;
    std::string_view effectCorrectedName() const;
};

/// Unequal variances and sizes are fine.
MeanTest welchTest(std::span<const double> first, std::span<const double> second);

/// Value i of one belongs to value i of the other; a pair with a value that is not finite is left out, and so
/// is what one has more than the other.
MeanTest pairedTest(std::span<const double> first, std::span<const double> second);

/// Wording of an effect by Cohen's conventions: "negligible", "small", "medium", "large"; empty when
/// undefined.
std::string_view effectSize(double effect);

} // namespace sextant
