#include "core/statistics/summary.h"

#include "core/statistics/distributions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace sextant {

namespace {

/// Four sums at a time: the additions do not wait for each other, and rounding errors grow a quarter as fast.
template <class Term>
double sumOf(std::span<const double> values, const Term& term)
{
    std::array<double, 4> sums{};
    std::size_t i = 0;
    for (; i + 4 <= values.size(); i += 4)
        for (std::size_t lane = 0; lane < 4; ++lane)
            sums[lane] += term(values[i + lane]);
    for (; i < values.size(); ++i)
        sums[0] += term(values[i]);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// Moves the finite values to the front, in order.
std::span<double> finiteOf(std::span<double> values)
{
    std::size_t count = 0;
    for (double value : values) {
        values[count] = value;
        count += std::isfinite(value);
    }
    return values.first(count);
}

/// A power of two that keeps squares of the values within range; 1 for all but extreme ones.
double scaleFor(double magnitude)
{
    constexpr double large = 1e140;
    constexpr double small = 1e-140;
    if (magnitude == 0 || (magnitude < large && magnitude > small))
        return 1;
    constexpr int mostShift = 1000; // a subnormal would need a factor beyond the range
    return std::ldexp(1.0, std::clamp(-std::ilogb(magnitude), -mostShift, mostShift));
}

/// Mean and deviation by two passes, the second of which mends the rounding of the first.
void measure(std::span<const double> values, Summary& summary)
{
    auto count = static_cast<double>(values.size());
    auto scale = scaleFor(std::max(std::abs(summary.min), std::abs(summary.max)));
    auto guess = sumOf(values, [scale](double value) { return value * scale; }) / count;
    auto rest = sumOf(values, [&](double value) { return value * scale - guess; });
    auto squares = sumOf(values, [&](double value) { return (value * scale - guess) * (value * scale - guess); });
    summary.mean = std::clamp((guess + rest / count) / scale, summary.min, summary.max);
    if (values.size() < 2)
        return;
    auto variance = std::max(0.0, (squares - rest * rest / count) / (count - 1));
    if (summary.min == summary.max)
        variance = 0;
    summary.deviation = std::sqrt(variance) / scale;
    summary.standardError = std::sqrt(variance / count) / scale;
    auto half = studentFactor(values.size()) * summary.standardError;
    summary.confidence = {summary.mean - half, summary.mean + half};
}

double middle(double low, double high)
{
    auto sum = low + high;
    return std::isfinite(sum) ? sum / 2 : low / 2 + high / 2;
}

/// The order statistics n and n + 1 of what is in reach, as the mean of both or n alone.
double middleOf(std::span<double> values, std::size_t n, bool both)
{
    auto at = values.begin() + static_cast<std::ptrdiff_t>(n);
    std::nth_element(values.begin(), at, values.end());
    return both ? middle(*at, *std::min_element(at + 1, values.end())) : *at;
}

/// Cuts the range into equal parts and looks only into the one or two that hold the middle.
double medianOf(std::span<double> values, double min, double max)
{
    constexpr std::size_t kParts = 512;
    auto first = (values.size() - 1) / 2;
    bool both = values.size() % 2 == 0;
    auto factor = (kParts - 1) / (max - min);
    if (values.size() < 4 * kParts || !std::isfinite(factor) || max - min == std::numeric_limits<double>::infinity())
        return middleOf(values, first, both);
    std::array<std::uint32_t, kParts> counts{};
    auto part = [=](double value) { return static_cast<std::uint32_t>((value - min) * factor); };
    for (double value : values)
        ++counts[part(value)];
    std::size_t before = 0;
    std::uint32_t low = 0;
    while (before + counts[low] <= first)
        before += counts[low++];
    auto high = low;
    for (auto reached = before + counts[low]; both && reached <= first + 1;)
        reached += counts[++high];
    std::vector<double> near;
    near.reserve(counts[low] + counts[high]);
    for (double value : values)
        if (auto p = part(value); p >= low && p <= high)
            near.push_back(value);
    return middleOf(near, first - before, both);
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

} // namespace

std::string_view Summary::undefined() const
{
    if (count == 0)
        return "there is no finite value";
    if (count == 1)
        return "one value has no spread: standard deviation, error and interval need two";
    return {};
}

std::string Summary::leftOut() const
{
    std::string text;
    if (nan > 0)
        text += std::to_string(nan) + " NaN";
    if (infinite > 0)
        text += (text.empty() ? "" : " and ") + counted(infinite, "infinite value", "infinite values");
    if (!text.empty())
        text += " left out";
    if (missing > 0)
        text += (text.empty() ? "" : ", ") + std::to_string(missing) + " without a value";
    return text;
}

Summary summarizeInPlace(std::span<double> values)
{
    Summary summary;
    for (double value : values)
        summary.nan += std::isnan(value);
    auto finite = finiteOf(values);
    summary.count = finite.size();
    summary.infinite = values.size() - finite.size() - summary.nan;
    if (finite.empty())
        return summary;
    auto [min, max] = std::pair(finite.front(), finite.front());
    for (double value : finite) {
        min = std::min(min, value);
        max = std::max(max, value);
    }
    summary.min = min;
    summary.max = max;
    measure(finite, summary);
    summary.median = medianOf(finite, min, max);
    return summary;
}

Summary summarize(std::span<const double> values)
{
    std::vector<double> copy(values.begin(), values.end());
    return summarizeInPlace(copy);
}

double quantile(std::span<const double> sorted, double probability)
{
    if (sorted.empty() || !(probability >= 0 && probability <= 1))
        return kUndefined;
    auto position = probability * static_cast<double>(sorted.size() - 1);
    auto below = static_cast<std::size_t>(position);
    auto above = std::min(below + 1, sorted.size() - 1);
    auto share = position - static_cast<double>(below);
    return sorted[below] * (1 - share) + sorted[above] * share;
}

double studentFactor(std::size_t count, double confidence)
{
    if (count < 2)
        return kUndefined;
    constexpr std::size_t kKept = 512;
    constexpr double kUsual = 0.95;
    if (confidence != kUsual || count >= kKept)
        return studentQuantile(confidence, static_cast<double>(count - 1));
    static const auto usual = [] {
        std::array<double, kKept> factors{};
        for (std::size_t n = 2; n < kKept; ++n)
            factors[n] = studentQuantile(kUsual, static_cast<double>(n - 1));
        return factors;
    }();
    return usual[count];
}

} // namespace sextant
