#include "ui/widgets/segmented_control.h"

#include "ui/theme/control_role.h"
#include "ui/theme/style_parts.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace sextant {

SegmentedControl::SegmentedControl(const QString& name, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(1);
    m_group.setExclusive(true);
    connect(&m_group, &QButtonGroup::idClicked, this, &SegmentedControl::picked);
}

int SegmentedControl::addSegment(const QString& icon, const QString& text)
{
    auto* segment = new QToolButton(this);
    setControlRole(segment, ControlRole::Segment);
    segment->setCheckable(true);
    segment->setText(text);
    segment->setAccessibleName(text);
    segment->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    segment->setFocusPolicy(Qt::TabFocus);
    if (!icon.isEmpty())
        segment->setIcon(Theme::of(this).icon(icon));
    segment->setFixedHeight(Theme::of(this).length("control.default") - 2);
    const int index = int(m_group.buttons().size());
    m_group.addButton(segment, index);
    layout()->addWidget(segment);
    if (index == 0)
        segment->setChecked(true);
    return index;
}

void SegmentedControl::setText(int index, const QString& text)
{
    if (auto* button = m_group.button(index); button && button->text() != text) {
        button->setText(text);
        button->setAccessibleName(text);
        updateGeometry();
    }
}

void SegmentedControl::setCurrent(int index)
{
    if (auto* button = m_group.button(index))
        button->setChecked(true);
}

void SegmentedControl::setIconsOnly(bool iconsOnly)
{
    for (auto* button : m_group.buttons()) {
        auto* segment = qobject_cast<QToolButton*>(button);
        if (segment->icon().isNull())
            continue;
        segment->setToolButtonStyle(iconsOnly ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
        segment->setToolTip(iconsOnly ? segment->text().toHtmlEscaped() : QString());
    }
}

void SegmentedControl::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    parts::box(&painter, rect(), theme.number("radius.control"), theme.color("bg.1"),
               theme.color("border.control"));
    for (auto* button : m_group.buttons())
        if (button->x() > 2)
            painter.fillRect(QRect(button->x() - 1, 1, 1, height() - 2), theme.color("border.control"));
}

} // namespace sextant
