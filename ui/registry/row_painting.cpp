#include "ui/registry/row_painting.h"

#include <QPainter>

namespace sextant {

void paintRowGround(QPainter* painter, const Theme& theme, const QStyleOptionViewItem& option, bool hovered)
{
    auto ground = option.state.testFlag(QStyle::State_Selected)
                      ? (option.state.testFlag(QStyle::State_Active) ? "selection.bg" : "selection.inactive")
                  : hovered ? "hover"
                            : "bg.1";
    painter->fillRect(option.rect, theme.color(ground));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.color("border.hairline"));
}

void paintRowFocus(QPainter* painter, const Theme& theme, const QStyleOptionViewItem& option)
{
    constexpr auto kKeyboard = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
    if ((option.state & kKeyboard) != kKeyboard)
        return;
    painter->setPen(QPen(theme.color("focus.ring"), 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option.rect.adjusted(1, 1, -1, -2));
}

int paintText(QPainter* painter, const QRect& area, const QString& text, const QFont& font,
              const QColor& color, Qt::Alignment alignment, Qt::TextElideMode mode)
{
    if (area.width() <= 0)
        return 0;
    painter->setFont(font);
    painter->setPen(color);
    auto metrics = painter->fontMetrics();
    auto cut = metrics.elidedText(text, mode, area.width());
    painter->drawText(area, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, cut);
    return std::min(area.width(), metrics.horizontalAdvance(cut));
}

} // namespace sextant
