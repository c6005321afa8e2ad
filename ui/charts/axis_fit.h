// Scales that fit values of any size: with some air, out to round places, from zero for bars, and honest
// about what a logarithm can't show.
#pragma once

#include "ui/charts/ticks.h"

#include <limits>

namespace sextant {

/// What must be known of values to choose their scale.
struct ValueExtent
{
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    double smallestMagnitude = std::numeric_limits<double>::infinity(); // but 0

    bool isEmpty() const { return !(low <= high); }
    /// Leaves out what is not finite.
    void add(double value);
};

/// A linear scale with some air, or out to the next ticks where that costs little.
AxisScale linearScale(double low, double high, int ticks);
/// One that begins or ends at 0 exactly.
AxisScale scaleFromZero(double low, double high, int ticks);
/// A logarithmic scale of positive values, out to whole decades where that costs little.
AxisScale positiveLogScale(double low, double high);
/// The same as near around the values as linearScale is: for charts that have to fill their plot.
AxisScale closeLogScale(double low, double high);
/// Logarithmic on both sides of zero, linear around it.
AxisScale symmetricLogScale(const ValueExtent& extent);

std::vector<Tick> ticksOf(const AxisScale& scale, int count);

} // namespace sextant
