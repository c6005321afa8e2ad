#include "core/table/columns.h"

#include <algorithm>

namespace sextant {

std::size_t sparsePosition(std::span<const RowIndex> rows, RowIndex row)
{
    auto found = std::lower_bound(rows.begin(), rows.end(), row);
    if (found == rows.end() || *found != row)
        return std::numeric_limits<std::size_t>::max();
    return static_cast<std::size_t>(found - rows.begin());
}

} // namespace sextant
