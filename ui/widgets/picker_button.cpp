#include "ui/widgets/picker_button.h"

#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QStyleOption>

namespace sextant {

namespace {
constexpr int kPadding = 10;
constexpr int kGap = 6;
constexpr int kChevron = 14;
constexpr int kDot = 5;
} // namespace

PickerButton::PickerButton(const QString& label, QWidget* parent) : QAbstractButton(parent), m_label(label)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    describe();
}

void PickerButton::setLabel(const QString& label)
{
    m_label = label;
    describe();
}

void PickerButton::setValue(const QString& value)
{
    m_value = value;
    describe();
}

void PickerButton::setModified(bool modified)
{
    m_modified = modified;
    describe();
}

void PickerButton::setOpen(bool open)
{
    m_open = open;
    update();
}

void PickerButton::setMenu(QMenu* menu)
{
    connect(this, &QAbstractButton::clicked, menu, [this, menu] {
        setOpen(true);
        menu->popup(mapToGlobal(QPoint(0, height() + 2)));
    });
    connect(menu, &QMenu::aboutToHide, this, [this] { setOpen(false); });
}

void PickerButton::describe()
{
    setAccessibleName(m_label.isEmpty() ? m_value : m_label + QLatin1Char(' ') + m_value);
    updateGeometry();
    update();
}

QSize PickerButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    int width = 2 * kPadding + metrics.horizontalAdvance(m_value) + 8 + kChevron;
    if (!m_label.isEmpty())
        width += metrics.horizontalAdvance(m_label) + kGap;
    if (m_modified)
        width += kDot + kGap;
    return {width, Theme::of(this).length("control.default")};
}

QSize PickerButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 96), sizeHint().height()};
}

void PickerButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    const bool hover = option.state.testFlag(QStyle::State_MouseOver);
    const bool enabled = isEnabled();
    const bool focus = parts::keyboardFocus(option);
    parts::box(&painter, rect(), theme.number("radius.control"),
               theme.color(!enabled             ? "bg.2"
                           : m_open || isDown() ? "bg.4"
                           : hover              ? "hover"
                                                : "bg.1"),
               theme.color(focus     ? "focus.ring"
                           : enabled ? "border.control"
                                     : "border.hairline"),
               focus ? 2 : 1);

    QRect inner = rect().adjusted(kPadding, 0, -kPadding - kChevron - 6, 0);
    theme.drawIcon(&painter, QRect(width() - kPadding - kChevron + 2, 0, kChevron, height()),
                   QStringLiteral("chevron-down"), kChevron,
                   theme.color(enabled ? "text.muted" : "text.disabled"));
    const QFontMetrics metrics = painter.fontMetrics();
    if (!m_label.isEmpty()) {
        painter.setPen(theme.color(enabled ? "text.muted" : "text.disabled"));
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, m_label);
        inner.setLeft(inner.left() + metrics.horizontalAdvance(m_label) + kGap);
    }
    if (m_modified)
        inner.setRight(inner.right() - kDot - kGap);
    const QString value = metrics.elidedText(m_value, Qt::ElideMiddle, inner.width() + 2);
    painter.setPen(theme.color(enabled ? "text" : "text.disabled"));
    painter.drawText(inner.adjusted(0, 0, 4, 0), Qt::AlignVCenter | Qt::AlignLeft, value);
    if (m_modified) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color("accent.text"));
        painter.drawEllipse(QRectF(inner.left() + metrics.horizontalAdvance(value) + kGap,
                                   (height() - kDot) / 2.0, kDot, kDot));
    }
}

} // namespace sextant
