// What surrounds the lines of a chart: grid, axes, their labels. The same on a screen and on paper.
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/plot_frame.h"

class QPainter;

namespace sextant {

/// Grid, axes and labels; the painter works in the frame's pixels. `width`: of the whole chart.
void paintAxes(QPainter& painter, const PlotFrame& frame, const ChartStyle& style, double width);

} // namespace sextant
