#include "ui/widgets/sparkline.h"

#include "core/table/columns.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {

namespace {

/// The order of the points by step; empty when they stand so already.
std::vector<std::uint32_t> orderByStep(const History& history)
{
    if (std::is_sorted(history.steps.begin(), history.steps.end()))
        return {};
    std::vector<std::uint32_t> order(history.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return history.steps[a] < history.steps[b]; });
    return order;
}

} // namespace

MetricFacts factsOf(const History& history)
{
    MetricFacts facts;
    facts.points = history.size();
    facts.last = facts.lowest = facts.highest = kMissing;
    if (history.size() == 0)
        return facts;
    auto order = orderByStep(history);
    auto value = [&](std::size_t i) { return history.values[order.empty() ? i : order[i]]; };
    facts.last = value(history.size() - 1);
    auto parts = std::min(history.size(), Sparkline::kSlots);
    for (std::size_t part = 0; part < parts; ++part) {
        auto begin = part * history.size() / parts, end = (part + 1) * history.size() / parts;
        auto low = std::nan(""), high = std::nan("");
        bool lowFirst = true;
        for (auto i = begin; i < end; ++i) {
            auto v = value(i);
            if (std::isnan(v))
                continue;
            if (isMissing(facts.lowest) || v < facts.lowest)
                facts.lowest = v;
            if (isMissing(facts.highest) || v > facts.highest)
                facts.highest = v;
            if (!std::isfinite(v))
                continue;
            if (!(v >= low))
                low = v, lowFirst = false;
            if (!(v <= high))
                high = v, lowFirst = true;
        }
        facts.line.values.push_back(static_cast<float>(lowFirst ? low : high));
        if (low != high && end - begin > 1)
            facts.line.values.push_back(static_cast<float>(lowFirst ? high : low));
    }
    return facts;
}

void drawSparkline(QPainter* painter, const QRectF& rect, const Sparkline& line, const QColor& color)
{
    auto low = HUGE_VALF, high = -HUGE_VALF;
    for (auto value : line.values) {
        if (std::isfinite(value))
            low = std::min(low, value), high = std::max(high, value);
    }
    if (!line.drawable() || !(low <= high))
        return;
    auto x = [&](std::size_t i) {
        return rect.left() +
               rect.width() * static_cast<qreal>(i) / static_cast<qreal>(line.values.size() - 1);
    };
    auto y = [&](float value) {
        return high > low ? rect.bottom() - rect.height() * static_cast<qreal>((value - low) / (high - low))
                          : rect.center().y();
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPolygonF part;
    for (std::size_t i = 0; i <= line.values.size(); ++i) {
        if (i < line.values.size() && std::isfinite(line.values[i])) {
            part << QPointF(x(i), y(line.values[i]));
            continue;
        }
        if (part.size() > 1) // a gap is not bridged
            painter->drawPolyline(part);
        part.clear();
    }
    painter->restore();
}

} // namespace sextant
