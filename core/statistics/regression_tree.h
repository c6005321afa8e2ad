// RegressionTree: one CART tree, grown on a sample of rows by the splits that leave the least squared error.
#pragma once

#include "core/statistics/feature_bins.h"

#include <array>
#include <random>

namespace sextant {

class RegressionTree
{
public:
    /// The mean of the leaf that a row falls into; `binOf(feature)` gives the row's bin.
    template <class BinOf>
    double predict(const BinOf& binOf) const
    {
        const Node* node = m_nodes.data();
        while (node->feature != kLeaf)
            node = &m_nodes[goesLeft(*node, binOf(node->feature)) ? node->left : node->left + 1];
        return node->value;
    }

private:
    friend class TreeGrower;
    static constexpr std::uint32_t kLeaf = ~std::uint32_t{0};
    static constexpr std::uint32_t kNoSet = ~std::uint32_t{0};
    using BinSet = std::array<std::uint64_t, 4>;

    struct Node
    {
        double value = 0;
        std::uint32_t feature = kLeaf;
        std::uint32_t left = 0; // the right one follows it
        std::uint32_t set = kNoSet;
        std::uint8_t last = 0; // without a set: bins up to this go left
    };

    static bool isIn(const BinSet& set, std::uint8_t bin) { return (set[bin / 64U] >> (bin % 64U)) & 1U; }
    bool goesLeft(const Node& node, std::uint8_t bin) const
    {
        return node.set == kNoSet ? bin <= node.last : isIn(m_sets[node.set], bin);
    }

    std::vector<Node> m_nodes;
    std::vector<BinSet> m_sets; // of splits between values without an order
};

/// `sample`: rows, with repetitions.
RegressionTree growTree(const std::vector<FeatureBins>& features, const std::vector<double>& target,
                        std::vector<std::uint32_t> sample, const ForestOptions& options,
                        std::mt19937_64& random);

/// A number below `count`, the same on every machine.
std::uint32_t drawBelow(std::mt19937_64& random, std::size_t count);

} // namespace sextant
