#include "ui/runs/frozen_columns.h"

#include "ui/runs/runs_table_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

namespace sextant {

namespace {

constexpr double kLargestShare = 0.6; // of the table; more would leave no room to scroll in
constexpr int kLine = 1;

} // namespace

FrozenColumns::FrozenColumns(RunsTableView& table) : QWidget(&table), m_table(table)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

int FrozenColumns::widthOf(int columns) const
{
    int width = 0;
    for (int column = 0; column < columns; ++column)
        width += m_table.columnWidth(column);
    return width;
}

void FrozenColumns::place()
{
    const auto& model = m_table.runsModel();
    auto room = static_cast<int>(m_table.viewport()->width() * kLargestShare);
    m_count = 0;
    for (auto columns : {model.frozenColumns(), static_cast<int>(RunsColumnKind::Status) + 1,
                         static_cast<int>(RunsColumnKind::Name) + 1}) {
        if (columns <= model.columnCount() && widthOf(columns) <= room) {
            m_count = columns;
            break;
        }
    }
    m_width = widthOf(m_count);
    auto seen = m_count > 0 && m_table.horizontalScrollBar()->value() > 0;
    if (seen) {
        const auto& viewport = *m_table.viewport();
        auto head = m_table.header().height();
        setGeometry(viewport.x(), viewport.y() - head, m_width + kLine, head + viewport.height());
        raise();
        update();
    }
    setVisible(seen);
}

bool FrozenColumns::forward(QEvent* event, const QPoint& position)
{
    auto head = m_table.header().height();
    QWidget* target = m_pressed             ? m_pressed
                      : position.y() < head ? m_table.header().viewport()
                                            : m_table.viewport();
    auto moved = position - QPoint(m_table.header().offset(), target == m_table.viewport() ? head : 0);
    if (auto* mouse = dynamic_cast<QMouseEvent*>(event)) {
        if (event->type() == QEvent::MouseButtonPress)
            m_pressed = target;
        else if (event->type() == QEvent::MouseButtonRelease)
            m_pressed = nullptr;
        QMouseEvent copy(event->type(), moved, mouse->globalPosition(), mouse->button(), mouse->buttons(),
                         mouse->modifiers());
        return QApplication::sendEvent(target, &copy);
    }
    if (event->type() == QEvent::ContextMenu) {
        auto* menu = static_cast<QContextMenuEvent*>(event);
        QContextMenuEvent copy(menu->reason(), moved, menu->globalPos(), menu->modifiers());
        return QApplication::sendEvent(target, &copy);
    }
    QHelpEvent copy(event->type(), moved, static_cast<QHelpEvent*>(event)->globalPos());
    return QApplication::sendEvent(target, &copy);
}

bool FrozenColumns::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        if (static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton)
            m_table.setFocus(Qt::MouseFocusReason);
        [[fallthrough]];
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
        forward(event, static_cast<QMouseEvent*>(event)->position().toPoint());
        return true;
    case QEvent::ContextMenu:
        forward(event, static_cast<QContextMenuEvent*>(event)->pos());
        return true;
    case QEvent::ToolTip:
        return forward(event, static_cast<QHelpEvent*>(event)->pos());
    case QEvent::Wheel:
        return QApplication::sendEvent(m_table.viewport(), event);
    default:
        return QWidget::event(event);
    }
}

void FrozenColumns::paintHead(QPainter& painter)
{
    int left = 0;
    for (int column = 0; column < m_count; ++column) {
        auto width = m_table.columnWidth(column);
        m_table.header().paintSectionAt(&painter, QRect(left, 0, width, m_table.header().height()), column);
        left += width;
    }
}

void FrozenColumns::paintRows(QPainter& painter, const QRect& area)
{
    auto head = m_table.header().height();
    const auto& model = m_table.runsModel();
    QStyleOptionViewItem option;
    option.initFrom(m_table.viewport());
    auto first = std::max(0, m_table.rowAt(std::max(0, area.top() - head)));
    for (int row = first; row < model.rowCount(); ++row) {
        auto top = m_table.rowViewportPosition(row) + head;
        if (top > area.bottom())
            break;
        option.state.setFlag(QStyle::State_Selected,
                             m_table.selectionModel()->isSelected(model.index(row, 0)));
        option.state.setFlag(QStyle::State_Active, m_table.isActiveWindow());
        int left = 0;
        for (int column = 0; column < m_count; ++column) {
            option.rect = QRect(left, top, m_table.columnWidth(column), m_table.rowHeight(row));
            auto index = model.index(row, column);
            m_table.itemDelegateForIndex(index)->paint(&painter, option, index);
            left += option.rect.width();
        }
    }
}

void FrozenColumns::paintEvent(QPaintEvent* event)
{
    const auto& theme = *m_table.painting().theme;
    auto head = m_table.header().height();
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.color("bg.1"));
    painter.save();
    painter.setClipRect(QRect(0, head, m_width, height() - head));
    paintRows(painter, event->rect().intersected(QRect(0, head, m_width, height() - head)));
    m_table.paintFocus(painter, QRect(0, head, m_width, height() - head));
    painter.restore();
    paintHead(painter);
    painter.fillRect(QRect(m_width, 0, kLine, height()), theme.color("border.control"));
}

} // namespace sextant
