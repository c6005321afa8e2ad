// Which runs are shown, in which order and nesting, and how the numbers of each column are written.
// Computed off the GUI thread from a RunTable; immutable and shared.
#pragma once

#include "core/query/evaluate.h"
#include "core/store/open.h"
#include "core/table/brush.h"
#include "core/table/order.h"
#include "core/tracking/enums.h"
#include "ui/shell/grouped_runs.h"
#include "ui/widgets/number_format.h"

#include <memory>
#include <string>
#include <vector>

namespace sextant {

struct ArrangeRequest
{
    RunTablePtr table;
    Filter filter;
    std::vector<Brush> brushes; // besides the filter
    MetricSummaries summaries;
    std::vector<std::string> experimentIds; // empty: all
    ViewType view = ViewType::ActiveOnly;
    std::vector<SortKey> order;
    bool nested = true;
    std::vector<ColumnRef> columns;
    GroupRequest groups;
};

struct RunArrangement
{
    RunTablePtr table;
    std::vector<RowIndex> rows;        // parents before their children
    std::vector<std::uint16_t> depths; // empty: no run has children here
    std::vector<std::uint32_t>
        ends;                   // where the descendants of rows[i] end, as an index into rows; empty as above
    std::size_t candidates = 0; // runs of these experiments and this view, before the filter
    std::vector<ColumnFacts> columns;
    GroupedRunsPtr
        groups; // null: the runs stand alone; else rows are in the order of the groups, and nothing is nested

    bool nested() const { return !depths.empty(); }
    const ColumnFacts* facts(const ColumnRef& column) const;
};

using RunArrangementPtr = std::shared_ptr<const RunArrangement>;

/// Errors: those of selectRows and orderRows.
Result<RunArrangementPtr> arrangeRuns(const ArrangeRequest& request, const Operation& operation = {});

/// Reads first what the filter needs to know of whole histories.
Result<RunArrangementPtr> arrangeWithHistories(Store& store, ArrangeRequest request,
                                               const Operation& operation);

ColumnFacts factsOf(const RunTable& table, const ColumnRef& column);

/// Columns to begin with: when, how long, the metrics most runs have, the params in which they differ.
std::vector<ColumnRef> defaultColumns(const RunTable& table, std::span<const RowIndex> rows);

/// Metrics to chart to begin with, the ones most runs have; system metrics and those that never vary come
/// last.
std::vector<std::string> defaultChartMetrics(const RunTable& table, std::span<const RowIndex> rows,
                                             std::size_t count);

} // namespace sextant
