#include "ui/charts/line_picture.h"

#include "ui/charts/end_labels.h"
#include "ui/charts/plot_marks.h"
#include "ui/charts/plot_painter.h"

#include <QPainter>

#include <algorithm>

namespace sextant {

void LinePicture::start(Request request, const Theme& theme)
{
    m_image = image(); // what is there is shown until something else is
    m_request = std::move(request);
    m_finished = m_whole = false;
    m_drawing = None;
    m_layers = {};
    const QFontMetricsF metrics(theme.font(Theme::Text::Caption));
    m_frame = layOut(m_request.series, m_request.settings, m_request.window, m_request.size, metrics,
                     m_request.clip);
    m_isDots = DotPlot::suits(m_request.series);
    if (m_isDots)
        m_dots = DotPlot(m_request.series, m_frame.y, m_request.size, theme);
}

bool LinePicture::stresses() const
{
    const QString& run = m_request.hoveredRun;
    return !run.isEmpty() && std::any_of(m_request.series.begin(), m_request.series.end(),
                                         [&](const LineSeries& series) { return series.runId == run; });
}

void LinePicture::stress(const QString& runId, const Theme& theme)
{
    const bool before = stresses();
    m_request.hoveredRun = runId;
    const bool now = stresses();
    if (!before && !now)
        return;
    m_finished = false;
    if (m_isDots)
        return;
    const Layer &wanted = m_layers[now ? Faded : Plain], &other = m_layers[now ? Plain : Faded];
    if (wanted.finished)
        compose(wanted, theme);
    else if (other.finished)
        compose(other, theme); // stressed, but all others not faded yet
    m_finished = wanted.finished;
}

QRect LinePicture::plotInImage() const
{
    const double ratio = m_request.devicePixelRatio;
    const QRect plot = m_frame.plot.adjusted(0, -m_frame.bleed, 0, m_frame.bleed);
    const QRect scaled(qRound(plot.left() * ratio), qRound(plot.top() * ratio), qRound(plot.width() * ratio),
                       qRound(plot.height() * ratio));
    return scaled & QRect({}, (QSizeF(m_request.size) * ratio).toSize().expandedTo({1, 1}));
}

/// The plot's part of the image, without a copy.
QImage LinePicture::plotOf(QImage& image) const
{
    const QRect plot = plotInImage();
    uchar* corner = image.bits() + plot.top() * image.bytesPerLine() + plot.left() * 4;
    return {corner, plot.width(), plot.height(), image.bytesPerLine(), QImage::Format_RGB32};
}

QImage LinePicture::emptyImage() const
{
    const double ratio = m_request.devicePixelRatio;
    QImage image((QSizeF(m_request.size) * ratio).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    return image;
}

void LinePicture::begin(std::size_t layer, const Theme& theme)
{
    m_drawing = layer;
    QImage& image = m_layers[layer].image;
    image = emptyImage();
    image.fill(theme.color("bg.1"));
    QPainter painter(&image);
    paintAxes(painter, m_frame, ChartStyle::screen(theme), m_request.size.width());
    painter.end();
    startRenderer(m_renderer, layer == Faded ? LineRenderer::Part::Faded : LineRenderer::Part::All, theme);
}

void LinePicture::startRenderer(LineRenderer& renderer, LineRenderer::Part part, const Theme& theme) const
{
    const double ratio = m_request.devicePixelRatio;
    const QSize plot = plotInImage().size();
    renderer.start(m_request.series, part, m_request.hoveredRun, m_request.settings.showRaw,
                   m_frame.imageX(plot), m_frame.imageY(plot, ratio), plot, ratio, ChartStyle::screen(theme),
                   theme.length("plot.markerMaxPoints"));
}

bool LinePicture::advance(const Theme& theme, QDeadlineTimer deadline)
{
    if (m_finished)
        return true;
    if (m_isDots) {
        paintDots(theme);
        return m_finished = m_whole = true;
    }
    const std::size_t wanted = stresses() ? Faded : Plain;
    Layer& layer = m_layers[wanted];
    if (!layer.finished) {
        if (m_drawing != wanted)
            begin(wanted, theme);
        QImage plot = plotOf(layer.image);
        if (!m_renderer.advance(plot, deadline))
            return false;
        m_marks = m_renderer.marks();
        paintMarksOf(m_renderer, layer.image, theme);
        layer.finished = true;
    }
    compose(layer, theme);
    return m_finished = true;
}

void LinePicture::compose(const Layer& layer, const Theme& theme)
{
    m_image = layer.image;
    m_whole = true;
    if (!stresses())
        return;
    LineRenderer stressed;
    startRenderer(stressed, LineRenderer::Part::Stressed, theme);
    QImage plot = plotOf(m_image);
    stressed.advance(plot, QDeadlineTimer(QDeadlineTimer::Forever));
    QPainter painter(&m_image);
    painter.setRenderHint(QPainter::Antialiasing);
    PlotMarks markers;
    markers.markers = stressed.marks().markers;
    paintMarks(painter, m_frame, markers, m_request.series, ChartStyle::screen(theme),
               m_request.devicePixelRatio);
}

void LinePicture::paintMarksOf(const LineRenderer& renderer, QImage& image, const Theme& theme) const
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const ChartStyle style = ChartStyle::screen(theme);
    paintMarks(painter, m_frame, renderer.marks(), m_request.series, style, m_request.devicePixelRatio);
    painter.setFont(style.font);
    paintEndLabels(painter, m_request.series, m_frame, style.text, m_request.size.width());
}

void LinePicture::paintDots(const Theme& theme)
{
    m_image = emptyImage();
    m_image.fill(theme.color("bg.1"));
    QPainter painter(&m_image);
    m_dots.paint(painter, m_request.series, m_request.hoveredRun, theme);
}

} // namespace sextant
