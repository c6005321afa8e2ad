#include "ui/compare/section_head.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/number_painter.h"

#include <QContextMenuEvent>
#include <QPainter>

namespace sextant {

SectionHead::SectionHead(QWidget* parent)
    : QAbstractButton(parent),
      m_more(new IconButton(QStringLiteral("sliders-horizontal"), tr("Settings of the section"), this))
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSmall(m_more);
    connect(this, &QAbstractButton::clicked, this, [this] { emit foldWanted(); });
    connect(m_more, &QToolButton::clicked, this,
            [this] { emit menuWanted(m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
}

void SectionHead::showSection(const QString& name, std::size_t panels, bool folded)
{
    m_name = name.isEmpty() ? tr("Without prefix") : name;
    m_count = panels == 1 ? tr("1 panel") : tr("%1 panels").arg(formatCount(panels));
    m_folded = folded;
    setAccessibleName(tr("%1, %2, %3").arg(m_name, m_count, folded ? tr("folded") : tr("open")));
    update();
}

void SectionHead::resizeEvent(QResizeEvent*)
{
    m_more->adjustSize();
    m_more->move(width() - m_more->width() - 6, (height() - m_more->height()) / 2);
}

void SectionHead::contextMenuEvent(QContextMenuEvent* event)
{
    emit menuWanted(event->globalPos());
}

void SectionHead::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(underMouse() ? "hover" : "bg.2"));
    painter.fillRect(0, height() - 1, width(), 1, theme.color("border.hairline"));
    auto area = rect().adjusted(theme.length("space.3"), 0, -m_more->width() - 12, -1);
    auto icon = theme.length("icon.small");
    theme.drawIcon(&painter, QRect(area.left(), area.top(), icon, area.height()),
                   m_folded ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), icon,
                   theme.color("text.muted"));
    area.setLeft(area.left() + icon + 6);
    painter.setFont(theme.font(Theme::Text::BodyStrong));
    painter.setPen(theme.color("text"));
    auto name = painter.fontMetrics().elidedText(m_name, Qt::ElideMiddle, area.width() - 100);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, name);
    area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(name) + 8);
    painter.setFont(theme.font(Theme::Text::Small));
    painter.setPen(theme.color("text.muted"));
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, m_count);
    if (hasFocus()) {
        painter.setPen(QPen(theme.color("focus.ring"), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -2));
    }
}

} // namespace sextant
