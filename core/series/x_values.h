// XValues: the x of a curve's points: what a chart can have along its horizontal axis, kept in the store's
// integers where it is a step or a time.
#pragma once

#include "core/table/frozen_array.h"

#include <cstdint>

namespace sextant {

/// x as the step; as seconds since the origin; as the wall clock in epoch milliseconds; as another metric.
enum class XAxis { Step, RelativeTime, WallTime, Metric };

/// x[i] = (key[i] - origin) / unit, in double precision: monotone in the key. Or numbers of their own.
struct XValues
{
    FrozenArray<std::int64_t> keys;
    double origin = 0;
    double unit = 1;
    FrozenArray<double> numbers; // in the place of keys when there are any; finite

    std::size_t size() const { return numbers.empty() ? keys.size() : numbers.size(); }
    double operator[](std::size_t index) const
    {
        return numbers.empty() ? (static_cast<double>(keys[index]) - origin) / unit : numbers[index];
    }
};

} // namespace sextant
