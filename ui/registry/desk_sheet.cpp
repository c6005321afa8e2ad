#include "ui/registry/desk_sheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sextant {

namespace {

constexpr int kPadding = 8;
constexpr int kLeast = 90; // of a column that takes what is left

class SheetDelegate final : public QStyledItemDelegate
{
public:
    SheetDelegate(const SheetModel& model, const DeskSheet& view)
        : QStyledItemDelegate(nullptr), m_model(model), m_view(view)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of(option.widget);
        const auto& row = m_model.row(index.row());
        const auto& cell = row.cells[std::size_t(index.column())];
        auto selected = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->fillRect(option.rect, theme.color(selected ? (option.state.testFlag(QStyle::State_Active)
                                                                   ? "selection.bg"
                                                                   : "selection.inactive")
                                                            : row.ground));
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                          theme.color("border.hairline"));
        auto area = option.rect.adjusted(kPadding, 0, -kPadding, -1);
        auto color = theme.color(cell.color);
        if (!cell.icon.isEmpty()) {
            theme.drawIcon(painter, QRect(area.left(), area.top(), 14, area.height()), cell.icon, 14, color);
            area.setLeft(area.left() + 20);
        }
        paintText(painter, theme, area, cell, color, m_model.columns()[std::size_t(index.column())].right);
        if (option.state.testFlag(QStyle::State_HasFocus) && m_view.hasFocus()) {
            painter->setPen(QPen(theme.color("focus.ring"), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
        }
        painter->restore();
    }

private:
    static void paintText(QPainter* painter, const Theme& theme, QRect area, const SheetCell& cell,
                          const QColor& color, bool right)
    {
        painter->setFont(theme.font(cell.mono     ? Theme::Text::Mono
                                    : cell.strong ? Theme::Text::BodyStrong
                                                  : Theme::Text::Body));
        painter->setPen(color);
        auto metrics = painter->fontMetrics();
        if (right && !cell.mono)
            return drawTabular(painter, area, metrics.elidedText(cell.text, Qt::ElideRight, area.width()));
        auto text = metrics.elidedText(cell.text, Qt::ElideMiddle, area.width());
        painter->drawText(
            area, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextSingleLine, text);
        if (cell.note.isEmpty())
            return;
        area.setLeft(area.left() + metrics.horizontalAdvance(text) + 6);
        painter->setFont(theme.font(Theme::Text::Caption));
        painter->setPen(theme.color("text.muted"));
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(cell.note, Qt::ElideRight, area.width()));
    }

    const SheetModel& m_model;
    const DeskSheet& m_view;
};

} // namespace

void SheetModel::show(std::vector<SheetColumn> columns, std::vector<SheetRow> rows)
{
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    endResetModel();
}

int SheetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int SheetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant SheetModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto& cell = m_rows[std::size_t(index.row())].cells[std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::AccessibleTextRole:
        return cell.note.isEmpty() ? cell.text : cell.text + QStringLiteral(", ") + cell.note;
    case Qt::ToolTipRole:
        return plainToolTip(!cell.tip.isEmpty()   ? cell.tip
                            : cell.note.isEmpty() ? cell.text
                                                  : cell.text + u'\n' + cell.note);
    default:
        return {};
    }
}

QVariant SheetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= int(m_columns.size()))
        return {};
    const auto& column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (column.right ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

DeskSheet::DeskSheet(const QString& name, QWidget* parent) : QTableView(parent)
{
    const auto& theme = Theme::of(this);
    setAccessibleName(name);
    setModel(&m_model);
    auto* delegate = new SheetDelegate(m_model, *this);
    delegate->setParent(this);
    setItemDelegate(delegate);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(theme.length("row.table"));
    horizontalHeader()->setFixedHeight(theme.length("row.header"));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DeskSheet::show(std::vector<SheetColumn> columns, std::vector<SheetRow> rows)
{
    auto headed = std::any_of(columns.begin(), columns.end(),
                              [](const SheetColumn& column) { return !column.title.isEmpty(); });
    m_model.show(std::move(columns), std::move(rows));
    const auto& theme = Theme::of(this);
    horizontalHeader()->setVisible(headed);
    setFixedHeight(m_model.rowCount() * theme.length("row.table") +
                   (headed ? theme.length("row.header") : 0));
    layOut();
}

void DeskSheet::layOut()
{
    const auto& columns = m_model.columns();
    int fixed = 0, open = 0;
    for (const auto& column : columns) {
        fixed += column.width;
        open += column.width == 0;
    }
    auto each = open > 0 ? std::max(kLeast, (width() - fixed) / open) : 0;
    for (int i = 0; i < int(columns.size()); ++i) {
        auto wanted = columns[std::size_t(i)].width;
        horizontalHeader()->resizeSection(i, wanted > 0 ? wanted : each);
    }
}

void DeskSheet::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // the page scrolls
}

void DeskSheet::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layOut();
}

void DeskSheet::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Copy) || !currentIndex().isValid())
        return QTableView::keyPressEvent(event);
    QStringList texts;
    for (const auto& cell : m_model.row(currentIndex().row()).cells)
        texts << cell.text;
    QGuiApplication::clipboard()->setText(texts.join(u'\t'));
}

} // namespace sextant
