// Brush: the part of one column that runs must lie in, as dragged along an axis of parallel coordinates. A
// value.
#pragma once

#include "core/table/order.h"

#include <limits>
#include <span>
#include <string>
#include <vector>

namespace sextant {

struct Brush
{
    ColumnRef column;
    bool categorical = false;
    std::vector<std::string> values; // categorical: the texts inside

    bool numbers = false; // finite numbers from low to high are inside, bounds too
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();

    bool missing = false; // runs without a value, or with a text that is no number
    bool notANumber = false;
    bool negativeInfinity = false;
    bool positiveInfinity = false;

    bool operator==(const Brush&) const = default;
};

/// The rows that lie inside all brushes, in their order. Linear in the rows; any thread.
std::vector<RowIndex> rowsInside(const RunTable& table, std::span<const Brush> brushes,
                                 std::vector<RowIndex> rows);

} // namespace sextant
