// Correlation of two columns of numbers, and the straight line through them.
// Pure functions; any thread. Pairs with a value that is not finite are left out and counted.
#pragma once

#include "core/statistics/summary.h"

#include <vector>

namespace sextant {

struct Correlation
{
    std::size_t pairs = 0; // that counted
    std::size_t left = 0;
    double coefficient = kUndefined; // -1 … 1
    double pValue = kUndefined;      // two-sided, against no association
    std::string_view undefined;      // why there is no coefficient; empty when there is
};

/// Linear association; p by Student's t with n - 2 degrees of freedom (1 when n = 2).
Correlation pearson(std::span<const double> x, std::span<const double> y);

/// Pearson's of the ranks, ties sharing their mean rank.
Correlation spearman(std::span<const double> x, std::span<const double> y);

/// Tau-b. p exact for up to 33 pairs without ties, else by the normal approximation with the variance for
/// ties. n log n.
Correlation kendall(std::span<const double> x, std::span<const double> y);

/// Ranks from 1; equal values share their mean rank. All values must be comparable (no NaN).
std::vector<double> ranks(std::span<const double> values);

/// Least squares: y = intercept + slope * x.
struct TrendLine
{
    std::size_t pairs = 0;
    std::size_t left = 0;
    double slope = kUndefined;
    double intercept = kUndefined;
    double slopeError = kUndefined; // standard errors; need three pairs
    double interceptError = kUndefined;
    double pValue = kUndefined; // of a slope of zero
    double rSquared = kUndefined;
    double residualDeviation = kUndefined; // sqrt(residual sum of squares / (n - 2))
    double meanX = kUndefined;
    double squaresX = kUndefined; // sum of (x - meanX)²
    std::string_view undefined;

    double at(double x) const { return intercept + slope * x; }
    /// 95 % band of the line itself at x.
    Interval band(double x) const;
};

TrendLine trendLine(std::span<const double> x, std::span<const double> y);

} // namespace sextant
