// Ticks: round places along an axis and their labels.
#pragma once

#include "ui/charts/axis_scale.h"

#include <QString>

#include <vector>

namespace sextant {

struct Tick
{
    double value;
    QString label;
};

/// 1, 2, 2.5 or 5 times a power of ten, at most about `count` of them; at least `smallestStep` apart.
std::vector<Tick> linearTicks(AxisRange range, int count, double smallestStep = 0);
/// The distance of those ticks.
double linearStep(AxisRange range, int count, double smallestStep = 0);

/// Whole decades, or 1, 2, 5 within few; on a symmetric axis those of both signs and 0.
std::vector<Tick> logTicks(const AxisScale& scale, int count);

/// Whole seconds, minutes, hours or days: "30 s", "15 min", "2 h".
std::vector<Tick> durationTicks(AxisRange seconds, int count);

/// Round moments of local time: "14:30", "17 Nov", "Nov 2025".
std::vector<Tick> momentTicks(AxisRange epochMs, int count);

} // namespace sextant
