// What a line chart shows beside its lines: markers of single points, places of NaN and infinities, runs
// beyond the range.
#pragma once

#include "ui/charts/line_renderer.h"
#include "ui/charts/plot_frame.h"
#include "ui/theme/theme.h"

class QPainter;

namespace sextant {

/// The painter works in the widget's logical pixels.
void paintMarks(QPainter& painter, const PlotFrame& frame, const PlotMarks& marks,
                const std::vector<LineSeries>& series, const Theme& theme, double devicePixelRatio);

/// "3 × NaN", "NaN" when not counted.
QString clusterText(const PlotMarks::Cluster& cluster);

} // namespace sextant
