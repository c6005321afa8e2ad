// Joining metrics by step: how a curve gets another metric as its x, and an expression its operands.
#pragma once

#include "core/base/operation.h"
#include "core/series/history.h"

#include <span>
#include <vector>

namespace sextant {

/// The steps at which all histories have a point, ascending, each once. Of several points at one step the
/// last counts: the latest timestamp, and among equal ones the last in the store's order.
struct StepJoin
{
    FrozenArray<std::int64_t> steps;
    FrozenArray<EpochMs> timestamps;         // of the first history's points
    std::vector<FrozenArray<double>> values; // as many as histories
    std::vector<std::size_t> unmatched;      // for each history: its steps that another one lacks
    std::vector<std::size_t> repeated; // for each history: points that a later one of the same step replaced
};

/// Errors: Cancelled; InvalidArgument when no history is given.
Result<StepJoin> joinBySteps(std::span<const HistoryPtr> histories, const Operation& operation = {});

/// A metric over another one: for each step that both have, a point.
struct MetricOverMetric
{
    HistoryPtr history;        // step, time and value of the metric
    FrozenArray<double> x;     // finite
    std::size_t unmatched = 0; // steps of the metric at which x was not logged
    std::size_t notFinite = 0; // steps at which x is NaN or infinite: there is no place for them
};

Result<MetricOverMetric> overMetric(const HistoryPtr& metric, const HistoryPtr& x,
                                    const Operation& operation = {});

} // namespace sextant
