// MeanTest: whether two samples differ: Welch's test, the paired test and Wilcoxon's signed-rank test.
// Pure functions; any thread. Only finite values count; what was left out is counted.
#pragma once

#include "core/statistics/summary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sextant {

enum class MeanTestKind : std::uint8_t { Welch, Paired, SignedRank };

struct MeanTest
{
    MeanTestKind kind = MeanTestKind::Welch;
    Summary first, second; // of the values the test used
    std::size_t pairs = 0; // of the paired tests: pairs with two finite values
    std::size_t equal = 0; // of the signed-rank test: pairs without a difference, which it leaves out
    std::size_t left = 0;  // values that did not count: not finite, or without a finite partner

    // Mean of first - mean of second, the mean of the pairs' differences, or their median (signed-rank).
    double difference = kUndefined;
    Interval differenceInterval;   // 95 %; none of the signed-rank test
    double statistic = kUndefined; // t, or the smaller of the two sums of ranks
    double degreesOfFreedom = kUndefined;
    double pValue = kUndefined; // two-sided
    bool exact = false;         // of the signed-rank test: p counts all signs, it is no approximation

    // Welch: Cohen's d over the pooled deviation, and Hedges' g (d with the exact correction for small
    // samples). Paired: d_z, over the deviation of the differences, and the same corrected. Signed-rank: the
    // rank-biserial correlation, twice.
    double effect = kUndefined;
    double effectCorrected = kUndefined;

    std::string undefined; // why there is no t and p; empty when there are
    std::vector<std::string>
        assumptions; // sentences for the reader: what the test takes for granted, and doubts

    bool paired() const { return kind != MeanTestKind::Welch; }
    /// "Cohen's d", "d_z", "rank-biserial r"; "Hedges' g", "corrected d_z", "rank-biserial r".
    std::string_view effectName() const;
    std::string_view effectCorrectedName() const;
};

/// Why nothing could be paired where every value that pairs stands for several runs of a group.
inline constexpr const char* kAmbiguousPairs =
    "each value to pair by stands for several runs of a group: group by what tells them apart as well";

/// Unequal variances and sizes are fine.
MeanTest welchTest(std::span<const double> first, std::span<const double> second);

/// Value i of one belongs to value i of the other; a pair with a value that is not finite is left out, and so
/// is what one has more than the other.
MeanTest pairedTest(std::span<const double> first, std::span<const double> second);

/// The same pairs by the ranks of their differences, which need not be normal. Pairs without a difference are
/// left out; p is exact up to 50 pairs without ties or such pairs, and up to 13 with, else by the normal
/// approximation with its correction for ties.
MeanTest signedRankTest(std::span<const double> first, std::span<const double> second);

/// Wording of an effect by Cohen's conventions: "negligible", "small", "medium", "large"; empty when
/// undefined, and of rank-biserial correlations, which have none.
std::string_view effectSize(double effect);
std::string_view effectSize(const MeanTest& test);

} // namespace sextant
