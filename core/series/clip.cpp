#include "core/series/clip.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace sextant {
namespace {

constexpr int kDigitBits = 16;
constexpr std::size_t kDigits = 1U << kDigitBits;

/// An integer that orders as the number does.
std::uint64_t orderOf(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return bits >> 63 ? ~bits : bits | (std::uint64_t{1} << 63);
}

double numberOf(std::uint64_t order)
{
    return std::bit_cast<double>(order >> 63 ? order & ~(std::uint64_t{1} << 63) : ~order);
}

template <class Visit>
bool forEachFinite(std::span<const CurvePtr> curves, const Operation& operation, Visit visit)
{
    for (const CurvePtr& curve : curves) {
        if (operation.cancelled())
            return false;
        for (double value : curve->values())
            if (std::isfinite(value))
                visit(value);
    }
    return true;
}

/// The value of the given rank (0: the least), by its highest 16 bits, then the next, four times.
Result<double> valueAtRank(std::span<const CurvePtr> curves, std::uint64_t rank, const Operation& operation)
{
    std::uint64_t prefix = 0;
    std::vector<std::uint64_t> counts(kDigits);
    for (int shift = 64 - kDigitBits; shift >= 0; shift -= kDigitBits) {
        std::fill(counts.begin(), counts.end(), 0);
        const int above = shift + kDigitBits; // the bits that are known
        const bool done = forEachFinite(curves, operation, [&](double value) {
            const std::uint64_t order = orderOf(value);
            if (above == 64 || order >> above == prefix)
                ++counts[(order >> shift) & (kDigits - 1)];
        });
        if (!done)
            return cancelledError();
        std::size_t digit = 0;
        while (digit + 1 < kDigits && rank >= counts[digit])
            rank -= counts[digit++];
        prefix = prefix << kDigitBits | digit;
    }
    return numberOf(prefix);
}

void widen(ClipRange& range, const ClipRequest& request)
{
    if (request.logarithmic && range.low > 0) {
        const double factor = std::pow(range.high / range.low, request.room);
        range.low /= factor;
        range.high *= factor;
        return;
    }
    const double room = (range.high / 2 - range.low / 2) * request.room * 2;
    range.low -= room;
    range.high += room;
}

} // namespace

Result<ClipRange> clipRange(std::span<const CurvePtr> curves, const ClipRequest& request,
                            const Operation& operation)
{
    ClipRange range;
    if (!forEachFinite(curves, operation, [&](double) { ++range.points; }))
        return cancelledError();
    if (range.points == 0)
        return range;
    const auto skipped = static_cast<std::uint64_t>(std::clamp(request.share, 0.0, 0.5) *
                                                    static_cast<double>(range.points - 1));
    SEXTANT_TRY(range.low, valueAtRank(curves, skipped, operation));
    SEXTANT_TRY(range.high, valueAtRank(curves, range.points - 1 - skipped, operation));
    widen(range, request);
    ValueRange all;
    for (const CurvePtr& curve : curves)
        all.add(curve->range());
    range.low = std::max(range.low, all.minimum);
    range.high = std::min(range.high, all.maximum);
    if (!forEachFinite(curves, operation, [&](double value) {
            range.below += value < range.low;
            range.above += value > range.high;
        }))
        return cancelledError();
    return range;
}

} // namespace sextant
