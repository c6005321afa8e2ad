// Metric values as SQL stores keep them: NaN as 0 with a flag, infinities as the greatest double.
#pragma once

#include "core/store/sqlite/sqlite_statement.h"

#include <cmath>
#include <limits>
#include <optional>

namespace sextant::sqlite {

/// The value in `column` with its flag in the column after it; empty when it is no number.
inline std::optional<double> metricValue(const SqliteStatement& row, int column)
{
    if (row.integer(column + 1) != 0)
        return std::numeric_limits<double>::quiet_NaN();
    auto value = row.number(column);
    if (value && std::abs(*value) == std::numeric_limits<double>::max())
        return std::copysign(std::numeric_limits<double>::infinity(), *value);
    return value;
}

} // namespace sextant::sqlite
