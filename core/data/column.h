// Column: one column of a table of data, in memory. A value; rows are numbered from 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sextant {

enum class ColumnType : std::uint8_t {
    Boolean, // 0 and 1
    Integer,
    Number,
    Text,
    Time, // milliseconds since 1970, UTC
};

std::string_view toText(ColumnType type); // "integer"

/// The code of a row without a value.
inline constexpr std::int32_t kNoCode = -1;

struct Column
{
    std::string name;
    ColumnType type = ColumnType::Number;
    std::vector<double> numbers;      // all types but Text; NaN where there is no value
    std::vector<std::int32_t> codes;  // Text: into `texts`, or kNoCode
    std::vector<std::string> texts;   // Text: the distinct ones, as they first come
    std::vector<std::uint8_t> absent; // of numbers: 1 where there is no value; empty where all have one

    std::size_t size() const { return type == ColumnType::Text ? codes.size() : numbers.size(); }
    /// A NaN that stands in the data is a value; a row without one is missing.
    bool isMissing(std::size_t row) const
    {
        return type == ColumnType::Text ? codes[row] == kNoCode : !absent.empty() && absent[row] != 0;
    }
    std::size_t missing() const;
};

/// Columns of equal length.
struct DataTable
{
    std::size_t rows = 0;
    std::vector<Column> columns;

    const Column* find(std::string_view name) const;
};

} // namespace sextant
