#include "ui/charts/line_paths.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr int kColumnsPerUnit = 4;
constexpr std::size_t kFewPoints = 4;
constexpr double kGrain = 100;   // of a point of paper: 3.5 micrometres
constexpr double kBeyond = 2000; // paths reach so far out of the plot at most
constexpr int kLongestPiece = 2000;

class PathBuilder
{
public:
    /// `whole`: every point is kept, in one piece between gaps.
    explicit PathBuilder(const PlotFrame& frame, bool whole = false) : m_frame(frame), m_whole(whole) {}

    void add(double x, double value)
    {
        if (!std::isfinite(value)) {
            end();
            return;
        }
        const double top = m_frame.plot.top() - kBeyond,
                     bottom = m_frame.plot.top() + m_frame.plot.height() + kBeyond;
        const QPointF place(round(m_frame.x.toPixel(x)),
                            round(std::clamp(m_frame.y.toPixel(value), top, bottom)));
        if (!m_whole && !m_piece.isEmpty() && m_piece.back() == place)
            return;
        m_piece << place;
        // Long paths are costly to stroke; the next piece goes on where this one ends.
        if (!m_whole && m_piece.size() >= kLongestPiece) {
            m_pieces.push_back(std::move(m_piece));
            m_piece = {place};
        }
    }
    void end()
    {
        if (m_piece.size() == 1 && !m_whole) // a single point is a dot
            m_piece << m_piece.back() + QPointF(0.01, 0);
        if (!m_piece.isEmpty())
            m_pieces.push_back(std::move(m_piece));
        m_piece.clear();
    }
    std::vector<QPolygonF> take()
    {
        end();
        return std::move(m_pieces);
    }

private:
    /// To what no printer shows: short numbers make small files.
    static double round(double place) { return std::round(place * kGrain) / kGrain; }

    const PlotFrame& m_frame;
    bool m_whole;
    QPolygonF m_piece;
    std::vector<QPolygonF> m_pieces;
};

struct Shown // points of a curve, one beyond each edge
{
    std::size_t begin, end;
};

Shown shownOf(const Curve& curve, const AxisRange& x)
{
    const std::size_t begin = curve.lowerBound(x.low), end = std::max(curve.upperBound(x.high), begin);
    return {begin > 0 ? begin - 1 : 0, std::min(end + 1, curve.size())};
}

bool isDense(const Curve& curve, const Shown& shown, int columns)
{
    return !curve.empty() && shown.end - shown.begin > kFewPoints * static_cast<std::size_t>(columns);
}

void strokeAll(QPainter& painter, const std::vector<QPolygonF>& pieces)
{
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& piece : pieces)
        painter.drawPolyline(piece);
}

QColor withOpacity(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

} // namespace

int columnsOf(const PlotFrame& frame)
{
    return std::max(1, frame.plot.width() * kColumnsPerUnit);
}

std::vector<QPolygonF> linePaths(const Curve& curve, const PlotFrame& frame, int columns)
{
    PathBuilder path(frame);
    const AxisRange& x = frame.x.range();
    const Shown shown = shownOf(curve, x);
    const auto addPoint = [&](std::size_t index) { path.add(curve.x(index), curve.value(index)); };
    if (!isDense(curve, shown, columns)) {
        for (std::size_t index = shown.begin; index < shown.end; ++index)
            addPoint(index);
        return path.take();
    }
    addPoint(shown.begin);
    for (const CurveColumn& column : curve.columns(x.low, x.high, columns)) {
        if (column.count() <= kFewPoints) {
            for (std::size_t index = column.begin; index < column.end; ++index)
                addPoint(index);
            continue;
        }
        const double middle = (curve.x(column.begin) + curve.x(column.end - 1)) / 2;
        addPoint(column.begin);
        const bool rising = !(column.last < column.first); // the way that needs least ink
        if (column.range.hasFinite()) {                    // a gap within a column is no wider than the line
            path.add(middle, rising ? column.range.minimum : column.range.maximum);
            path.add(middle, rising ? column.range.maximum : column.range.minimum);
        }
        if (!column.range.allFinite())
            path.end();
        addPoint(column.end - 1);
    }
    addPoint(shown.end - 1);
    return path.take();
}

std::vector<QPolygonF> bandPaths(const Band& band, const PlotFrame& frame, int columns)
{
    PathBuilder top(frame, true), bottom(frame, true);
    const Curve &high = *band.high, &low = *band.low;
    const AxisRange& x = frame.x.range();
    const Shown shown = shownOf(high, x);
    const auto add = [&](double place, double highest, double lowest) {
        const bool gap = !std::isfinite(highest) || !std::isfinite(lowest);
        top.add(place, gap ? std::numeric_limits<double>::quiet_NaN() : highest);
        bottom.add(place, gap ? std::numeric_limits<double>::quiet_NaN() : lowest);
    };
    if (!isDense(high, shown, columns)) {
        for (std::size_t index = shown.begin; index < shown.end; ++index)
            add(high.x(index), high.value(index), low.value(index));
    } else {
        const auto lows = low.columns(x.low, x.high, columns), highs = high.columns(x.low, x.high, columns);
        for (std::size_t index = 0; index < highs.size(); ++index) {
            const CurveColumn& column = highs[index];
            if (!column.empty())
                add((high.x(column.begin) + high.x(column.end - 1)) / 2,
                    column.range.hasFinite() ? column.range.maximum
                                             : std::numeric_limits<double>::quiet_NaN(),
                    lows[index].range.hasFinite() ? lows[index].range.minimum
                                                  : std::numeric_limits<double>::quiet_NaN());
        }
    }
    std::vector<QPolygonF> outlines = top.take();
    std::vector<QPolygonF> lower = bottom.take();
    for (std::size_t piece = 0; piece < outlines.size() && piece < lower.size(); ++piece) {
        std::reverse(lower[piece].begin(), lower[piece].end());
        outlines[piece] += lower[piece];
    }
    return outlines;
}

QPen linePen(const LineSeries& series, const ChartStyle& style)
{
    const double width = series.member ? style.thinLine : series.highlighted ? style.wideLine : style.line;
    const double opacity = series.faded ? style.fadedOpacity : series.member ? 0.55 : 1;
    QPen pen(withOpacity(style.seriesColor(series.color), opacity), width, Qt::SolidLine, Qt::FlatCap,
             Qt::RoundJoin);
    if (!series.dash.isEmpty())
        pen.setDashPattern(series.dash);
    return pen;
}

void paintLine(QPainter& painter, const LineSeries& series, const PlotFrame& frame, const ChartStyle& style)
{
    painter.setPen(linePen(series, style));
    strokeAll(painter, linePaths(*series.line(), frame, columnsOf(frame)));
}

void paintGhost(QPainter& painter, const LineSeries& series, const PlotFrame& frame, const ChartStyle& style)
{
    if (!series.smoothed || series.faded || series.member)
        return;
    painter.setPen(QPen(withOpacity(style.seriesColor(series.color), style.rawOpacity), style.thinLine,
                        Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    strokeAll(painter, linePaths(*series.curve, frame, columnsOf(frame)));
}

void paintBand(QPainter& painter, const LineSeries& series, const PlotFrame& frame, const ChartStyle& style)
{
    if (!series.band)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(
        withOpacity(style.seriesColor(series.color), style.bandOpacity * (series.faded ? 0.5 : 1)));
    for (const QPolygonF& outline : bandPaths(*series.band, frame, columnsOf(frame)))
        painter.drawPolygon(outline);
}

AxisScale plainY(const PlotFrame& frame, QSize image)
{
    return withoutBleed(frame).imageY(image, 1);
}

PlotFrame withoutBleed(PlotFrame frame)
{
    frame.bleed = 0;
    return frame;
}

} // namespace sextant
