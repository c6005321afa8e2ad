#include "core/statistics/proportion.h"

#include "core/statistics/distributions.h"

#include <algorithm>
#include <cmath>

namespace sextant {
namespace {

double number(std::uint64_t count)
{
    return static_cast<double>(count);
}

} // namespace

Interval wilsonInterval(const Proportion& proportion, double confidence)
{
    if (proportion.trials == 0)
        return {};
    auto z = normalQuantile(confidence);
    auto n = number(proportion.trials);
    auto p = proportion.value();
    auto scale = 1 / (1 + z * z / n);
    auto middle = p + z * z / (2 * n);
    auto half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    Interval interval{scale * (middle - half), scale * (middle + half)};
    // At the ends the formula is 0 and 1 but for rounding.
    if (proportion.successes == 0)
        interval.low = 0;
    if (proportion.successes == proportion.trials)
        interval.high = 1;
    return interval;
}

Interval newcombeInterval(const Proportion& first, const Proportion& second, double confidence)
{
    if (first.trials == 0 || second.trials == 0)
        return {};
    auto a = wilsonInterval(first, confidence);
    auto b = wilsonInterval(second, confidence);
    auto p = first.value(), q = second.value();
    return {p - q - std::hypot(p - a.low, b.high - q), p - q + std::hypot(a.high - p, q - b.low)};
}

double pooledZ(const Proportion& first, const Proportion& second)
{
    if (first.trials == 0 || second.trials == 0)
        return kUndefined;
    auto pooled = number(first.successes + second.successes) / number(first.trials + second.trials);
    auto variance = pooled * (1 - pooled) * (1 / number(first.trials) + 1 / number(second.trials));
    return variance <= 0 ? 0 : (first.value() - second.value()) / std::sqrt(variance);
}

double fisherExact(const Proportion& first, const Proportion& second)
{
    if (first.trials == 0 || second.trials == 0)
        return kUndefined;
    auto n = number(first.trials), m = number(second.trials);
    auto successes = number(first.successes + second.successes);
    auto probability = [&](double k) { return hypergeometricProbability(k, successes, n, n + m); };
    // Tables as likely as the one seen count although rounding may set them apart.
    constexpr double kAlike = 1 + 1e-7;
    auto most = probability(number(first.successes)) * kAlike;
    double sum = 0;
    for (double k = std::max(0.0, successes - m); k <= std::min(n, successes); ++k)
        if (auto other = probability(k); other <= most)
            sum += other;
    return std::min(1.0, sum);
}

ProportionTest compareProportions(const Proportion& first, const Proportion& second)
{
    if (first.trials == 0 || second.trials == 0)
        return {};
    auto total = number(first.trials + second.trials);
    auto share = number(first.successes + second.successes) / total;
    auto smallest = std::min(number(first.trials), number(second.trials)) * std::min(share, 1 - share);
    constexpr double kFewExpected = 5;
    if (smallest < kFewExpected)
        return {fisherExact(first, second), true};
    return {normalTail(pooledZ(first, second)), false};
}

} // namespace sextant
