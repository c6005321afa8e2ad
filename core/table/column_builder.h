// Builders of single columns: pairs of row and value in any order become a dense or a sparse column.
#pragma once

#include "core/table/columns.h"

#include <string>
#include <vector>

namespace sextant {

class TextPoolBuilder
{
public:
    void add(std::string_view text);
    std::size_t size() const { return m_offsets.size() - 1; }
    std::string_view operator[](std::size_t index) const
    {
        return {m_bytes.data() + m_offsets[index],
                static_cast<std::size_t>(m_offsets[index + 1] - m_offsets[index])};
    }
    TextPool freeze() &&;
    TextPool copy() const { return TextPoolBuilder(*this).freezeSelf(); }

private:
    TextPool freezeSelf();
    std::vector<std::uint64_t> m_offsets{0};
    std::vector<char> m_bytes;
};

/// Gives equal texts one code, in order of first appearance.
class TextCodes
{
public:
    std::uint32_t code(std::string_view text);
    TextPool freeze() && { return std::move(m_texts).freeze(); }

private:
    void grow();
    TextPoolBuilder m_texts;
    std::vector<std::uint32_t> m_slots;
    std::uint32_t m_last = 0;
};

/// The rows of a column under construction, with what is to be done to put them in order.
class RowList
{
public:
    void add(RowIndex row)
    {
        m_ascending = m_ascending && (m_rows.empty() || m_rows.back() < row);
        m_rows.push_back(row);
    }
    std::size_t size() const { return m_rows.size(); }

    /// Spreads `values` over `rowCount` rows, or sorts them by row when few rows have one. Of several values
    /// of a row the last counts.
    template <class T>
    std::uint32_t arrange(std::vector<T>& values, std::size_t rowCount, T nothing,
                          FrozenArray<RowIndex>& rowsOut, FrozenArray<T>& valuesOut);

private:
    std::vector<RowIndex> m_rows;
    bool m_ascending = true;
};

class MetricColumnBuilder
{
public:
    explicit MetricColumnBuilder(std::string_view key) : m_key(key) {}
    const std::string& key() const { return m_key; }
    void add(RowIndex row, double value)
    {
        m_rows.add(row);
        m_values.push_back(value);
    }
    MetricColumn freeze(std::size_t rowCount) &&;

private:
    std::string m_key;
    RowList m_rows;
    std::vector<double> m_values;
};

class TextColumnBuilder
{
public:
    explicit TextColumnBuilder(std::string_view key) : m_key(key) {}
    const std::string& key() const { return m_key; }
    void add(RowIndex row, std::string_view value)
    {
        m_rows.add(row);
        m_codes.push_back(m_texts.code(value));
    }
    TextColumn freeze(std::size_t rowCount) &&;

private:
    std::string m_key;
    RowList m_rows;
    std::vector<std::uint32_t> m_codes;
    TextCodes m_texts;
};

} // namespace sextant
