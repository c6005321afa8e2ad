// LinePicture: a whole line chart as an image: background, grid, labels, lines, marks. Made in slices of
// time. Once it is whole, stressing another run costs no more than that run.
#pragma once

#include "ui/charts/dot_plot.h"
#include "ui/charts/line_renderer.h"
#include "ui/charts/plot_frame.h"
#include "ui/theme/theme.h"

#include <QImage>

#include <array>

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
        QString hoveredRun;            // is stressed, all others fade
        QSize size;                    // logical pixels
        double devicePixelRatio = 1;
    };

    /// Lays everything out; painting follows with advance(). Until then the image stays as it was.
    void start(Request request, const Theme& theme);
    /// Stresses another run, or none. Unless the picture is finished then, the rest follows with advance().
    void stress(const QString& runId, const Theme& theme);
    /// True when the picture is complete.
    bool advance(const Theme& theme, QDeadlineTimer deadline);
    /// Lets go of all.
    void clear() { *this = {}; }

    bool finished() const { return m_finished; }
    /// Painting has begun, and is not finished.
    bool underWay() const { return m_drawing != None && !m_finished; }
    const QImage& image() const
    {
        return m_drawing != None && !m_whole ? m_layers[m_drawing].image : m_image;
    }
    const PlotFrame& frame() const { return m_frame; }
    const QString& stressedRun() const { return m_request.hoveredRun; }
    /// Runs of one point each are shown as dots; null when there are lines.
    const DotPlot* dots() const { return m_isDots ? &m_dots : nullptr; }
    const PlotMarks& marks() const { return m_marks; }

private:
    /// Everything but the stressed run.
    struct Layer
    {
        QImage image;
        bool finished = false;
    };
    bool stresses() const; // a run that is here
    void begin(std::size_t layer, const Theme& theme);
    void startRenderer(LineRenderer& renderer, LineRenderer::Part part, const Theme& theme) const;
    QImage plotOf(QImage& image) const;
    void compose(const Layer& layer, const Theme& theme);
    void paintMarksOf(const LineRenderer& renderer, QImage& image, const Theme& theme) const;
    QRect plotInImage() const;
    QImage emptyImage() const;
    void paintDots(const Theme& theme);

    Request m_request;
    PlotFrame m_frame;
    LineRenderer m_renderer;
    PlotMarks m_marks;
    DotPlot m_dots;
    bool m_isDots = false;
    enum { Plain, Faded, None };
    std::array<Layer, 2> m_layers;
    std::size_t m_drawing = None;
    QImage m_image;       // what was composed last
    bool m_whole = false; // m_image is of this request
    bool m_finished = false;
};

} // namespace sextant
