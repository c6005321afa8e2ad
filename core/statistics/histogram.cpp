#include "core/statistics/histogram.h"

#include "core/statistics/summary.h"

#include <algorithm>
#include <cmath>

namespace sextant {

HistogramBins histogramBins(std::span<const double> sorted, std::size_t most)
{
    HistogramBins bins;
    const double low = sorted.front(), high = sorted.back(), length = high - low;
    if (!(length > 0)) {
        const double room = low == 0 ? 0.25 : std::abs(low) * 0.05;
        bins.edges = {low - room, high + room};
        return bins;
    }
    const auto n = static_cast<double>(sorted.size());
    const double width = 2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / std::cbrt(n);
    const bool usual = width > 0 && std::isfinite(length / width);
    bins.rule = usual ? HistogramBins::Rule::FreedmanDiaconis : HistogramBins::Rule::Sturges;
    bins.wanted = std::max(usual ? std::ceil(length / width) : std::ceil(std::log2(n)) + 1, 1.0);
    const auto count = static_cast<std::size_t>(std::min(bins.wanted, static_cast<double>(most)));
    for (std::size_t edge = 0; edge < count; ++edge)
        bins.edges.push_back(low + length * (static_cast<double>(edge) / static_cast<double>(count)));
    bins.edges.push_back(high);
    return bins;
}

std::vector<std::size_t> histogramCounts(const HistogramBins& bins, std::span<const double> sorted)
{
    std::vector<std::size_t> counts(bins.count());
    std::size_t bin = 0;
    for (const double value : sorted) {
        while (bin + 1 < counts.size() && value >= bins.edges[bin + 1])
            ++bin;
        ++counts[bin];
    }
    return counts;
}

} // namespace sextant
