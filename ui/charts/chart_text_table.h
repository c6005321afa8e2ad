// ChartTextTable: a chart as a table of texts, for screen readers, for copying and as CSV. Cells are made
// when they are asked for, so that 100,000 rows cost nothing.
#pragma once

#include <QStringList>

#include <functional>
#include <vector>

class QDialog;
class QWidget;

namespace sextant {

struct ChartTextTable
{
    QStringList columns;
    std::vector<bool> numeric; // aligned right; one a column, or empty
    int rows = 0;
    std::function<QString(int row, int column)> cell;
    QString summary; // above the table: "300 runs, 2 missing not drawn"

    /// RFC 4180, header first.
    QString toCsv() const;
};

/// A window with the table, shown; deletes itself when closed.
QDialog* showTextTable(const QString& title, ChartTextTable table, QWidget* parent);

} // namespace sextant
