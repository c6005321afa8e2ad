// CrosshairReading: what all curves say at one place: the nearest logged point of each, exactly, sorted by
// value.
#pragma once

#include "ui/charts/line_series.h"

#include <optional>
#include <vector>

namespace sextant {

struct CrosshairRow
{
    std::size_t series = 0; // index of the chart's series
    CurvePoint point;
    std::optional<double> smoothed;
    double elapsed = 0; // seconds since the curve's first point

    double shown() const { return smoothed.value_or(point.value); }
};

struct CrosshairReading
{
    double x = 0;
    std::vector<CrosshairRow> rows; // highest value first, as the lines lie; NaN last
};

/// The x of the logged point nearest to `x`, over all curves.
std::optional<double> nearestX(const std::vector<LineSeries>& series, double x);

/// The x of the next (direction 1) or previous (-1) logged point that is at least `distance` away.
std::optional<double> neighbourX(const std::vector<LineSeries>& series, double x, int direction,
                                 double distance);

/// Curves that end more than `tolerance` before `x`, or begin so far after it, say nothing.
CrosshairReading readAt(const std::vector<LineSeries>& series, double x, double tolerance);

} // namespace sextant
