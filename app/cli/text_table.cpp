#include "app/cli/text_table.h"

#include "app/cli/display.h"

#include <algorithm>
#include <numeric>

namespace sextant::cli {

namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;
constexpr std::size_t kWidest = 300;          // a table is for reading: csv and json have the whole text
constexpr std::size_t kLongest = 4 * kWidest; // bytes looked at

std::string shown(std::string_view text)
{
    bool cut = text.size() > kLongest;
    return cutToWidth(printable(text.substr(0, kLongest)) + (cut ? "…" : ""), kWidest);
}

} // namespace

TextTable::TextTable(std::vector<Column> columns) : m_columns(std::move(columns))
{
    for (auto& column : m_columns)
        column.title = shown(column.title);
}

void TextTable::addRow(std::vector<std::string> cells)
{
    for (auto& cell : cells)
        cell = shown(cell);
    cells.resize(m_columns.size());
    m_rows.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths(std::size_t screenWidth) const
{
    std::vector<std::size_t> result;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        auto width = displayWidth(m_columns[column].title);
        for (const auto& row : m_rows)
            width = std::max(width, displayWidth(row[column]));
        result.push_back(width);
    }
    if (screenWidth > 0)
        shrink(result, screenWidth);
    return result;
}

void TextTable::shrink(std::vector<std::size_t>& widths, std::size_t screenWidth) const
{
    auto total = [&] {
        return std::accumulate(
            widths.begin(), widths.end(), std::size_t{0},
            [](std::size_t sum, std::size_t width) { return sum + (width > 0 ? width + kGap : 0); });
    };
    for (auto column = widths.size(); column-- > 0 && total() > screenWidth + kGap;) {
        if (m_columns[column].mayGo)
            widths[column] = 0;
    }
    while (total() > screenWidth + kGap) {
        auto widest = widths.size();
        for (std::size_t column = 0; column < widths.size(); ++column) {
            if (m_columns[column].mayShrink && widths[column] > kNarrowest &&
                (widest == widths.size() || widths[column] > widths[widest]))
                widest = column;
        }
        if (widest == widths.size())
            return;
        --widths[widest];
    }
}

void TextTable::writeRow(std::string& out, const std::vector<std::string>& cells,
                         const std::vector<std::size_t>& widths) const
{
    std::size_t owed = 0; // blanks are written only before a text, so that no line ends in blanks
    for (std::size_t column = 0; column < cells.size(); ++column) {
        if (widths[column] == 0)
            continue;
        auto text = cutToWidth(cells[column], widths[column]);
        auto padding = widths[column] - displayWidth(text);
        if (m_columns[column].align == Align::Right)
            owed += std::exchange(padding, 0);
        if (!text.empty()) {
            out.append(owed, ' ');
            out += text;
            owed = 0;
        }
        owed += padding + kGap;
    }
    out += '\n';
}

void TextTable::write(Sink& sink, std::size_t screenWidth) const
{
    auto fitted = widths(screenWidth);
    std::vector<std::string> titles;
    for (const auto& column : m_columns)
        titles.push_back(column.title);
    writeRow(sink.buffer(), titles, fitted);
    for (const auto& row : m_rows) {
        writeRow(sink.buffer(), row, fitted);
        sink.passOn();
    }
}

} // namespace sextant::cli
