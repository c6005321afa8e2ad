// PlotFrame: where everything of a line chart stands: plot area, scales, ticks. Computed from the curves, the
// visible window and the size; a value.
#pragma once

#include "ui/charts/line_series.h"
#include "ui/charts/ticks.h"
#include "ui/charts/view_window.h"

#include <QFontMetricsF>
#include <QRect>

#include <vector>

namespace sextant {

struct PlotFrame
{
    QRect plot;     // logical pixels of the widget
    int bleed = 0;  // how far lines at the very edge may reach over the plot, above and below
    AxisScale x, y; // logical pixels of the widget
    std::vector<Tick> xTicks, yTicks;
    XAxis axis = XAxis::Step;

    /// The same scales in the pixels of an image of the plot area and its bleed.
    AxisScale imageX(QSize image) const;
    AxisScale imageY(QSize image, double devicePixelRatio) const;
};

/// `metrics`: of the font of the labels. `clip`: how far y reaches at most while it follows what is visible.
PlotFrame layOut(const std::vector<LineSeries>& series, const LineSettings& settings,
                 const ViewWindow& window, QSize size, const QFontMetricsF& metrics,
                 std::optional<AxisRange> clip = {});

/// From the first to the last x of all curves.
AxisRange fullRange(const std::vector<LineSeries>& series);

} // namespace sextant
