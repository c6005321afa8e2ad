// Buttons, check boxes, radio buttons, switches.
#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"

#include <QAbstractButton>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QtMath>

namespace sextant::parts {

namespace {

bool has(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

struct Paints
{
    QColor fill, border, text;
};

Paints filled(const Theme& theme, const QStyleOption& option)
{
    if (!has(option, QStyle::State_Enabled))
        return {theme.color("bg.4"), {}, theme.color("text.disabled")};
    const char* fill = has(option, QStyle::State_Sunken)      ? "accent.pressed"
                       : has(option, QStyle::State_MouseOver) ? "accent.hover"
                                                              : "accent";
    return {theme.color(fill), {}, theme.color("text.onAccent")};
}

Paints outlined(const Theme& theme, const QStyleOption& option, bool danger)
{
    if (!has(option, QStyle::State_Enabled))
        return {{}, theme.color("border.hairline"), theme.color("text.disabled")};
    const bool down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const char* fill = down ? "bg.4" : has(option, QStyle::State_MouseOver) ? "hover" : "bg.1";
    return {theme.color(fill), theme.color(danger ? "danger" : "border.control"),
            theme.color(danger ? "error.fg" : "text")};
}

Paints paints(const Theme& theme, const QStyleOption& option, ControlRole role)
{
    if (role == ControlRole::Primary)
        return filled(theme, option);
    if (role == ControlRole::Link)
        return {{}, {}, theme.color(has(option, QStyle::State_Enabled) ? "accent.text" : "text.disabled")};
    return outlined(theme, option, role == ControlRole::Danger);
}

void drawLabel(const Theme& theme, QPainter* painter, QRect rect, const QIcon& icon, const QSize& iconSize,
               const QString& text, const QColor& color, bool enabled)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int gap = icon.isNull() || text.isEmpty() ? 0 : 6;
    const int iconWidth = icon.isNull() ? 0 : iconSize.width();
    const int textWidth = metrics.horizontalAdvance(text);
    int x = rect.x() + std::max(0, (rect.width() - iconWidth - gap - textWidth) / 2);
    if (!icon.isNull()) {
        const QRect place(x, rect.y() + (rect.height() - iconSize.height()) / 2, iconWidth,
                          iconSize.height());
        // Our icons take the colour of the text beside them.
        const QString name = icon.name();
        if (name.isEmpty())
            icon.paint(painter, place, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        else
            theme.drawIcon(painter, place, name, iconWidth, color);
        x += iconWidth + gap;
    }
    painter->setPen(color);
    painter->drawText(QRect(x, rect.y(), rect.right() - x + 1, rect.height()),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic,
                      metrics.elidedText(text, Qt::ElideRight, rect.right() - x + 1, Qt::TextHideMnemonic));
}

} // namespace

void box(QPainter* painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& border,
         qreal width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (border.isValid()) {
        if (fill.isValid()) {
            painter->setBrush(fill);
            painter->drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius,
                                     radius);
        }
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(border, width));
        painter->drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2),
                                 radius - width / 2, radius - width / 2);
    } else if (fill.isValid()) {
        painter->setBrush(fill);
        painter->drawRoundedRect(rect, radius, radius);
    }
    painter->restore();
}

bool keyboardFocus(const QStyleOption& option)
{
    return option.state.testFlag(QStyle::State_HasFocus) &&
           option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

void focusRing(const Theme& theme, QPainter* painter, const QRectF& rect, qreal radius)
{
    const qreal width = theme.number("border.focus");
    const qreal out = width + theme.number("border.focusOffset");
    box(painter, rect.adjusted(-out, -out, out, out), radius + out, {}, theme.color("focus.ring"), width);
}

void pushButton(const Theme& theme, const QStyleOptionButton& option, QPainter* painter,
                const QWidget* widget)
{
    const ControlRole role = controlRole(widget);
    if (role == ControlRole::Link)
        return;
    const Paints colors = paints(theme, option, role);
    box(painter, option.rect, theme.number("radius.control"), colors.fill, colors.border);
}

void pushButtonLabel(const Theme& theme, const QStyleOptionButton& option, QPainter* painter,
                     const QWidget* widget)
{
    const ControlRole role = controlRole(widget);
    const Paints colors = paints(theme, option, role);
    painter->save();
    if (role == ControlRole::Primary || role == ControlRole::Danger) {
        QFont font = painter->font();
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
    }
    if (role == ControlRole::Link && has(option, QStyle::State_MouseOver)) {
        QFont font = painter->font();
        font.setUnderline(true);
        painter->setFont(font);
    }
    const int side = role == ControlRole::Link ? 0 : 6;
    drawLabel(theme, painter, option.rect.adjusted(side, 0, -side, 0), option.icon, option.iconSize,
              option.text, colors.text, has(option, QStyle::State_Enabled));
    painter->restore();
}

namespace {

void borderedToolButton(const Theme& theme, const QStyleOptionToolButton& option, QPainter* painter)
{
    const Paints colors = outlined(theme, option, false);
    box(painter, option.rect, theme.number("radius.control"), colors.fill, colors.border);
    const bool menu = option.features.testFlag(QStyleOptionToolButton::HasMenu) && !option.text.isEmpty();
    QRect rect = option.rect.adjusted(8, 0, menu ? -26 : -8, 0);
    drawLabel(theme, painter, rect, option.icon, option.iconSize, option.text, colors.text,
              has(option, QStyle::State_Enabled));
    if (menu)
        theme.drawIcon(painter, QRect(option.rect.right() - 24, option.rect.y(), 16, option.rect.height()),
                       QStringLiteral("chevron-down"), 14, theme.color("text.muted"));
}

void segment(const Theme& theme, const QStyleOptionToolButton& option, QPainter* painter)
{
    const bool on = has(option, QStyle::State_On);
    const QColor text = theme.color(!has(option, QStyle::State_Enabled) ? "text.disabled"
                                    : on                                ? "text"
                                                                        : "text.muted");
    if (on || has(option, QStyle::State_MouseOver))
        painter->fillRect(option.rect, theme.color(on ? "bg.4" : "hover"));
    painter->save();
    QFont font = painter->font();
    font.setWeight(on ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    drawLabel(theme, painter, option.rect.adjusted(6, 0, -6, 0), option.icon, option.iconSize, option.text,
              text, has(option, QStyle::State_Enabled));
    painter->restore();
    if (keyboardFocus(option))
        box(painter, QRectF(option.rect), theme.number("radius.control"), {}, theme.color("focus.ring"), 2);
}

void iconButton(const Theme& theme, const QStyleOptionToolButton& option, QPainter* painter)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool hover = enabled && has(option, QStyle::State_MouseOver);
    const qreal radius = theme.number("radius.control");
    if (down || hover)
        box(painter, option.rect, radius, theme.color(down ? "bg.4" : "bg.3"), {});
    const QColor color = theme.color(!enabled ? "text.disabled" : down || hover ? "text" : "text.muted");
    // A button with an icon alone has no room to say that it opens a menu.
    const bool iconAlone = option.toolButtonStyle == Qt::ToolButtonIconOnly && !option.icon.isNull();
    const bool menu =
        option.features.testFlag(QStyleOptionToolButton::HasMenu) && !option.text.isEmpty() && !iconAlone;
    drawLabel(theme, painter, option.rect.adjusted(4, 0, menu ? -22 : -4, 0), option.icon, option.iconSize,
              iconAlone ? QString() : option.text, color, enabled);
    if (menu)
        theme.drawIcon(painter, QRect(option.rect.right() - 20, option.rect.y(), 16, option.rect.height()),
                       QStringLiteral("chevron-down"), 14, theme.color("text.muted"));
    if (keyboardFocus(option))
        box(painter, option.rect, radius, {}, theme.color("focus.ring"), theme.number("border.focus"));
}

} // namespace

void toolButton(const Theme& theme, const QStyleOptionToolButton& option, QPainter* painter,
                const QWidget* widget)
{
    painter->setFont(option.font);
    switch (controlRole(widget)) {
    case ControlRole::Bordered:
        return borderedToolButton(theme, option, painter);
    case ControlRole::Segment:
        return segment(theme, option, painter);
    default:
        return iconButton(theme, option, painter);
    }
}

void checkBox(const Theme& theme, const QStyleOption& option, QPainter* painter)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool mixed = has(option, QStyle::State_NoChange);
    const bool on = has(option, QStyle::State_On) || mixed;
    const QRectF rect = option.rect;
    if (!enabled)
        box(painter, rect, 4, theme.color(on ? "bg.4" : "bg.2"),
            on ? QColor() : theme.color("border.hairline"));
    else if (on)
        box(painter, rect, 4, theme.color(has(option, QStyle::State_MouseOver) ? "accent.hover" : "accent"),
            {});
    else
        box(painter, rect, 4, theme.color("bg.1"),
            theme.color(has(option, QStyle::State_MouseOver) ? "border.strong" : "border.control"));
    if (on)
        theme.drawIcon(painter, option.rect, mixed ? QStringLiteral("minus") : QStringLiteral("check"), 14,
                       theme.color(enabled ? "text.onAccent" : "text.disabled"));
    if (keyboardFocus(option))
        focusRing(theme, painter, rect, 4);
}

void radioButton(const Theme& theme, const QStyleOption& option, QPainter* painter)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const QRectF rect = option.rect;
    box(painter, rect, rect.width() / 2, theme.color(enabled ? "bg.1" : "bg.2"),
        theme.color(!enabled                               ? "border.hairline"
                    : on                                   ? "accent"
                    : has(option, QStyle::State_MouseOver) ? "border.strong"
                                                           : "border.control"));
    if (on)
        box(painter, rect.adjusted(4, 4, -4, -4), rect.width() / 2 - 4,
            theme.color(enabled ? "accent" : "text.disabled"), {});
    if (keyboardFocus(option))
        focusRing(theme, painter, rect, rect.width() / 2);
}

void switchTrack(const Theme& theme, const QStyleOption& option, QPainter* painter)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const QRectF rect = option.rect;
    const qreal radius = rect.height() / 2;
    if (on || !enabled)
        box(painter, rect, radius, theme.color(enabled ? "accent" : "bg.4"), {});
    else
        box(painter, rect, radius, theme.color("bg.1"), theme.color("border.control"));
    const QRectF knob(on ? rect.right() - rect.height() + 3 : rect.x() + 3, rect.y() + 3, rect.height() - 6,
                      rect.height() - 6);
    box(painter, knob, knob.width() / 2,
        theme.color(!enabled ? "text.disabled"
                    : on     ? "text.onAccent"
                             : "border.control"),
        {});
    if (keyboardFocus(option))
        focusRing(theme, painter, rect, radius);
}

} // namespace sextant::parts
