// TextTable: rows of text in aligned columns, for people.
#pragma once

#include "app/cli/sink.h"

#include <string>
#include <vector>

namespace sextant::cli {

class TextTable
{
public:
    enum class Align { Left, Right };
    struct Column
    {
        std::string title;
        Align align = Align::Left;
        bool mayShrink = false; // cut when the screen is too narrow
        bool mayGo = false;     // left out before anything is cut, the last one first
    };

    /// Titles and cells are made printable here.
    explicit TextTable(std::vector<Column> columns);

    /// One text for each column.
    void addRow(std::vector<std::string> cells);
    std::size_t rows() const { return m_rows.size(); }

    /// Width of the screen, 0: as wide as needed.
    void write(Sink& sink, std::size_t screenWidth) const;

private:
    /// Zero: the column is left out.
    std::vector<std::size_t> widths(std::size_t screenWidth) const;
    void shrink(std::vector<std::size_t>& widths, std::size_t screenWidth) const;
    void writeRow(std::string& out, const std::vector<std::string>& cells,
                  const std::vector<std::size_t>& widths) const;

    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace sextant::cli
