#include "ui/charts/plot_frame.h"

#include "ui/charts/axis_fit.h"
#include "ui/charts/end_labels.h"

#include <algorithm>
#include <limits>

namespace sextant {
namespace {

constexpr int kTop = 8;
constexpr int kRight = 14;
constexpr int kAxisGap = 6;
constexpr int kBleed = 3; // half the widest pen
constexpr double kPixelsPerXTick = 76;
constexpr double kPixelsPerYTick = 46;

XAxis axisOf(const std::vector<LineSeries>& series, const LineSettings& settings)
{
    // While new curves are being prepared the old ones are still drawn along their own axis.
    for (const LineSeries& one : series)
        if (one.curve && !one.curve->empty())
            return one.curve->axis();
    return settings.xAxis;
}

struct VisibleValues
{
    ValueRange range;
    double smallestMagnitude = std::numeric_limits<double>::infinity();
    double lowest =
        0; // of all values, visible or not: decides on the kind of scale, which must not change by panning
};

VisibleValues visibleValues(const std::vector<LineSeries>& series, const LineSettings& settings, AxisRange x)
{
    VisibleValues visible;
    visible.lowest = std::numeric_limits<double>::infinity();
    const auto add = [&](const CurvePtr& curve) {
        if (!curve || !curve->range().hasFinite())
            return;
        visible.range.add(curve->pyramid().range(curve->lowerBound(x.low), curve->upperBound(x.high)));
        visible.lowest = std::min(visible.lowest, curve->range().minimum);
        if (curve->smallestMagnitude() > 0)
            visible.smallestMagnitude = std::min(visible.smallestMagnitude, curve->smallestMagnitude());
    };
    for (const LineSeries& one : series) {
        if (settings.showRaw || !one.smoothed)
            add(one.curve);
        add(one.smoothed);
        if (one.band) {
            add(one.band->low);
            add(one.band->high);
        }
    }
    return visible;
}

/// What is visible without the outliers; all of it where nothing else would be left.
void clipTo(const std::optional<AxisRange>& clip, ValueRange& range)
{
    if (!clip || clip->low > range.maximum || clip->high < range.minimum)
        return;
    range.minimum = std::max(range.minimum, clip->low);
    range.maximum = std::min(range.maximum, clip->high);
}

AxisScale yScale(const std::vector<LineSeries>& series, const LineSettings& settings,
                 const ViewWindow& window, AxisRange x, int ticks, const std::optional<AxisRange>& clip)
{
    VisibleValues visible = visibleValues(series, settings, x);
    clipTo(clip, visible.range);
    if (!visible.range.hasFinite()) {
        visible.range = {};
        visible.range.add(0.0);
        visible.range.add(1.0);
    }
    AxisScale scale = linearScale(visible.range.minimum, visible.range.maximum, ticks);
    const bool symmetric = settings.symmetricY || visible.lowest <= 0;
    if (settings.logY && settings.symmetricY && !window.y)
        visible.range.add(0.0);
    if (settings.logY && std::isfinite(visible.lowest))
        scale = !symmetric ? positiveLogScale(visible.range.minimum, visible.range.maximum)
                           : symmetricLogScale(
                                 {visible.range.minimum, visible.range.maximum, visible.smallestMagnitude});
    if (window.y)
        scale = AxisScale(scale.kind(), *window.y, scale.linearWithin());
    return scale;
}

std::vector<Tick> xTicks(XAxis axis, AxisRange range, int count)
{
    switch (axis) {
    case XAxis::Step:
        return linearTicks(range, count, 1);
    case XAxis::RelativeTime:
        return durationTicks(range, count);
    case XAxis::Metric:
        return linearTicks(range, count);
    case XAxis::WallTime:
        break;
    }
    return momentTicks(range, count);
}

/// Out to a round step that lies just beyond the last point: 99,999 becomes 100,000.
AxisRange rounded(AxisRange range, int ticks)
{
    const double step = linearStep(range, ticks, 1);
    const double low = std::floor(range.low / step) * step, high = std::ceil(range.high / step) * step;
    return {range.low - low <= 0.02 * range.length() ? low : range.low,
            high - range.high <= 0.02 * range.length() ? high : range.high};
}

} // namespace

AxisRange fullRange(const std::vector<LineSeries>& series)
{
    AxisRange range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const LineSeries& one : series) {
        if (!one.curve || one.curve->empty())
            continue;
        range.low = std::min(range.low, one.curve->firstX());
        range.high = std::max(range.high, one.curve->lastX());
    }
    if (range.low > range.high)
        return {0, 1};
    if (range.low == range.high) {
        const double room = std::max(1.0, std::abs(range.low) * 1e-12);
        return {range.low - room, range.high + room};
    }
    return range;
}

PlotFrame layOut(const std::vector<LineSeries>& series, const LineSettings& settings,
                 const ViewWindow& window, QSize size, const QFontMetricsF& metrics,
                 std::optional<AxisRange> clip)
{
    PlotFrame frame;
    frame.axis = axisOf(series, settings);
    const int bottom = static_cast<int>(std::ceil(metrics.height())) + kAxisGap + 4;
    const int height = std::max(size.height() - kTop - bottom, 1);
    // Small words leave room for more of them.
    const int yCount =
        std::max(2, static_cast<int>(height / std::min(kPixelsPerYTick, 3.2 * metrics.height())));
    const int xCount =
        std::max(2, static_cast<int>((size.width() - 50) / std::min(kPixelsPerXTick, 6 * metrics.height())));
    AxisRange x = window.x.value_or(fullRange(series));
    if (!window.x && frame.axis == XAxis::Step)
        x = rounded(x, xCount);

    frame.y = yScale(series, settings, window, x, yCount, clip);
    frame.yTicks = frame.y.kind() == AxisScale::Kind::Linear ? linearTicks(frame.y.range(), yCount)
                                                             : logTicks(frame.y, yCount);
    double labels = metrics.horizontalAdvance(QStringLiteral("0.0"));
    for (const Tick& tick : frame.yTicks)
        labels = std::max(labels, metrics.horizontalAdvance(tick.label));
    const int left = static_cast<int>(std::ceil(labels)) + kAxisGap + 8;

    const int right = std::min(std::max(kRight, endLabelRoom(series, metrics)), size.width() / 3);
    frame.plot = QRect(left, kTop, std::max(size.width() - left - right, 1), height);
    frame.x = AxisScale(AxisScale::Kind::Linear, x);
    frame.xTicks = xTicks(frame.axis, x, xCount);
    frame.bleed = window.y || clip ? 0 : kBleed;
    frame.x.setPixels(frame.plot.left(), frame.plot.left() + frame.plot.width());
    frame.y.setPixels(frame.plot.top() + frame.plot.height(), frame.plot.top());
    return frame;
}

AxisScale PlotFrame::imageX(QSize image) const
{
    AxisScale scale = x;
    scale.setPixels(0, image.width());
    return scale;
}

AxisScale PlotFrame::imageY(QSize image, double devicePixelRatio) const
{
    AxisScale scale = y;
    scale.setPixels(image.height() - bleed * devicePixelRatio, bleed * devicePixelRatio);
    return scale;
}

} // namespace sextant
