// ChartTable: what charts other than lines draw: rows (runs or groups of them) and columns of numbers or
// categories, as plain values. Immutable once shared.
#pragma once

#include "core/table/better.h"
#include "core/table/columns.h"

#include <QColor>
#include <QList>
#include <QStringList>

#include <cmath>
#include <memory>
#include <vector>

namespace sextant {

struct ChartColumn
{
    enum class Kind { Numbers, Categories };

    QString name; // as in the store; never markup
    Kind kind = Kind::Numbers;
    Better better = Better::Unsaid;
    std::vector<double> values;      // Numbers: one a row, kMissing where it has none
    std::vector<std::int32_t> codes; // Categories: one a row, -1 where it has none
    QStringList categories;          // text of each code
    std::vector<std::string> texts;  // of each code as the store has it; may be empty

    bool isMissing(std::size_t row) const
    {
        return kind == Kind::Numbers ? sextant::isMissing(values[row]) : codes[row] < 0;
    }
    /// The number, or the code of the category; kMissing when there is none.
    double at(std::size_t row) const
    {
        return kind == Kind::Numbers ? values[row] : codes[row] < 0 ? kMissing : codes[row];
    }
    /// "2.8689", "NaN", "adamw", "missing".
    QString textAt(std::size_t row) const;
};

struct ChartGroup
{
    QString name;
    QColor color;
    QList<qreal> dash; // in px, as Theme::dash
};

struct ChartRow
{
    QString id;
    QString name;
    QColor color;
    QList<qreal> dash;
    int group = -1; // of ChartTable::groups
    bool operator==(const ChartRow&) const = default;
};

struct ChartTable
{
    std::vector<ChartRow> rows;
    std::vector<ChartGroup> groups;
    QString groupedBy; // "params.optimizer"
    std::vector<ChartColumn> columns;

    /// -1 when there is none of this name.
    int columnOf(const QString& name) const;
};
using ChartTablePtr = std::shared_ptr<const ChartTable>;

/// Numbers, all above 0, over two decades or more: a logarithmic axis tells them apart.
bool spansDecades(const ChartColumn& column);

/// Rows that a chart could not draw, by reason.
struct LeftOut
{
    int missing = 0, notANumber = 0, infinite = 0, notPositive = 0;

    /// False, and counted, when `value` has no place on the axis.
    bool admits(double value, bool logarithmic = false);
    int total() const { return missing + notANumber + infinite + notPositive; }
    /// "3 missing, 1 NaN not drawn"; empty when there are none.
    QString text() const;
};

} // namespace sextant
