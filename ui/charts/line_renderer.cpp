#include "ui/charts/line_renderer.h"

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

/// A column with so few points is drawn point by point.
constexpr std::size_t kFewPoints = 8;
/// Values read only to count what is not finite among them; beyond, marks go without a number.
constexpr std::size_t kMostScanned = 500'000;
/// Marks nearer than this (logical pixels) are one.
constexpr double kClusterGap = 14;
/// So many lines are drawn at full strength.
constexpr double kManyLines = 40;
constexpr double kMemberOpacity = 0.55;
/// Logical pixels along x that a marker needs for itself, on average.
constexpr double kMarkerRoom = 9;

PlotMarks::Kind kindOf(double value)
{
    return std::isnan(value) ? PlotMarks::NaN
           : value > 0       ? PlotMarks::PositiveInfinity
                             : PlotMarks::NegativeInfinity;
}

} // namespace

void LineRenderer::start(std::vector<LineSeries> series, Part part, const QString& stressedRun, bool showRaw,
                         const AxisScale& x, const AxisScale& y, QSize size, double devicePixelRatio,
                         const ChartStyle& style, int markerMaxPoints)
{
    m_series = std::move(series);
    m_x = x;
    m_y = y;
    m_width = size.width();
    m_ratio = devicePixelRatio;
    m_markerMaxPoints = markerMaxPoints;
    m_stroke.resize(size.width(), size.height());
    m_marks = {};
    m_scanned = 0;
    m_next = 0;
    for (auto& odd : m_odd)
        odd.assign(static_cast<std::size_t>(m_width), {});
    m_above.assign(static_cast<std::size_t>(m_width), -1);
    m_below = m_above;
    addTasks(part, stressedRun, showRaw, style);
}

void LineRenderer::addTasks(Part part, const QString& stressedRun, bool showRaw, const ChartStyle& style)
{
    m_tasks.clear();
    m_showRaw = showRaw;
    // Hundreds of lines on top of each other must not become one stain.
    const double many = static_cast<double>(std::max<std::size_t>(m_series.size(), 1));
    m_contextOpacity = style.fadedOpacity * std::clamp(kManyLines / many, 0.3, 1.0);
    m_lineOpacity = std::clamp(std::sqrt(kManyLines / many), 0.35, 1.0);
    // Context first, then all fills and ghosts, then the lines, what is stressed on top; later runs above
    // earlier ones.
    enum Layer { Context, Normal, Stressed, LayerCount };
    for (int layer = Context; layer < LayerCount; ++layer) {
        for (bool behind : {true, false}) {
            for (std::size_t index = 0; index < m_series.size(); ++index) {
                const LineSeries& series = m_series[index];
                if (!series.curve || (part == Part::Stressed && series.runId != stressedRun))
                    continue;
                const bool context = series.faded || part == Part::Faded;
                const bool stressed = part == Part::Stressed || (series.highlighted && !context);
                if (layer == (stressed ? Stressed : context ? Context : Normal))
                    addTasksOf(index, context, stressed, behind, style);
            }
        }
    }
}

void LineRenderer::addTasksOf(std::size_t index, bool context, bool stressed, bool behind,
                              const ChartStyle& style)
{
    const LineSeries& series = m_series[index];
    if (!behind) {
        const double width = stressed ? style.wideLine : series.member ? style.thinLine : style.line;
        const double opacity = context         ? m_contextOpacity
                               : stressed      ? 1
                               : series.member ? kMemberOpacity * m_lineOpacity
                                               : m_lineOpacity;
        m_tasks.push_back({index, series.line(), nullptr, width * m_ratio, opacity, true});
        return;
    }
    if (series.band)
        m_tasks.push_back({index, series.band->high, series.band->low, 0,
                           style.bandOpacity * (context ? 2 * m_contextOpacity : 1), false});
    if (series.smoothed && m_showRaw && !context && !series.member)
        m_tasks.push_back({index, series.curve, nullptr, style.thinLine * m_ratio,
                           style.rawOpacity * m_lineOpacity, false});
}

bool LineRenderer::advance(QImage& image, QDeadlineTimer deadline)
{
    while (m_next < m_tasks.size()) {
        draw(m_tasks[m_next], image);
        if (++m_next == m_tasks.size()) {
            collectClusters();
            collectPlaces(m_above, m_marks.above);
            collectPlaces(m_below, m_marks.below);
        } else if (deadline.hasExpired())
            return false;
    }
    return true;
}

void LineRenderer::draw(const Task& task, QImage& image)
{
    trace(task);
    if (task.lower) { // everything between the two is the fill
        Task lower = task;
        lower.curve = task.lower;
        trace(lower);
    }
    const LineSeries& series = m_series[task.series];
    if (task.isLine && !series.dash.isEmpty()) {
        std::vector<double> pattern;
        for (qreal length : series.dash)
            pattern.push_back(length * task.width);
        m_stroke.dash(pattern, task.width);
    }
    QColor color = series.color;
    color.setAlphaF(static_cast<float>(task.opacity));
    m_stroke.paint(image, color, task.width);
}

void LineRenderer::trace(const Task& task)
{
    const Curve& curve = *task.curve;
    const std::size_t begin = curve.lowerBound(m_x.range().low);
    const std::size_t end = std::max(curve.upperBound(m_x.range().high), begin);
    if (end - begin <= 2 * static_cast<std::size_t>(m_width))
        drawPoints(task, begin, end);
    else
        drawColumns(task, begin, end);
}

/// Whether markers of these points would stand apart, as a rule.
bool LineRenderer::haveRoom(const Curve& curve, std::size_t begin, std::size_t end) const
{
    const std::size_t count = end - begin;
    if (count <= 1)
        return true;
    const double length = m_x.toPixel(curve.x(end - 1)) - m_x.toPixel(curve.x(begin));
    return count <= static_cast<std::size_t>(std::max(m_markerMaxPoints, 1)) &&
           length >= kMarkerRoom * m_ratio * static_cast<double>(count - 1);
}

void LineRenderer::drawPoints(const Task& task, std::size_t begin, std::size_t end)
{
    const Curve& curve = *task.curve;
    const bool markers = task.isLine && task.opacity == 1 && haveRoom(curve, begin, end);
    Pen pen;
    // One point beyond each edge, so that lines run out of the picture.
    const std::size_t last = std::min(end + 1, curve.size());
    for (std::size_t index = begin > 0 ? begin - 1 : 0; index < last; ++index) {
        addPoint(task, index, pen);
        if (index < begin || index >= end)
            continue;
        const double value = curve.value(index);
        if (!std::isfinite(value)) {
            if (task.isLine)
                noteOdd(static_cast<int>(m_x.toPixel(curve.x(index))), value);
            continue;
        }
        ValueRange range;
        range.add(value);
        noteBeyond(task, index, index + 1, range);
        if (markers && value >= m_y.range().low && value <= m_y.range().high)
            m_marks.markers.push_back({{pen.x, pen.y}, task.series});
    }
}

void LineRenderer::drawColumns(const Task& task, std::size_t begin, std::size_t end)
{
    const Curve& curve = *task.curve;
    Pen pen;
    if (begin > 0)
        addPoint(task, begin - 1, pen);
    const auto columns = curve.columns(m_x.range().low, m_x.range().high, m_width);
    for (std::size_t index = 0; index < columns.size(); ++index) {
        const CurveColumn& column = columns[index];
        if (column.empty())
            continue;
        if (task.isLine && !column.range.allFinite())
            noteOdd(static_cast<int>(index), curve, column);
        noteBeyond(task, column.begin, column.end, column.range);
        addColumn(task, column, pen);
    }
    if (end < curve.size())
        addPoint(task, end, pen);
}

void LineRenderer::addPoint(const Task& task, std::size_t index, Pen& pen)
{
    const double value = task.curve->value(index);
    if (!std::isfinite(value)) {
        pen.down = false;
        return;
    }
    const double x = m_x.toPixel(task.curve->x(index)), y = m_y.toPixel(value);
    m_stroke.addLine(pen.down ? pen.x : x, pen.down ? pen.y : y, x, y);
    pen = {true, x, y};
}

void LineRenderer::addColumn(const Task& task, const CurveColumn& column, Pen& pen)
{
    if (column.count() <= kFewPoints) {
        for (std::size_t index = column.begin; index < column.end; ++index)
            addPoint(task, index, pen);
        return;
    }
    const ValueRange& range = column.range;
    addPoint(task, column.begin, pen);
    const bool straight =
        range.allFinite() && ((column.first == range.minimum && column.last == range.maximum) ||
                              (column.first == range.maximum && column.last == range.minimum));
    if (!straight && range.hasFinite()) {
        m_stroke.addExtent(m_x.toPixel(task.curve->x(column.begin)),
                           m_x.toPixel(task.curve->x(column.end - 1)), m_y.toPixel(range.maximum),
                           m_y.toPixel(range.minimum));
        pen.down = false;
    }
    addPoint(task, column.end - 1, pen);
}

void LineRenderer::noteOdd(int column, double value)
{
    Odd& odd = m_odd[kindOf(value)][static_cast<std::size_t>(std::clamp(column, 0, m_width - 1))];
    odd.seen = true;
    ++odd.count;
}

void LineRenderer::noteOdd(int column, const Curve& curve, const CurveColumn& points)
{
    m_scanned += points.count();
    if (m_scanned <= kMostScanned) {
        for (std::size_t index = points.begin; index < points.end; ++index)
            if (!std::isfinite(curve.value(index)))
                noteOdd(column, curve.value(index));
        return;
    }
    const bool seen[] = {points.range.hasNaN, points.range.hasPositiveInfinity,
                         points.range.hasNegativeInfinity};
    for (std::size_t kind = 0; kind < PlotMarks::KindCount; ++kind) {
        Odd& odd = m_odd[kind][static_cast<std::size_t>(column)];
        odd.seen |= seen[kind];
        odd.many |= seen[kind];
    }
}

void LineRenderer::noteBeyond(const Task& task, std::size_t begin, std::size_t end, const ValueRange& range)
{
    const AxisRange& shown = m_y.range();
    const bool above = range.maximum > shown.high, below = range.minimum < shown.low;
    if (!task.isLine || !(above || below))
        return;
    const auto column = static_cast<std::size_t>(
        std::clamp(static_cast<int>(m_x.toPixel(task.curve->x(begin))), 0, m_width - 1));
    const auto note = [&](PlotMarks::Beyond& beyond, std::vector<std::int32_t>& columns, auto lies) {
        if (beyond.series.empty() || beyond.series.back() != task.series)
            beyond.series.push_back(task.series);
        if (columns[column] < 0)
            columns[column] = static_cast<std::int32_t>(task.series);
        m_scanned += end - begin;
        beyond.counted &= m_scanned <= kMostScanned;
        for (std::size_t index = begin; index < end && beyond.counted; ++index)
            beyond.points += std::isfinite(task.curve->value(index)) && lies(task.curve->value(index));
    };
    if (above)
        note(m_marks.above, m_above, [&](double value) { return value > shown.high; });
    if (below)
        note(m_marks.below, m_below, [&](double value) { return value < shown.low; });
}

void LineRenderer::collectPlaces(const std::vector<std::int32_t>& columns, PlotMarks::Beyond& beyond) const
{
    const int gap = static_cast<int>(kClusterGap * m_ratio);
    for (int column = 0; column < m_width; ++column) {
        const std::int32_t series = columns[static_cast<std::size_t>(column)];
        if (series < 0)
            continue;
        if (beyond.places.empty() || column - beyond.places.back().lastColumn > gap)
            beyond.places.push_back({column, column, static_cast<std::size_t>(series)});
        beyond.places.back().lastColumn = column;
    }
}

void LineRenderer::collectClusters()
{
    const int gap = static_cast<int>(kClusterGap * m_ratio);
    for (int kind = 0; kind < PlotMarks::KindCount; ++kind) {
        PlotMarks::Cluster* open = nullptr;
        bool many = false;
        for (int column = 0; column < m_width; ++column) {
            const Odd& odd = m_odd[static_cast<std::size_t>(kind)][static_cast<std::size_t>(column)];
            if (!odd.seen)
                continue;
            if (!open || column - open->lastColumn > gap) {
                m_marks.clusters.push_back({static_cast<PlotMarks::Kind>(kind), column, column, 0});
                open = &m_marks.clusters.back();
                many = false;
            }
            many |= odd.many;
            open->lastColumn = column;
            open->count = many ? 0 : open->count + odd.count;
        }
    }
}

} // namespace sextant
