// Pyramid: the exact minimum and maximum of any stretch of an array of values, without looking at all of it.
// Immutable once built; may be read from any number of threads.
#pragma once

#include "core/table/frozen_array.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace sextant {

/// What a stretch of values spans. Values that are not finite are marked and take no part in minimum and
/// maximum.
struct ValueRange
{
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    bool hasNaN = false;
    bool hasPositiveInfinity = false;
    bool hasNegativeInfinity = false;

    bool hasFinite() const { return minimum <= maximum; }
    bool allFinite() const { return !hasNaN && !hasPositiveInfinity && !hasNegativeInfinity; }
    void add(double value);
    void add(const ValueRange& other);
    bool operator==(const ValueRange&) const = default;
};

/// The range of `values`, by reading every one of them.
ValueRange scanRange(std::span<const double> values);

/// Levels of minima and maxima over blocks of 64, 64·16, 64·16² … values: 3.5 % of the memory of the values.
class Pyramid
{
public:
    Pyramid() = default;
    explicit Pyramid(FrozenArray<double> values);

    const FrozenArray<double>& values() const { return m_values; }
    std::size_t size() const { return m_values.size(); }

    /// The range of the values [begin, end): partial blocks at both ends are read value by value, whole
    /// blocks from the coarsest level that fits. Costs at most some 200 values, however long the stretch is.
    ValueRange range(std::size_t begin, std::size_t end) const;

    /// Starts loading what range() needs around `index` into the processor's caches.
    void prefetch(std::size_t index) const;

    /// Bytes used beside the values.
    std::size_t memory() const;

private:
    struct Extent
    {
        double minimum;
        double maximum;
    };
    struct Level
    {
        std::vector<Extent> extents;
        std::vector<std::uint8_t> marks; // what is not finite in the block
    };

    static void addBlocks(const Level& level, std::size_t begin, std::size_t end, ValueRange& range);
    void buildCoarser();

    FrozenArray<double> m_values;
    std::vector<Level> m_levels; // finest first
};

} // namespace sextant
