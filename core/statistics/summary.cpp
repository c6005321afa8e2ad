#include "core/statistics/summary.h"

#include "core/statistics/distributions.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <vector>

namespace sextant {

namespace {

constexpr std::size_t kLanes = 4; // sums at a time, so that no addition waits for the one before

/// Calls `add(value, lane)` for each value; what is left over at the end goes to the first lane.
template <class Add>
void inLanes(std::span<const double> values, const Add& add)
{
    std::size_t i = 0;
    for (; i + kLanes <= values.size(); i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            add(values[i + lane], lane);
    for (; i < values.size(); ++i)
        add(values[i], 0);
}

double total(const std::array<double, kLanes>& lanes)
{
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

/// What one reading tells.
struct FirstLook
{
    double sum = 0, min = 0, max = 0;
    bool finite = true; // all values are
};

FirstLook look(std::span<const double> values)
{
    auto first = values.front();
    std::array<double, kLanes> sums{}, nothing{}, mins, maxs;
    mins.fill(first);
    maxs.fill(first);
    inLanes(values, [&](double value, std::size_t lane) {
        sums[lane] += value;
        nothing[lane] += value * 0.0; // NaN as soon as one value is not finite
        mins[lane] = value < mins[lane] ? value : mins[lane];
        maxs[lane] = value > maxs[lane] ? value : maxs[lane];
    });
    FirstLook result;
    result.sum = total(sums);
    result.finite = nothing[0] + nothing[1] + nothing[2] + nothing[3] == 0;
    result.min = *std::min_element(mins.begin(), mins.end());
    result.max = *std::max_element(maxs.begin(), maxs.end());
    return result;
}

/// Moves the finite values to the front, in order, and counts the others.
std::span<double> keepFinite(std::span<double> values, Summary& summary)
{
    std::size_t count = 0;
    for (double value : values) {
        summary.nan += std::isnan(value);
        values[count] = value;
        count += std::isfinite(value);
    }
    summary.infinite = values.size() - count - summary.nan;
    return values.first(count);
}

/// Parts of the range from the least to the greatest value, for finding the middle: equal ones, or where
/// positive values lie far apart, ones that grow with the value.
class Parts
{
public:
    static constexpr std::size_t kMost = 512;

    Parts(std::size_t values, double min, double max)
    {
        constexpr double kFarApart = 64;
        constexpr std::size_t kFewest = 16;
        auto count = std::min(kMost, values / 4);
        auto factor = (static_cast<double>(count) - 1) / (max - min);
        m_usable = count >= kFewest && min < max && std::isfinite(factor) && std::isfinite(max - min);
        if (!m_usable)
            return;
        m_growing = min > 0 && max / min > kFarApart;
        m_min = min;
        m_factor = factor;
        m_first = std::bit_cast<std::uint64_t>(min);
        while (m_growing && ((std::bit_cast<std::uint64_t>(max) - m_first) >> m_shift) >= count)
            ++m_shift;
    }
    bool usable() const { return m_usable; }
    std::uint32_t of(double value) const
    {
        if (m_growing) // the bits of positive numbers ascend as their logarithm does, nearly
            return static_cast<std::uint32_t>((std::bit_cast<std::uint64_t>(value) - m_first) >> m_shift);
        return static_cast<std::uint32_t>((value - m_min) * m_factor);
    }

private:
    bool m_usable = false;
    bool m_growing = false;
    double m_min = 0; // without parts everything is in the first
    double m_factor = 0;
    std::uint64_t m_first = 0;
    int m_shift = 0;
};

using PartCounts = std::array<std::uint32_t, Parts::kMost>;

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

/// Mean and deviation by a second reading that mends the rounding of the first; counts the parts on the way.
void measure(std::span<const double> values, double sum, const Parts& parts, PartCounts& counts,
             Summary& summary)
{
    auto count = static_cast<double>(values.size());
    auto scale = scaleFor(std::max(std::abs(summary.min), std::abs(summary.max)));
    auto guess = sum * scale / count;
    if (!std::isfinite(guess)) {
        guess = 0;
        for (double value : values)
            guess += value * scale / count;
    }
    std::array<double, kLanes> rests{}, squared{};
    inLanes(values, [&](double value, std::size_t lane) {
        auto away = value * scale - guess;
        rests[lane] += away;
        squared[lane] += away * away;
        ++counts[parts.of(value)];
    });
    auto rest = total(rests);
    auto squares = total(squared);
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

/// Looks only into the one or two parts that hold the middle.
double medianOf(std::span<double> values, const Parts& parts, const PartCounts& counts)
{
    auto first = (values.size() - 1) / 2;
    bool both = values.size() % 2 == 0;
    if (!parts.usable())
        return middleOf(values, first, both);
    std::size_t before = 0;
    std::uint32_t low = 0;
    while (before + counts[low] <= first)
        before += counts[low++];
    auto high = low;
    for (auto reached = before + counts[low]; both && reached <= first + 1;)
        reached += counts[++high];
    std::vector<double> near(counts[low] + (high > low ? counts[high] : 0) + 1);
    std::size_t found = 0;
    for (double value : values) {
        auto part = parts.of(value);
        near[found] = value;
        found += part == low || part == high;
    }
    return middleOf(std::span(near).first(found), first - before, both);
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
    if (values.empty())
        return summary;
    auto seen = look(values);
    if (!seen.finite) {
        values = keepFinite(values, summary);
        if (values.empty())
            return summary;
        seen = look(values);
    }
    summary.count = values.size();
    summary.min = seen.min;
    summary.max = seen.max;
    Parts parts(values.size(), seen.min, seen.max);
    PartCounts counts{};
    measure(values, seen.sum, parts, counts, summary);
    summary.median = medianOf(values, parts, counts);
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
