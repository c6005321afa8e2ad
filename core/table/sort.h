// Sorting rows by a number each: an order-preserving 64-bit rank, and a stable sort by rank that is linear in
// the rows.
#pragma once

#include "core/base/time.h"
#include "core/table/columns.h"

#include <vector>

namespace sextant {

/// Ranks ascend in the wanted order. In both directions NaN comes after all numbers and a missing value after
/// NaN.
std::uint64_t rankOf(double value, bool ascending);
std::uint64_t rankOf(EpochMs time, bool ascending);
inline constexpr std::uint64_t kMissingRank = ~std::uint64_t{0};
inline constexpr std::uint64_t kNanRank = kMissingRank - 1;

/// `ranks` is indexed by row. Stable.
void sortByRank(std::vector<RowIndex>& rows, const std::vector<std::uint64_t>& ranks);

} // namespace sextant
