#include "core/query/brush_clause.h"

#include "core/query/print.h"
#include "core/query/values.h"
#include "core/table/groups.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

FieldKind kindOf(const ColumnRef& column)
{
    switch (column.kind) {
    case ColumnKind::Metric:
        return FieldKind::Metric;
    case ColumnKind::Param:
        return FieldKind::Param;
    case ColumnKind::Tag:
        return FieldKind::Tag;
    case ColumnKind::Attribute:
        break;
    }
    return FieldKind::Attribute;
}

std::string joined(const std::vector<std::string>& parts, std::string_view word)
{
    std::string text;
    for (const auto& part : parts)
        text += (text.empty() ? "" : std::string(word)) + part;
    return text;
}

class Writer
{
public:
    Writer(const Brush& brush, const RunTable* table)
        : m_brush(brush), m_kind(kindOf(brush.column)), m_field(quoteField(m_kind, brush.column.key))
    {
        bool text = m_kind == FieldKind::Param || m_kind == FieldKind::Tag;
        m_number = text ? "num(" + m_field + ")" : m_field;
        if (!table || brush.categorical)
            return;
        std::vector<RowIndex> rows(table->size());
        std::iota(rows.begin(), rows.end(), RowIndex{0});
        auto numbers = numbersAt(*table, brush.column, rows);
        auto has = [&](double value) {
            return std::find(numbers.begin(), numbers.end(), value) != numbers.end();
        };
        m_below = has(-kInfinity);
        m_above = has(kInfinity);
    }

    std::string write() const
    {
        std::vector<std::string> ways; // any of which lets a run in
        auto add = [&](bool wanted, std::string clause) {
            if (wanted)
                ways.push_back(std::move(clause));
        };
        if (m_brush.categorical) {
            add(!m_brush.values.empty(), values());
            add(m_brush.missing, m_field + " IS NULL");
        } else {
            add(m_brush.numbers && m_brush.low <= m_brush.high && m_brush.low < kInfinity &&
                    m_brush.high > -kInfinity,
                range());
            add(m_brush.missing, m_number + " IS NULL");
            add(m_brush.notANumber, "(" + m_number + " IS NOT NULL AND NOT " + m_number + " <= 1e999)");
            add(m_brush.negativeInfinity, m_number + " = -1e999");
            add(m_brush.positiveInfinity, m_number + " = 1e999");
        }
        if (ways.size() == 1)
            return ways.front();
        for (auto& way : ways)
            if (way.find(" AND ") != std::string::npos && !way.starts_with('('))
                way = "(" + way + ")";
        return ways.empty() ? std::string() : "(" + joined(ways, " OR ") + ")";
    }

private:
    std::string values() const
    {
        if (m_brush.values.size() == 1)
            return equalsClause(m_kind, m_brush.column.key, m_brush.values.front());
        std::vector<std::string> texts;
        for (const auto& value : m_brush.values)
            texts.push_back(escapePython(value));
        return m_field + " IN (" + joined(texts, ", ") + ")";
    }

    /// From low to high; an open end takes no infinity in.
    std::string range() const
    {
        std::vector<std::string> bounds;
        if (m_brush.low == std::numeric_limits<double>::denorm_min())
            bounds.push_back(m_number + " > 0");
        else if (std::isfinite(m_brush.low))
            bounds.push_back(m_number + " >= " + numberText(m_brush.low));
        else if (m_below || !std::isfinite(m_brush.high))
            bounds.push_back(m_number + " > -1e999");
        if (std::isfinite(m_brush.high))
            bounds.push_back(m_number + " <= " + numberText(m_brush.high));
        else if (m_above)
            bounds.push_back(m_number + " < 1e999");
        return joined(bounds, " AND ");
    }

    const Brush& m_brush;
    FieldKind m_kind;
    std::string m_field;                 // as a text
    std::string m_number;                // as a number
    bool m_below = true, m_above = true; // there are infinities at this end
};

} // namespace

std::string brushClause(const Brush& brush, const RunTable* table)
{
    return Writer(brush, table).write();
}

} // namespace sextant
