#include "ui/charts/line_picture.h"

#include "ui/charts/end_labels.h"
#include "ui/charts/plot_marks.h"
#include "ui/charts/plot_painter.h"

#include <QPainter>

namespace sextant {

void LinePicture::start(Request request, const Theme& theme)
{
    m_request = std::move(request);
    m_finished = false;
    const double ratio = m_request.devicePixelRatio;
    const QFontMetricsF metrics(theme.font(Theme::Text::Caption));
    m_frame = layOut(m_request.series, m_request.settings, m_request.window, m_request.size, metrics,
                     m_request.clip);
    const QSize pixels = (QSizeF(m_request.size) * ratio).toSize().expandedTo({1, 1});
    if (m_image.size() != pixels)
        m_image = QImage(pixels, QImage::Format_RGB32);
    m_image.setDevicePixelRatio(ratio);
    m_isDots = DotPlot::suits(m_request.series);
    if (m_isDots)
        return paintDots(theme);
    paintBackground(theme);
    const QSize plot = plotInImage().size();
    m_renderer.start(m_request.series, m_request.hoveredRun, m_request.settings.showRaw, m_frame.imageX(plot),
                     m_frame.imageY(plot, ratio), plot, ratio, ChartStyle::screen(theme),
                     theme.length("plot.markerMaxPoints"));
}

QRect LinePicture::plotInImage() const
{
    const double ratio = m_request.devicePixelRatio;
    const QRect plot = m_frame.plot.adjusted(0, -m_frame.bleed, 0, m_frame.bleed);
    const QRect scaled(qRound(plot.left() * ratio), qRound(plot.top() * ratio), qRound(plot.width() * ratio),
                       qRound(plot.height() * ratio));
    return scaled & m_image.rect();
}

bool LinePicture::advance(const Theme& theme, QDeadlineTimer deadline)
{
    if (m_finished || m_isDots)
        return m_finished = true;
    const QRect plot = plotInImage();
    uchar* corner = m_image.bits() + plot.top() * m_image.bytesPerLine() + plot.left() * 4;
    QImage view(corner, plot.width(), plot.height(), m_image.bytesPerLine(), QImage::Format_RGB32);
    if (!m_renderer.advance(view, deadline))
        return false;
    QPainter painter(&m_image);
    painter.setRenderHint(QPainter::Antialiasing);
    const ChartStyle style = ChartStyle::screen(theme);
    paintMarks(painter, m_frame, m_renderer.marks(), m_request.series, style, m_request.devicePixelRatio);
    painter.setFont(style.font);
    paintEndLabels(painter, m_request.series, m_frame, style.text, m_request.size.width());
    m_finished = true;
    return true;
}

void LinePicture::paintDots(const Theme& theme)
{
    m_dots = DotPlot(m_request.series, m_frame.y, m_request.size, theme);
    m_image.fill(theme.color("bg.1"));
    QPainter painter(&m_image);
    m_dots.paint(painter, m_request.series, m_request.hoveredRun, theme);
}

void LinePicture::paintBackground(const Theme& theme)
{
    m_image.fill(theme.color("bg.1"));
    QPainter painter(&m_image);
    paintAxes(painter, m_frame, ChartStyle::screen(theme), m_request.size.width());
}

} // namespace sextant
