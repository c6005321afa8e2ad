// Proportions: intervals and tests for k successes among n. Pure; any thread. NaN where there is nothing to
// say.
#pragma once

#include "core/statistics/summary.h"

#include <cstdint>

namespace sextant {

struct Proportion
{
    std::uint64_t successes = 0;
    std::uint64_t trials = 0;

    double value() const
    {
        return trials == 0 ? kUndefined : static_cast<double>(successes) / static_cast<double>(trials);
    }
};

/// Wilson's score interval, without continuity correction (Wilson 1927).
Interval wilsonInterval(const Proportion& proportion, double confidence = 0.95);

/// Newcombe's hybrid score interval of first - second (Newcombe 1998, method 10).
Interval newcombeInterval(const Proportion& first, const Proportion& second, double confidence = 0.95);

/// The z of first - second with the pooled variance; 0 where both are all or nothing alike.
double pooledZ(const Proportion& first, const Proportion& second);

/// Fisher's exact test, two-sided: the sum of all tables with these margins that are no likelier.
double fisherExact(const Proportion& first, const Proportion& second);

/// Two-sided p of the difference, and by which test: Fisher's where a cell of the expected table is below 5.
struct ProportionTest
{
    double pValue = kUndefined;
    bool exact = false;
};
ProportionTest compareProportions(const Proportion& first, const Proportion& second);

} // namespace sextant
