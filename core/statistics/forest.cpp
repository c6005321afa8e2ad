#include "core/statistics/forest.h"

#include "core/statistics/regression_tree.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {

namespace {

constexpr std::size_t kFewestRows = 10;

/// One tree with what it says of the rows it has not seen.
struct GrownTree
{
    RegressionTree tree;
    std::vector<std::uint32_t> unseen;
    std::vector<double> predictions;   // of these
    std::vector<std::uint64_t> onPath; // of these: a bit for each feature (modulo 64) that decided
};

/// Of two seeds close together the streams must have nothing in common.
std::mt19937_64 randomFor(std::uint64_t seed, std::uint64_t stream)
{
    std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                           static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)};
    return std::mt19937_64(sequence);
}

class Forest
{
public:
    Forest(const std::vector<Feature>& features, std::span<const double> target, const ForestOptions& options)
        : m_options(options)
    {
        for (std::uint32_t row = 0; row < target.size(); ++row)
            if (std::isfinite(target[row]))
                m_rows.push_back(row);
        m_finite = m_rows.size();
        thin();
        for (auto row : m_rows)
            m_target.push_back(target[row]);
        m_votes.resize(m_rows.size());
        centre();
        for (const auto& feature : features)
            m_features.push_back(binFeature(feature, m_rows));
    }

    std::size_t rows() const { return m_rows.size(); }
    std::size_t finite() const { return m_finite; }

    std::string undefined() const
    {
        if (m_rows.size() < kFewestRows)
            return "a forest needs " + std::to_string(kFewestRows) +
                   " rows with a finite target; there are " + std::to_string(m_rows.size());
        if (std::all_of(m_target.begin(), m_target.end(),
                        [&](double value) { return value == m_target.front(); }))
            return "the target is the same in all rows";
        if (m_features.empty())
            return "there is no feature";
        return {};
    }

    Result<void> grow(const Operation& operation)
    {
        for (std::size_t i = 0; i < m_options.trees; ++i) {
            if (operation.cancelled())
                return cancelledError();
            operation.progress("Growing trees", i, m_options.trees);
            growOne(i);
        }
        return {};
    }

    double outOfBagR2() const
    {
        std::vector<double> sums(m_rows.size());
        for (const auto& grown : m_trees)
            for (std::size_t i = 0; i < grown.unseen.size(); ++i)
                sums[grown.unseen[i]] += grown.predictions[i];
        return fitOf(sums);
    }

    Result<FeatureImportance> importanceOf(std::size_t feature, double fit, const Operation& operation) const
    {
        auto random = randomFor(m_options.seed, m_options.trees + feature);
        std::vector<double> falls;
        std::vector<std::uint32_t> order(m_rows.size());
        std::iota(order.begin(), order.end(), std::uint32_t{0});
        for (std::size_t repeat = 0; repeat < m_options.repeats; ++repeat) {
            if (operation.cancelled())
                return cancelledError();
            for (std::size_t i = order.size(); i > 1; --i)
                std::swap(order[i - 1], order[drawBelow(random, i)]);
            falls.push_back(fit - fitShuffled(feature, order));
        }
        auto summary = summarize(falls);
        return FeatureImportance{feature, summary.mean, falls.size() < 2 ? 0 : summary.deviation};
    }

private:
    /// Keeps a random part of too many rows.
    void thin()
    {
        if (m_rows.size() <= m_options.mostRows)
            return;
        auto random = randomFor(m_options.seed, ~std::uint64_t{0});
        for (std::size_t i = 0; i < m_options.mostRows; ++i)
            std::swap(m_rows[i], m_rows[i + drawBelow(random, m_rows.size() - i)]);
        m_rows.resize(m_options.mostRows);
        std::sort(m_rows.begin(), m_rows.end());
    }

    /// Shifts and scales the target: R² does not mind, and sums of squares stay exact and within range.
    void centre()
    {
        auto summary = summarize(m_target);
        auto reach = std::max(summary.max / 2 - summary.min / 2, std::numeric_limits<double>::min());
        for (auto& value : m_target)
            value = (value / 2 - summary.mean / 2) / reach;
    }

    void growOne(std::size_t number)
    {
        auto random = randomFor(m_options.seed, number);
        std::vector<std::uint32_t> sample;
        std::vector<bool> seen(m_rows.size());
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            sample.push_back(drawBelow(random, m_rows.size()));
            seen[sample.back()] = true;
        }
        GrownTree grown{growTree(m_features, m_target, std::move(sample), m_options, random), {}, {}, {}};
        for (std::uint32_t row = 0; row < m_rows.size(); ++row) {
            if (seen[row])
                continue;
            std::uint64_t path = 0;
            grown.predictions.push_back(grown.tree.predict([&](std::uint32_t feature) {
                path |= std::uint64_t{1} << (feature % 64);
                return m_features[feature].bins[row];
            }));
            grown.unseen.push_back(row);
            grown.onPath.push_back(path);
            ++m_votes[row];
        }
        m_trees.push_back(std::move(grown));
    }

    /// R² of predictions given as sums over the trees that have not seen the row.
    double fitOf(const std::vector<double>& sums) const
    {
        double mean = 0, count = 0;
        for (std::size_t row = 0; row < sums.size(); ++row) {
            if (m_votes[row] == 0)
                continue;
            mean += m_target[row];
            ++count;
        }
        mean /= count;
        double missed = 0, total = 0;
        for (std::size_t row = 0; row < sums.size(); ++row) {
            if (m_votes[row] == 0)
                continue;
            auto error = m_target[row] - sums[row] / m_votes[row];
            missed += error * error;
            total += (m_target[row] - mean) * (m_target[row] - mean);
        }
        return total > 0 ? 1 - missed / total : kUndefined;
    }

    /// The fit when each row has the feature's value of another row.
    double fitShuffled(std::size_t feature, const std::vector<std::uint32_t>& order) const
    {
        std::vector<double> sums(m_rows.size());
        auto bit = std::uint64_t{1} << (feature % 64);
        for (const auto& grown : m_trees) {
            for (std::size_t i = 0; i < grown.unseen.size(); ++i) {
                auto row = grown.unseen[i];
                if (!(grown.onPath[i] & bit)) {
                    sums[row] += grown.predictions[i];
                    continue;
                }
                sums[row] += grown.tree.predict([&](std::uint32_t asked) {
                    return m_features[asked].bins[asked == feature ? order[row] : row];
                });
            }
        }
        return fitOf(sums);
    }

    ForestOptions m_options;
    std::vector<std::uint32_t> m_rows; // with a finite target
    std::size_t m_finite = 0;          // of these before some were left out
    std::vector<double> m_target;      // of the rows
    std::vector<FeatureBins> m_features;
    std::vector<GrownTree> m_trees;
    std::vector<double> m_votes; // trees that have not seen the row
};

} // namespace

Result<ForestReport> forestImportance(const std::vector<Feature>& features, std::span<const double> target,
                                      const ForestOptions& options, const Operation& operation)
{
    for (const auto& feature : features)
        if (feature.values.size() != target.size())
            return fail(ErrorCode::InvalidArgument,
                        "Feature '" + feature.name + "' has another length than the target");
    Forest forest(features, target, options);
    ForestReport report;
    report.rows = forest.rows();
    report.left = target.size() - forest.finite();
    report.notDrawn = forest.finite() - forest.rows();
    report.undefined = forest.undefined();
    if (!report.undefined.empty())
        return report;
    SEXTANT_CHECK(forest.grow(operation));
    report.outOfBagR2 = forest.outOfBagR2();
    for (std::size_t feature = 0; feature < features.size(); ++feature) {
        operation.progress("Shuffling", feature, features.size());
        SEXTANT_TRY(auto importance, forest.importanceOf(feature, report.outOfBagR2, operation));
        report.features.push_back(importance);
    }
    std::stable_sort(
        report.features.begin(), report.features.end(),
        [](const FeatureImportance& a, const FeatureImportance& b) { return a.importance > b.importance; });
    return report;
}

} // namespace sextant
