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

QPolygonF triangle(QPointF centre, double size, bool up)
{
    const double half = size / 2, sign = up ? 1 : -1;
    return QPolygonF({centre + QPointF(-half, sign * half * 0.8), centre + QPointF(half, sign * half * 0.8),
                      centre + QPointF(0, -sign * half * 0.8)});
}

/// A text on a ground of its own, so that it reads on top of lines.
void paintNote(QPainter& painter, QRectF box, const QString& text, const QColor& color, const Theme& theme)
{
    QColor ground = theme.color("bg.1");
    ground.setAlphaF(0.85F);
    painter.fillRect(box, ground);
    painter.setPen(color);
    painter.drawText(box, Qt::AlignCenter, text);
}

class MarkPainter
{
public:
    MarkPainter(QPainter& painter, const PlotFrame& frame, const PlotMarks& marks, const Theme& theme,
                double ratio)
        : m_painter(painter), m_frame(frame), m_theme(theme), m_ratio(ratio), m_plot(frame.plot),
          m_metrics(theme.font(Theme::Text::CaptionStrong)),
          m_hasInfinity(std::any_of(
              marks.clusters.begin(), marks.clusters.end(),
              [](const PlotMarks::Cluster& cluster) { return cluster.kind == PlotMarks::PositiveInfinity; }))
    {
        m_painter.setFont(theme.font(Theme::Text::CaptionStrong));
    }

    void markers(const PlotMarks& marks, const std::vector<LineSeries>& series)
    {
        const double radius = m_theme.number("plot.marker") / 2;
        m_painter.setPen(QPen(m_theme.color("bg.1"), 1));
        for (const PlotMarks::Marker& marker : marks.markers) {
            m_painter.setBrush(series[marker.series].color);
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
        const QColor color = m_theme.color("chart.nonFinite");
        m_painter.setPen(QPen(color, 1, Qt::DotLine));
        m_painter.drawLine(QPointF(first, m_plot.top()), QPointF(first, m_plot.bottom()));
        // How far it reaches, along the edge.
        const double edge = top ? m_plot.top() : m_plot.bottom() - 2;
        if (last - first > 2)
            m_painter.fillRect(QRectF(first - 0.5, edge, last - first + 1, 2), color);
        glyph(cluster.kind, {first, y}, color);
        label(cluster, first, y, color);
    }

    void beyond(const std::vector<std::size_t>& runs, bool above, const QString& limit)
    {
        if (runs.empty())
            return;
        m_painter.setFont(m_theme.font(Theme::Text::Caption));
        const QString text = QStringLiteral("%1 %2 %3 %4")
                                 .arg(groupedText(static_cast<std::int64_t>(runs.size())),
                                      runs.size() == 1 ? QStringLiteral("run") : QStringLiteral("runs"),
                                      above ? QStringLiteral("above") : QStringLiteral("below"), limit);
        const double height = m_metrics.height(), width = m_metrics.horizontalAdvance(text) + 4;
        const QRectF box(m_plot.right() - width, above ? m_plot.top() + 1 : m_plot.bottom() - height - 2,
                         width, height);
        const QRectF ground = box.adjusted(-kGlyph - 6, 0, 0, 0);
        QColor soft = m_theme.color("bg.1");
        soft.setAlphaF(0.85F);
        m_painter.fillRect(ground, soft);
        const QColor color = m_theme.color("text.muted");
        m_painter.setPen(color);
        m_painter.drawText(box, Qt::AlignCenter, text);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(color);
        m_painter.drawPolygon(triangle({box.left() - kGlyph / 2 - 1, box.center().y()}, kGlyph, above));
        m_painter.setFont(m_theme.font(Theme::Text::CaptionStrong));
    }

private:
    void glyph(PlotMarks::Kind kind, QPointF centre, const QColor& color)
    {
        if (kind == PlotMarks::NaN) {
            const double half = kGlyph / 2 - 0.5;
            m_painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
            m_painter.drawLine(centre + QPointF(-half, -half), centre + QPointF(half, half));
            m_painter.drawLine(centre + QPointF(-half, half), centre + QPointF(half, -half));
            return;
        }
        m_painter.setPen(QPen(m_theme.color("bg.1"), 1));
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
        paintNote(m_painter, box, text, color, m_theme);
    }

    struct Taken
    {
        int count = 0;
        double right = -1e9;
    };
    QPainter& m_painter;
    const PlotFrame& m_frame;
    const Theme& m_theme;
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

void paintMarks(QPainter& painter, const PlotFrame& frame, const PlotMarks& marks,
                const std::vector<LineSeries>& series, const Theme& theme, double devicePixelRatio)
{
    MarkPainter mark(painter, frame, marks, theme, devicePixelRatio);
    mark.markers(marks, series);
    for (const PlotMarks::Cluster& cluster : marks.clusters)
        mark.cluster(cluster);
    mark.beyond(marks.above, true, limitText(frame.y.range().high, frame));
    mark.beyond(marks.below, false, limitText(frame.y.range().low, frame));
}

} // namespace sextant
