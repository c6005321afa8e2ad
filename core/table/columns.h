// The columns of a run table: texts packed end to end, numbers and dictionary-coded texts, dense or sparse.
// Immutable; may be read from any number of threads.
#pragma once

#include "core/table/frozen_array.h"

#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sextant {

using RowIndex = std::uint32_t;
inline constexpr RowIndex kNoRow = std::numeric_limits<RowIndex>::max();

/// A number that the run did not log: a NaN whose payload no computation yields, so that it differs from a
/// logged NaN.
inline constexpr std::uint64_t kMissingBits = 0x7FF8'5E87'A117'0001ULL;
inline constexpr double kMissing = std::bit_cast<double>(kMissingBits);
constexpr bool isMissing(double value)
{
    return std::bit_cast<std::uint64_t>(value) == kMissingBits;
}

/// Texts packed end to end; `offsets` has one entry more than there are texts.
struct TextPool
{
    FrozenArray<std::uint64_t> offsets;
    FrozenArray<char> bytes;

    std::size_t size() const { return offsets.empty() ? 0 : offsets.size() - 1; }
    std::string_view operator[](std::size_t index) const
    {
        return {bytes.data() + offsets[index], static_cast<std::size_t>(offsets[index + 1] - offsets[index])};
    }
};

/// Where the values of a sparse column stand; empty `rows` means that the column is dense: value i belongs to
/// row i. `rows` ascends.
std::size_t sparsePosition(std::span<const RowIndex> rows, RowIndex row); // SIZE_MAX when absent

/// The latest values of one metric. MLflow's stand-ins for infinity are infinities here.
struct MetricColumn
{
    std::string key;
    FrozenArray<RowIndex> rows;
    FrozenArray<double> values; // kMissing where a dense column has nothing
    std::uint32_t count = 0;    // runs that have it

    double at(RowIndex row) const
    {
        if (rows.empty())
            return row < values.size() ? values[row] : kMissing;
        auto position = sparsePosition(rows, row);
        return position == std::numeric_limits<std::size_t>::max() ? kMissing : values[position];
    }
};

/// One param or tag: a code for each run, and the text of each code.
struct TextColumn
{
    static constexpr std::uint32_t kNoCode = std::numeric_limits<std::uint32_t>::max();

    std::string key;
    FrozenArray<RowIndex> rows;
    FrozenArray<std::uint32_t> codes; // kNoCode where a dense column has nothing
    TextPool values;                  // in order of first appearance
    std::uint32_t count = 0;

    std::uint32_t codeAt(RowIndex row) const
    {
        if (rows.empty())
            return row < codes.size() ? codes[row] : kNoCode;
        auto position = sparsePosition(rows, row);
        return position == std::numeric_limits<std::size_t>::max() ? kNoCode : codes[position];
    }
    std::optional<std::string_view> at(RowIndex row) const
    {
        auto code = codeAt(row);
        return code == kNoCode ? std::nullopt : std::optional(values[code]);
    }
};

} // namespace sextant
