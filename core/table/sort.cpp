#include "core/table/sort.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace sextant {

namespace {

struct Ranked
{
    std::uint64_t rank;
    RowIndex row;
};

constexpr int kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

/// One pass of a least-significant-digit radix sort; false when all items share the digit and nothing was
/// moved.
bool radixPass(const std::vector<Ranked>& from, std::vector<Ranked>& to, int shift)
{
    std::array<std::uint32_t, kDigits> starts{};
    auto digit = [shift](const Ranked& item) { return (item.rank >> shift) & (kDigits - 1); };
    for (const auto& item : from)
        ++starts[digit(item)];
    if (starts[digit(from.front())] == from.size())
        return false;
    std::uint32_t start = 0;
    for (auto& count : starts)
        start += std::exchange(count, start);
    for (const auto& item : from)
        to[starts[digit(item)]++] = item;
    return true;
}

std::uint64_t directed(std::uint64_t ascendingRank, bool ascending)
{
    // Two places at the top are kept for NaN and missing.
    auto rank = ascending ? ascendingRank : ~ascendingRank;
    return std::min(rank, kNanRank - 1);
}

} // namespace

std::uint64_t rankOf(double value, bool ascending)
{
    if (isMissing(value))
        return kMissingRank;
    if (std::isnan(value))
        return kNanRank;
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    auto bits = std::bit_cast<std::uint64_t>(value + 0.0); // -0 ranks as 0
    return directed(bits & sign ? ~bits : bits | sign, ascending);
}

std::uint64_t rankOf(EpochMs time, bool ascending)
{
    if (!isKnown(time))
        return kMissingRank;
    return directed(static_cast<std::uint64_t>(time) ^ (std::uint64_t{1} << 63), ascending);
}

void sortByRank(std::vector<RowIndex>& rows, const std::vector<std::uint64_t>& ranks)
{
    constexpr std::size_t small = 512;
    if (rows.size() < small) {
        std::stable_sort(rows.begin(), rows.end(),
                         [&](RowIndex a, RowIndex b) { return ranks[a] < ranks[b]; });
        return;
    }
    std::vector<Ranked> items(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        items[i] = {ranks[rows[i]], rows[i]};
    std::vector<Ranked> other(items.size());
    for (int shift = 0; shift < 64; shift += kDigitBits)
        if (radixPass(items, other, shift))
            items.swap(other);
    std::transform(items.begin(), items.end(), rows.begin(), [](const Ranked& item) { return item.row; });
}

} // namespace sextant
