#include "ui/charts/line_picture.h"

#include "ui/charts/plot_marks.h"

#include <QPainter>

namespace sextant {

LineStyle lineStyle(const Theme& theme)
{
    LineStyle style;
    style.line = theme.number("plot.line");
    style.wide = theme.number("plot.lineHover");
    style.raw = theme.number("plot.lineRaw");
    style.rawOpacity = theme.number("chart.rawOpacity");
    style.fadedOpacity = theme.number("chart.fadedOpacity");
    style.markerMaxPoints = theme.length("plot.markerMaxPoints");
    return style;
}

void LinePicture::start(Request request, const Theme& theme)
{
    m_request = std::move(request);
    m_finished = false;
    const double ratio = m_request.devicePixelRatio;
    const QFontMetricsF metrics(theme.font(Theme::Text::Caption));
    m_frame = layOut(m_request.series, m_request.settings, m_request.window, m_request.size, metrics);
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
                     m_frame.imageY(plot, ratio), plot, ratio, lineStyle(theme));
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
    paintMarks(painter, m_frame, m_renderer.marks(), m_request.series, theme, m_request.devicePixelRatio);
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
    painter.setFont(theme.font(Theme::Text::Caption));
    const QRect plot = m_frame.plot;
    painter.setPen(QPen(theme.color("chart.grid"), 1));
    for (const Tick& tick : m_frame.yTicks) {
        const double y = std::round(m_frame.y.toPixel(tick.value));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.left() + plot.width(), y));
    }
    painter.setPen(QPen(theme.color("chart.axis"), 1));
    const int base = plot.top() + plot.height();
    painter.drawLine(plot.left(), base, plot.left() + plot.width(), base);
    for (const Tick& tick : m_frame.xTicks) {
        const int x = qRound(m_frame.x.toPixel(tick.value));
        painter.drawLine(x, base, x, base + 3);
    }
    if (m_frame.y.kind() == AxisScale::Kind::SymmetricLogarithmic) {
        // A bar along the axis where it is linear.
        const double inner = m_frame.y.linearWithin();
        const double top = std::max<double>(m_frame.y.toPixel(inner), plot.top());
        const double bottom = std::min<double>(m_frame.y.toPixel(-inner), base);
        if (bottom > top)
            painter.fillRect(QRectF(plot.left() - 3, top, 2, bottom - top), theme.color("chart.axis"));
    }
    painter.setPen(theme.color("text.muted"));
    paintYLabels(painter, theme);
    paintXLabels(painter, theme);
}

void LinePicture::paintYLabels(QPainter& painter, const Theme& theme) const
{
    const QRect plot = m_frame.plot;
    const QFontMetricsF metrics(painter.font());
    const double half = metrics.height() / 2;
    for (const Tick& tick : m_frame.yTicks) {
        const double y = m_frame.y.toPixel(tick.value);
        const QRectF box(0, y - half, plot.left() - theme.length("plot.axisGap"), 2 * half);
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
}

void LinePicture::paintXLabels(QPainter& painter, const Theme& theme) const
{
    const QFontMetricsF metrics(painter.font());
    const double top = m_frame.plot.top() + m_frame.plot.height() + theme.length("plot.axisGap");
    double taken = -1e9; // labels that would touch their left neighbour are left out
    for (const Tick& tick : m_frame.xTicks) {
        const double width = metrics.horizontalAdvance(tick.label);
        const double x =
            std::min(m_frame.x.toPixel(tick.value) - width / 2, m_request.size.width() - width - 2.0);
        if (x < taken + 8)
            continue;
        painter.drawText(QPointF(x, top + metrics.ascent()), tick.label);
        taken = x + width;
    }
}

} // namespace sextant
