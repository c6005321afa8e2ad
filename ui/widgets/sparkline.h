// Sparkline: a history as a small line without axes, and the numbers of a metric that go with it.
#pragma once

#include "core/base/operation.h"
#include "core/series/history.h"

#include <QColor>
#include <QRectF>

#include <vector>

class QPainter;

namespace sextant {

/// First, lowest, highest and last value of each of up to `kSlots` equal parts of the points; NaN where a
/// part has none.
struct Sparkline
{
    static constexpr std::size_t kSlots = 36;
    std::vector<float> values;

    bool drawable() const { return values.size() > 1; }
};

/// What a table says of a metric over all of its points; NaN points are left out of lowest and highest.
struct MetricFacts
{
    double last = 0, lowest = 0, highest = 0;
    std::size_t points = 0;
    Sparkline line;
};

/// Points count in the order of their steps.
MetricFacts factsOf(const History& history);

void drawSparkline(QPainter* painter, const QRectF& rect, const Sparkline& line, const QColor& color);

} // namespace sextant
