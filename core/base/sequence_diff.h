// What two sequences have in common, in order: Myers' greedy difference, anchored by unique items where that
// is too long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sextant {

/// Which items have no partner in the other sequence. The others are equal one by one, in order.
struct UnmatchedItems
{
    std::vector<bool> left, right;
    bool shortest = true; // false: the budget was spent, so more than needed is unmatched
};

/// Takes what it uses off `budget`, the steps it may still make; without any left, all but equal ends stays
/// unmatched.
UnmatchedItems unmatchedItems(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right,
                              std::size_t& budget);

} // namespace sextant
