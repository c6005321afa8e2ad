#include "ui/widgets/line.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace sextant {

Line::Line(Qt::Orientation orientation, QWidget* parent) : QWidget(parent)
{
    const int width = Theme::of(this).length("border.hairline");
    if (orientation == Qt::Horizontal)
        setFixedHeight(width);
    else
        setFixedWidth(width);
}

void Line::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color("border.hairline"));
}

} // namespace sextant
