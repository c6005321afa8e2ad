// XValues: the x of a curve's points: what a chart can have along its horizontal axis, kept in the store's
// integers.
#pragma once

#include "core/table/frozen_array.h"

#include <cstdint>

namespace sextant {

/// x as the step; as seconds since the origin; as the wall clock in epoch milliseconds.
enum class XAxis { Step, RelativeTime, WallTime };

/// x[i] = (key[i] - origin) / unit, in double precision: monotone in the key.
struct XValues
{
    FrozenArray<std::int64_t> keys;
    double origin = 0;
    double unit = 1;

    std::size_t size() const { return keys.size(); }
    double operator[](std::size_t index) const { return (static_cast<double>(keys[index]) - origin) / unit; }
};

} // namespace sextant
