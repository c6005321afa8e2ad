#include "ui/charts/plot_axes.h"

#include "ui/charts/value_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kAxisGap = 6, kEdge = 14, kPixelsPerXTick = 76, kPixelsPerYTick = 46;
constexpr double kMostYLabel = 130, kLegendDot = 8, kLegendLine = 18, kLegendGap = 14;

void setTicks(PlotAxis& axis, int count)
{
    if (axis.categories.isEmpty()) {
        axis.ticks = ticksOf(axis.scale, count);
        return;
    }
    axis.ticks.clear();
    const int total = static_cast<int>(axis.categories.size()),
              stride = std::max(1, (total + count - 1) / std::max(count, 1));
    for (int code = 0; code < total; code += stride)
        axis.ticks.push_back({static_cast<double>(code), axis.categories[code]});
}

} // namespace

PlotAxis PlotAxis::of(const ChartColumn& column, bool logarithmic)
{
    if (column.kind == ChartColumn::Kind::Categories) {
        PlotAxis axis;
        axis.title = column.name;
        axis.categories = column.categories;
        axis.scale =
            AxisScale(AxisScale::Kind::Linear,
                      {-0.5, std::max<double>(static_cast<double>(column.categories.size()), 1) - 0.5});
        return axis;
    }
    ValueExtent extent;
    for (double value : column.values)
        if (!logarithmic || value > 0)
            extent.add(value);
    return of(extent, logarithmic, column.name);
}

PlotAxis PlotAxis::of(const ValueExtent& extent, bool logarithmic, QString title)
{
    constexpr int kUsualTicks = 6;
    PlotAxis axis;
    axis.title = std::move(title);
    if (extent.isEmpty())
        axis.scale = logarithmic ? AxisScale(AxisScale::Kind::Logarithmic, {1, 10}) : AxisScale();
    else
        axis.scale = logarithmic ? closeLogScale(extent.low, extent.high)
                                 : linearScale(extent.low, extent.high, kUsualTicks);
    return axis;
}

void PlotAxes::layOut(QSizeF size, const ChartStyle& style, bool legend, double right)
{
    const QFontMetricsF metrics(style.font);
    const double line = std::ceil(metrics.height());
    const double top = legend || !y.title.isEmpty() ? line + 10 : 8;
    const double bottom = line + kAxisGap + 4 + (x.title.isEmpty() ? 0 : line + 2);
    const double height = std::max(size.height() - top - bottom, 1.0);
    setTicks(y,
             std::max(2, static_cast<int>(height / (y.categories.isEmpty() ? kPixelsPerYTick : line + 4))));
    double labels = metrics.horizontalAdvance(QStringLiteral("0.0"));
    for (const Tick& tick : y.ticks)
        labels = std::max(labels, metrics.horizontalAdvance(tick.label));
    const double left = std::ceil(std::min({labels, kMostYLabel, size.width() / 3})) + kAxisGap + 8;
    plot = QRectF(left, top, std::max(size.width() - left - right - kEdge, 1.0), height);
    setTicks(x, std::max(2, static_cast<int>(plot.width() / kPixelsPerXTick)));
    x.scale.setPixels(plot.left(), plot.right());
    y.scale.setPixels(plot.bottom(), plot.top());
}

QPointF PlotAxes::place(double xValue, double yValue) const
{
    return {std::clamp(x.scale.toPixel(xValue), plot.left(), plot.right()),
            std::clamp(y.scale.toPixel(yValue), plot.top(), plot.bottom())};
}

void PlotAxes::paint(QPainter& painter, QSizeF size, const ChartStyle& style) const
{
    painter.setRenderHint(QPainter::Antialiasing, style.onPaper);
    painter.setPen(QPen(style.grid, style.hairline));
    for (const Tick& tick : y.ticks) {
        const double at = std::round(y.scale.toPixel(tick.value));
        painter.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at));
    }
    painter.setPen(QPen(style.axis, style.hairline));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    for (const Tick& tick : x.ticks) {
        const double at = std::round(x.scale.toPixel(tick.value));
        painter.drawLine(QPointF(at, plot.bottom()), QPointF(at, plot.bottom() + 3));
    }
    painter.setFont(style.font);
    painter.setPen(style.mutedText);
    paintYLabels(painter, style);
    paintXLabels(painter, size, style);
    painter.setFont(style.strongFont);
    painter.setPen(style.text);
    const double line = QFontMetricsF(style.strongFont).height();
    if (!y.title.isEmpty())
        paintElided(painter, QRectF(8, 2, size.width() / 2 - 8, line + 2), Qt::AlignLeft | Qt::AlignVCenter,
                    y.title);
    if (!x.title.isEmpty())
        paintElided(painter, QRectF(plot.left(), size.height() - line - 4, plot.width(), line + 2),
                    Qt::AlignRight | Qt::AlignVCenter, x.title);
}

void PlotAxes::paintYLabels(QPainter& painter, const ChartStyle& style) const
{
    const double half = QFontMetricsF(style.font).height() / 2;
    for (const Tick& tick : y.ticks)
        paintElided(painter, QRectF(0, y.scale.toPixel(tick.value) - half, plot.left() - kAxisGap, 2 * half),
                    Qt::AlignRight | Qt::AlignVCenter, tick.label);
}

void PlotAxes::paintXLabels(QPainter& painter, QSizeF size, const ChartStyle& style) const
{
    const QFontMetricsF metrics(style.font);
    const double top = plot.bottom() + kAxisGap;
    const double room =
        x.ticks.size() > 1
            ? std::abs(x.scale.toPixel(x.ticks[1].value) - x.scale.toPixel(x.ticks[0].value)) - 8
            : plot.width();
    double taken = -1e9; // labels that would touch their left neighbour are left out
    for (const Tick& tick : x.ticks) {
        const QString label = x.categories.isEmpty()
                                  ? tick.label
                                  : metrics.elidedText(tick.label, Qt::ElideMiddle, std::max(room, 24.0));
        const double width = metrics.horizontalAdvance(label);
        const double left = std::min(x.scale.toPixel(tick.value) - width / 2, size.width() - width - 2.0);
        if (left < taken + 8)
            continue;
        painter.drawText(QPointF(left, top + metrics.ascent()), label);
        taken = left + width;
    }
}

void PlotAxes::paintLegend(QPainter& painter, const std::vector<LegendEntry>& entries,
                           const ChartStyle& style) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(style.font);
    const QFontMetricsF metrics(style.font);
    const double title =
        y.title.isEmpty() ? 0 : std::min(metrics.horizontalAdvance(y.title) * 1.1 + 16, plot.width() / 2);
    const double room = plot.right() - 8 - title;
    constexpr double kMostName = 140;
    double used = 0;
    std::size_t shown = 0;
    const auto markOf = [](const LegendEntry& entry) { return entry.dash ? kLegendLine : kLegendDot; };
    const auto widthOf = [&](const LegendEntry& entry) {
        return std::min(metrics.horizontalAdvance(entry.name), kMostName) + markOf(entry) + 5 + kLegendGap;
    };
    while (shown < entries.size() &&
           used + widthOf(entries[shown]) <= room - (shown + 1 < entries.size() ? 60 : 0))
        used += widthOf(entries[shown++]);
    const QString more =
        shown < entries.size() ? QStringLiteral("+%1 more").arg(entries.size() - shown) : QString();
    double left = plot.right() + kLegendGap - used -
                  (more.isEmpty() ? 0 : metrics.horizontalAdvance(more) + kLegendGap);
    const double line = metrics.height(), top = 3;
    for (std::size_t index = 0; index < shown; ++index) {
        const double mark = markOf(entries[index]);
        if (entries[index].dash) {
            QPen pen(entries[index].color, 2, Qt::SolidLine, Qt::FlatCap);
            QList<qreal> dash = *entries[index].dash;
            for (qreal& length : dash)
                length /= pen.widthF();
            if (!dash.isEmpty())
                pen.setDashPattern(dash);
            painter.setPen(pen);
            painter.drawLine(QPointF(left, top + line / 2), QPointF(left + mark, top + line / 2));
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(entries[index].color);
            painter.drawEllipse(QRectF(left, top + (line - mark) / 2, mark, mark));
        }
        painter.setPen(style.mutedText);
        const double width = widthOf(entries[index]);
        paintElided(painter, QRectF(left + mark + 5, top, width - mark - 5 - kLegendGap + 1, line),
                    Qt::AlignLeft | Qt::AlignVCenter, entries[index].name);
        left += width;
    }
    painter.setPen(style.mutedText);
    painter.drawText(QPointF(left, top + metrics.ascent()), more);
}

void paintElided(QPainter& painter, const QRectF& box, int alignment, const QString& text,
                 Qt::TextElideMode mode)
{
    const QFontMetricsF metrics(painter.font());
    QString line = text;
    line.replace(QLatin1Char('\n'), QLatin1Char(' '));
    painter.drawText(box, alignment | Qt::TextSingleLine, metrics.elidedText(line, mode, box.width() + 0.5));
}

QColor rampColor(const ChartStyle& style, double share)
{
    const double place = std::clamp(share, 0.0, 1.0) * 8;
    const auto lower = std::min(static_cast<std::size_t>(place), std::size_t{7});
    const auto part = static_cast<float>(place - static_cast<double>(lower));
    const QColor &a = style.sequential[lower], &b = style.sequential[lower + 1];
    return QColor::fromRgbF(a.redF() + (b.redF() - a.redF()) * part,
                            a.greenF() + (b.greenF() - a.greenF()) * part,
                            a.blueF() + (b.blueF() - a.blueF()) * part);
}

} // namespace sextant
