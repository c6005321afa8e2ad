#include "ui/runs/runs_header.h"

#include "ui/runs/group_text.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>

namespace sextant {

namespace {

constexpr int kArrow = 14;

} // namespace

RunsHeader::RunsHeader(RunsPainting& painting, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_painting(painting)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setMinimumSectionSize(22);
    setStretchLastSection(false);
    setAccessibleName(tr("Columns"));
    connect(this, &QHeaderView::sectionClicked, this, [this](int section) {
        const auto& column = m_painting.model.columns()[static_cast<std::size_t>(section)];
        if (column.kind == RunsColumnKind::Eye)
            emit eyeClicked(mapToGlobal(QPoint(sectionViewportPosition(section), height())));
        else if (column.kind >= RunsColumnKind::Name)
            emit sortRequested(section, QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
    });
}

void RunsHeader::setOrder(std::vector<SortKey> order)
{
    m_order = std::move(order);
    viewport()->update();
}

QSize RunsHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), m_painting.theme ? m_painting.theme->length("row.header") : 28};
}

int RunsHeader::sortPlace(const RunsColumn& column) const
{
    auto ref = column.kind == RunsColumnKind::Name     ? ColumnRef{ColumnKind::Attribute, "run_name"}
               : column.kind == RunsColumnKind::Status ? ColumnRef{ColumnKind::Attribute, "status"}
                                                       : column.ref;
    if (column.kind >= RunsColumnKind::Delta || column.kind < RunsColumnKind::Name)
        return -1;
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        if (m_order[i].column == ref)
            return static_cast<int>(i);
    }
    return -1;
}

void RunsHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    const auto& columns = m_painting.model.columns();
    if (!rect.isValid() || logicalIndex >= static_cast<int>(columns.size()) || !m_painting.theme)
        return;
    const auto& theme = *m_painting.theme;
    const auto& column = columns[static_cast<std::size_t>(logicalIndex)];
    auto hovered = column.kind >= RunsColumnKind::Eye &&
                   rect.contains(viewport()->mapFromGlobal(QCursor::pos())) && underMouse();
    painter->save();
    painter->fillRect(rect, theme.color(hovered ? "bg.3" : "bg.2"));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border.hairline"));
    if (column.kind == RunsColumnKind::Eye)
        theme.drawIcon(painter, rect, QStringLiteral("eye"), theme.length("icon.small"),
                       theme.color("text.muted"));
    else if (column.kind == RunsColumnKind::Status && sortPlace(column) < 0)
        theme.drawIcon(painter, rect, QStringLiteral("activity"), theme.length("icon.small"),
                       theme.color("text.muted"));
    else if (column.kind >= RunsColumnKind::Name)
        paintTitle(painter, rect.adjusted(m_painting.padding, 0, -m_painting.padding, -1), logicalIndex);
    painter->restore();
}

void RunsHeader::paintTitle(QPainter* painter, QRect rect, int logicalIndex) const
{
    const auto& theme = *m_painting.theme;
    const auto& column = m_painting.model.columns()[static_cast<std::size_t>(logicalIndex)];
    if (auto spread = m_painting.spreadWidth(logicalIndex); spread > 0) {
        painter->setFont(theme.font(Theme::Text::Small));
        painter->setPen(theme.color("text.muted"));
        rect.setRight(rect.right() - spread);
        painter->drawText(QRect(rect.right() + 7, rect.top(), spread - 6, rect.height()),
                          Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, spreadName(column.figure));
    }
    auto place = sortPlace(column);
    auto font = theme.font(Theme::Text::Small);
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(theme.color(place >= 0 ? "text" : "text.muted"));
    auto number = place >= 0 && m_order.size() > 1 ? QString::number(place + 1) : QString();
    auto arrow = place < 0
                     ? 0
                     : kArrow + (number.isEmpty() ? 2 : painter->fontMetrics().horizontalAdvance(number) + 4);
    if (column.kind == RunsColumnKind::Status && place >= 0) {
        theme.drawIcon(painter, rect.adjusted(-6, 0, 6, 0),
                       m_order[static_cast<std::size_t>(place)].ascending ? QStringLiteral("arrow-up")
                                                                          : QStringLiteral("arrow-down"),
                       kArrow, theme.color("text"));
        return;
    }
    auto text = painter->fontMetrics().elidedText(column.title, Qt::ElideMiddle, rect.width() - arrow);
    auto width = painter->fontMetrics().horizontalAdvance(text);
    auto left = column.numeric ? rect.right() + 1 - width : rect.left() + arrow;
    painter->drawText(QRect(left, rect.top(), width + 1, rect.height()),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    if (place < 0)
        return;
    auto up = m_order[static_cast<std::size_t>(place)].ascending;
    theme.drawIcon(painter, QRect(left - arrow, rect.top(), kArrow, rect.height()),
                   up ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down"), kArrow,
                   theme.color("text"));
    if (!number.isEmpty())
        painter->drawText(QRect(left - arrow + kArrow, rect.top(), arrow - kArrow, rect.height()),
                          Qt::AlignVCenter | Qt::AlignLeft, number);
}

void RunsHeader::mouseReleaseEvent(QMouseEvent* event)
{
    QHeaderView::mouseReleaseEvent(event);
    for (int i = 0; i < count(); ++i) {
        if (visualIndex(i) != i) {
            emit columnsMoved();
            return;
        }
    }
}

void RunsHeader::contextMenuEvent(QContextMenuEvent* event)
{
    auto section = logicalIndexAt(event->pos());
    if (section >= 0)
        emit menuRequested(section, event->globalPos());
}

} // namespace sextant
