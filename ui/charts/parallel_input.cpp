#include "ui/charts/parallel_chart.h"
#include "ui/charts/parallel_scene.h"
#include "ui/widgets/store_text.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace sextant {
namespace {

constexpr int kGrip = 9;       // how far from an axis the mouse takes hold of it
constexpr double kEnd = 6;     // how far from a brush's end the mouse resizes it
constexpr double kNear = 7;    // of a line
constexpr double kStep = 0.02; // of an axis' length, by keys

} // namespace

double ParallelChart::shareAt(int axis, double y)
{
    const ParallelAxis& one = m_axes[static_cast<std::size_t>(axis)];
    return std::clamp(parallel()->toShare(axis, y), one.lowest() - 0.03, one.highest() + 0.03);
}

int ParallelChart::axisNear(double x)
{
    int nearest = -1;
    double least = std::numeric_limits<double>::infinity();
    for (int axis = 0; axis < axisCount(); ++axis)
        if (const double away = std::abs(x - parallel()->axisX(axis)); away < least)
            std::tie(least, nearest) = std::pair(away, axis);
    return nearest;
}

void ParallelChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::RightButton && hasContent()) { // what the menu acts on
        m_current = axisNear(event->position().x());
        return update();
    }
    if (event->button() != Qt::LeftButton || !hasContent())
        return;
    hideTooltip();
    m_pressed = m_cursor = event->pos();
    const ParallelScene* drawn = parallel();
    m_gesture = Gesture::Line;
    const double reach = axisCount() > 1 ? std::abs(drawn->axisX(1) - drawn->axisX(0)) / 2 : width() / 2.0;
    for (int axis = 0; axis < axisCount(); ++axis) {
        const double away = std::abs(event->position().x() - drawn->axisX(axis));
        if (event->position().y() < drawn->top() - 6 && away < reach) {
            m_gesture = Gesture::Axis;
            m_dragged = m_current = axis;
        } else if (away <= kGrip) {
            m_current = axis;
            pressOnAxis(axis, event->pos());
        }
    }
    update();
}

void ParallelChart::pressOnAxis(int axis, QPoint place)
{
    m_dragged = axis;
    m_gesture = Gesture::Making;
    const auto& brush = m_axes[static_cast<std::size_t>(axis)].brush;
    m_before = brush.value_or(BrushSpan{});
    m_grip = shareAt(axis, place.y());
    if (!brush)
        return;
    const double high = parallel()->toY(axis, brush->high), low = parallel()->toY(axis, brush->low);
    if (std::abs(place.y() - high) <= kEnd)
        m_gesture = Gesture::Top;
    else if (std::abs(place.y() - low) <= kEnd)
        m_gesture = Gesture::Bottom;
    else if (place.y() > high && place.y() < low)
        m_gesture = Gesture::Moving;
}

void ParallelChart::dragBrush(QPoint place)
{
    const ParallelAxis& one = m_axes[static_cast<std::size_t>(m_dragged)];
    const double at = shareAt(m_dragged, place.y());
    BrushSpan span = m_before;
    switch (m_gesture) {
    case Gesture::Making:
        span = {std::min(m_grip, at), std::max(m_grip, at)};
        break;
    case Gesture::Top:
    case Gesture::Bottom: {
        const double fixed = m_gesture == Gesture::Top ? m_before.low : m_before.high;
        span = {std::min(fixed, at), std::max(fixed, at)};
        break;
    }
    case Gesture::Moving: {
        const double length = m_before.high - m_before.low;
        const double low = std::clamp(m_before.low + at - m_grip, one.lowest(),
                                      std::max(one.lowest(), one.highest() - length));
        span = {low, low + length};
        break;
    }
    default:
        return;
    }
    setBrush(m_dragged, span);
}

void ParallelChart::mouseMoveEvent(QMouseEvent* event)
{
    m_cursor = event->pos();
    if (!hasContent())
        return;
    const bool far = (m_cursor - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    switch (m_gesture) {
    case Gesture::None:
        chooseCursor(m_cursor);
        return hoverAt(m_cursor);
    case Gesture::Axis:
    case Gesture::Line:
        return update();
    case Gesture::Making:
        if (!far)
            return;
        [[fallthrough]];
    default:
        dragBrush(m_cursor);
    }
}

void ParallelChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const Gesture gesture = std::exchange(m_gesture, Gesture::None);
    const bool far = (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (gesture == Gesture::Line && !far && hasContent()) {
        if (const int row = parallel()->rowNear(event->position(), kNear); row >= 0)
            emit rowClicked(row);
    } else if (gesture == Gesture::Making && !far) {
        setBrush(m_dragged, std::nullopt);
    } else if (gesture == Gesture::Axis && far && axisCount() > 1) {
        const double wide = parallel()->axisX(1) - parallel()->axisX(0);
        moveAxis(m_dragged,
                 static_cast<int>(std::lround((event->position().x() - parallel()->axisX(0)) / wide)));
    }
    m_dragged = -1;
    finishBrushes();
    update();
}

void ParallelChart::mouseDoubleClickEvent(QMouseEvent* event)
{
    mousePressEvent(event);
    if (m_gesture == Gesture::Axis)
        flipAxis(m_dragged);
    m_gesture = Gesture::None;
}

void ParallelChart::chooseCursor(QPoint place)
{
    const ParallelScene* drawn = parallel();
    Qt::CursorShape shape = place.y() < drawn->top() - 6 ? Qt::OpenHandCursor : Qt::ArrowCursor;
    for (int axis = 0; axis < axisCount() && shape == Qt::ArrowCursor; ++axis) {
        if (std::abs(place.x() - drawn->axisX(axis)) > kGrip)
            continue;
        shape = Qt::CrossCursor;
        if (const auto& brush = m_axes[static_cast<std::size_t>(axis)].brush) {
            const double high = drawn->toY(axis, brush->high), low = drawn->toY(axis, brush->low);
            if (std::min(std::abs(place.y() - high), std::abs(place.y() - low)) <= kEnd)
                shape = Qt::SizeVerCursor;
            else if (place.y() > high && place.y() < low)
                shape = Qt::SizeAllCursor;
        }
    }
    setCursor(shape);
}

void ParallelChart::hoverAt(QPoint place)
{
    const int row = place.y() < parallel()->top() - 6 ? -1 : parallel()->rowNear(place, kNear);
    if (row != hoveredRow()) {
        setHoveredRow(row);
        emit rowHovered(row);
    }
    if (row < 0)
        hideTooltip();
    else
        showRowTip(row, place);
    // A name that was cut off is told in full.
    setToolTip({});
    for (int axis = 0; axis < axisCount() && place.y() < parallel()->top() - 6; ++axis) {
        if (std::abs(place.x() - parallel()->axisX(axis)) < 60)
            setToolTip(plainToolTip(m_axes[static_cast<std::size_t>(axis)].name()));
    }
}

void ParallelChart::showRowTip(int row, QPoint place)
{
    TooltipTable tip;
    const auto index = static_cast<std::size_t>(row);
    tip.title = m_table->rows[index].name;
    if (m_table->rows[index].group >= 0)
        tip.subtitle = m_table->groups[static_cast<std::size_t>(m_table->rows[index].group)].name;
    tip.columns = {QStringLiteral("Axis"), QStringLiteral("Value")};
    constexpr std::size_t kMost = 12;
    for (const ParallelAxis& axis : m_axes) {
        if (tip.rows.size() == kMost)
            break;
        tip.rows.push_back({parallel()->colorOf(row),
                            m_table->rows[index].dash,
                            axis.name(),
                            {m_table->columns[static_cast<std::size_t>(axis.column())].textAt(index)}});
    }
    tip.moreBelow = axisCount() - static_cast<int>(tip.rows.size());
    showTooltip(std::move(tip), place);
}

void ParallelChart::paintOverlay(QPainter& painter)
{
    ParallelScene* drawn = parallel();
    if (!drawn)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(this);
    if (hoveredRow() >= 0) {
        const QPainterPath path = drawn->pathOf(hoveredRow());
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color("bg.1"), theme.number("plot.lineHover") + 3));
        painter.drawPath(path);
        painter.setPen(QPen(drawn->colorOf(hoveredRow()), theme.number("plot.lineHover")));
        painter.drawPath(path);
    }
    for (int axis = 0; axis < axisCount(); ++axis)
        if (const auto& brush = m_axes[static_cast<std::size_t>(axis)].brush)
            drawn->paintBrush(painter, axis, *brush, axis == m_current && hasFocus(),
                              theme.color("accent.text"));
    if (hasFocus() && focusShown() && m_current >= 0) {
        const double x = drawn->axisX(m_current);
        painter.setPen(QPen(theme.color("focus.ring"), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(x - 11, drawn->top() - 6, 22, drawn->bottom() - drawn->top() + 12), 4,
                                4);
    }
    if (m_gesture == Gesture::Axis &&
        (m_cursor - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        paintMovedAxis(painter);
}

void ParallelChart::paintMovedAxis(QPainter& painter)
{
    const Theme& theme = Theme::of(this);
    painter.setPen(QPen(theme.color("accent"), 2));
    painter.drawLine(QPointF(m_cursor.x(), parallel()->top()), QPointF(m_cursor.x(), parallel()->bottom()));
    painter.setFont(theme.font(Theme::Text::CaptionStrong));
    painter.setPen(theme.color("accent.text"));
    const QString name = painter.fontMetrics().elidedText(m_axes[static_cast<std::size_t>(m_dragged)].name(),
                                                          Qt::ElideMiddle, 160);
    const int width = painter.fontMetrics().horizontalAdvance(name);
    const QRect box(m_cursor.x() - width / 2 - 4, 2, width + 8, painter.fontMetrics().height() + 4);
    painter.fillRect(box, theme.color("selection.bg"));
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, name);
}

void ParallelChart::stepBrush(double by, Qt::KeyboardModifiers modifiers)
{
    if (m_current < 0)
        return;
    const ParallelAxis& one = m_axes[static_cast<std::size_t>(m_current)];
    if (!one.brush)
        return;
    BrushSpan span = *one.brush;
    if (modifiers & Qt::ShiftModifier) {
        span.high = std::clamp(span.high + by, span.low, one.highest());
    } else if (modifiers & Qt::ControlModifier) {
        span.low = std::clamp(span.low + by, one.lowest(), span.high);
    } else {
        const double moved = std::clamp(by, one.lowest() - span.low, one.highest() - span.high);
        span = {span.low + moved, span.high + moved};
    }
    setBrush(m_current, span);
}

bool ParallelChart::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int by = key == Qt::Key_Right ? 1 : -1;
        if (modifiers & Qt::ControlModifier)
            moveAxis(m_current, m_current + by);
        else
            m_current = std::clamp(m_current < 0 ? 0 : m_current + by, 0, axisCount() - 1);
        break;
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        stepBrush(key == Qt::Key_Up ? kStep : -kStep, modifiers);
        break;
    case Qt::Key_Space:
        // The better half of the axis, or its upper half.
        m_current = std::max(m_current, 0);
        if (!axis(m_current).brush)
            setBrush(m_current, BrushSpan{0.5, std::max(axis(m_current).highest(), 1.0)});
        break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        setBrush(m_current, std::nullopt);
        break;
    case Qt::Key_Escape:
        if (!isBrushed())
            return false;
        clearBrushes();
        break;
    case Qt::Key_F:
        flipAxis(m_current);
        break;
    case Qt::Key_L:
        if (m_current >= 0)
            setLogarithmic(m_current, !axis(m_current).isLogarithmic());
        break;
    default:
        return false;
    }
    return true;
}

void ParallelChart::keyPressEvent(QKeyEvent* event)
{
    if (!hasContent() || !handleKey(event->key(), event->modifiers()))
        return ChartCanvas::keyPressEvent(event);
    finishBrushes();
    // What the keys did is said: the axis and its brush.
    if (m_current >= 0) {
        const ParallelAxis& one = axis(m_current);
        setAccessibleDescription(QStringLiteral("%1, %2. %3")
                                     .arg(one.name(),
                                          one.brush ? one.textOf(*one.brush) : QStringLiteral("no brush"),
                                          description()));
    }
    update();
}

bool ParallelChart::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_F || key == Qt::Key_L || key == Qt::Key_Delete || key == Qt::Key_Backspace ||
            key == Qt::Key_Space || (key == Qt::Key_Escape && isBrushed()))
            event->accept();
    }
    return ChartCanvas::event(event);
}

} // namespace sextant
