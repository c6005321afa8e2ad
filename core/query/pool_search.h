// Finds a piece of text in many texts at once, by one pass over the pool they are packed in.
#pragma once

#include "core/query/row_set.h"

#include <string_view>

namespace sextant {

/// Adds each row below `count` whose text holds `piece`, byte for byte. `piece` is not empty.
void addRowsHolding(const TextPool& texts, std::string_view piece, std::size_t count, RowSet& rows);

} // namespace sextant
