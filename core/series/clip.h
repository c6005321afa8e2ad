// Clipping: the range of values that holds all but the outliers of some curves, and how many those are.
#pragma once

#include "core/series/curve.h"

#include <cstdint>

namespace sextant {

struct ClipRequest
{
    double share = 0.01;      // of the points, left out at each end at most
    double room = 0.25;       // added at each end, as a share of the distance between the two percentiles
    bool logarithmic = false; // the distance counts in decades where both percentiles are positive
    bool operator==(const ClipRequest&) const = default;
};

/// Finite values alone. Where nothing lies outside, the range is that of the values.
struct ClipRange
{
    double low = 0;
    double high = 0;
    std::uint64_t below = 0;
    std::uint64_t above = 0;
    std::uint64_t points = 0; // finite ones

    bool clips() const { return below + above > 0; }
};

/// Percentiles of all points of all curves together, exact (the logged values at floor(share·(n-1)) from
/// below and from above), found without a copy: some ten passes over the points. Without a finite value:
/// points is 0. Errors: Cancelled.
Result<ClipRange> clipRange(std::span<const CurvePtr> curves, const ClipRequest& request = {},
                            const Operation& operation = {});

} // namespace sextant
