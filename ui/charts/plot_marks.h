// What a line chart shows beside its lines: markers of single points, places of NaN and infinities, runs
// beyond the range.
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/line_renderer.h"
#include "ui/charts/plot_frame.h"

class QPainter;

namespace sextant {

/// The painter works in the frame's pixels; `devicePixelRatio`: how many of the marks' columns are one of
/// them.
void paintMarks(QPainter& painter, const PlotFrame& frame, const PlotMarks& marks,
                const std::vector<LineSeries>& series, const ChartStyle& style, double devicePixelRatio);

/// "3 × NaN", "NaN" when not counted.
QString clusterText(const PlotMarks::Cluster& cluster);

/// "1 above 10", "2 runs above 10" when the points were not counted. `limit`: as the axis writes it.
QString beyondText(const PlotMarks::Beyond& beyond, bool above, const QString& limit);

} // namespace sextant
