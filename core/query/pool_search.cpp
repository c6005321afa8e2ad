#include "core/query/pool_search.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sextant {
namespace {

constexpr std::size_t kBlock = 64; // bytes looked at together

/// Where the piece may begin: its first and last byte stand there. One byte a place, which compilers turn
/// into vector instructions; the rest of the piece is compared at these few places only.
std::array<std::uint8_t, kBlock> candidates(const char* bytes, std::string_view piece)
{
    const char first = piece.front(), last = piece.back();
    const char* ends = bytes + piece.size() - 1;
    std::array<std::uint8_t, kBlock> found;
    for (std::size_t i = 0; i < kBlock; ++i)
        found[i] = static_cast<std::uint8_t>((bytes[i] == first) & (ends[i] == last));
    return found;
}

bool anyOf(const std::array<std::uint8_t, kBlock>& found)
{
    std::array<std::uint64_t, kBlock / 8> words;
    std::memcpy(words.data(), found.data(), kBlock);
    std::uint64_t any = 0;
    for (auto word : words)
        any |= word;
    return any != 0;
}

/// Turns places in the pool, which must ascend, into rows.
class RowFinder
{
public:
    RowFinder(const TextPool& texts, std::size_t size, std::size_t count, RowSet& rows)
        : m_texts(texts), m_size(size), m_count(count), m_rows(rows)
    {
    }

    void add(std::size_t place)
    {
        while (m_row < m_count && m_texts.offsets[m_row + 1] <= place)
            ++m_row;
        if (m_row < m_count && place + m_size <= m_texts.offsets[m_row + 1]) // not across two texts
            m_rows.add(m_row);
    }

private:
    const TextPool& m_texts;
    std::size_t m_size;
    std::size_t m_count;
    RowSet& m_rows;
    std::size_t m_row = 0;
};

} // namespace

void addRowsHolding(const TextPool& texts, std::string_view piece, std::size_t count, RowSet& rows)
{
    count = std::min(count, texts.size());
    const std::string_view all(texts.bytes.data(), count == 0 ? 0 : texts.offsets[count]);
    RowFinder finder(texts, piece.size(), count, rows);
    auto tryAt = [&](std::size_t place) {
        if (all.compare(place, piece.size(), piece) == 0)
            finder.add(place);
    };
    std::size_t place = 0;
    for (; place + kBlock + piece.size() <= all.size(); place += kBlock) {
        auto found = candidates(all.data() + place, piece);
        if (anyOf(found))
            for (std::size_t i = 0; i < kBlock; ++i)
                if (found[i])
                    tryAt(place + i);
    }
    for (; place + piece.size() <= all.size(); ++place)
        tryAt(place);
}

} // namespace sextant
