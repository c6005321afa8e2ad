#include "core/table/column_builder.h"

#include <algorithm>
#include <numeric>
#include <xxhash.h>

namespace sextant {

void TextPoolBuilder::add(std::string_view text)
{
    m_bytes.insert(m_bytes.end(), text.begin(), text.end());
    m_offsets.push_back(m_bytes.size());
}

TextPool TextPoolBuilder::freezeSelf()
{
    m_offsets.shrink_to_fit();
    m_bytes.shrink_to_fit();
    TextPool pool{FrozenArray(std::move(m_offsets)), FrozenArray(std::move(m_bytes))};
    m_offsets = {0};
    m_bytes = {};
    return pool;
}

TextPool TextPoolBuilder::freeze() &&
{
    return freezeSelf();
}

std::uint32_t TextCodes::code(std::string_view text)
{
    // Neighbouring runs often share their values.
    if (m_texts.size() > 0 && m_texts[m_last] == text)
        return m_last;
    if ((m_texts.size() + 1) * 2 > m_slots.size())
        grow();
    auto mask = m_slots.size() - 1;
    auto slot = XXH3_64bits(text.data(), text.size()) & mask;
    while (m_slots[slot] != TextColumn::kNoCode) {
        if (m_texts[m_slots[slot]] == text)
            return m_last = m_slots[slot];
        slot = (slot + 1) & mask;
    }
    m_last = static_cast<std::uint32_t>(m_texts.size());
    m_texts.add(text);
    return m_slots[slot] = m_last;
}

void TextCodes::grow()
{
    m_slots.assign(m_slots.empty() ? 16 : m_slots.size() * 2, TextColumn::kNoCode);
    auto mask = m_slots.size() - 1;
    for (std::uint32_t code = 0; code < m_texts.size(); ++code) {
        auto text = m_texts[code];
        auto slot = XXH3_64bits(text.data(), text.size()) & mask;
        while (m_slots[slot] != TextColumn::kNoCode)
            slot = (slot + 1) & mask;
        m_slots[slot] = code;
    }
}

template <class T>
std::uint32_t RowList::arrange(std::vector<T>& values, std::size_t rowCount, T nothing,
                               FrozenArray<RowIndex>& rowsOut, FrozenArray<T>& valuesOut)
{
    bool dense = m_rows.size() * 2 >= rowCount;
    if (dense) {
        std::vector<T> spread(rowCount, nothing);
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            spread[m_rows[i]] = values[i];
        auto count = m_ascending ? static_cast<std::ptrdiff_t>(m_rows.size()) : [&] {
            std::vector<bool> seen(rowCount);
            for (auto row : m_rows)
                seen[row] = true;
            return std::count(seen.begin(), seen.end(), true);
        }();
        valuesOut = FrozenArray(std::move(spread));
        return static_cast<std::uint32_t>(count);
    }
    if (!m_ascending) {
        std::vector<std::size_t> order(m_rows.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return m_rows[a] < m_rows[b]; });
        std::vector<RowIndex> rows;
        std::vector<T> sorted;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i + 1 < order.size() && m_rows[order[i]] == m_rows[order[i + 1]])
                continue;
            rows.push_back(m_rows[order[i]]);
            sorted.push_back(values[order[i]]);
        }
        m_rows = std::move(rows);
        values = std::move(sorted);
    }
    m_rows.shrink_to_fit();
    values.shrink_to_fit();
    rowsOut = FrozenArray(std::move(m_rows));
    valuesOut = FrozenArray(std::move(values));
    return static_cast<std::uint32_t>(rowsOut.size());
}

MetricColumn MetricColumnBuilder::freeze(std::size_t rowCount) &&
{
    MetricColumn column;
    column.key = std::move(m_key);
    column.count = m_rows.arrange(m_values, rowCount, kMissing, column.rows, column.values);
    return column;
}

TextColumn TextColumnBuilder::freeze(std::size_t rowCount) &&
{
    TextColumn column;
    column.key = std::move(m_key);
    column.count = m_rows.arrange(m_codes, rowCount, TextColumn::kNoCode, column.rows, column.codes);
    column.values = std::move(m_texts).freeze();
    return column;
}

} // namespace sextant
