#include "core/statistics/correlation.h"

#include "core/statistics/distributions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {

namespace {

constexpr std::string_view kTooFew = "a correlation needs two pairs of finite values";
constexpr std::string_view kConstant = "one of the two is constant";

struct Pairs
{
    std::vector<double> x, y;
    std::size_t left = 0;
};

Pairs finitePairs(std::span<const double> x, std::span<const double> y)
{
    Pairs pairs;
    auto both = std::min(x.size(), y.size());
    for (std::size_t i = 0; i < both; ++i) {
        if (!std::isfinite(x[i]) || !std::isfinite(y[i]))
            continue;
        pairs.x.push_back(x[i]);
        pairs.y.push_back(y[i]);
    }
    pairs.left = std::max(x.size(), y.size()) - pairs.x.size();
    return pairs;
}

/// A column shifted to its mean and scaled by a power of two, so that sums of squares neither overflow nor
/// vanish.
struct Centred
{
    std::vector<double> values;
    double mean = 0;
    double scale = 1;
    double squares = 0;
};

Centred centred(const std::vector<double>& values)
{
    Centred made;
    auto summary = summarize(values);
    made.mean = summary.mean;
    auto reach = std::max(summary.max - summary.mean, summary.mean - summary.min);
    constexpr int mostShift = 1000;
    if (reach > 0 && std::isfinite(reach))
        made.scale = std::ldexp(1.0, std::clamp(-std::ilogb(reach), -mostShift, mostShift));
    else if (reach > 0)
        made.scale = 0x1p-1000;
    for (double value : values) {
        auto shifted = value * made.scale - made.mean * made.scale;
        made.values.push_back(shifted);
        made.squares += shifted * shifted;
    }
    if (summary.min == summary.max)
        made.squares = 0;
    return made;
}

double productsOf(const Centred& x, const Centred& y)
{
    return std::inner_product(x.values.begin(), x.values.end(), y.values.begin(), 0.0);
}

double tailOf(double coefficient, std::size_t pairs)
{
    if (pairs == 2)
        return 1;
    auto freedom = static_cast<double>(pairs - 2);
    auto rest = (1 - coefficient) * (1 + coefficient);
    return rest <= 0 ? 0 : studentTail(coefficient * std::sqrt(freedom / rest), freedom);
}

Correlation pearsonOf(const Pairs& pairs)
{
    Correlation result{.pairs = pairs.x.size(), .left = pairs.left};
    if (result.pairs < 2) {
        result.undefined = kTooFew;
        return result;
    }
    auto x = centred(pairs.x), y = centred(pairs.y);
    if (x.squares == 0 || y.squares == 0) {
        result.undefined = kConstant;
        return result;
    }
    result.coefficient = std::clamp(productsOf(x, y) / std::sqrt(x.squares * y.squares), -1.0, 1.0);
    result.pValue = tailOf(result.coefficient, result.pairs);
    return result;
}

/// Places from 0; equal values share one.
std::vector<std::uint32_t> denseRanks(const std::vector<double>& values)
{
    auto sorted = values;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<std::uint32_t> places;
    for (double value : values)
        places.push_back(static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                                    sorted.begin()));
    return places;
}

/// What ties of one column take away: pairs, and two terms of the variance.
struct Ties
{
    double pairs = 0, cubes = 0, weighted = 0;
};

template <class T>
Ties tiesOf(std::vector<T> values)
{
    std::sort(values.begin(), values.end());
    Ties ties;
    for (std::size_t begin = 0; begin < values.size();) {
        auto end = begin;
        while (end < values.size() && values[end] == values[begin])
            ++end;
        auto count = static_cast<double>(end - begin);
        ties.pairs += count * (count - 1) / 2;
        ties.cubes += count * (count - 1) * (count - 2);
        ties.weighted += count * (count - 1) * (2 * count + 5);
        begin = end;
    }
    return ties;
}

/// Pairs in the wrong order: exchanges that a merge sort makes. Sorts the values.
double inversions(std::vector<std::uint32_t>& values)
{
    std::vector<std::uint32_t> other(values.size());
    double count = 0;
    for (std::size_t width = 1; width < values.size(); width *= 2) {
        for (std::size_t begin = 0; begin < values.size(); begin += 2 * width) {
            auto middle = std::min(begin + width, values.size()),
                 end = std::min(begin + 2 * width, values.size());
            for (std::size_t left = begin, right = middle, out = begin; out < end; ++out) {
                bool fromRight = left == middle || (right < end && values[right] < values[left]);
                if (fromRight)
                    count += static_cast<double>(middle - left);
                other[out] = values[fromRight ? right++ : left++];
            }
        }
        values.swap(other);
    }
    return count;
}

/// Two-sided probability of at most so many inversions in a random order of n values (Kendall 1970).
double exactKendallTail(std::size_t n, std::size_t inversionsOrLess)
{
    // A row of the triangle of Mahonian numbers, as shares of all orders.
    std::vector<double> shares(inversionsOrLess + 1, 0.0);
    shares[0] = 1;
    for (std::size_t size = 2; size <= n; ++size) {
        auto sums = shares;
        for (std::size_t k = 1; k < sums.size(); ++k)
            sums[k] += sums[k - 1];
        for (std::size_t k = 0; k < shares.size(); ++k)
            shares[k] = (sums[k] - (k >= size ? sums[k - size] : 0)) / static_cast<double>(size);
    }
    return std::min(1.0, 2 * std::accumulate(shares.begin(), shares.end(), 0.0));
}

double kendallTail(double surplus, double all, double discordant, std::size_t n, const Ties& x, const Ties& y)
{
    constexpr std::size_t kExactUpTo = 33;
    auto wrong = std::min(discordant, all - discordant);
    if (x.pairs == 0 && y.pairs == 0 && (n <= kExactUpTo || wrong <= 1)) {
        if (2 * wrong == all)
            return 1;
        return exactKendallTail(n, static_cast<std::size_t>(wrong));
    }
    auto size = static_cast<double>(n);
    auto m = size * (size - 1);
    auto variance = (m * (2 * size + 5) - x.weighted - y.weighted) / 18 + 2 * x.pairs * y.pairs / m;
    if (n > 2)
        variance += x.cubes * y.cubes / (9 * m * (size - 2));
    return normalTail(surplus / std::sqrt(variance));
}

} // namespace

Correlation pearson(std::span<const double> x, std::span<const double> y)
{
    return pearsonOf(finitePairs(x, y));
}

Correlation spearman(std::span<const double> x, std::span<const double> y)
{
    auto pairs = finitePairs(x, y);
    return pearsonOf({ranks(pairs.x), ranks(pairs.y), pairs.left});
}

Correlation kendall(std::span<const double> x, std::span<const double> y)
{
    auto pairs = finitePairs(x, y);
    Correlation result{.pairs = pairs.x.size(), .left = pairs.left};
    if (result.pairs < 2) {
        result.undefined = kTooFew;
        return result;
    }
    auto placesX = denseRanks(pairs.x), placesY = denseRanks(pairs.y);
    std::vector<std::uint64_t> joint;
    for (std::size_t i = 0; i < placesX.size(); ++i)
        joint.push_back((std::uint64_t{placesX[i]} << 32) | placesY[i]);
    auto tiesX = tiesOf(placesX), tiesY = tiesOf(placesY), tiesBoth = tiesOf(joint);
    auto n = static_cast<double>(result.pairs);
    auto all = n * (n - 1) / 2;
    if (tiesX.pairs == all || tiesY.pairs == all) {
        result.undefined = kConstant;
        return result;
    }
    std::sort(joint.begin(), joint.end());
    std::vector<std::uint32_t> byX;
    for (auto pair : joint)
        byX.push_back(static_cast<std::uint32_t>(pair));
    auto discordant = inversions(byX);
    auto surplus = all - tiesX.pairs - tiesY.pairs + tiesBoth.pairs - 2 * discordant;
    auto tau = surplus / std::sqrt(all - tiesX.pairs) / std::sqrt(all - tiesY.pairs);
    result.coefficient = std::clamp(tau, -1.0, 1.0);
    result.pValue = kendallTail(surplus, all, discordant, result.pairs, tiesX, tiesY);
    return result;
}

std::vector<double> ranks(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        auto end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (auto i = begin; i < end; ++i)
            result[order[i]] = static_cast<double>(begin + end + 1) / 2;
        begin = end;
    }
    return result;
}

TrendLine trendLine(std::span<const double> xs, std::span<const double> ys)
{
    auto pairs = finitePairs(xs, ys);
    TrendLine line{.pairs = pairs.x.size(), .left = pairs.left};
    if (line.pairs < 2) {
        line.undefined = "a line needs two points";
        return line;
    }
    auto x = centred(pairs.x), y = centred(pairs.y);
    if (x.squares == 0) {
        line.undefined = "all points have the same x";
        return line;
    }
    auto n = static_cast<double>(line.pairs);
    auto steepness = productsOf(x, y) / x.squares;
    line.meanX = x.mean;
    line.squaresX = x.squares / x.scale / x.scale;
    line.slope = steepness * (x.scale / y.scale);
    line.intercept = y.mean - line.slope * x.mean;
    double residual = 0;
    for (std::size_t i = 0; i < x.values.size(); ++i) {
        auto away = y.values[i] - steepness * x.values[i];
        residual += away * away;
    }
    line.rSquared = y.squares > 0 ? 1 - residual / y.squares : kUndefined;
    if (line.pairs < 3)
        return line;
    auto deviation = std::sqrt(residual / (n - 2));
    line.residualDeviation = deviation / y.scale;
    line.slopeError = deviation / std::sqrt(x.squares) * (x.scale / y.scale);
    line.interceptError =
        line.residualDeviation * std::sqrt(1 / n + x.mean * x.scale * x.mean * x.scale / x.squares);
    line.pValue = y.squares > 0 ? studentTail(line.slope / line.slopeError, n - 2) : kUndefined;
    return line;
}

Interval TrendLine::band(double x) const
{
    if (pairs < 3 || !undefined.empty())
        return {};
    auto n = static_cast<double>(pairs);
    auto away = x - meanX;
    auto half = studentQuantile(0.95, n - 2) * residualDeviation * std::sqrt(1 / n + away * away / squaresX);
    return {at(x) - half, at(x) + half};
}

} // namespace sextant
