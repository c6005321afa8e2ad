#include "ui/charts/chart_tooltip.h"
#include "ui/charts/line_canvas.h"

#include <QAccessible>
#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>

namespace sextant {
namespace {

constexpr int kMostTooltipRows = 8;
constexpr double kHoverDistance = 9;
constexpr double kZoomStep = 1.25;

/// Ranges that a screen can still resolve: neither empty nor so short that neighbouring numbers are the same.
bool isUsable(AxisRange range)
{
    const double size = std::max(std::abs(range.low), std::abs(range.high));
    return std::isfinite(range.low) && std::isfinite(range.high) && range.length() > size * 1e-12 &&
           range.length() > 1e-300;
}

} // namespace

void LineCanvas::changeWindow(const ViewWindow& window, int gesture)
{
    if (!m_zoom.show(window, gesture))
        return;
    emit visibleWindowChanged(m_zoom.current());
    emit zoomChanged();
    invalidate();
}

void LineCanvas::zoomAround(QPointF place, double factor, int gesture)
{
    if (!hasLines())
        return;
    const PlotFrame& now = frame();
    const AxisRange full = fullRange(m_series);
    ViewWindow next = visibleWindow();
    AxisRange x = now.x.zoomed(factor, now.x.toValue(place.x()));
    if (x.low <= full.low && x.high >= full.high)
        next.x.reset();
    else if (isUsable(x) && (now.axis != XAxis::Step || x.length() >= 1))
        next.x = x;
    // A height that was chosen is zoomed with it; else it keeps following what is visible.
    if (next.y) {
        const AxisRange y = now.y.zoomed(factor, now.y.toValue(place.y()));
        if (isUsable(y))
            next.y = y;
        if (!next.x)
            next.y.reset();
    }
    changeWindow(next, gesture);
}

void LineCanvas::zoomInto(QRect rect)
{
    const PlotFrame& now = frame();
    const QRect plot = now.plot;
    ViewWindow next = visibleWindow();
    if (rect.width() < plot.width()) {
        const AxisRange x{now.x.toValue(rect.left()), now.x.toValue(rect.left() + rect.width())};
        if (isUsable(x))
            next.x = x;
    }
    if (rect.height() < plot.height()) {
        const AxisRange y{now.y.toValue(rect.top() + rect.height()), now.y.toValue(rect.top())};
        if (isUsable(y))
            next.y = y;
    }
    changeWindow(next);
}

void LineCanvas::panTo(QPoint place)
{
    const QRect plot = m_panStart.plot;
    const double right = static_cast<double>(m_pressed.x() - place.x()) / plot.width();
    const double up = static_cast<double>(place.y() - m_pressed.y()) / plot.height();
    const AxisRange full = fullRange(m_series);
    ViewWindow next = visibleWindow();
    const AxisRange x = m_panStart.x.moved(right);
    const double middle = (x.low + x.high) / 2;
    if (middle >= full.low && middle <= full.high)
        next.x = x;
    if (next.y)
        next.y = m_panStart.y.moved(up);
    changeWindow(next, m_gestureId);
}

void LineCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !frame().plot.adjusted(-4, -4, 4, 4).contains(event->pos()) ||
        !hasLines()) {
        event->ignore();
        return;
    }
    m_pressed = m_current = event->pos();
    ++m_gestureId;
    m_panStart = frame();
    m_gesture = event->modifiers() & Qt::ShiftModifier ? Gesture::Panning : Gesture::Pressed;
    if (m_gesture == Gesture::Panning) {
        hideTooltip();
        setCursor(Qt::ClosedHandCursor);
    }
}

void LineCanvas::mouseMoveEvent(QMouseEvent* event)
{
    m_current = event->pos();
    if (m_gesture == Gesture::Panning) {
        panTo(m_current);
        return;
    }
    if (m_gesture == Gesture::Pressed &&
        (m_current - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_gesture = Gesture::Zooming;
        hideTooltip();
    }
    if (m_gesture == Gesture::Zooming) {
        update();
        return;
    }
    if (!hasLines()) {
        hoverDot(m_current);
        return;
    }
    if (m_pinned)
        return;
    const QRect plot = frame().plot;
    if (!plot.adjusted(-6, -4, 6, 4).contains(m_current)) {
        leaveEvent(nullptr);
        return;
    }
    moveCrosshair(m_picture.frame().x.toValue(m_current.x()), m_current);
}

void LineCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (!hasLines() && !m_hoveredRun.isEmpty())
        emit runClicked(m_hoveredRun);
    const Gesture gesture = std::exchange(m_gesture, Gesture::None);
    setCursor(Qt::CrossCursor);
    if (gesture == Gesture::Zooming) {
        zoomInto(zoomRect());
        update();
    } else if (gesture == Gesture::Pressed) {
        m_pinned = !m_pinned && m_crosshair;
        if (m_pinned)
            showTooltip(m_current);
        else
            mouseMoveEvent(event);
        if (const QString run = runNear(event->position()); !run.isEmpty())
            emit runClicked(run);
    }
}

void LineCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_gesture = Gesture::None;
    m_pinned = false;
    resetZoom();
}

void LineCanvas::wheelEvent(QWheelEvent* event)
{
    const int turn = event->angleDelta().y();
    if (!(event->modifiers() & Qt::ControlModifier) || turn == 0 || !hasLines()) {
        event->ignore();
        return;
    }
    const int direction = turn > 0 ? 1 : -1;
    if (direction != m_wheelDirection)
        ++m_gestureId;
    m_wheelDirection = direction;
    hideTooltip();
    zoomAround(event->position(), std::pow(kZoomStep, -turn / 120.0), m_gestureId);
    event->accept();
}

void LineCanvas::focusInEvent(QFocusEvent* event)
{
    const Qt::FocusReason reason = event->reason();
    m_focusShown =
        reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    update();
}

void LineCanvas::hoverDot(QPoint place)
{
    frame(); // the rows are those of the series
    const int index = m_picture.dots() ? m_picture.dots()->seriesAt(place) : -1;
    const QString run = index < 0 ? QString() : m_series[static_cast<std::size_t>(index)].runId;
    if (run == m_hoveredRun)
        return;
    setHoveredRun(run);
    emit runHovered(run);
}

void LineCanvas::leaveEvent(QEvent*)
{
    if (!hasLines())
        hoverDot({-1, -1});
    if (m_pinned || !m_ownCrosshair)
        return;
    hideTooltip();
    placeCrosshair(std::nullopt);
    emit crosshairMoved(std::nullopt);
    if (!m_hoveredRun.isEmpty()) {
        setHoveredRun({});
        emit runHovered({});
    }
}

void LineCanvas::hideEvent(QHideEvent*)
{
    m_pinned = false;
    hideTooltip();
    PaintTurn::ofApplication().leave(*this);
}

void LineCanvas::keyPressEvent(QKeyEvent* event)
{
    if (!m_focusShown) {
        m_focusShown = true;
        update();
    }
    const bool far = event->modifiers() & Qt::ShiftModifier;
    const PlotFrame& now = frame();
    const QPointF centre = m_crosshair ? QPointF(now.x.toPixel(*m_crosshair), now.plot.center().y())
                                       : QPointF(now.plot.center());
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        stepCrosshair(event->key() == Qt::Key_Right ? 1 : -1, far);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        cycleRun(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    case Qt::Key_Home:
        moveCrosshair(now.x.range().low, {});
        return;
    case Qt::Key_End:
        moveCrosshair(now.x.range().high, {});
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAround(centre, 1 / kZoomStep, 0);
        return;
    case Qt::Key_Minus:
        zoomAround(centre, kZoomStep, 0);
        return;
    case Qt::Key_0:
        resetZoom();
        return;
    case Qt::Key_Backspace:
        zoomBack();
        return;
    case Qt::Key_Escape:
        if (m_gesture == Gesture::None && !m_crosshair)
            break;
        m_gesture = Gesture::None;
        m_pinned = false;
        m_ownCrosshair = true;
        leaveEvent(nullptr);
        update();
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void LineCanvas::stepCrosshair(int direction, bool far)
{
    if (!hasLines())
        return;
    const AxisScale& x = frame().x;
    const double pixel = x.range().length() / x.pixelLength();
    if (!m_crosshair || !m_ownCrosshair) {
        moveCrosshair(direction > 0 ? x.range().low : x.range().high, {});
        return;
    }
    // Point by point where they can be told apart, else pixel by pixel; never out of the picture.
    const auto next = neighbourX(m_series, *m_crosshair, direction, far ? 20 * pixel : pixel);
    if (next && *next >= x.range().low && *next <= x.range().high)
        moveCrosshair(*next, {});
}

void LineCanvas::cycleRun(int direction)
{
    const CrosshairReading rows = reading();
    if (rows.rows.empty())
        return;
    const auto current = std::find_if(rows.rows.begin(), rows.rows.end(), [&](const CrosshairRow& row) {
        return m_series[row.series].runId == m_hoveredRun;
    });
    const auto count = std::ssize(rows.rows);
    auto place = current == rows.rows.end() ? (direction > 0 ? -1 : count) : current - rows.rows.begin();
    place = std::clamp<std::ptrdiff_t>(place + direction, 0, count - 1);
    setHoveredRun(m_series[rows.rows[static_cast<std::size_t>(place)].series].runId);
    emit runHovered(m_hoveredRun);
    showTooltip({});
}

void LineCanvas::moveCrosshair(double x, QPoint cursor)
{
    const auto snapped = hasLines() ? nearestX(m_series, x) : std::nullopt;
    if (!snapped)
        return;
    m_ownCrosshair = true;
    placeCrosshair(snapped);
    emit crosshairMoved(snapped);
    if (!cursor.isNull()) {
        if (const QString run = runNear(cursor); run != m_hoveredRun) {
            setHoveredRun(run);
            emit runHovered(run);
        }
    }
    showTooltip(cursor);
}

void LineCanvas::placeCrosshair(std::optional<double> x)
{
    if (m_crosshair)
        update(crosshairStrip(*m_crosshair));
    m_crosshair = x;
    if (m_crosshair)
        update(crosshairStrip(*m_crosshair));
}

QString LineCanvas::runNear(QPointF place)
{
    const PlotFrame& now = m_picture.frame();
    QString nearest;
    double best = kHoverDistance;
    for (const CrosshairRow& row : reading().rows) {
        if (!std::isfinite(row.shown()) ||
            std::abs(now.x.toPixel(row.point.x) - place.x()) > 4 * kHoverDistance)
            continue;
        const double distance = std::abs(now.y.toPixel(row.shown()) - place.y());
        if (distance < best) {
            best = distance;
            nearest = m_series[row.series].runId;
        }
    }
    return nearest;
}

void LineCanvas::showTooltip(QPoint anchor)
{
    const CrosshairReading rows = reading();
    if (!m_crosshair || rows.rows.empty()) {
        hideTooltip();
        return;
    }
    const PlotFrame& now = m_picture.frame();
    const QPoint place(qRound(now.x.toPixel(*m_crosshair)),
                       anchor.isNull() ? now.plot.center().y() : anchor.y());
    if (!m_tooltip || m_tooltip->parentWidget() != window()) {
        delete m_tooltip;
        m_tooltip = new ChartTooltip(window());
    }
    TooltipTable table = tooltipTable(rows, m_series, m_hoveredRun, kMostTooltipRows);
    table.pinned = m_pinned;
    if (anchor.isNull()) { // by keys: a screen reader is told
        setAccessibleDescription(table.toText());
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    m_tooltip->showTable(std::move(table), mapTo(window(), place));
}

void LineCanvas::hideTooltip()
{
    if (m_tooltip)
        m_tooltip->hide();
}

} // namespace sextant
