#include "core/table/brush.h"

#include "core/table/groups.h"

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

bool takesNumber(const Brush& brush, double value)
{
    if (isMissing(value))
        return brush.missing;
    if (std::isnan(value))
        return brush.notANumber;
    if (std::isinf(value))
        return value > 0 ? brush.positiveInfinity : brush.negativeInfinity;
    return brush.numbers && value >= brush.low && value <= brush.high;
}

void keepNumbers(const RunTable& table, const Brush& brush, std::vector<RowIndex>& rows)
{
    auto numbers = numbersAt(table, brush.column, rows);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (takesNumber(brush, numbers[i]))
            rows[kept++] = rows[i];
    rows.resize(kept);
}

void keepTexts(const RunTable& table, const Brush& brush, std::vector<RowIndex>& rows)
{
    const auto* column = brush.column.kind == ColumnKind::Param ? table.param(brush.column.key)
                         : brush.column.kind == ColumnKind::Tag ? table.tag(brush.column.key)
                                                                : nullptr;
    std::vector<bool> inside(column ? column->values.size() : 0);
    for (std::size_t code = 0; code < inside.size(); ++code)
        inside[code] =
            std::find(brush.values.begin(), brush.values.end(), column->values[code]) != brush.values.end();
    std::erase_if(rows, [&](RowIndex row) {
        auto code = column ? column->codeAt(row) : TextColumn::kNoCode;
        return code == TextColumn::kNoCode ? !brush.missing : !inside[code];
    });
}

} // namespace

std::vector<RowIndex> rowsInside(const RunTable& table, std::span<const Brush> brushes,
                                 std::vector<RowIndex> rows)
{
    for (const auto& brush : brushes) {
        if (brush.categorical)
            keepTexts(table, brush, rows);
        else
            keepNumbers(table, brush, rows);
    }
    return rows;
}

} // namespace sextant
