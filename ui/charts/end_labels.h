// End labels: the names of lines written where they end, at the right edge of the plot, none over another.
#pragma once

#include "ui/charts/line_series.h"
#include "ui/charts/plot_frame.h"

#include <QFontMetricsF>

namespace sextant {

struct EndLabel
{
    std::size_t series;
    double y; // of its middle
};

/// The room right of the plot; 0 without labels.
int endLabelRoom(const std::vector<LineSeries>& series, const QFontMetricsF& metrics);

/// From top to bottom, near the ends of their lines, moved apart so that each can be read; those that have no
/// room are left out.
std::vector<EndLabel> placeEndLabels(const std::vector<LineSeries>& series, const PlotFrame& frame,
                                     double lineHeight);

/// With the painter's font. `textColor`: of all labels; a short piece of the line stands before each.
void paintEndLabels(QPainter& painter, const std::vector<LineSeries>& series, const PlotFrame& frame,
                    const QColor& textColor, double right);

} // namespace sextant
