// RowSet: a set of rows as one bit each.
#pragma once

#include "core/table/columns.h"

#include <bit>
#include <vector>

namespace sextant {

class RowSet
{
public:
    explicit RowSet(std::size_t rows, bool all = false)
        : m_rows(rows), m_words((rows + 63) / 64, all ? ~std::uint64_t{0} : 0)
    {
        clearTail();
    }

    std::size_t rows() const { return m_rows; }
    void add(std::size_t row) { m_words[row / 64] |= std::uint64_t{1} << (row % 64); }

    /// Sets each row below `count` to what `test(row)` says; whole words at a time, so that the loop has no
    /// branch.
    template <class Test>
    void fill(std::size_t count, const Test& test)
    {
        auto wordOf = [&test](std::size_t begin, std::size_t size) {
            std::uint64_t bits = 0;
            for (std::size_t bit = 0; bit < size; ++bit)
                bits |= std::uint64_t{static_cast<bool>(test(begin + bit))} << bit;
            return bits;
        };
        for (std::size_t word = 0; word < count / 64; ++word)
            m_words[word] = wordOf(word * 64, 64);
        if (count % 64)
            m_words[count / 64] = wordOf(count / 64 * 64, count % 64);
    }

    void keep(const RowSet& other)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
            m_words[i] &= other.m_words[i];
    }
    void merge(const RowSet& other)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
            m_words[i] |= other.m_words[i];
    }
    void invert()
    {
        for (auto& word : m_words)
            word = ~word;
        clearTail();
    }

    bool empty() const
    {
        for (auto word : m_words)
            if (word)
                return false;
        return true;
    }

    /// The rows, ascending.
    std::vector<RowIndex> list() const
    {
        std::size_t count = 0;
        for (auto word : m_words)
            count += static_cast<std::size_t>(std::popcount(word));
        std::vector<RowIndex> rows;
        rows.reserve(count);
        for (std::size_t i = 0; i < m_words.size(); ++i)
            for (auto word = m_words[i]; word; word &= word - 1)
                rows.push_back(
                    static_cast<RowIndex>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
        return rows;
    }

private:
    void clearTail()
    {
        if (m_rows % 64)
            m_words.back() &= (std::uint64_t{1} << (m_rows % 64)) - 1;
    }

    std::size_t m_rows;
    std::vector<std::uint64_t> m_words;
};

} // namespace sextant
