#include "ui/charts/row_scene.h"

#include "ui/charts/plot_axes.h"
#include "ui/charts/value_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr double kGap = 12, kLeastRow = 20, kMostRow = 56, kPixelsPerTick = 76;
constexpr double kMostName = 170, kMostText = 170, kBarRadius = 2;

} // namespace

RowScene::RowScene(RowContentPtr content, int first, const ChartSpace& space)
    : m_content(std::move(content)), m_space(space), m_first(first)
{
    const QFontMetricsF metrics(space.style.font);
    const double line = std::ceil(metrics.height());
    const int total = static_cast<int>(m_content->entries.size());
    m_top = line + 10;
    const double height = std::max(space.size.height() - m_top - line - 14, kLeastRow);
    const double least = std::max(kLeastRow, line + 4);
    m_row = std::clamp(std::floor(height / std::max(total, 1)), least, std::max(least, kMostRow));
    const int fitting = std::max(1, static_cast<int>(height / m_row));
    m_first = std::clamp(m_first, 0, std::max(total - 1, 0));
    m_shown = std::min(total - m_first, fitting);
    for (int entry = m_first; entry < m_first + m_shown; ++entry) {
        const RowEntry& one = m_content->entries[static_cast<std::size_t>(entry)];
        m_names = std::max(m_names, metrics.horizontalAdvance(one.name) + 2);
        m_details = std::max(m_details, metrics.horizontalAdvance(one.detail));
    }
    m_names = std::max(m_names, std::min(metrics.horizontalAdvance(m_content->nameTitle) - m_details, 90.0));
    m_names = std::min({m_names, kMostName, space.size.width() / 3.5});
    layOutLanes(kGap + m_names + (m_details > 0 ? m_details + 10 : 0) + kGap);
}

void RowScene::layOutLanes(double left)
{
    const QFontMetricsF metrics(m_space.style.font);
    const std::size_t count = std::max<std::size_t>(m_content->lanes.size(), 1);
    const double wide = std::max((m_space.size.width() - left) / static_cast<double>(count), 40.0);
    for (std::size_t index = 0; index < m_content->lanes.size(); ++index) {
        const RowLane& lane = m_content->lanes[index];
        double text = 0;
        for (int entry = m_first; entry < m_first + m_shown; ++entry)
            text = std::max(text, metrics.horizontalAdvance(
                                      m_content->entries[static_cast<std::size_t>(entry)].marks[index].text));
        text = std::min({text, kMostText, wide / 2});
        Lane laid;
        laid.left = left + wide * static_cast<double>(index) + (index > 0 ? kGap : 0);
        laid.textRight = left + wide * static_cast<double>(index + 1) - kGap;
        laid.right = std::max(laid.textRight - text - kGap, laid.left + 20);
        const int ticks = std::max(2, static_cast<int>((laid.right - laid.left) / kPixelsPerTick));
        laid.scale = !(lane.low <= lane.high) ? AxisScale()
                     : lane.fromZero          ? scaleFromZero(lane.low, lane.high, ticks)
                     : lane.logarithmic       ? closeLogScale(lane.low, lane.high)
                                              : linearScale(lane.low, lane.high, ticks);
        laid.scale.setPixels(laid.left, laid.right);
        laid.ticks = ticksOf(laid.scale, ticks);
        m_lanes.push_back(std::move(laid));
    }
}

QRectF RowScene::rectOf(int entry) const
{
    return {0, m_top + (entry - m_first) * m_row, m_space.size.width(), m_row};
}

int RowScene::entryAt(QPointF place) const
{
    const int row = place.y() < m_top ? -1 : static_cast<int>((place.y() - m_top) / m_row);
    return row >= 0 && row < m_shown ? m_first + row : -1;
}

double RowScene::toX(std::size_t lane, double value) const
{
    const Lane& one = m_lanes[lane];
    return std::clamp(one.scale.toPixel(value), one.left, one.right);
}

QColor RowScene::colorOf(const RowEntry& entry) const
{
    const QColor color = entry.color.isValid() ? entry.color : m_space.style.categorical[0];
    return m_space.style.onPaper ? m_space.style.seriesColor(color) : color;
}

void RowScene::paintBack(QPainter& painter)
{
    const ChartStyle& style = m_space.style;
    const double line = QFontMetricsF(style.font).height();
    painter.setFont(style.font);
    painter.setPen(style.mutedText);
    paintElided(painter, QRectF(kGap, 3, (m_lanes.empty() ? m_names : m_lanes[0].left) - 2 * kGap, line),
                Qt::AlignLeft | Qt::AlignVCenter, m_content->nameTitle);
    for (std::size_t index = 0; index < m_lanes.size(); ++index) {
        painter.setFont(style.strongFont);
        painter.setPen(style.text);
        paintElided(painter,
                    QRectF(m_lanes[index].left, 3, m_lanes[index].textRight - m_lanes[index].left, line),
                    Qt::AlignLeft | Qt::AlignVCenter, m_content->lanes[index].title);
        paintLaneAxis(painter, m_lanes[index]);
    }
}

void RowScene::paintLaneAxis(QPainter& painter, const Lane& lane) const
{
    const ChartStyle& style = m_space.style;
    const double bottom = m_top + m_shown * m_row + 2;
    painter.setFont(style.font);
    const QFontMetricsF metrics(style.font);
    double taken = -1e9;
    for (const Tick& tick : lane.ticks) {
        const double x = std::round(lane.scale.toPixel(tick.value));
        painter.fillRect(QRectF(x, m_top, style.hairline, bottom - m_top),
                         tick.value == 0 ? style.axis : style.grid);
        const double width = metrics.horizontalAdvance(tick.label);
        const double left = std::min(x - width / 2, m_space.size.width() - width - 2.0);
        if (left < taken + 8)
            continue;
        painter.setPen(style.mutedText);
        painter.drawText(QPointF(left, bottom + 4 + metrics.ascent()), tick.label);
        taken = left + width;
    }
    painter.fillRect(QRectF(lane.left, bottom, lane.right - lane.left, style.hairline), style.axis);
}

void RowScene::paintPiece(QPainter& painter, std::size_t index)
{
    const ChartStyle& style = m_space.style;
    const int number = m_first + static_cast<int>(index);
    const RowEntry& entry = m_content->entries[static_cast<std::size_t>(number)];
    const QRectF line = rectOf(number);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(style.font);
    painter.setPen(style.text);
    paintElided(painter, QRectF(kGap, line.top(), m_names, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
                entry.name);
    painter.setPen(style.mutedText);
    if (!entry.detail.isEmpty())
        painter.drawText(QRectF(kGap + m_names + 10, line.top(), m_details + 1, line.height()),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, entry.detail);
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        const RowMark& mark = entry.marks[lane];
        if (mark.kind == RowMark::Kind::Bar)
            paintBar(painter, lane, mark, line, colorOf(entry));
        else if (mark.kind == RowMark::Kind::Box)
            paintBox(painter, lane, mark, line, colorOf(entry));
        painter.setFont(style.font);
        painter.setPen(mark.odd ? style.nonFinite : style.mutedText);
        paintElided(painter,
                    QRectF(m_lanes[lane].right + 4, line.top(),
                           m_lanes[lane].textRight - m_lanes[lane].right - 4, line.height()),
                    Qt::AlignRight | Qt::AlignVCenter, mark.text, Qt::ElideRight);
    }
}

void RowScene::paintBar(QPainter& painter, std::size_t lane, const RowMark& mark, const QRectF& line,
                        const QColor& color)
{
    const double middle = line.center().y(), half = std::min(m_row * 0.32, 12.0);
    const double zero = toX(lane, 0), end = toX(lane, mark.value);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (std::abs(end - zero) < 1)
        painter.drawRect(QRectF(std::min(zero, end), middle - half, 1, 2 * half));
    else
        painter.drawRoundedRect(
            QRectF(QPointF(std::min(zero, end), middle - half), QPointF(std::max(zero, end), middle + half)),
            kBarRadius, kBarRadius);
    if (!mark.error)
        return;
    // The whisker stands on a rim of the ground, so that it reads on its bar too.
    const double low = toX(lane, mark.error->low), high = toX(lane, mark.error->high), cap = half * 0.55;
    for (const QPen& pen : {QPen(m_space.style.background, 3), QPen(m_space.style.text, 1.2)}) {
        painter.setPen(pen);
        painter.drawLine(QPointF(low, middle), QPointF(high, middle));
        painter.drawLine(QPointF(low, middle - cap), QPointF(low, middle + cap));
        painter.drawLine(QPointF(high, middle - cap), QPointF(high, middle + cap));
    }
}

void RowScene::paintBox(QPainter& painter, std::size_t lane, const RowMark& mark, const QRectF& line,
                        const QColor& color)
{
    const double middle = line.center().y(), half = std::min(m_row * 0.34, 16.0);
    const auto x = [&](double value) { return toX(lane, value); };
    painter.setPen(QPen(color, 1.2));
    for (const auto& [from, to] :
         {std::pair(mark.box.whiskerLow, mark.box.lower), std::pair(mark.box.upper, mark.box.whiskerHigh)})
        painter.drawLine(QPointF(x(from), middle), QPointF(x(to), middle));
    for (double end : {mark.box.whiskerLow, mark.box.whiskerHigh})
        painter.drawLine(QPointF(x(end), middle - half * 0.5), QPointF(x(end), middle + half * 0.5));
    QColor fill = color;
    fill.setAlphaF(0.25F);
    painter.setBrush(fill);
    painter.drawRect(
        QRectF(QPointF(x(mark.box.lower), middle - half), QPointF(x(mark.box.upper), middle + half)));
    painter.setPen(Qt::NoPen);
    QColor dot = color;
    dot.setAlphaF(0.75F);
    painter.setBrush(dot);
    const double radius = m_space.style.markerSize / 2 - 0.8;
    for (std::size_t index = 0; index < mark.dots.size(); ++index) {
        // Spread by their order alone, so that equal values are seen apart.
        const double off = (static_cast<double>(index * 37 % 11) / 10 - 0.5) * half * 1.1;
        painter.drawEllipse(QPointF(x(mark.dots[index]), middle + off), radius, radius);
    }
    painter.setPen(QPen(m_space.style.text, 2, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x(mark.box.median), middle - half), QPointF(x(mark.box.median), middle + half));
}

void RowScene::paintFront(QPainter& painter)
{
    const auto total = std::ssize(m_content->entries);
    if (m_shown == total)
        return;
    painter.setFont(m_space.style.font);
    painter.setPen(m_space.style.mutedText);
    painter.drawText(QRectF(kGap, m_space.size.height() - QFontMetricsF(m_space.style.font).height() - 6,
                            m_names + m_details + kGap, QFontMetricsF(m_space.style.font).height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QStringLiteral("%1–%2 of %3")
                         .arg(groupedText(m_first + 1), groupedText(m_first + m_shown), groupedText(total)));
}

} // namespace sextant
