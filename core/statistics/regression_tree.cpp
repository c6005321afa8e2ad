#include "core/statistics/regression_tree.h"

#include <algorithm>
#include <numeric>

namespace sextant {

std::uint32_t drawBelow(std::mt19937_64& random, std::size_t count)
{
    return static_cast<std::uint32_t>(((random() >> 32) * count) >> 32);
}

/// Grows one tree, branch by branch.
class TreeGrower
{
public:
    TreeGrower(const std::vector<FeatureBins>& features, const std::vector<double>& target,
               const ForestOptions& options, std::mt19937_64& random)
        : m_features(features), m_target(target), m_options(options), m_random(random),
          m_tried(features.size())
    {
        std::iota(m_tried.begin(), m_tried.end(), std::uint32_t{0});
    }

    RegressionTree grow(std::vector<std::uint32_t> sample) &&
    {
        m_tree.m_nodes.emplace_back();
        grow(0, sample, 0);
        return std::move(m_tree);
    }

private:
    static constexpr auto kLeaf = RegressionTree::kLeaf;

    /// Sums over the rows of one bin.
    struct Cell
    {
        double sum = 0;
        double count = 0;
        std::uint8_t bin = 0;
    };
    struct Split
    {
        double gain = 0;
        std::uint32_t feature = kLeaf;
        std::uint8_t last = 0;
        RegressionTree::BinSet set{};
    };

    void grow(std::uint32_t node, std::span<std::uint32_t> rows, std::size_t depth);
    Split bestSplit(std::span<const std::uint32_t> rows);
    void collect(const FeatureBins& feature, std::span<const std::uint32_t> rows);
    void sumSorted(const FeatureBins& feature, std::span<const std::uint32_t> rows);
    void sumByBin(const FeatureBins& feature, std::span<const std::uint32_t> rows);
    void trySplits(std::uint32_t feature, double sum, double count, Split& best) const;

    const std::vector<FeatureBins>& m_features;
    const std::vector<double>& m_target;
    const ForestOptions& m_options;
    std::mt19937_64& m_random;
    RegressionTree m_tree;
    std::vector<std::uint32_t> m_tried; // features, the ones to try first
    std::vector<Cell> m_cells;          // of the node and feature looked at
    std::vector<Cell> m_histogram;
};

void TreeGrower::grow(std::uint32_t number, std::span<std::uint32_t> rows, std::size_t depth)
{
    double sum = 0;
    for (auto row : rows)
        sum += m_target[row];
    m_tree.m_nodes[number].value = sum / static_cast<double>(rows.size());
    if (rows.size() < 2 * std::max<std::size_t>(m_options.minLeaf, 1) || depth >= m_options.maxDepth)
        return;
    auto split = bestSplit(rows);
    if (split.feature == kLeaf)
        return;
    auto left = static_cast<std::uint32_t>(m_tree.m_nodes.size());
    auto& node = m_tree.m_nodes[number];
    node.feature = split.feature;
    node.left = left;
    node.last = split.last;
    if (m_features[split.feature].categorical) {
        node.set = static_cast<std::uint32_t>(m_tree.m_sets.size());
        m_tree.m_sets.push_back(split.set);
    }
    const auto& bins = m_features[split.feature].bins;
    auto middle = std::stable_partition(rows.begin(), rows.end(),
                                        [&](std::uint32_t row) { return m_tree.goesLeft(node, bins[row]); });
    m_tree.m_nodes.resize(m_tree.m_nodes.size() + 2); // from here on `node` is gone
    auto count = static_cast<std::size_t>(middle - rows.begin());
    grow(left, rows.first(count), depth + 1);
    grow(left + 1, rows.subspan(count), depth + 1);
}

TreeGrower::Split TreeGrower::bestSplit(std::span<const std::uint32_t> rows)
{
    double sum = 0, squares = 0;
    for (auto row : rows) {
        sum += m_target[row];
        squares += m_target[row] * m_target[row];
    }
    auto count = static_cast<double>(rows.size());
    constexpr double kNoise = 1e-12; // below it a gain is rounding
    Split best;
    best.gain = kNoise * squares;
    auto wanted =
        static_cast<std::size_t>(m_options.featureShare * static_cast<double>(m_tried.size()) + 0.5);
    wanted = std::clamp<std::size_t>(wanted, 1, m_tried.size());
    for (std::size_t i = 0; i < wanted; ++i) {
        // In random order, so that of equally good splits none is preferred.
        std::swap(m_tried[i], m_tried[i + drawBelow(m_random, m_tried.size() - i)]);
        collect(m_features[m_tried[i]], rows);
        trySplits(m_tried[i], sum, count, best);
    }
    return best;
}

/// Sums of the target for each bin that occurs, by bin, or by mean where bins have no order.
void TreeGrower::collect(const FeatureBins& feature, std::span<const std::uint32_t> rows)
{
    constexpr std::size_t kSparse = 4;
    m_cells.clear();
    rows.size() * kSparse < feature.count ? sumSorted(feature, rows) : sumByBin(feature, rows);
    if (feature.categorical) // by mean: the best of all sets is then among the prefixes
        std::stable_sort(m_cells.begin(), m_cells.end(),
                         [](const Cell& a, const Cell& b) { return a.sum * b.count < b.sum * a.count; });
}

/// For few rows.
void TreeGrower::sumSorted(const FeatureBins& feature, std::span<const std::uint32_t> rows)
{
    for (auto row : rows)
        m_cells.push_back({m_target[row], 1, feature.bins[row]});
    std::stable_sort(m_cells.begin(), m_cells.end(),
                     [](const Cell& a, const Cell& b) { return a.bin < b.bin; });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < m_cells.size(); ++i) {
        if (m_cells[i].bin != m_cells[kept].bin) {
            m_cells[++kept] = m_cells[i];
            continue;
        }
        m_cells[kept].sum += m_cells[i].sum;
        m_cells[kept].count += m_cells[i].count;
    }
    m_cells.resize(kept + 1);
}

void TreeGrower::sumByBin(const FeatureBins& feature, std::span<const std::uint32_t> rows)
{
    m_histogram.assign(feature.count, {});
    for (auto row : rows) {
        auto& cell = m_histogram[feature.bins[row]];
        cell.sum += m_target[row];
        cell.count += 1;
    }
    for (std::size_t bin = 0; bin < m_histogram.size(); ++bin)
        if (m_histogram[bin].count > 0)
            m_cells.push_back({m_histogram[bin].sum, m_histogram[bin].count, static_cast<std::uint8_t>(bin)});
}

void TreeGrower::trySplits(std::uint32_t feature, double sum, double count, Split& best) const
{
    auto parent = sum * sum / count;
    auto least = static_cast<double>(m_options.minLeaf);
    double leftSum = 0, leftCount = 0;
    std::size_t bestEnd = 0;
    for (std::size_t i = 0; i + 1 < m_cells.size(); ++i) {
        leftSum += m_cells[i].sum;
        leftCount += m_cells[i].count;
        auto rightCount = count - leftCount;
        if (leftCount < least || rightCount < least)
            continue;
        auto gain = leftSum * leftSum / leftCount + (sum - leftSum) * (sum - leftSum) / rightCount - parent;
        if (gain > best.gain) {
            best.gain = gain;
            bestEnd = i + 1;
        }
    }
    if (bestEnd == 0)
        return;
    best.feature = feature;
    best.set = {};
    // Bins that do not occur here go with the nearest.
    best.last = static_cast<std::uint8_t>((m_cells[bestEnd - 1].bin + m_cells[bestEnd].bin) / 2);
    for (std::size_t i = 0; i < bestEnd; ++i)
        best.set[m_cells[i].bin / 64U] |= std::uint64_t{1} << (m_cells[i].bin % 64U);
}

RegressionTree growTree(const std::vector<FeatureBins>& features, const std::vector<double>& target,
                        std::vector<std::uint32_t> sample, const ForestOptions& options,
                        std::mt19937_64& random)
{
    return TreeGrower(features, target, options, random).grow(std::move(sample));
}

} // namespace sextant
