#include "ui/charts/plot_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kAxisGap = 6;

void paintYLabels(QPainter& painter, const PlotFrame& frame)
{
    const double half = QFontMetricsF(painter.font()).height() / 2;
    for (const Tick& tick : frame.yTicks) {
        const double y = frame.y.toPixel(tick.value);
        const QRectF box(0, y - half, frame.plot.left() - kAxisGap, 2 * half);
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
}

void paintXLabels(QPainter& painter, const PlotFrame& frame, double width)
{
    const QFontMetricsF metrics(painter.font());
    const double top = frame.plot.top() + frame.plot.height() + kAxisGap;
    double taken = -1e9; // labels that would touch their left neighbour are left out
    for (const Tick& tick : frame.xTicks) {
        const double length = metrics.horizontalAdvance(tick.label);
        const double x = std::min(frame.x.toPixel(tick.value) - length / 2, width - length - 2.0);
        if (x < taken + 8)
            continue;
        painter.drawText(QPointF(x, top + metrics.ascent()), tick.label);
        taken = x + length;
    }
}

} // namespace

void paintAxes(QPainter& painter, const PlotFrame& frame, const ChartStyle& style, double width)
{
    // On a screen lines lie on whole pixels.
    const auto settled = [&](double place) { return style.onPaper ? place : std::round(place); };
    painter.setFont(style.font);
    const QRect plot = frame.plot;
    const double left = plot.left(), right = plot.left() + plot.width(), base = plot.top() + plot.height();
    painter.setPen(QPen(style.grid, style.hairline));
    for (const Tick& tick : frame.yTicks) {
        const double y = settled(frame.y.toPixel(tick.value));
        painter.drawLine(QPointF(left, y), QPointF(right, y));
    }
    painter.setPen(QPen(style.axis, style.hairline));
    painter.drawLine(QPointF(left, base), QPointF(right, base));
    for (const Tick& tick : frame.xTicks) {
        const double x = settled(frame.x.toPixel(tick.value));
        painter.drawLine(QPointF(x, base), QPointF(x, base + 3));
    }
    if (frame.y.kind() == AxisScale::Kind::SymmetricLogarithmic) {
        // A bar along the axis where it is linear.
        const double inner = frame.y.linearWithin();
        const double top = std::max<double>(frame.y.toPixel(inner), plot.top());
        const double bottom = std::min(frame.y.toPixel(-inner), base);
        if (bottom > top)
            painter.fillRect(QRectF(left - 3, top, 2, bottom - top), style.axis);
    }
    painter.setPen(style.mutedText);
    paintYLabels(painter, frame);
    paintXLabels(painter, frame, width);
}

} // namespace sextant
