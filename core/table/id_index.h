// IdIndex: from a run's id to its row. Open addressing over the ids of a pool; holds no text of its own.
#pragma once

#include "core/table/columns.h"

#include <bit>
#include <vector>
#include <xxhash.h>

namespace sextant {

class IdIndex
{
public:
    /// `textOf(row)` gives the id of a row already added.
    template <class TextOf>
    RowIndex find(std::string_view id, const TextOf& textOf) const
    {
        if (m_slots.empty())
            return kNoRow;
        for (auto slot = hash(id) & m_mask;; slot = (slot + 1) & m_mask) {
            auto row = m_slots[slot];
            if (row == kNoRow || textOf(row) == id)
                return row;
        }
    }

    /// Of two rows with one id the first is kept.
    template <class TextOf>
    void add(std::string_view id, RowIndex row, const TextOf& textOf)
    {
        if ((m_used + 1) * 2 > m_slots.size())
            grow(textOf);
        auto slot = hash(id) & m_mask;
        while (m_slots[slot] != kNoRow) {
            if (textOf(m_slots[slot]) == id)
                return;
            slot = (slot + 1) & m_mask;
        }
        m_slots[slot] = row;
        ++m_used;
    }

    /// Makes room in an empty index.
    void reserve(std::size_t count)
    {
        if (!m_slots.empty() || count == 0)
            return;
        m_slots.assign(slotsFor(count), kNoRow);
        m_mask = m_slots.size() - 1;
    }

    /// Bytes that an index of so many rows takes.
    static std::size_t memoryFor(std::size_t count) { return slotsFor(count) * sizeof(RowIndex); }

private:
    static std::size_t slotsFor(std::size_t count) { return std::bit_ceil((count + 1) * 2); }

    // The whole id is hashed: uuid4 has constant bits in the middle that a shorter look would fall for.
    static std::uint64_t hash(std::string_view id) { return XXH3_64bits(id.data(), id.size()); }

    template <class TextOf>
    void grow(const TextOf& textOf)
    {
        auto old = std::move(m_slots);
        m_slots.assign(old.empty() ? 64 : old.size() * 2, kNoRow);
        m_mask = m_slots.size() - 1;
        for (auto row : old) {
            if (row == kNoRow)
                continue;
            auto slot = hash(textOf(row)) & m_mask;
            while (m_slots[slot] != kNoRow)
                slot = (slot + 1) & m_mask;
            m_slots[slot] = row;
        }
    }

    std::vector<RowIndex> m_slots;
    std::uint64_t m_mask = 0;
    std::size_t m_used = 0;
};

} // namespace sextant
