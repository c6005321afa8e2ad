// What params matter for a metric, over a set of runs: by a random forest, and by rank correlation.
// Lasts with many runs and params: heeds Operation. Deterministic.
#pragma once

#include "core/statistics/correlation.h"
#include "core/statistics/forest.h"
#include "core/table/order.h"

namespace sextant {

struct ParamImportance
{
    ColumnRef column;
    bool numeric = false;           // else it was taken as categories
    std::size_t values = 0;         // different ones among the runs that count; having none is one
    double importance = kUndefined; // fall of R² when shuffled
    double deviation = kUndefined;
    Correlation rank; // Spearman with the metric; of numeric params only
};

struct ImportanceReport
{
    std::vector<ParamImportance> params; // most important first
    std::vector<std::string> constant;   // keys that have one value only and can't matter
    std::size_t runs = 0;                // with a finite value of the metric
    std::size_t left = 0;                // without
    std::size_t notDrawn = 0;            // of these many the forest has seen none, to come to an end in time
    double outOfBagR2 =
        kUndefined;        // how well the forest foretells runs it has not seen: near 0, do not trust it
    std::string undefined; // why the forest says nothing; empty when it does
};

/// `params` empty: all params of these rows that vary. Columns may also be tags or metrics. Error: Cancelled.
Result<ImportanceReport> importanceOf(const RunTable& table, std::span<const RowIndex> rows,
                                      const ColumnRef& metric, std::vector<ColumnRef> params = {},
                                      const ForestOptions& options = {}, const Operation& operation = {});

} // namespace sextant
