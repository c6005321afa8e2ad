// Lines and bands of a chart as paths for any painter: decimated as on a screen, at a finer grain.
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/line_series.h"
#include "ui/charts/plot_frame.h"

#include <QPen>
#include <QPolygonF>

#include <vector>

namespace sextant {

/// Pieces between gaps. Each of `columns` equal columns of the plot that holds more than four points is left
/// with its first, lowest, highest and last: nothing that could be seen is lost, and a file stays small.
std::vector<QPolygonF> linePaths(const Curve& curve, const PlotFrame& frame, int columns);

/// The outlines of what lies between the two curves of a band.
std::vector<QPolygonF> bandPaths(const Band& band, const PlotFrame& frame, int columns);

/// So many columns for a plot: four for each pixel of a screen, 288 for each inch of paper.
int columnsOf(const PlotFrame& frame);

QPen linePen(const LineSeries& series, const ChartStyle& style);

void paintLine(QPainter& painter, const LineSeries& series, const PlotFrame& frame, const ChartStyle& style);
void paintGhost(QPainter& painter, const LineSeries& series, const PlotFrame& frame, const ChartStyle& style);
void paintBand(QPainter& painter, const LineSeries& series, const PlotFrame& frame, const ChartStyle& style);

/// The frame's y in the pixels of an image of the plot alone; the frame as that image has it.
AxisScale plainY(const PlotFrame& frame, QSize image);
PlotFrame withoutBleed(PlotFrame frame);

} // namespace sextant
