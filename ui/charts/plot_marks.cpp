#include "ui/charts/plot_marks.h"

#include "ui/charts/value_text.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace sextant {
namespace {

constexpr double kGlyph = 8;
constexpr int kMostLabels = 6;
constexpr std::size_t kMostArrows = 16;

QPolygonF triangle(QPointF centre, double size, bool up)
{
    const double half = size / 2, sign = up ? 1 : -1;
    return QPolygonF({centre + QPointF(-half, sign * half * 0.8), centre + QPointF(half, sign * half * 0.8),
                      centre + QPointF(0, -sign * half * 0.8)});
}

/// A text on a ground of its own, so that it reads on top of lines.
void paintNote(QPainter& painter, QRectF box, const QString& text, const QColor& color,
               const ChartStyle& style)
{
    QColor ground = style.background;
    ground.setAlphaF(0.85F);
    painter.fillRect(box, ground);
    painter.setPen(color);
    painter.drawText(box, Qt::AlignCenter, text);
}

class MarkPainter
{
public:
    MarkPainter(QPainter& painter, const PlotFrame& frame, const PlotMarks& marks, const ChartStyle& style,
                double ratio)
        : m_painter(painter), m_frame(frame), m_style(style), m_ratio(ratio), m_plot(frame.plot),
          m_metrics(style.strongFont),
          m_hasInfinity(std::any_of(
              marks.clusters.begin(), marks.clusters.end(),
              [](const PlotMarks::Cluster& cluster) { return cluster.kind == PlotMarks::PositiveInfinity; }))
    {
        m_painter.setFont(style.strongFont);
    }

    void markers(const PlotMarks& marks, const std::vector<LineSeries>& series)
    {
        const double radius = m_style.markerSize / 2;
        m_painter.setPen(QPen(m_style.background, 1));
        for (const PlotMarks::Marker& marker : marks.markers) {
            m_painter.setBrush(m_style.seriesColor(series[marker.series].color));
            m_painter.drawEllipse(m_plot.topLeft() + marker.place / m_ratio - QPointF(0, m_frame.bleed),
                                  radius, radius);
        }
    }

    void cluster(const PlotMarks::Cluster& cluster)
    {
        const bool top = cluster.kind != PlotMarks::NegativeInfinity;
        const double first = m_plot.left() + (cluster.firstColumn + 0.5) / m_ratio;
        const double last = m_plot.left() + (cluster.lastColumn + 0.5) / m_ratio;
        const double row =
            kGlyph / 2 + 5 + (cluster.kind == PlotMarks::NaN && m_hasInfinity ? kGlyph + 8 : 0);
        const double y = top ? m_plot.top() + row : m_plot.bottom() - row;
        const QColor color = m_style.nonFinite;
        m_painter.setPen(QPen(color, 1, Qt::DotLine));
        m_painter.drawLine(QPointF(first, m_plot.top()), QPointF(first, m_plot.bottom()));
        // How far it reaches, along the edge.
        const double edge = top ? m_plot.top() : m_plot.bottom() - 2;
        if (last - first > 2)
            m_painter.fillRect(QRectF(first - 0.5, edge, last - first + 1, 2), color);
        glyph(cluster.kind, {first, y}, color);
        label(cluster, first, y, color);
    }

    /// Arrows at the edge where something lies beyond it, and in words how much.
    void beyond(const PlotMarks::Beyond& beyond, const std::vector<LineSeries>& series, bool above,
                const QString& limit)
    {
        if (beyond.series.empty())
            return;
        const double y = above ? m_plot.top() + kGlyph / 2 + 1 : m_plot.bottom() - kGlyph / 2 - 2;
        const bool arrows = beyond.places.size() <= kMostArrows;
        double last = m_plot.right();
        for (const PlotMarks::Place& place : beyond.places) {
            last = m_plot.left() + ((place.firstColumn + place.lastColumn) / 2.0 + 0.5) / m_ratio;
            if (arrows)
                arrow({last, y}, m_style.seriesColor(series[place.series].color), above);
        }
        m_painter.setFont(m_style.font);
        const QString text = beyondText(beyond, above, limit);
        const QFontMetricsF metrics(m_style.font);
        QRectF box(0, 0, metrics.horizontalAdvance(text) + 4, metrics.height());
        box.moveCenter({0, y});
        if (beyond.places.size() == 1 && last + kGlyph + box.width() < m_plot.right())
            box.moveLeft(last + kGlyph / 2 + 2);
        else
            box.moveRight(m_plot.right());
        // Below the arrows where they would stand under the words.
        if (arrows && beyond.places.size() > 1 && last + kGlyph > box.left())
            box.translate(0, above ? kGlyph + 3 : -kGlyph - 3);
        paintNote(m_painter, box, text, m_style.mutedText, m_style);
        m_painter.setFont(m_style.strongFont);
    }

private:
    void arrow(QPointF centre, const QColor& color, bool up)
    {
        m_painter.setPen(QPen(m_style.background, 1));
        m_painter.setBrush(color);
        m_painter.drawPolygon(triangle(centre, kGlyph + 1, up));
    }

    void glyph(PlotMarks::Kind kind, QPointF centre, const QColor& color)
    {
        if (kind == PlotMarks::NaN) {
            const double half = kGlyph / 2 - 0.5;
            m_painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
            m_painter.drawLine(centre + QPointF(-half, -half), centre + QPointF(half, half));
            m_painter.drawLine(centre + QPointF(-half, half), centre + QPointF(half, -half));
            return;
        }
        m_painter.setPen(QPen(m_style.background, 1));
        m_painter.setBrush(color);
        m_painter.drawPolygon(triangle(centre, kGlyph + 1, kind == PlotMarks::PositiveInfinity));
    }

    void label(const PlotMarks::Cluster& cluster, double x, double y, const QColor& color)
    {
        const QString text = clusterText(cluster);
        const double width = m_metrics.horizontalAdvance(text) + 4, height = m_metrics.height();
        QRectF box(x + kGlyph / 2 + 3, y - height / 2, width, height);
        if (box.right() > m_plot.right())
            box.moveRight(x - kGlyph / 2 - 3);
        auto& taken = m_taken[cluster.kind];
        if (taken.count >= kMostLabels || box.left() < taken.right + 4)
            return;
        taken = {taken.count + 1, std::max(box.right(), x)};
        paintNote(m_painter, box, text, color, m_style);
    }

    struct Taken
    {
        int count = 0;
        double right = -1e9;
    };
    QPainter& m_painter;
    const PlotFrame& m_frame;
    const ChartStyle& m_style;
    double m_ratio;
    QRectF m_plot;
    QFontMetricsF m_metrics;
    std::array<Taken, PlotMarks::KindCount> m_taken;
    bool m_hasInfinity;
};

/// A label of the limit as the axis would write it.
QString limitText(double value, const PlotFrame& frame)
{
    const std::vector<Tick>& ticks = frame.yTicks;
    for (const Tick& tick : ticks)
        if (std::abs(frame.y.toPixel(tick.value) - frame.y.toPixel(value)) < 1)
            return tick.label;
    return fixedText(value, decimalsFor(std::abs(value)));
}

} // namespace

QString clusterText(const PlotMarks::Cluster& cluster)
{
    static const std::array<QString, PlotMarks::KindCount> names{QStringLiteral("NaN"), QStringLiteral("Inf"),
                                                                 QStringLiteral("−Inf")};
    const QString& name = names[cluster.kind];
    return cluster.count == 0
               ? name
               : QStringLiteral("%1 × %2").arg(groupedText(static_cast<std::int64_t>(cluster.count)), name);
}

QString beyondText(const PlotMarks::Beyond& beyond, bool above, const QString& limit)
{
    const QString where = above ? QStringLiteral("above") : QStringLiteral("below");
    if (beyond.counted)
        return QStringLiteral("%1 %2 %3")
            .arg(groupedText(static_cast<std::int64_t>(beyond.points)), where, limit);
    const QString runs = beyond.series.size() == 1 ? QStringLiteral("run") : QStringLiteral("runs");
    return QStringLiteral("%1 %2 %3 %4")
        .arg(groupedText(static_cast<std::int64_t>(beyond.series.size())), runs, where, limit);
}

void paintMarks(QPainter& painter, const PlotFrame& frame, const PlotMarks& marks,
                const std::vector<LineSeries>& series, const ChartStyle& style, double devicePixelRatio)
{
    MarkPainter mark(painter, frame, marks, style, devicePixelRatio);
    mark.markers(marks, series);
    for (const PlotMarks::Cluster& cluster : marks.clusters)
        mark.cluster(cluster);
    mark.beyond(marks.above, series, true, limitText(frame.y.range().high, frame));
    mark.beyond(marks.below, series, false, limitText(frame.y.range().low, frame));
}

} // namespace sextant
