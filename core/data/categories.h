// Categories: the rows of a column by their distinct values, whatever its type. Pure; any thread.
#pragma once

#include "core/data/column.h"

#include <optional>

namespace sextant {

struct Categories
{
    std::vector<std::int32_t> codes; // a row each, into `names`, or kNoCode (NaN is missing too)
    std::vector<std::string> names;  // numbers by size, texts by their bytes
    std::vector<double> values;      // of columns that are no text: a value each

    std::size_t size() const { return names.size(); }
    std::optional<std::int32_t> find(std::string_view name) const;
};

/// Names of numbers are the shortest that read back ("1", "0.5"), of Booleans "False" and "True", of times
/// ISO 8601.
Categories categoriesOf(const Column& column);

} // namespace sextant
