#include "core/series/smoothing.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sextant {
namespace {

constexpr std::size_t kStopInterval = 1 << 16;

bool stopNow(std::size_t index, const std::stop_token& stop)
{
    return index % kStopInterval == 0 && stop.stop_requested();
}

bool allEqual(std::span<const double> values)
{
    return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

/// A sum of finite values. Long double: the sum of large values must not overflow.
struct Sum
{
    long double total = 0;
    std::size_t count = 0;

    void add(double value)
    {
        if (std::isfinite(value)) {
            total += static_cast<long double>(value);
            ++count;
        }
    }
    double meanWith(const Sum& other) const
    {
        return static_cast<double>((total + other.total) / static_cast<long double>(count + other.count));
    }
};

/// A cut Gaussian of `radius` points on each side; weights[0] is the centre.
struct Kernel
{
    std::vector<double> weights;
    double total = 0;

    explicit Kernel(double sigma)
    {
        const auto radius = static_cast<std::size_t>(4.0 * sigma + 0.5);
        for (std::size_t distance = 0; distance <= radius; ++distance) {
            const double ratio = static_cast<double>(distance) / sigma;
            weights.push_back(std::exp(-0.5 * ratio * ratio));
            total += weights.back() * (distance == 0 ? 1 : 2);
        }
    }

    /// Where all points of the window exist and are finite.
    double applyWhole(const double* centre) const
    {
        double sum = weights[0] * centre[0];
        for (std::size_t distance = 1; distance < weights.size(); ++distance)
            sum += weights[distance] * (*(centre - distance) + centre[distance]);
        return sum / total;
    }

    double applyPart(std::span<const double> values, std::size_t centre) const
    {
        double sum = 0, weight = 0;
        const std::size_t radius = weights.size() - 1;
        const std::size_t begin = centre > radius ? centre - radius : 0;
        const std::size_t end = std::min(centre + radius + 1, values.size());
        for (std::size_t index = begin; index < end; ++index) {
            if (!std::isfinite(values[index]))
                continue;
            const double share = weights[index > centre ? index - centre : centre - index];
            sum += share * values[index];
            weight += share;
        }
        return sum / weight;
    }
};

} // namespace

SmoothingScale smoothingScale(SmoothingKind kind)
{
    switch (kind) {
    case SmoothingKind::RunningMean:
        return {3, 1001, 2, 11, 0};
    case SmoothingKind::Gaussian:
        return {0.5, 100, 0.5, 3, 1};
    case SmoothingKind::None:
    case SmoothingKind::ExponentialAverage:
    case SmoothingKind::TimeWeightedAverage:
        break;
    }
    return {0, 0.999, 0.01, 0.6, 2};
}

std::string describe(const Smoothing& smoothing)
{
    char text[64] = "";
    switch (smoothing.kind) {
    case SmoothingKind::None:
        break;
    case SmoothingKind::ExponentialAverage:
        std::snprintf(text, sizeof text, "EMA %.4g", smoothing.amount);
        break;
    case SmoothingKind::RunningMean:
        std::snprintf(text, sizeof text, "mean of %.0f points", smoothing.amount);
        break;
    case SmoothingKind::Gaussian:
        std::snprintf(text, sizeof text, "Gaussian over %.4g points", smoothing.amount);
        break;
    case SmoothingKind::TimeWeightedAverage:
        std::snprintf(text, sizeof text, "time-weighted EMA %.4g", smoothing.amount);
        break;
    }
    return text;
}

std::vector<double> exponentialAverage(std::span<const double> values, double weight, std::stop_token stop)
{
    std::vector<double> result(values.begin(), values.end());
    weight = std::clamp(weight, 0.0, 0.999);
    if (allEqual(values))
        return result;
    double average = 0, rest = 1;
    for (std::size_t index = 0, count = 0; index < result.size() && !stopNow(index, stop); ++index) {
        if (!std::isfinite(values[index]))
            continue;
        average = average * weight + (1 - weight) * values[index];
        ++count;
        if (rest > 0x1p-60) // below, 1 - rest is 1 in double precision
            rest = std::pow(weight, static_cast<double>(count));
        result[index] = average / (1 - rest);
    }
    return result;
}

std::vector<double> runningMean(std::span<const double> values, std::size_t window, std::stop_token stop)
{
    std::vector<double> result(values.begin(), values.end());
    // A window of more than twice the series takes all of it in everywhere.
    window = std::min(std::max<std::size_t>(window, 1), 2 * values.size() + 1) | 1;
    const std::size_t half = window / 2;
    const auto addTo = [&](Sum& sum, std::size_t place) { // places count from `half` before the first value
        if (place >= half && place - half < values.size())
            sum.add(values[place - half]);
    };
    // The window of value i is the places [i, i + window). It is the end of one block of `window` places and
    // the start of the next: sums only ever grow, nothing is subtracted, so no rounding error builds up.
    std::vector<Sum> ends(window + 1);
    for (std::size_t block = 0; block < values.size() && !stop.stop_requested(); block += window) {
        for (std::size_t offset = window; offset-- > 0;) {
            ends[offset] = ends[offset + 1];
            addTo(ends[offset], block + offset);
        }
        Sum start;
        for (std::size_t offset = 0; offset < window && block + offset < values.size(); ++offset) {
            if (std::isfinite(values[block + offset]))
                result[block + offset] = ends[offset].meanWith(start);
            addTo(start, block + window + offset);
        }
    }
    return result;
}

std::vector<double> gaussianAverage(std::span<const double> values, double sigma, std::stop_token stop)
{
    std::vector<double> result(values.begin(), values.end());
    if (!(sigma > 0))
        return result;
    const Kernel kernel(std::min(sigma, 1e6));
    const std::size_t radius = kernel.weights.size() - 1;
    // The first index that is not finite at or after the window's start; whole windows lie before it.
    std::size_t obstacle = 0;
    for (std::size_t index = 0; index < result.size() && !stopNow(index, stop); ++index) {
        if (!std::isfinite(values[index]))
            continue;
        const std::size_t begin = index > radius ? index - radius : 0;
        obstacle = std::max(obstacle, begin);
        while (obstacle < values.size() && obstacle <= index + radius && std::isfinite(values[obstacle]))
            ++obstacle;
        const bool whole = index >= radius && obstacle > index + radius;
        result[index] = whole ? kernel.applyWhole(values.data() + index) : kernel.applyPart(values, index);
    }
    return result;
}

std::vector<double> timeWeightedAverage(std::span<const double> values, const XValues& x, double weight,
                                        double xRange, std::stop_token stop)
{
    constexpr double kViewportScale = 1000;
    std::vector<double> result(values.begin(), values.end());
    if (values.empty())
        return result;
    if (!(xRange > 0))
        xRange = x[x.size() - 1] - x[0];
    const double base = std::min(std::sqrt(std::clamp(weight, 0.0, 1.0)), 0.999);
    double sum = 0, divisor = 0, previousX = x[0], cachedChange = -1, decay = 1;
    for (std::size_t index = 0; index < result.size() && !stopNow(index, stop); ++index) {
        if (!std::isfinite(values[index]))
            continue;
        const double change = xRange > 0 ? (x[index] - previousX) / xRange * kViewportScale : 0;
        if (change != cachedChange) {
            decay = std::pow(base, change);
            cachedChange = change;
        }
        previousX = x[index];
        sum = sum * decay + values[index];
        divisor = divisor * decay + 1;
        result[index] = sum / divisor;
    }
    return result;
}

Result<std::vector<double>> smooth(std::span<const double> values, const XValues& x,
                                   const Smoothing& smoothing, double xRange, const Operation& operation)
{
    std::vector<double> result;
    switch (smoothing.kind) {
    case SmoothingKind::None:
        result.assign(values.begin(), values.end());
        break;
    case SmoothingKind::ExponentialAverage:
        result = exponentialAverage(values, smoothing.amount, operation.stop);
        break;
    case SmoothingKind::RunningMean:
        result = runningMean(values, static_cast<std::size_t>(std::clamp(smoothing.amount, 1.0, 1e9)),
                             operation.stop);
        break;
    case SmoothingKind::Gaussian:
        result = gaussianAverage(values, smoothing.amount, operation.stop);
        break;
    case SmoothingKind::TimeWeightedAverage:
        result = timeWeightedAverage(values, x, smoothing.amount, xRange, operation.stop);
        break;
    }
    if (operation.cancelled())
        return cancelledError();
    return result;
}

} // namespace sextant
