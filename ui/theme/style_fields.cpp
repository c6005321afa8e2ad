// Fields, combo boxes, sliders, progress bars, pop-up frames and menu items.
#include "ui/theme/control_role.h"
#include "ui/theme/style.h"
#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QStyle>

namespace sextant::parts {

namespace {

bool has(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

/// A soft shadow below `rect` made of nested rounded boxes, each adding a little: no blur is needed.
void shadow(const Theme& theme, QPainter* painter, const QRectF& rect, qreal radius)
{
    const int reach = theme.length("popup.shadowBlur");
    const qreal strength =
        theme.number(theme.isDark() ? "popup.shadowOpacityDark" : "popup.shadowOpacityLight");
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    for (int step = 0; step < reach; ++step) {
        const qreal spread = reach - step;
        QColor color(0, 0, 0);
        color.setAlphaF(float(strength * 2 * (step + 1) / (reach * reach)));
        painter->setBrush(color);
        const qreal half = spread / 2;
        painter->drawRoundedRect(rect.adjusted(-half, -half + 4, half, half + 4), radius + half,
                                 radius + half);
    }
    painter->restore();
}

} // namespace

void fieldFrame(const Theme& theme, const QStyleOption& option, QPainter* painter, const QWidget* widget)
{
    if (controlRole(widget) == ControlRole::Bare)
        return;
    const qreal radius = theme.number("radius.control");
    if (!has(option, QStyle::State_Enabled)) {
        box(painter, option.rect, radius, theme.color("bg.2"), theme.color("border.hairline"));
        return;
    }
    const bool focus = has(option, QStyle::State_HasFocus) && !has(option, QStyle::State_ReadOnly);
    if (focus && !isInError(widget)) {
        box(painter, option.rect, radius, theme.color("bg.1"), theme.color("focus.ring"), 2);
        return;
    }
    const char* border = isInError(widget)                      ? "error.fg"
                         : has(option, QStyle::State_MouseOver) ? "border.strong"
                                                                : "border.control";
    box(painter, option.rect, radius, theme.color("bg.1"), theme.color(border), focus ? 2 : 1);
}

void comboBox(const Theme& theme, const QStyleOptionComboBox& option, QPainter* painter,
              const QWidget* widget)
{
    Q_UNUSED(widget);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool down = has(option, QStyle::State_On) || has(option, QStyle::State_Sunken);
    const qreal radius = theme.number("radius.control");
    if (!enabled)
        box(painter, option.rect, radius, theme.color("bg.2"), theme.color("border.hairline"));
    else if (keyboardFocus(option))
        box(painter, option.rect, radius, theme.color("bg.1"), theme.color("focus.ring"), 2);
    else
        box(painter, option.rect, radius,
            theme.color(down                                   ? "bg.4"
                        : has(option, QStyle::State_MouseOver) ? "hover"
                                                               : "bg.1"),
            theme.color("border.control"));
    theme.drawIcon(painter, QRect(option.rect.right() - 23, option.rect.y(), 16, option.rect.height()),
                   QStringLiteral("chevron-down"), 14, theme.color(enabled ? "text.muted" : "text.disabled"));
}

void slider(const Theme& theme, const QStyleOptionSlider& option, QPainter* painter, const QStyle& style,
            const QWidget* widget)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRectF handle = style.subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, widget);
    const qreal track = theme.number("control.sliderTrack");
    const QRectF all = option.rect;
    QRectF groove = horizontal ? QRectF(all.x(), all.center().y() - track / 2, all.width(), track)
                               : QRectF(all.center().x() - track / 2, all.y(), track, all.height());
    box(painter, groove, track / 2, theme.color("bg.4"), {});
    QRectF done = groove;
    if (horizontal)
        done.setRight(handle.center().x());
    else
        done.setTop(handle.center().y());
    const QColor accent = theme.color(enabled ? "accent" : "text.disabled");
    box(painter, done, track / 2, accent, {});
    const qreal size = theme.number("control.sliderHandle");
    const QRectF knob(handle.center().x() - size / 2, handle.center().y() - size / 2, size, size);
    box(painter, knob, size / 2, theme.color("bg.1"), accent, 2);
    if (keyboardFocus(option))
        box(painter, knob.adjusted(-2, -2, 2, 2), size / 2 + 2, {}, theme.color("focus.ring"), 2);
}

void progressBar(const Theme& theme, const QStyleOptionProgressBar& option, QPainter* painter)
{
    const qreal height = 4;
    const QRectF all = option.rect;
    const QRectF track(all.x(), all.center().y() - height / 2, all.width(), height);
    box(painter, track, theme.number("radius.bar"), theme.color("bg.4"), {});
    const qreal range = qreal(option.maximum) - option.minimum;
    QRectF done = track;
    if (range > 0)
        done.setWidth(track.width() *
                      std::clamp((qreal(option.progress) - option.minimum) / range, 0.0, 1.0));
    else
        done.setRect(track.x() + track.width() / 3, track.y(), track.width() / 3, height);
    if (done.width() >= 1)
        box(painter, done, theme.number("radius.bar"), theme.color("accent"), {});
}

int popupMargin()
{
    return SextantStyle::translucentPopups() ? 12 : 0;
}

void popupFrame(const Theme& theme, const QRect& rect, QPainter* painter, bool translucent)
{
    const int margin = translucent ? popupMargin() : 0;
    const QRectF panel = QRectF(rect).adjusted(margin, margin, -margin, -margin);
    const qreal radius = theme.number("radius.popup");
    if (margin > 0)
        shadow(theme, painter, panel, radius);
    else // the corners are cut off by a mask, which knows no half pixels
        painter->fillRect(rect, theme.color("border.hairline"));
    box(painter, panel, radius, theme.color("bg.popup"), theme.color("border.hairline"));
}

void menuItem(const Theme& theme, const QStyleOptionMenuItem& option, QPainter* painter)
{
    const QRect rect = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        if (option.text.isEmpty()) {
            painter->fillRect(QRect(rect.x() + 12, rect.center().y(), rect.width() - 24, 1),
                              theme.color("border.hairline"));
        } else {
            painter->setFont(theme.font(Theme::Text::CaptionStrong));
            painter->setPen(theme.color("text.muted"));
            painter->drawText(rect.adjusted(12, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, option.text);
        }
        return;
    }
    const bool enabled = has(option, QStyle::State_Enabled);
    if (enabled && has(option, QStyle::State_Selected))
        box(painter, QRectF(rect).adjusted(4, 0, -4, 0), 4, theme.color("selection.bg"), {});

    const QColor color = theme.color(enabled ? "text" : "text.disabled");
    const QRect mark(rect.x() + 12, rect.y(), 16, rect.height());
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked)
            theme.drawIcon(painter, mark, QStringLiteral("check"), 16, color);
    } else if (!option.icon.isNull()) {
        const QString name = option.icon.name();
        if (name.isEmpty())
            option.icon.paint(painter, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        else
            theme.drawIcon(painter, mark, name, 16, color);
    }

    const auto parts = option.text.split('\t');
    const int left = option.maxIconWidth > 0 || option.menuHasCheckableItems ? 36 : 14;
    const QRect text = rect.adjusted(left, 0, -12, 0);
    painter->setFont(option.font);
    painter->setPen(color);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextHideMnemonic,
                      parts[0]);
    if (parts.size() > 1) {
        painter->setFont(theme.font(Theme::Text::Caption));
        painter->setPen(theme.color(enabled ? "text.muted" : "text.disabled"));
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, parts[1]);
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        theme.drawIcon(painter, QRect(rect.right() - 24, rect.y(), 16, rect.height()),
                       QStringLiteral("chevron-right"), 14, theme.color("text.muted"));
}

} // namespace sextant::parts
