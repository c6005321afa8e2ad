// Changes of a Workspace as pure functions: what the actions of the Runs page do to it.
#pragma once

#include "core/query/syntax.h"
#include "ui/shell/workspace.h"

#include <string>
#include <variant>
#include <vector>

namespace sextant {

/// A click on a header: sorts by the column, the second click the other way; `additional` keeps the keys
/// before it. Metrics and texts begin ascending, times descending.
Workspace withSortClick(Workspace workspace, const ColumnRef& column, bool numeric, bool additional);

Workspace withShown(Workspace workspace, const std::vector<std::string>& runIds, bool shown);
Workspace withOnlyShown(Workspace workspace, const std::vector<std::string>& runIds);

/// Pins the runs, or unpins them when all are pinned already.
Workspace withPinsToggled(Workspace workspace, const std::vector<std::string>& runIds);
/// Makes the run the baseline; none when it is that already.
Workspace withBaselineToggled(Workspace workspace, const std::string& runId);

Workspace withFold(Workspace workspace, const std::string& runId, bool open);
Workspace withColor(Workspace workspace, const std::string& runId, int color); // -1: the run's own again

Workspace withColumn(Workspace workspace, const ColumnRef& column, bool shown);
/// Moves a column so that it stands before the one that is at `place` now.
Workspace withColumnOrder(Workspace workspace, const std::vector<ColumnRef>& order);
bool showsColumn(const Workspace& workspace, const ColumnRef& column);
/// A frozen column stays at the left while the table scrolls; it is shown if it was not.
Workspace withFrozen(Workspace workspace, const ColumnRef& column, bool frozen);
bool isFrozen(const Workspace& workspace, const ColumnRef& column);

/// Groups begin open when there are few runs to list, else closed: then the groups themselves are what is to
/// be seen.
Workspace withGrouping(Workspace workspace, std::vector<ColumnRef> columns, std::size_t runs);
Workspace withGroupFold(Workspace workspace, const std::string& key, bool open);
Workspace withAllGroups(Workspace workspace, bool open);

Workspace withChart(Workspace workspace, const std::string& metric, bool shown);

/// What a cell says of its run, as a clause of a filter.
struct CellClause
{
    FieldKind kind = FieldKind::Attribute;
    std::string key;
    std::variant<std::monostate, double, std::string> value; // monostate: the run has no such value
    bool negate = false;                                     // "not this"
    int bound = 0; // of a number: 1 "at least this", -1 "at most this"
};

/// The filter with the clause added by AND.
std::string withClause(const std::string& filter, const CellClause& cell);

} // namespace sextant
