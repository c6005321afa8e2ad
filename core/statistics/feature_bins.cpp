#include "core/statistics/feature_bins.h"

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

constexpr std::size_t kMostBins = 250;

/// The upper ends of at most kMostBins ranges that hold about equally many of the sorted values.
std::vector<double> cutsOf(const std::vector<double>& sorted, const std::vector<double>& different)
{
    if (different.size() <= kMostBins)
        return different;
    std::vector<double> cuts;
    for (std::size_t i = 1; i <= kMostBins; ++i) {
        auto end = sorted[sorted.size() * i / kMostBins - 1];
        if (cuts.empty() || cuts.back() < end)
            cuts.push_back(end);
    }
    return cuts;
}

/// The most frequent values, ascending, with one place left for all others.
std::vector<double> frequent(const std::vector<double>& sorted, std::vector<double> different)
{
    if (different.size() <= kMostBins)
        return different;
    auto countOf = [&](double value) {
        auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
        return last - first;
    };
    std::stable_sort(different.begin(), different.end(),
                     [&](double a, double b) { return countOf(a) > countOf(b); });
    different.resize(kMostBins - 1);
    std::sort(different.begin(), different.end());
    return different;
}

} // namespace

FeatureBins binFeature(const Feature& feature, std::span<const std::uint32_t> rows)
{
    std::vector<double> sorted;
    for (auto row : rows)
        if (!std::isnan(feature.values[row]))
            sorted.push_back(feature.values[row]);
    std::sort(sorted.begin(), sorted.end());
    auto different = sorted;
    different.erase(std::unique(different.begin(), different.end()), different.end());
    auto ends = feature.categorical ? frequent(sorted, different) : cutsOf(sorted, different);

    FeatureBins made;
    made.categorical = feature.categorical;
    auto rest = static_cast<std::uint32_t>(ends.size() + 1); // of a categorical feature: all that is rare
    for (auto row : rows) {
        auto value = feature.values[row];
        std::uint32_t bin = 0;
        if (!std::isnan(value)) {
            auto end = std::lower_bound(ends.begin(), ends.end(), value);
            bool found = end != ends.end() && (!feature.categorical || *end == value);
            bin = found ? static_cast<std::uint32_t>(end - ends.begin()) + 1 : rest;
        }
        made.count = std::max(made.count, bin + 1);
        made.bins.push_back(static_cast<std::uint8_t>(bin));
    }
    return made;
}

} // namespace sextant
