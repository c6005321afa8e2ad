#include "ui/charts/crosshair.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sextant {
namespace {

/// Highest first: Inf, numbers, −Inf, NaN.
bool isShownBefore(const CrosshairRow& a, const CrosshairRow& b)
{
    const double first = a.shown(), second = b.shown();
    if (std::isnan(first) || std::isnan(second))
        return !std::isnan(first) && std::isnan(second);
    return first > second;
}

double elapsedOf(const Curve& curve, const CurvePoint& point)
{
    return (static_cast<double>(point.time) - static_cast<double>(curve.point(0).time)) / 1000;
}

} // namespace

std::optional<double> nearestX(const std::vector<LineSeries>& series, double x)
{
    std::optional<double> nearest;
    for (const LineSeries& one : series) {
        const auto point = one.curve ? one.curve->nearest(x) : std::nullopt;
        if (point && (!nearest || std::abs(point->x - x) < std::abs(*nearest - x)))
            nearest = point->x;
    }
    return nearest;
}

std::optional<double> neighbourX(const std::vector<LineSeries>& series, double x, int direction,
                                 double distance)
{
    std::optional<double> neighbour;
    for (const LineSeries& one : series) {
        if (!one.curve || one.curve->empty())
            continue;
        const Curve& curve = *one.curve;
        if (direction > 0) {
            const std::size_t next = std::max(curve.upperBound(x), curve.lowerBound(x + distance));
            if (next < curve.size())
                neighbour = std::min(neighbour.value_or(curve.x(next)), curve.x(next));
        } else {
            const std::size_t end = std::min(curve.lowerBound(x), curve.upperBound(x - distance));
            if (end > 0)
                neighbour = std::max(neighbour.value_or(curve.x(end - 1)), curve.x(end - 1));
        }
    }
    return neighbour;
}

CrosshairReading readAt(const std::vector<LineSeries>& series, double x, double tolerance)
{
    CrosshairReading reading{x, {}};
    for (std::size_t index = 0; index < series.size(); ++index) {
        const LineSeries& one = series[index];
        const auto point = one.curve ? one.curve->nearest(x) : std::nullopt;
        if (!point || x > one.curve->lastX() + tolerance || x < one.curve->firstX() - tolerance)
            continue;
        CrosshairRow row{index, *point, {}, elapsedOf(*one.curve, *point)};
        if (one.smoothed)
            row.smoothed = one.smoothed->value(point->index);
        reading.rows.push_back(row);
    }
    std::stable_sort(reading.rows.begin(), reading.rows.end(), isShownBefore);
    return reading;
}

} // namespace sextant
