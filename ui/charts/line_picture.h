// LinePicture: a whole line chart as an image: background, grid, labels, lines, marks. Made in slices of
// time.
#pragma once

#include "ui/charts/dot_plot.h"
#include "ui/charts/line_renderer.h"
#include "ui/charts/plot_frame.h"
#include "ui/theme/theme.h"

#include <QImage>

namespace sextant {

class LinePicture
{
public:
    struct Request
    {
        std::vector<LineSeries> series;
        LineSettings settings;
        ViewWindow window;
        std::optional<AxisRange> clip; // of y: all but the outliers
        QString hoveredRun;
        QSize size; // logical pixels
        double devicePixelRatio = 1;
    };

    /// Lays everything out and paints the background; lines follow with advance().
    void start(Request request, const Theme& theme);
    /// True when the picture is complete.
    bool advance(const Theme& theme, QDeadlineTimer deadline);

    bool finished() const { return m_finished; }
    const QImage& image() const { return m_image; }
    const PlotFrame& frame() const { return m_frame; }
    /// Runs of one point each are shown as dots; null when there are lines.
    const DotPlot* dots() const { return m_isDots ? &m_dots : nullptr; }
    const PlotMarks& marks() const { return m_renderer.marks(); }

private:
    QRect plotInImage() const;
    void paintDots(const Theme& theme);
    void paintBackground(const Theme& theme);

    Request m_request;
    PlotFrame m_frame;
    LineRenderer m_renderer;
    DotPlot m_dots;
    bool m_isDots = false;
    QImage m_image;
    bool m_finished = false;
};

} // namespace sextant
