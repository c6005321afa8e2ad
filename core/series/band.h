// Band: the runs of a group as one curve: their mean along x, and how far they spread around it.
// Immutable once made; may be read from any number of threads.
#pragma once

#include "core/series/curve.h"

#include <string>

namespace sextant {

/// Mean ± standard deviation (of a sample: n - 1); ± standard error of the mean; its 95 % confidence interval
/// by Student's t; from the least to the greatest.
enum class BandKind { None, Deviation, StandardError, Confidence, Extremes };

/// "mean ± std", "mean ± stderr", "mean with 95 % CI", "mean, min to max"; empty for None.
std::string describe(BandKind kind);

/// Three curves over the same points; `counts` says how many members stand behind each.
struct Band
{
    BandKind kind = BandKind::None;
    CurvePtr mean;
    CurvePtr low;
    CurvePtr high;
    std::vector<std::uint32_t> counts;
    std::size_t members = 0;
    std::uint32_t fewest = 0; // of counts, places without any member apart
    std::uint32_t most = 0;
    std::size_t every = 1; // of the places where members have points, one of so many is there: see makeBand
    std::size_t interpolated = 0; // values that lie between two points of their member
    std::size_t notFinite = 0;    // points of members that count for nothing
};

using BandPtr = std::shared_ptr<const Band>;

/// The points are all x at which any member has one. There a member counts with its own value (the last one
/// of points of equal x), else with the straight line between its neighbouring points, so that members of
/// other steps do not make the mean jump; never before its first point, after its last, or beside a value
/// that is not finite. Members of equal steps are joined exactly. Of n < 2 there is a mean and no spread
/// (NaN), but for Extremes. Where there are more than 262,144 places, as of hundreds of long runs along time,
/// only each so-manyth is worked out, exactly; Extremes still hold every point of every member. Errors:
/// Cancelled.
Result<BandPtr> makeBand(std::span<const CurvePtr> members, BandKind kind, const Operation& operation = {});

} // namespace sextant
