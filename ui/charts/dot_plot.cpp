#include "ui/charts/dot_plot.h"

#include "ui/charts/value_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

constexpr int kTop = 6, kRow = 22, kGap = 12, kPixelsPerTick = 70, kMostName = 150;
constexpr double kDot = 4;

double valueOf(const LineSeries& series)
{
    return series.curve->value(0);
}

} // namespace

bool DotPlot::suits(const std::vector<LineSeries>& series)
{
    bool any = false;
    for (const LineSeries& one : series) {
        if (one.curve->size() > 1)
            return false;
        any |= !one.curve->empty();
    }
    return any;
}

DotPlot::DotPlot(const std::vector<LineSeries>& series, AxisScale scale, QSize size, const Theme& theme)
    : m_size(size), m_scale(std::move(scale))
{
    const QFontMetrics names(theme.font(Theme::Text::Small)), captions(theme.font(Theme::Text::Caption));
    double largest = 0;
    int name = 0, value = 0;
    for (std::size_t index = 0; index < series.size(); ++index) {
        if (series[index].curve->empty())
            continue;
        m_order.push_back(index);
        name = std::max(name, names.horizontalAdvance(series[index].name));
        if (std::isfinite(valueOf(series[index])))
            largest = std::max(largest, std::abs(valueOf(series[index])));
    }
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
        const double first = valueOf(series[a]), second = valueOf(series[b]);
        return std::isnan(first) || std::isnan(second) ? !std::isnan(first) && std::isnan(second)
                                                       : first > second;
    });
    m_decimals = decimalsFor(largest);
    for (std::size_t index : m_order)
        value = std::max(value, names.horizontalAdvance(fixedText(valueOf(series[index]), m_decimals)));

    const int footer = captions.height() + 10;
    const int fitting = std::max(1, (size.height() - kTop - footer) / kRow);
    const int total = static_cast<int>(m_order.size());
    m_shown = total <= fitting ? total : std::max(fitting - 1, 1); // one row says how many more there are
    m_left = kGap + std::min({name + 2, kMostName, size.width() / 3}) + kGap;
    m_right = std::max(size.width() - kGap - value - kGap, m_left + 1);
    m_scale.setPixels(m_left + kDot, m_right - kDot);
    const int count = std::max(2, (m_right - m_left) / kPixelsPerTick);
    m_ticks = m_scale.kind() == AxisScale::Kind::Linear ? linearTicks(m_scale.range(), count)
                                                        : logTicks(m_scale, count);
}

QRect DotPlot::rowAt(int row) const
{
    return {0, kTop + row * kRow, m_size.width(), kRow};
}

int DotPlot::seriesAt(QPoint place) const
{
    const int row = place.y() < kTop ? -1 : (place.y() - kTop) / kRow;
    return row >= 0 && row < m_shown ? static_cast<int>(m_order[static_cast<std::size_t>(row)]) : -1;
}

void DotPlot::paint(QPainter& painter, const std::vector<LineSeries>& series, const QString& hoveredRun,
                    const Theme& theme) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < m_shown; ++row) {
        const LineSeries& one = series[m_order[static_cast<std::size_t>(row)]];
        if (one.highlighted || (!hoveredRun.isEmpty() && one.runId == hoveredRun))
            painter.fillRect(rowAt(row), theme.color(one.runId == hoveredRun ? "hover" : "selection.bg"));
    }
    paintAxis(painter, theme);
    for (int row = 0; row < m_shown; ++row)
        paintRow(painter, row, series[m_order[static_cast<std::size_t>(row)]], theme);
    if (const auto more = std::ssize(m_order) - m_shown; more > 0) {
        painter.setFont(theme.font(Theme::Text::Caption));
        painter.setPen(theme.color("text.muted"));
        painter.drawText(rowAt(m_shown).adjusted(kGap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         QStringLiteral("+%1 more below").arg(groupedText(more)));
    }
}

void DotPlot::paintAxis(QPainter& painter, const Theme& theme) const
{
    const int bottom = kTop + (m_shown + (std::ssize(m_order) > m_shown ? 1 : 0)) * kRow + 2;
    painter.setFont(theme.font(Theme::Text::Caption));
    const QFontMetricsF metrics(painter.font());
    double taken = -1e9;
    for (const Tick& tick : m_ticks) {
        const double x = std::round(m_scale.toPixel(tick.value));
        painter.fillRect(QRectF(x, kTop, 1, bottom - kTop), theme.color("chart.grid"));
        const double width = metrics.horizontalAdvance(tick.label);
        const double left = std::min(x - width / 2, m_size.width() - width - 2.0);
        if (left < taken + 8)
            continue;
        painter.setPen(theme.color("text.muted"));
        painter.drawText(QPointF(left, bottom + 5 + metrics.ascent()), tick.label);
        taken = left + width;
    }
    painter.fillRect(QRect(m_left, bottom, m_right - m_left, 1), theme.color("chart.axis"));
}

void DotPlot::paintRow(QPainter& painter, int row, const LineSeries& one, const Theme& theme) const
{
    const QRect line = rowAt(row);
    const double value = valueOf(one);
    painter.setFont(theme.font(one.highlighted ? Theme::Text::SmallStrong : Theme::Text::Small));
    painter.setPen(theme.color(one.faded ? "text.muted" : "text"));
    const int room = m_left - 2 * kGap;
    painter.drawText(QRect(kGap, line.top(), room, kRow), Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(one.name, Qt::ElideMiddle, room));
    painter.setPen(theme.color(std::isfinite(value) ? "text.muted" : "chart.nonFinite"));
    painter.drawText(QRect(m_right, line.top(), m_size.width() - m_right - kGap, kRow),
                     Qt::AlignRight | Qt::AlignVCenter, fixedText(value, m_decimals));
    if (!std::isfinite(value))
        return;
    QColor color = one.color;
    color.setAlphaF(static_cast<float>(one.faded ? theme.number("chart.fadedOpacity") : 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(m_scale.toPixel(value), line.top() + kRow / 2.0), kDot, kDot);
}

} // namespace sextant
