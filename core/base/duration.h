// Time between two moments of a store, which may hold any numbers.
#pragma once

#include "core/base/time.h"

namespace sextant {

/// Milliseconds from `start` to `end`; kNoTime when either is unknown or they are further apart than counts.
inline EpochMs durationBetween(EpochMs start, EpochMs end)
{
    EpochMs duration = kNoTime;
    bool fits = isKnown(start) && isKnown(end) && !__builtin_sub_overflow(end, start, &duration);
    return fits ? duration : kNoTime;
}

} // namespace sextant
