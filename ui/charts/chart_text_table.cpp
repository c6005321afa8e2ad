#include "ui/charts/chart_text_table.h"

#include <QAbstractTableModel>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace sextant {
namespace {

class TextTableModel final : public QAbstractTableModel
{
public:
    TextTableModel(ChartTextTable table, QObject* parent)
        : QAbstractTableModel(parent), m_table(std::move(table))
    {
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : m_table.rows;
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!index.isValid())
            return {};
        const auto column = static_cast<std::size_t>(index.column());
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignVCenter |
                       (column < m_table.numeric.size() && m_table.numeric[column] ? Qt::AlignRight
                                                                                   : Qt::AlignLeft));
        return role == Qt::DisplayRole ? QVariant(m_table.cell(index.row(), index.column())) : QVariant();
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return orientation == Qt::Horizontal && role == Qt::DisplayRole
                   ? QVariant(m_table.columns.value(section))
                   : QVariant();
    }

private:
    ChartTextTable m_table;
};

QString quoted(QString text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) &&
        !text.contains(QLatin1Char('\n')) && !text.contains(QLatin1Char('\r')))
        return text;
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

} // namespace

QString ChartTextTable::toCsv() const
{
    QString text;
    const auto line = [&](const auto& cellAt) {
        for (int column = 0; column < columns.size(); ++column)
            text += (column > 0 ? QStringLiteral(",") : QString()) + quoted(cellAt(column));
        text += QLatin1String("\r\n");
    };
    line([&](int column) { return columns[column]; });
    for (int row = 0; row < rows; ++row)
        line([&](int column) { return cell(row, column); });
    return text;
}

QDialog* showTextTable(const QString& title, ChartTextTable table, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QStringLiteral("%1 as a table").arg(title));
    dialog->resize(640, 480);
    auto* layout = new QVBoxLayout(dialog);
    auto* summary = new QLabel(table.summary, dialog);
    summary->setTextFormat(Qt::PlainText);
    summary->setWordWrap(true);
    auto* view = new QTableView(dialog);
    view->setAccessibleName(dialog->windowTitle());
    view->setModel(new TextTableModel(std::move(table), view));
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int column = 0; column < view->model()->columnCount(); ++column)
        view->setColumnWidth(column, column == 0 ? 200 : 110);
    layout->addWidget(summary);
    layout->addWidget(view, 1);
    dialog->show();
    return dialog;
}

} // namespace sextant
