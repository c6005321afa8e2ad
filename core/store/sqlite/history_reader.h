// Histories and their summaries from the points of a database.
#pragma once

#include "core/series/history.h"
#include "core/store/sqlite/sqlite_source.h"
#include "core/store/sqlite/table_scan.h"
#include "core/table/metric_summary.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace sextant::sqlite {

/// Every point by (timestamp, step, value). Errors: NotFound when there is no such run, Cancelled.
Result<HistoryPtr> readHistory(SqliteSession session, const std::string& runId, const std::string& metric,
                               const Operation& operation, SkippedRows& skipped);

/// The same for several runs; `take(i, history)` gets that of runIds[i]. In one pass over the index by metric
/// where they are a good part of what it holds: there all columns stand side by side, while the table has
/// each point of a run on a page of its own when training logs many metrics at a step.
Result<void> readHistories(SqliteSession session, const std::string& metric,
                           std::span<const std::string> runIds, const Operation& operation,
                           const std::function<void(std::size_t, HistoryPtr)>& take, SkippedRows& skipped);

/// Whether readHistories of these takes the one pass.
Result<bool> readsTogether(SqliteSession session, const std::string& metric,
                           std::span<const std::string> runIds);

/// The last row that the run logged: points are only ever added, and rows numbered upwards. Empty without the
/// index that makes this cheap.
Result<std::string> readHistoryMark(SqliteSession session, const std::string& runId);

/// `first` and `last` by (step, timestamp, value): the last is what MLflow calls the latest.
Result<std::vector<MetricSummary>> readMetricSummaries(SqliteSession session, const std::string& metric,
                                                       const Operation& operation, SkippedRows& skipped);

} // namespace sextant::sqlite
