#include "ui/charts/line_canvas.h"

#include "ui/charts/value_text.h"

#include <QBackingStore>
#include <QPaintEngine>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace sextant {
namespace {

constexpr int kBadgeRoom = 64; // half the widest x badge

QString badgeText(const CrosshairReading& reading, XAxis axis)
{
    if (axis == XAxis::RelativeTime)
        return durationText(reading.x);
    if (axis == XAxis::WallTime)
        return momentText(static_cast<EpochMs>(std::clamp(reading.x, -8e15, 8e15)));
    if (axis == XAxis::Metric)
        return valueText(reading.x);
    return groupedText(static_cast<std::int64_t>(std::clamp(reading.x, -9e18, 9e18)));
}

} // namespace

/// Not into what the window shows: a picture that somebody takes must be whole.
bool LineCanvas::isTaken(const QPainter& painter) const
{
    QBackingStore* shown = backingStore();
    return !shown || painter.paintEngine()->paintDevice() != shown->paintDevice();
}

void LineCanvas::paintImage(QPainter& painter, QRect rect)
{
    const QImage& image = m_picture.image();
    const double ratio = image.devicePixelRatio();
    if (image.deviceIndependentSize().toSize() != size()) // of another size until it is drawn
        painter.fillRect(rect, Theme::of(this).color("bg.1"));
    painter.drawImage(QRectF(rect), image,
                      QRectF(QPointF(rect.topLeft()) * ratio, QSizeF(rect.size()) * ratio));
}

void LineCanvas::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    if (needsDrawing()) {
        if (isTaken(painter))
            drawUntil(QDeadlineTimer(QDeadlineTimer::Forever));
        else
            PaintTurn::ofApplication().ask(*this);
    }
    if (hasPoints()) {
        paintImage(painter, event->rect());
        paintCrosshair(painter);
        paintRubberBand(painter);
    } else {
        painter.fillRect(event->rect(), Theme::of(this).color("bg.1"));
        paintMessage(painter);
    }
    if (hasFocus() && m_focusShown) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::of(this).color("focus.ring"), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 4, 4);
    }
}

QRect LineCanvas::crosshairStrip(double x)
{
    const int pixel = qRound(m_picture.frame().x.toPixel(x));
    return QRect(pixel - kBadgeRoom, 0, 2 * kBadgeRoom, height());
}

void LineCanvas::paintCrosshair(QPainter& painter)
{
    if (!m_crosshair || m_picture.dots())
        return;
    const PlotFrame& frame = m_picture.frame();
    const double x = frame.x.toPixel(*m_crosshair);
    const QRect plot = frame.plot;
    if (x < plot.left() - 0.5 || x > plot.left() + plot.width() + 0.5)
        return;
    const Theme& theme = Theme::of(this);
    const double line = std::floor(x) + 0.5;
    QPen pen(theme.color("chart.crosshair"), 1);
    if (!m_ownCrosshair)
        pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(line, plot.top()), QPointF(line, plot.top() + plot.height()));
    if (!m_ownCrosshair)
        return;

    painter.setRenderHint(QPainter::Antialiasing);
    const CrosshairReading rows = reading();
    painter.setPen(QPen(theme.color("bg.1"), 1.5));
    for (const CrosshairRow& row : rows.rows) {
        const QPointF place(frame.x.toPixel(row.point.x), frame.y.toPixel(row.shown()));
        if (!std::isfinite(row.shown()) || std::abs(place.x() - x) > 8 ||
            !QRectF(plot).adjusted(-1, -1, 1, 1).contains(place))
            continue;
        painter.setBrush(m_series[row.series].color);
        painter.drawEllipse(place, 3.5, 3.5);
    }
    painter.setFont(theme.font(Theme::Text::CaptionStrong));
    const QString text = badgeText({*m_crosshair, {}}, frame.axis);
    const double width = painter.fontMetrics().horizontalAdvance(text) + 12,
                 top = plot.top() + plot.height() + 3;
    const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width));
    const QRectF badge(left, top, width, height() - top - 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color("text"));
    painter.drawRoundedRect(badge, theme.number("radius.badge"), theme.number("radius.badge"));
    painter.setPen(theme.color("bg.1"));
    painter.drawText(badge, Qt::AlignCenter, text);
}

QRect LineCanvas::zoomRect()
{
    constexpr int kThin = 10;
    const QRect plot = m_picture.frame().plot;
    QRect band = QRect(m_pressed, m_current).normalized() & plot;
    if (std::abs(m_current.y() - m_pressed.y()) < kThin)
        band = QRect(band.left(), plot.top(), band.width(), plot.height());
    else if (std::abs(m_current.x() - m_pressed.x()) < kThin)
        band = QRect(plot.left(), band.top(), plot.width(), band.height());
    return band;
}

void LineCanvas::paintRubberBand(QPainter& painter)
{
    if (m_gesture != Gesture::Zooming)
        return;
    const Theme& theme = Theme::of(this);
    QColor fill = theme.color("accent");
    fill.setAlphaF(0.12F);
    const QRect band = zoomRect();
    painter.fillRect(band, fill);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme.color("accent"), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(band.adjusted(0, 0, -1, -1));
}

void LineCanvas::paintMessage(QPainter& painter)
{
    const Theme& theme = Theme::of(this);
    const QString text = m_message.isEmpty() ? m_emptyText : m_message;
    const QString icon = m_failed              ? QStringLiteral("triangle-alert")
                         : m_message.isEmpty() ? QStringLiteral("chart-spline")
                                               : QStringLiteral("loader-circle");
    const int size = theme.length("icon.rail"),
              lineHeight = QFontMetrics(theme.font(Theme::Text::Body)).height() + 4;
    const int words = m_hint.isEmpty() ? 2 : 4;
    QRect place(16, (height() - size - words * lineHeight) / 2, width() - 32, size);
    theme.drawIcon(&painter, place, icon, size, theme.color(m_failed ? "error.fg" : "text.muted"));
    place = QRect(place.left(), place.bottom() + 8, place.width(), 2 * lineHeight);
    painter.setFont(theme.font(Theme::Text::Body));
    painter.setPen(theme.color(m_failed ? "text" : "text.muted"));
    painter.drawText(place, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text, &place);
    painter.setFont(theme.font(Theme::Text::Small));
    painter.setPen(theme.color("text.muted"));
    painter.drawText(QRect(16, place.bottom() + 6, width() - 32, 2 * lineHeight),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_hint);
}

} // namespace sextant
