// Forest: a random forest for regression (bagged CART trees), and how much each feature matters to it.
// Deterministic: the same input and seed give the same figures on every machine. Calls last; they heed
// Operation.
#pragma once

#include "core/base/operation.h"
#include "core/statistics/summary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sextant {

/// One column of input. NaN means that the row has no value; it is kept apart, below all numbers.
struct Feature
{
    std::string name;
    std::vector<double> values;
    bool categorical = false; // values are codes without an order: a split puts any set of them on one side
};

struct ForestOptions
{
    std::size_t trees = 200;
    std::size_t minLeaf = 1;       // rows
    std::size_t maxDepth = 40;     // of a tree
    double featureShare = 1.0;     // of the features tried at each split, at least one
    std::size_t repeats = 5;       // permutations of each feature
    std::size_t mostRows = 20'000; // of more rows a random part takes part
    std::uint64_t seed = 20240229; // any
};

struct FeatureImportance
{
    std::size_t feature = 0;
    double importance =
        0; // by how much R² on rows the trees have not seen falls when the feature is shuffled
    double deviation = 0; // over the repeats
};

struct ForestReport
{
    std::size_t rows = 0;           // with a finite target, that took part
    std::size_t left = 0;           // without
    std::size_t notDrawn = 0;       // beyond ForestOptions::mostRows: did not take part
    double outOfBagR2 = kUndefined; // fit on rows a tree has not seen; may be negative: worse than the mean
    std::vector<FeatureImportance> features; // most important first
    std::string undefined;                   // why there is none of this; empty when there is
};

/// Grows the forest that foretells `target` from the features (each as long as `target`), and shuffles each
/// feature in the rows that a tree did not see. Numbers with over 250 distinct values are cut into 250 ranges
/// of about equally many rows; of a categorical feature the rarest beyond 250 are one. Errors:
/// InvalidArgument when lengths differ; Cancelled.
Result<ForestReport> forestImportance(const std::vector<Feature>& features, std::span<const double> target,
                                      const ForestOptions& options = {}, const Operation& operation = {});

} // namespace sextant
