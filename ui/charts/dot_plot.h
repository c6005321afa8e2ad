// DotPlot: what a line chart shows when no run has more than one point: a row for each run, its value as a
// dot along a scale and as a number. A value; laid out for one size.
#pragma once

#include "ui/charts/line_series.h"
#include "ui/charts/ticks.h"
#include "ui/theme/theme.h"

#include <QRect>

#include <vector>

class QPainter;

namespace sextant {

class DotPlot
{
public:
    DotPlot() = default;
    /// `scale`: of the values, as the line chart would have it along its height.
    DotPlot(const std::vector<LineSeries>& series, AxisScale scale, QSize size, const Theme& theme);

    /// True when there are values and no curve among them.
    static bool suits(const std::vector<LineSeries>& series);

    void paint(QPainter& painter, const std::vector<LineSeries>& series, const QString& hoveredRun,
               const Theme& theme) const;
    /// The series whose row is there, or -1.
    int seriesAt(QPoint place) const;

private:
    QRect rowAt(int row) const;
    void paintAxis(QPainter& painter, const Theme& theme) const;
    void paintRow(QPainter& painter, int row, const LineSeries& one, const Theme& theme) const;

    std::vector<std::size_t> m_order; // series by row, highest value first
    int m_shown = 0;                  // rows that fit
    QSize m_size;
    int m_left = 0, m_right = 0; // of the scale
    int m_decimals = 4;
    AxisScale m_scale;
    std::vector<Tick> m_ticks;
};

} // namespace sextant
