// Summary: what is known of a sample of numbers: how many, where they lie, how they spread, how sure the mean
// is. Pure functions of their arguments; any thread. A figure that does not exist is NaN, and `undefined`
// says why.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace sextant {

inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

struct Interval
{
    double low = kUndefined;
    double high = kUndefined;
};

/// All figures are of the finite values; what was left out is counted beside them.
struct Summary
{
    std::size_t count = 0;    // finite values
    std::size_t nan = 0;      // left out
    std::size_t infinite = 0; // left out
    std::size_t missing = 0;  // had no value at all; known to whoever gathered the sample

    double mean = kUndefined;
    double deviation = kUndefined;     // standard deviation of the sample (n - 1); needs two values
    double standardError = kUndefined; // deviation / sqrt(n)
    Interval confidence;               // of the mean, 95 % by Student's t
    double min = kUndefined;
    double max = kUndefined;
    double median = kUndefined; // middle value, or the mean of the two

    /// Why mean (n = 0) or deviation, error and interval (n < 2) are undefined; empty when all is there.
    std::string_view undefined() const;

    /// "2 NaN and 1 infinite value left out, 3 without a value"; empty when nothing was.
    std::string leftOut() const;
};

/// The values may be in any order and are reordered: the caller gives them up. Linear in their number.
Summary summarizeInPlace(std::span<double> values);

/// The same of a copy.
Summary summarize(std::span<const double> values);

/// The quantile by linear interpolation between order statistics, as NumPy's default; `sorted` ascends and is
/// finite. NaN when empty.
double quantile(std::span<const double> sorted, double probability);

/// Half the width of a two-sided interval of the mean in standard errors: Student's t with `count` - 1
/// degrees of freedom. NaN below two values.
double studentFactor(std::size_t count, double confidence = 0.95);

} // namespace sextant
