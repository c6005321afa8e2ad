#include "ui/charts/line_table.h"

#include "ui/charts/value_text.h"

#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QPixmap>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace sextant {

LineTableModel::LineTableModel(std::vector<LineSeries> series, AxisRange x, QObject* parent)
    : QAbstractTableModel(parent), m_series(std::move(series))
{
    std::erase_if(m_series, [](const LineSeries& one) { return !one.curve; });
    for (const LineSeries& one : m_series) {
        const std::size_t first = one.curve->lowerBound(x.low);
        m_parts.push_back({m_rows, first});
        m_rows += std::max(one.curve->upperBound(x.high), first) - first;
        m_smoothed |= one.smoothed != nullptr;
    }
    m_rows = std::min<std::size_t>(m_rows, std::numeric_limits<int>::max());
}

int LineTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows);
}

int LineTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_smoothed ? 5 : 4;
}

QVariant LineTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return index.column() == Run ? int(Qt::AlignLeft | Qt::AlignVCenter)
                                     : int(Qt::AlignRight | Qt::AlignVCenter);
    const auto row = static_cast<std::size_t>(index.row());
    const auto part =
        std::upper_bound(m_parts.begin(), m_parts.end(), row,
                         [](std::size_t value, const Part& one) { return value < one.firstRow; }) -
        1;
    const LineSeries& one = m_series[static_cast<std::size_t>(part - m_parts.begin())];
    if (role == Qt::DecorationRole && index.column() == Run)
        return one.color;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const CurvePoint point = one.curve->point(part->firstPoint + row - part->firstRow);
    switch (index.column()) {
    case Run:
        return one.name;
    case Step:
        return groupedText(point.step);
    case Time:
        if (!isKnown(point.time)) // of a mean
            return {};
        return QDateTime::fromMSecsSinceEpoch(point.time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    case Value:
        return valueText(point.value);
    default:
        return one.smoothed ? valueText(one.smoothed->value(point.index)) : QString();
    }
}

QVariant LineTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList names{QStringLiteral("Run"), QStringLiteral("Step"), QStringLiteral("Time"),
                                   QStringLiteral("Value"), QStringLiteral("Smoothed")};
    return names.value(section);
}

LineTableDialog::LineTableDialog(const QString& metric, std::vector<LineSeries> series, AxisRange x,
                                 QWidget* parent)
    : QDialog(parent), m_model(new LineTableModel(std::move(series), x, this))
{
    setWindowTitle(QStringLiteral("%1 as a table").arg(metric));
    resize(640, 480);
    auto* layout = new QVBoxLayout(this);
    auto* count = new QLabel(
        QStringLiteral("%1 points in the visible range").arg(groupedText(m_model->rowCount())), this);
    count->setTextFormat(Qt::PlainText);
    auto* view = new QTableView(this);
    view->setAccessibleName(windowTitle());
    view->setModel(m_model);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->setShowGrid(false);
    view->setAlternatingRowColors(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    const int widths[] = {190, 90, 190, 100, 100};
    for (int column = 0; column < m_model->columnCount(); ++column)
        view->setColumnWidth(column, widths[column]);
    layout->addWidget(count);
    layout->addWidget(view, 1);
}

} // namespace sextant
