// Scroll bars, headers, tabs, rows of views.
#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QStyle>

namespace sextant::parts {

namespace {

bool has(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

} // namespace

void scrollBar(const Theme& theme, const QStyleOptionSlider& option, QPainter* painter, const QStyle& style,
               const QWidget* widget)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    if (option.maximum <= option.minimum)
        return;
    QRectF handle = style.subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, widget);
    const bool active = option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider) &&
                        (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken));
    const qreal inset = active ? 2 : 3;
    handle.adjust(horizontal ? 2 : inset, horizontal ? inset : 2, horizontal ? -2 : -inset,
                  horizontal ? -inset : -2);
    const qreal radius = std::min(handle.width(), handle.height()) / 2;
    QColor color = theme.color(active ? "border.strong" : "border.control");
    box(painter, handle, radius, color, {});
}

void headerSection(const Theme& theme, const QStyleOptionHeader& option, QPainter* painter)
{
    painter->fillRect(option.rect, theme.color("bg.2"));
    if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        painter->fillRect(option.rect, theme.color("bg.3"));
    if (option.orientation == Qt::Horizontal)
        painter->fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1),
                          theme.color("border.hairline"));
}

void headerLabel(const Theme& theme, const QStyleOptionHeader& option, QPainter* painter)
{
    QRect rect = option.rect; // without the margin of headers, which the base style took off
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    if (const int margin = theme.length("space.2"); sorted) // and room for an arrow at the right
        rect.setWidth(rect.width() + rect.height() / 2 + 3 * margin);
    painter->setFont(theme.font(Theme::Text::SmallStrong));
    const QColor color = theme.color(sorted ? "text" : "text.muted");
    const bool right = option.textAlignment & Qt::AlignRight;
    const int arrow = sorted ? 18 : 0;
    const QString text =
        painter->fontMetrics().elidedText(option.text, Qt::ElideMiddle, rect.width() - arrow);
    const int width = painter->fontMetrics().horizontalAdvance(text);
    const int x = right ? rect.right() + 1 - width : rect.x() + arrow;
    if (!option.icon.isNull())
        option.icon.paint(painter, rect, Qt::AlignCenter);
    if (sorted)
        theme.drawIcon(painter, QRect(x - 18, rect.y(), 14, rect.height()),
                       option.sortIndicator == QStyleOptionHeader::SortDown ? QStringLiteral("arrow-up")
                                                                            : QStringLiteral("arrow-down"),
                       14, color);
    painter->setPen(color);
    painter->drawText(QRect(x, rect.y(), width + 1, rect.height()),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip,
                      text); // the rect is lower than a line
}

void tab(const Theme& theme, const QStyleOptionTab& option, QPainter* painter)
{
    const bool selected = has(option, QStyle::State_Selected);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hover = enabled && has(option, QStyle::State_MouseOver);
    painter->setFont(theme.font(selected ? Theme::Text::BodyStrong : Theme::Text::Body));
    painter->setPen(theme.color(!enabled ? "text.disabled" : selected || hover ? "text" : "text.muted"));
    painter->drawText(option.rect, Qt::AlignCenter | Qt::TextHideMnemonic, option.text);
    if (selected)
        painter->fillRect(QRect(option.rect.x(), option.rect.bottom() - 1, option.rect.width(), 2),
                          theme.color("accent"));
    if (keyboardFocus(option))
        box(painter, QRectF(option.rect).adjusted(2, 4, -2, -4), theme.number("radius.control"), {},
            theme.color("focus.ring"), theme.number("border.focus"));
}

void itemBackground(const Theme& theme, const QStyleOptionViewItem& option, QPainter* painter)
{
    if (has(option, QStyle::State_Selected))
        painter->fillRect(option.rect, theme.color(has(option, QStyle::State_Active) ? "selection.bg"
                                                                                     : "selection.inactive"));
    else if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        painter->fillRect(option.rect, theme.color("hover"));
    else if (option.backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option.rect, option.backgroundBrush);
}

void branch(const Theme& theme, const QStyleOption& option, QPainter* painter)
{
    if (!has(option, QStyle::State_Children))
        return;
    theme.drawIcon(painter, option.rect,
                   has(option, QStyle::State_Open) ? QStringLiteral("chevron-down")
                                                   : QStringLiteral("chevron-right"),
                   14, theme.color("text.muted"));
}

} // namespace sextant::parts
