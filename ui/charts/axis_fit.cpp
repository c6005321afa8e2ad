#include "ui/charts/axis_fit.h"

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

/// Beyond, the length of a range would overflow.
constexpr double kLargest = 4e307;

/// Decades as a range, without running over or down to 0.
AxisRange decades(double first, double last)
{
    return {std::max(std::pow(10, first), std::numeric_limits<double>::min()),
            std::min(std::pow(10, last), 2 * kLargest)};
}

} // namespace

void ValueExtent::add(double value)
{
    if (!std::isfinite(value))
        return;
    low = std::min(low, value);
    high = std::max(high, value);
    if (value != 0)
        smallestMagnitude = std::min(smallestMagnitude, std::abs(value));
}

AxisScale linearScale(double low, double high, int ticks)
{
    low = std::clamp(low, -kLargest, kLargest);
    high = std::clamp(high, -kLargest, kLargest);
    // Values that differ in their last digits only are drawn as the constant that they are.
    if (high - low <= std::max({std::abs(low) * 1e-14, std::abs(high) * 1e-14, 1e-300})) {
        const double room = std::max(std::abs(low) * 0.1, low == high && low == 0 ? 1 : 1e-300);
        return {AxisScale::Kind::Linear, {low - room, high + room}};
    }
    const double length = high - low, step = linearStep({low, high}, ticks);
    const double nextLow = std::floor(low / step + 1e-9) * step,
                 nextHigh = std::ceil(high / step - 1e-9) * step;
    AxisRange range{low - 0.04 * length, high + 0.04 * length};
    if (low - nextLow <= 0.14 * length || (nextLow == 0 && low <= 0.25 * length))
        range.low = nextLow;
    if (nextHigh - high <= 0.14 * length)
        range.high = nextHigh;
    return {AxisScale::Kind::Linear, range};
}

AxisScale scaleFromZero(double low, double high, int ticks)
{
    low = std::clamp(std::min(low, 0.0), -kLargest, 0.0);
    high = std::clamp(std::max(high, 0.0), 0.0, kLargest);
    if (high - low < 1e-300)
        return {AxisScale::Kind::Linear, {0, 1}};
    const double step = linearStep({low, high}, ticks);
    const auto outer = [&](double end, double next) {
        return std::abs(next - end) <= 0.14 * (high - low) ? next : end * 1.04;
    };
    return {AxisScale::Kind::Linear,
            {low < 0 ? outer(low, std::floor(low / step + 1e-9) * step) : 0,
             high > 0 ? outer(high, std::ceil(high / step - 1e-9) * step) : 0}};
}

AxisScale positiveLogScale(double low, double high)
{
    low = std::clamp(low, std::numeric_limits<double>::min(), kLargest);
    high = std::clamp(high, low, kLargest);
    const double first = std::log10(low), last = std::log10(high), length = last - first;
    const double nextFirst = std::floor(first + 1e-9), nextLast = std::ceil(last - 1e-9);
    if (length > 0.3 && nextLast - nextFirst <= std::max(1.7 * length, 2.0))
        return {AxisScale::Kind::Logarithmic, decades(nextFirst, nextLast)};
    const double room = std::max(0.04 * length, 0.02);
    return {AxisScale::Kind::Logarithmic, decades(first - room, last + room)};
}

AxisScale closeLogScale(double low, double high)
{
    low = std::clamp(low, std::numeric_limits<double>::min(), kLargest);
    high = std::clamp(high, low, kLargest);
    const double first = std::log10(low), last = std::log10(high), length = last - first;
    const double nextFirst = std::floor(first + 1e-9), nextLast = std::ceil(last - 1e-9);
    const double room = std::max(0.04 * length, 0.02);
    return {AxisScale::Kind::Logarithmic,
            decades(length > 1e-9 && first - nextFirst <= 0.14 * length ? nextFirst : first - room,
                    length > 1e-9 && nextLast - last <= 0.14 * length ? nextLast : last + room)};
}

AxisScale symmetricLogScale(const ValueExtent& extent)
{
    const double low = std::clamp(extent.low, -kLargest, kLargest);
    const double high = std::clamp(extent.high, -kLargest, kLargest);
    // Linear around zero up to the smallest magnitude, but never more than four decades of logarithm.
    const double largest = std::max({std::abs(low), std::abs(high), std::numeric_limits<double>::min()});
    const double smallest = std::isfinite(extent.smallestMagnitude) ? extent.smallestMagnitude : largest;
    const double inner = std::pow(10, std::floor(std::log10(std::max(smallest, largest * 1e-4))));
    const AxisScale scale(AxisScale::Kind::SymmetricLogarithmic, {low, high == low ? low + inner : high},
                          inner);
    const AxisRange range{std::max(scale.moved(-0.05).low, -2 * kLargest),
                          std::min(scale.moved(0.05).high, 2 * kLargest)};
    return {AxisScale::Kind::SymmetricLogarithmic, range, inner};
}

std::vector<Tick> ticksOf(const AxisScale& scale, int count)
{
    return scale.kind() == AxisScale::Kind::Linear ? linearTicks(scale.range(), count)
                                                   : logTicks(scale, count);
}

} // namespace sextant
