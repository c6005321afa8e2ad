#include "ui/charts/line_figure.h"

#include "core/base/text.h"
#include "ui/charts/end_labels.h"
#include "ui/charts/line_paths.h"
#include "ui/charts/line_renderer.h"
#include "ui/charts/plot_marks.h"
#include "ui/charts/plot_painter.h"
#include "ui/charts/value_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kGap = 4, kSwatch = 18, kBetween = 12;
constexpr std::size_t kMostNamed = 24;
constexpr std::size_t kMostMarked = 6; // lines whose points get markers
constexpr double kWidestName = 180;
constexpr double kLegendShare = 0.3; // of a figure's height

/// Members of a group stand behind its name.
bool isNamed(const LineSeries& one)
{
    return !one.member && !one.name.isEmpty();
}

/// Labels at the right edge name the lines already.
bool needsLegend(const std::vector<LineSeries>& series)
{
    return std::count_if(series.begin(), series.end(), isNamed) > 1 ||
           std::any_of(series.begin(), series.end(),
                       [](const LineSeries& one) { return one.band != nullptr; });
}

} // namespace

struct LineFigure::Parts
{
    struct Entry
    {
        std::size_t series; // beyond the last: "+ 12 more"
        QString text;
        QPointF corner;
        double width;
    };
    std::vector<Entry> legend;
    QPointF origin; // of the frame
    double width = 0;
    double yTitleX = 0, xTitleY = 0;
    PlotFrame frame;
};

QString axisTitle(const LineSettings& settings)
{
    switch (settings.xAxis) {
    case XAxis::Step:
        return QStringLiteral("Step");
    case XAxis::RelativeTime:
        return QStringLiteral("Time since the first point");
    case XAxis::WallTime:
        return QStringLiteral("Wall time");
    case XAxis::Metric:
        break;
    }
    return QString::fromStdString(toUtf8(settings.xMetric));
}

LineFigure::LineFigure(LineFigureSource source) : m_source(std::move(source))
{
    std::erase_if(m_source.series, [](const LineSeries& one) { return !one.curve || one.curve->empty(); });
}

QString LineFigure::note() const
{
    std::size_t points = 0, lines = 0;
    for (const LineSeries& one : m_source.series) {
        points += one.points();
        lines += !one.member;
    }
    return QStringLiteral("%1 %2, all %3 points")
        .arg(groupedText(static_cast<std::int64_t>(lines)),
             lines == 1 ? QStringLiteral("line") : QStringLiteral("lines"),
             groupedText(static_cast<std::int64_t>(points)));
}

LineFigure::Parts LineFigure::layOut(const QRectF& area, const ChartStyle& style) const
{
    Parts parts;
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    double x = area.left() + line + kGap, y = area.top() + kGap;
    if (needsLegend(m_source.series)) {
        const double left = x;
        // The curves are what a figure is for: names that would crowd them out are counted.
        const int mostRows = std::max(1, static_cast<int>(area.height() * kLegendShare / (line + 2)));
        int rows = 1;
        const auto add = [&](std::size_t series, const QString& name) {
            const QString text = metrics.elidedText(name, Qt::ElideMiddle, kWidestName);
            const double width =
                (series < m_source.series.size() ? kSwatch + kGap : 0) + metrics.horizontalAdvance(text);
            if (x > left && x + width > area.right() - kGap) {
                if (rows == mostRows)
                    return false;
                x = left;
                y += line + 2;
                ++rows;
            }
            parts.legend.push_back({series, text, {x, y}, width});
            x += width + kBetween;
            return true;
        };
        const auto named =
            static_cast<std::size_t>(std::count_if(m_source.series.begin(), m_source.series.end(), isNamed));
        bool fits = true;
        for (std::size_t index = 0;
             index < m_source.series.size() && fits && parts.legend.size() < kMostNamed; ++index)
            if (isNamed(m_source.series[index]))
                fits = add(index, m_source.series[index].name);
        while (named > parts.legend.size() &&
               !add(m_source.series.size(), QStringLiteral("+%1 more").arg(named - parts.legend.size()))) {
            x = parts.legend.back().corner.x();
            parts.legend.pop_back();
        }
        y += line;
    }
    parts.yTitleX = area.left() + kGap / 2;
    parts.xTitleY = area.bottom() - line - kGap / 2;
    parts.origin = {area.left() + line, y};
    parts.width = area.right() - parts.origin.x();
    const QSize room(static_cast<int>(parts.width), static_cast<int>(std::max(parts.xTitleY - y, 20.0)));
    parts.frame =
        sextant::layOut(m_source.series, m_source.settings, m_source.window, room, metrics, m_source.clip);
    return parts;
}

void LineFigure::paint(QPainter& painter, const QRectF& area, const ChartStyle& style) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(area, style.background);
    const Parts parts = layOut(area, style);
    paintLegend(painter, parts, style);
    paintTitles(painter, parts, style);
    painter.translate(parts.origin);
    paintAxes(painter, parts.frame, style, parts.width);
    paintLines(painter, parts.frame, style);
    painter.setFont(style.font);
    std::vector<LineSeries> named = m_source.series;
    for (LineSeries& one : named)
        one.color = style.seriesColor(one.color);
    paintEndLabels(painter, named, parts.frame, style.text, parts.width);
    painter.restore();
}

void LineFigure::paintLegend(QPainter& painter, const Parts& parts, const ChartStyle& style) const
{
    painter.setFont(style.font);
    const double line = QFontMetricsF(style.font).height();
    for (const Parts::Entry& entry : parts.legend) {
        QRectF box(entry.corner, QSizeF(entry.width + 2, line));
        if (entry.series < m_source.series.size()) {
            const LineSeries& one = m_source.series[entry.series];
            const double middle = box.center().y();
            if (one.band) {
                QColor fill = style.seriesColor(one.color);
                fill.setAlphaF(static_cast<float>(style.bandOpacity));
                painter.fillRect(QRectF(box.left(), middle - line / 4, kSwatch, line / 2), fill);
            }
            painter.setPen(linePen(one, style));
            painter.drawLine(QPointF(box.left(), middle), QPointF(box.left() + kSwatch, middle));
            box.setLeft(box.left() + kSwatch + kGap);
        }
        painter.setPen(style.text);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, entry.text);
    }
}

void LineFigure::paintTitles(QPainter& painter, const Parts& parts, const ChartStyle& style) const
{
    painter.setFont(style.font);
    painter.setPen(style.text);
    const double line = QFontMetricsF(style.font).height();
    const QRectF plot = QRectF(parts.frame.plot).translated(parts.origin);
    painter.drawText(QRectF(plot.left() - 40, parts.xTitleY, plot.width() + 80, line), Qt::AlignCenter,
                     axisTitle(m_source.settings));
    painter.save();
    painter.translate(parts.yTitleX, plot.center().y());
    painter.rotate(-90);
    const double room = plot.height() + 2 * kBetween;
    painter.drawText(QRectF(-room / 2, 0, room, line), Qt::AlignCenter,
                     QFontMetricsF(style.font).elidedText(m_source.title, Qt::ElideMiddle, room));
    painter.restore();
}

void LineFigure::paintLines(QPainter& painter, const PlotFrame& frame, const ChartStyle& style) const
{
    painter.save();
    painter.setClipRect(QRectF(frame.plot).adjusted(0, -frame.bleed, 0, frame.bleed));
    for (const LineSeries& one : m_source.series)
        paintBand(painter, one, frame, style);
    if (m_source.settings.showRaw)
        for (const LineSeries& one : m_source.series)
            paintGhost(painter, one, frame, style);
    for (bool onTop : {false, true})
        for (const LineSeries& one : m_source.series)
            if ((one.highlighted && !one.faded) == onTop)
                paintLine(painter, one, frame, style);
    painter.restore();

    // Marks are found by the renderer of the screen, on a plot of the same size that nobody sees.
    LineRenderer renderer;
    const QSize size = frame.plot.size().expandedTo({1, 1});
    QImage unseen(size, QImage::Format_RGB32);
    renderer.start(m_source.series, LineRenderer::Part::All, {}, false, frame.imageX(size),
                   plainY(frame, size), size, 1, style, m_source.series.size() > kMostMarked ? 0 : 30);
    renderer.advance(unseen, QDeadlineTimer(QDeadlineTimer::Forever));
    paintMarks(painter, withoutBleed(frame), renderer.marks(), m_source.series, style, 1);
}

} // namespace sextant
