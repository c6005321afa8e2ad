// Bins of a histogram: how many, all of one width. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace sextant {

struct HistogramBins
{
    enum class Rule { OneValue, FreedmanDiaconis, Sturges };

    Rule rule = Rule::OneValue;
    double wanted = 1;         // bins by the rule; there may be fewer
    std::vector<double> edges; // one more than there are bins, ascending; the last bin has both of its edges

    std::size_t count() const { return edges.size() - 1; }
};

/// By Freedman and Diaconis, as numpy.histogram_bin_edges(bins="fd"); where half of the values are the same
/// that rule says nothing and Sturges' counts, as bins="sturges". At most `most` bins. `sorted` ascends, is
/// not empty, and is finite, as is the difference of its ends.
HistogramBins histogramBins(std::span<const double> sorted, std::size_t most);

/// How many of the values lie in each bin.
std::vector<std::size_t> histogramCounts(const HistogramBins& bins, std::span<const double> sorted);

} // namespace sextant
