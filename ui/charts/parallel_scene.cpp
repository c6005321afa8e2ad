#include "ui/charts/parallel_scene.h"

#include "ui/charts/value_text.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

/// More lines than this are drawn as ink, without dashes.
constexpr std::size_t kMostPaths = 400;
constexpr double kPixelsPerTick = 76, kBrushHalf = 6, kGap = 6, kLabelRoom = 30;

double smooth(double t)
{
    return t * t * (3 - 2 * t);
}

QString headText(const QString& name, const QFontMetricsF& metrics, double room)
{
    QString line = name;
    return metrics.elidedText(line.replace(QLatin1Char('\n'), QLatin1Char(' ')), Qt::ElideMiddle, room);
}

} // namespace

ParallelScene::ParallelScene(ParallelContent content, const ChartSpace& space,
                             std::shared_ptr<ParallelCache> cache)
    : m_content(std::move(content)), m_space(space), m_cache(std::move(cache))
{
    const QFontMetricsF metrics(space.style.font);
    const double side = std::clamp(space.size.width() * 0.06, 36.0, 90.0);
    m_left = side;
    m_right = std::max(space.size.width() - side, m_left + 1);
    m_top = std::ceil(2 * metrics.height()) + 12;
    m_bottom = std::max(space.size.height() - metrics.height() / 2 - 8, m_top + 1);

    const std::size_t rows = m_content.table->rows.size(), inside = m_content.inside.size();
    m_manyLines = rows > kMostPaths;
    m_opacity = inside <= 60 ? 1 : std::clamp(std::pow(60.0 / static_cast<double>(inside), 0.4), 0.1, 1.0);
    m_behindOpacity =
        rows <= 60
            ? space.style.fadedOpacity
            : std::max(0.012, space.style.fadedOpacity * std::pow(60.0 / static_cast<double>(rows), 0.62));
    if (m_manyLines)
        m_ink = std::make_unique<Ink>(space.size, space.ratio);
    if (m_content.isBrushed && !(m_manyLines && cacheFits())) {
        m_behind = rows;
        if (m_manyLines)
            m_behindInk = std::make_shared<Ink>(space.size, space.ratio);
    }
}

bool ParallelScene::cacheFits() const
{
    if (!m_cache || !m_cache->ink || m_cache->size != m_space.size || m_cache->ratio != m_space.ratio ||
        m_cache->color != m_space.style.mutedText.rgb() || m_cache->axes.size() != m_content.axes.size())
        return false;
    return std::equal(m_cache->axes.begin(), m_cache->axes.end(), m_content.axes.begin(),
                      [](const ParallelAxis& a, const ParallelAxis& b) { return a.sharesWith(b); });
}

double ParallelScene::axisX(int axis) const
{
    return last() <= 0 ? (m_left + m_right) / 2 : m_left + (m_right - m_left) * axis / last();
}

double ParallelScene::toY(int axis, double share) const
{
    const ParallelAxis& one = at(axis);
    return m_bottom - (share - one.lowest()) / (one.highest() - one.lowest()) * (m_bottom - m_top);
}

double ParallelScene::toShare(int axis, double y) const
{
    const ParallelAxis& one = at(axis);
    return one.lowest() + (m_bottom - y) / (m_bottom - m_top) * (one.highest() - one.lowest());
}

QColor ParallelScene::colorOf(int row) const
{
    const auto index = static_cast<std::size_t>(row);
    if (m_content.colors == ParallelChart::Colors::ByRow) {
        const QColor color = m_content.table->rows[index].color;
        return m_space.style.onPaper ? m_space.style.seriesColor(color) : color;
    }
    const double share = at(last()).shareOf(index);
    // The palest stops would not be seen on the ground.
    return share < 0 || share > 1 ? m_space.style.mutedText : rampColor(m_space.style, 0.3 + 0.7 * share);
}

QPainterPath ParallelScene::pathOf(int row) const
{
    const auto index = static_cast<std::size_t>(row);
    QPainterPath path;
    for (int axis = 0; axis <= last(); ++axis) {
        const QPointF to(axisX(axis), toY(axis, at(axis).shareOf(index)));
        if (axis == 0) {
            path.moveTo(to);
            continue;
        }
        const QPointF from = path.currentPosition();
        const double third = (to.x() - from.x()) / 3;
        path.cubicTo(from + QPointF(third, 0), to - QPointF(third, 0), to);
    }
    if (last() == 0)
        path.lineTo(path.currentPosition() + QPointF(8, 0));
    return path;
}

void ParallelScene::paintLine(QPainter& painter, Ink* ink, int row, const QColor& color, double width)
{
    if (ink) {
        const auto index = static_cast<std::size_t>(row);
        double y = toY(0, at(0).shareOf(index));
        for (int axis = 1; axis <= last(); ++axis) {
            const double next = toY(axis, at(axis).shareOf(index));
            ink->curve(axisX(axis - 1), y, axisX(axis), next, width, color);
            y = next;
        }
        if (last() == 0)
            ink->curve(axisX(0) - 6, y, axisX(0) + 6, y, width, color);
        return;
    }
    QPen pen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    QList<qreal> dash = m_content.table->rows[static_cast<std::size_t>(row)].dash;
    if (!dash.isEmpty()) {
        for (qreal& length : dash)
            length /= width;
        pen.setDashPattern(dash);
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(pathOf(row));
}

void ParallelScene::paintBack(QPainter& painter)
{
    painter.setRenderHint(QPainter::Antialiasing);
}

void ParallelScene::paintPiece(QPainter& painter, std::size_t index)
{
    if (index < m_behind) {
        QColor color = m_manyLines ? m_space.style.mutedText : colorOf(static_cast<int>(index));
        color.setAlphaF(static_cast<float>(m_behindOpacity));
        return paintLine(painter, m_behindInk.get(), static_cast<int>(index), color, m_space.style.thinLine);
    }
    const int row = m_content.inside[index - m_behind];
    QColor color = colorOf(row);
    color.setAlphaF(static_cast<float>(m_opacity));
    paintLine(painter, m_ink.get(), row, color, m_manyLines ? m_space.style.thinLine : m_space.style.line);
}

void ParallelScene::paintFront(QPainter& painter)
{
    const QRectF all(QPointF(0, 0), m_space.size);
    if (m_behindInk && m_cache)
        *m_cache = {m_space.size, m_space.ratio, m_space.style.mutedText.rgb(), m_content.axes, m_behindInk};
    if (m_content.isBrushed && m_manyLines)
        painter.drawImage(all, m_behindInk ? m_behindInk->image() : m_cache->ink->image());
    if (m_ink)
        painter.drawImage(all, m_ink->image());
    for (int axis = 0; axis <= last(); ++axis)
        paintAxis(painter, axis);
    if (m_space.live)
        return;
    for (int axis = 0; axis <= last(); ++axis)
        if (at(axis).brush)
            paintBrush(painter, axis, *at(axis).brush, false, m_space.style.accent);
}

void ParallelScene::paintHead(QPainter& painter, int axis) const
{
    const double x = axisX(axis);
    const double room = last() > 0 ? (m_right - m_left) / last() - 12 : m_space.size.width() - 16;
    const QFontMetricsF strong(m_space.style.strongFont), plain(m_space.style.font);
    const auto line = [&](const QFontMetricsF& metrics, const QString& text, double top) {
        const QString shown = headText(text, metrics, std::max(room, 24.0));
        const double width = metrics.horizontalAdvance(shown);
        const double left = std::clamp(x - width / 2, 4.0, std::max(4.0, m_space.size.width() - width - 4));
        painter.drawText(QPointF(left, top + metrics.ascent()), shown);
    };
    painter.setFont(m_space.style.strongFont);
    painter.setPen(m_space.style.text);
    line(strong, at(axis).name(), 2);
    painter.setFont(m_space.style.font);
    painter.setPen(m_space.style.mutedText);
    line(plain, at(axis).subtitle(), 2 + strong.height());
}

void ParallelScene::paintLabel(QPainter& painter, int axis, double y, const QString& text,
                               const QColor& color) const
{
    const QFontMetricsF metrics(m_space.style.font);
    const bool right = axis == last() && last() > 0;
    const double room =
        last() > 0 ? (axis == 0 || right ? m_left - kGap - 4 : (m_right - m_left) / last() / 2) : m_left;
    const QString shown = headText(text, metrics, std::max(room, 30.0));
    const double width = metrics.horizontalAdvance(shown), height = metrics.height();
    const double left = right ? axisX(axis) + kGap : axisX(axis) - kGap - width;
    QColor ground = m_space.style.background;
    ground.setAlphaF(0.8F);
    painter.fillRect(QRectF(left - 1, y - height / 2 + 1, width + 2, height - 2), ground);
    painter.setPen(color);
    painter.drawText(QPointF(left, y - height / 2 + metrics.ascent()), shown);
}

void ParallelScene::paintAxis(QPainter& painter, int axis) const
{
    const ParallelAxis& one = at(axis);
    const double x = std::floor(axisX(axis)) + 0.5, top = toY(axis, 1), bottom = toY(axis, 0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_space.style.axis, m_space.style.hairline));
    painter.drawLine(QPointF(x, top), QPointF(x, bottom));
    painter.setFont(m_space.style.font);
    const double line = QFontMetricsF(m_space.style.font).height();
    const int count =
        std::max(2, static_cast<int>((bottom - top) / (one.isCategorical() ? line + 4 : kPixelsPerTick)));
    const double end = axis == last() && last() > 0 ? 3 : -3;
    for (const Tick& tick : one.ticks(count)) {
        const double y = toY(axis, one.shareOfTick(tick.value));
        painter.setPen(QPen(m_space.style.axis, m_space.style.hairline));
        painter.drawLine(QPointF(x, y), QPointF(x + end, y));
        paintLabel(painter, axis, y, tick.label, m_space.style.mutedText);
    }
    for (const ParallelAxis::Place& place : one.places()) {
        const double y = toY(axis, place.share);
        painter.setPen(QPen(m_space.style.nonFinite, 1.5));
        painter.setBrush(m_space.style.background);
        painter.drawEllipse(QPointF(x, y), 3, 3);
        paintLabel(painter, axis, y, place.name, m_space.style.nonFinite);
    }
    paintHead(painter, axis);
}

void ParallelScene::paintBrush(QPainter& painter, int axis, BrushSpan span, bool current,
                               const QColor& words) const
{
    const double x = std::floor(axisX(axis)) + 0.5, high = toY(axis, span.high), low = toY(axis, span.low);
    QColor fill = m_space.style.accent;
    fill.setAlphaF(0.22F);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(x - kBrushHalf, high, 2 * kBrushHalf, std::max(low - high, 1.0)), fill);
    for (double end : {high, low})
        painter.fillRect(QRectF(x - kBrushHalf - 1, end - 1, 2 * kBrushHalf + 2, current ? 3 : 2),
                         m_space.style.accent);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_space.style.strongFont);
    const QFontMetricsF metrics(m_space.style.strongFont);
    const QString text = metrics.elidedText(at(axis).textOf(span), Qt::ElideMiddle, 150);
    const double width = metrics.horizontalAdvance(text);
    // On the last axis beside its labels, where there is room.
    const double right = x + kBrushHalf + 5 + (axis == last() && axis > 0 ? kLabelRoom : 0);
    const double start = right + width > m_space.size.width() - 2 ? x - kBrushHalf - 6 - width : right;
    const double top = std::clamp(high - metrics.height() / 2, m_top - 8, m_bottom - metrics.height());
    QColor ground = m_space.style.background;
    ground.setAlphaF(0.9F);
    painter.fillRect(QRectF(start - 2, top, width + 4, metrics.height()), ground);
    painter.setPen(words);
    painter.drawText(QPointF(start, top + metrics.ascent()), text);
}

int ParallelScene::rowNear(QPointF place, double distance) const
{
    if (last() < 1 || place.x() < m_left - distance || place.x() > m_right + distance)
        return -1;
    const double wide = (m_right - m_left) / last();
    const int axis = std::clamp(static_cast<int>((place.x() - m_left) / wide), 0, last() - 1);
    const double rise = smooth(std::clamp((place.x() - axisX(axis)) / wide, 0.0, 1.0));
    int found = -1;
    for (int row : m_content.inside) {
        const auto index = static_cast<std::size_t>(row);
        const double from = toY(axis, at(axis).shareOf(index)),
                     to = toY(axis + 1, at(axis + 1).shareOf(index));
        const double away = std::abs(from + (to - from) * rise - place.y());
        if (away <= distance) {
            distance = away;
            found = row;
        }
    }
    return found;
}

} // namespace sextant
