// Metric histories from the files that hold them.
#pragma once

#include "core/base/operation.h"
#include "core/series/history.h"
#include "core/store/files/run_writer.h"
#include "core/store/files/store_layout.h"
#include "core/table/metric_summary.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace sextant::files {

/// Every point in file order. Empty when the run never logged the metric.
Result<HistoryPtr> readHistory(const StoreLayout& layout, const RunLocation& run, const std::string& metric,
                               const Operation& operation);

/// The same for several runs, on several threads; `take(i, history)` gets that of runs[i], from one thread at
/// a time.
Result<void> readHistories(const StoreLayout& layout, std::span<const RunLocation> runs,
                           const std::string& metric, const Operation& operation,
                           const std::function<void(std::size_t, HistoryPtr)>& take);

/// Time, size and identity of the file that holds the history; empty when there is none.
std::string historyMark(const StoreLayout& layout, const RunLocation& run, const std::string& metric);

/// One summary for each run of these experiments that logged the metric.
Result<std::vector<MetricSummary>> readMetricSummaries(const StoreLayout& layout,
                                                       const std::vector<ExperimentFolder>& experiments,
                                                       const std::string& metric, const Operation& operation);

} // namespace sextant::files
