#include "core/series/pyramid.h"

#include <algorithm>
#include <cmath>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sextant {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kFan = 16;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

enum Mark : std::uint8_t { MarkNaN = 1, MarkPositive = 2, MarkNegative = 4 };

std::uint8_t marksOf(const ValueRange& range)
{
    return static_cast<std::uint8_t>((range.hasNaN ? MarkNaN : 0) |
                                     (range.hasPositiveInfinity ? MarkPositive : 0) |
                                     (range.hasNegativeInfinity ? MarkNegative : 0));
}

void applyMarks(ValueRange& range, std::uint8_t marks)
{
    range.hasNaN |= (marks & MarkNaN) != 0;
    range.hasPositiveInfinity |= (marks & MarkPositive) != 0;
    range.hasNegativeInfinity |= (marks & MarkNegative) != 0;
}

/// Minimum and maximum with infinities counted in and NaN passed over: one pass that a processor can do in
/// vectors.
struct RawExtent
{
    double minimum = kInfinity;
    double maximum = -kInfinity;
    bool hasNaN = false;
};

void extendOne(RawExtent& extent, double value)
{
    extent.minimum = value < extent.minimum ? value : extent.minimum;
    extent.maximum = value > extent.maximum ? value : extent.maximum;
    extent.hasNaN |= value != value;
}

#if defined(__SSE2__)
RawExtent rawExtent(const double* values, std::size_t count)
{
    // minpd and maxpd give their second operand when one is NaN, so NaN never gets into the accumulators.
    __m128d low[4], high[4], odd = _mm_setzero_pd();
    for (int lane = 0; lane < 4; ++lane) {
        low[lane] = _mm_set1_pd(kInfinity);
        high[lane] = _mm_set1_pd(-kInfinity);
    }
    std::size_t index = 0;
    for (; index + 8 <= count; index += 8) {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            const __m128d pair = _mm_loadu_pd(values + index + 2 * lane);
            low[lane] = _mm_min_pd(pair, low[lane]);
            high[lane] = _mm_max_pd(pair, high[lane]);
            odd = _mm_or_pd(odd, _mm_cmpunord_pd(pair, pair));
        }
    }
    const __m128d lowest = _mm_min_pd(_mm_min_pd(low[0], low[1]), _mm_min_pd(low[2], low[3]));
    const __m128d highest = _mm_max_pd(_mm_max_pd(high[0], high[1]), _mm_max_pd(high[2], high[3]));
    RawExtent extent;
    extent.minimum = std::min(_mm_cvtsd_f64(lowest), _mm_cvtsd_f64(_mm_unpackhi_pd(lowest, lowest)));
    extent.maximum = std::max(_mm_cvtsd_f64(highest), _mm_cvtsd_f64(_mm_unpackhi_pd(highest, highest)));
    extent.hasNaN = _mm_movemask_pd(odd) != 0;
    for (; index < count; ++index)
        extendOne(extent, values[index]);
    return extent;
}
#else
RawExtent rawExtent(const double* values, std::size_t count)
{
    RawExtent extent;
    for (std::size_t index = 0; index < count; ++index)
        extendOne(extent, values[index]);
    return extent;
}
#endif

} // namespace

void ValueRange::add(double value)
{
    if (std::isfinite(value)) {
        minimum = std::min(minimum, value);
        maximum = std::max(maximum, value);
    } else if (std::isnan(value)) {
        hasNaN = true;
    } else {
        (value > 0 ? hasPositiveInfinity : hasNegativeInfinity) = true;
    }
}

void ValueRange::add(const ValueRange& other)
{
    minimum = std::min(minimum, other.minimum);
    maximum = std::max(maximum, other.maximum);
    hasNaN |= other.hasNaN;
    hasPositiveInfinity |= other.hasPositiveInfinity;
    hasNegativeInfinity |= other.hasNegativeInfinity;
}

ValueRange scanRange(std::span<const double> values)
{
    const RawExtent extent = rawExtent(values.data(), values.size());
    ValueRange range;
    if (extent.maximum == kInfinity || extent.minimum == -kInfinity) {
        for (double value : values)
            range.add(value);
        return range;
    }
    range.minimum = extent.minimum;
    range.maximum = extent.maximum;
    range.hasNaN = extent.hasNaN;
    return range;
}

Pyramid::Pyramid(FrozenArray<double> values) : m_values(std::move(values))
{
    const std::size_t blocks = m_values.size() / kBlock;
    if (blocks == 0)
        return;
    Level level;
    level.extents.resize(blocks);
    level.marks.resize(blocks);
    for (std::size_t block = 0; block < blocks; ++block) {
        const ValueRange range = scanRange(m_values.span().subspan(block * kBlock, kBlock));
        level.extents[block] = {range.minimum, range.maximum};
        level.marks[block] = marksOf(range);
    }
    m_levels.push_back(std::move(level));
    while (m_levels.back().extents.size() >= kFan)
        buildCoarser();
}

void Pyramid::buildCoarser()
{
    const Level& finer = m_levels.back();
    const std::size_t blocks = finer.extents.size() / kFan;
    Level level;
    level.extents.resize(blocks);
    level.marks.resize(blocks);
    for (std::size_t block = 0; block < blocks; ++block) {
        ValueRange range;
        addBlocks(finer, block * kFan, (block + 1) * kFan, range);
        level.extents[block] = {range.minimum, range.maximum};
        level.marks[block] = marksOf(range);
    }
    m_levels.push_back(std::move(level));
}

void Pyramid::addBlocks(const Level& level, std::size_t begin, std::size_t end, ValueRange& range)
{
    std::uint8_t marks = 0;
    for (std::size_t block = begin; block < end; ++block) {
        range.minimum = std::min(range.minimum, level.extents[block].minimum);
        range.maximum = std::max(range.maximum, level.extents[block].maximum);
        marks |= level.marks[block];
    }
    applyMarks(range, marks);
}

ValueRange Pyramid::range(std::size_t begin, std::size_t end) const
{
    ValueRange range;
    end = std::min(end, m_values.size());
    if (begin >= end)
        return range;
    const auto values = m_values.span();
    std::size_t first = (begin + kBlock - 1) / kBlock;
    std::size_t last = end / kBlock;
    if (m_levels.empty() || first >= last)
        return scanRange(values.subspan(begin, end - begin));
    range.add(scanRange(values.subspan(begin, first * kBlock - begin)));
    range.add(scanRange(values.subspan(last * kBlock, end - last * kBlock)));
    for (std::size_t depth = 0; first < last; ++depth) {
        const Level& level = m_levels[depth];
        const std::size_t coarseFirst = (first + kFan - 1) / kFan;
        const std::size_t coarseLast = last / kFan;
        if (depth + 1 == m_levels.size() || coarseFirst >= coarseLast) {
            addBlocks(level, first, last, range);
            break;
        }
        addBlocks(level, first, coarseFirst * kFan, range);
        addBlocks(level, coarseLast * kFan, last, range);
        first = coarseFirst;
        last = coarseLast;
    }
    return range;
}

void Pyramid::prefetch(std::size_t index) const
{
#if defined(__GNUC__)
    constexpr std::size_t kLine = 64;
    const std::size_t block = index / kBlock;
    if (m_levels.empty() || (block + 1) * kBlock > m_values.size())
        return;
    for (std::size_t offset = 0; offset < kBlock; offset += kLine / sizeof(double))
        __builtin_prefetch(m_values.data() + block * kBlock + offset);
    const Level& level = m_levels.front();
    const std::size_t group = block / kFan * kFan;
    for (std::size_t offset = 0; offset < kFan; offset += kLine / sizeof(Extent))
        __builtin_prefetch(level.extents.data() + std::min(group + offset, level.extents.size() - 1));
    __builtin_prefetch(level.marks.data() + group);
#else
    static_cast<void>(index);
#endif
}

std::size_t Pyramid::memory() const
{
    std::size_t bytes = 0;
    for (const Level& level : m_levels)
        bytes += level.extents.size() * sizeof(Extent) + level.marks.size();
    return bytes;
}

} // namespace sextant
