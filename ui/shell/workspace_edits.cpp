#include "ui/shell/workspace_edits.h"

#include "core/query/print.h"

#include <algorithm>

namespace sextant {

namespace {

bool startsDescending(const ColumnRef& column)
{
    return column.kind == ColumnKind::Attribute && (column.key == "start_time" || column.key == "end_time");
}

} // namespace

Workspace withSortClick(Workspace workspace, const ColumnRef& column, bool numeric, bool additional)
{
    auto& order = workspace.order;
    auto found =
        std::find_if(order.begin(), order.end(), [&](const SortKey& key) { return key.column == column; });
    SortKey key{column, !startsDescending(column), numeric};
    if (found != order.end() && (additional || order.size() == 1)) {
        found->ascending = !found->ascending;
        return workspace;
    }
    if (!additional)
        order.clear();
    order.push_back(std::move(key));
    return workspace;
}

Workspace withShown(Workspace workspace, const std::vector<std::string>& runIds, bool shown)
{
    for (const auto& id : runIds) {
        if (shown)
            workspace.shown.insert(id);
        else
            workspace.shown.erase(id);
    }
    return workspace;
}

Workspace withOnlyShown(Workspace workspace, const std::vector<std::string>& runIds)
{
    workspace.shown = {runIds.begin(), runIds.end()};
    return workspace;
}

Workspace withPinsToggled(Workspace workspace, const std::vector<std::string>& runIds)
{
    auto& pinned = workspace.pinned;
    std::set<std::string> before(pinned.begin(), pinned.end());
    std::set<std::string> chosen(runIds.begin(), runIds.end());
    if (std::includes(before.begin(), before.end(), chosen.begin(), chosen.end())) {
        std::erase_if(pinned, [&](const std::string& id) { return chosen.contains(id); });
        return workspace;
    }
    std::copy_if(runIds.begin(), runIds.end(), std::back_inserter(pinned),
                 [&](const std::string& id) { return before.insert(id).second; });
    return workspace;
}

Workspace withBaselineToggled(Workspace workspace, const std::string& runId)
{
    workspace.baseline = workspace.baseline == runId ? std::string() : runId;
    return workspace;
}

Workspace withFold(Workspace workspace, const std::string& runId, bool open)
{
    if (open)
        workspace.collapsed.erase(runId);
    else
        workspace.collapsed.insert(runId);
    return workspace;
}

Workspace withColor(Workspace workspace, const std::string& runId, int color)
{
    if (color < 0)
        workspace.colors.erase(runId);
    else
        workspace.colors[runId] = color;
    return workspace;
}

bool showsColumn(const Workspace& workspace, const ColumnRef& column)
{
    return std::any_of(workspace.columns.begin(), workspace.columns.end(),
                       [&](const ColumnView& view) { return view.column == column; });
}

Workspace withColumn(Workspace workspace, const ColumnRef& column, bool shown)
{
    if (!shown)
        std::erase_if(workspace.columns, [&](const ColumnView& view) { return view.column == column; });
    else if (!showsColumn(workspace, column))
        workspace.columns.push_back({column, 0});
    return workspace;
}

bool isFrozen(const Workspace& workspace, const ColumnRef& column)
{
    return std::any_of(workspace.columns.begin(), workspace.columns.end(),
                       [&](const ColumnView& view) { return view.column == column && view.frozen; });
}

Workspace withFrozen(Workspace workspace, const ColumnRef& column, bool frozen)
{
    workspace = withColumn(std::move(workspace), column, true);
    for (auto& view : workspace.columns) {
        if (view.column == column)
            view.frozen = frozen;
    }
    return workspace;
}

Workspace withGrouping(Workspace workspace, std::vector<ColumnRef> columns, std::size_t runs)
{
    constexpr std::size_t kFewRuns = 100;
    auto& groups = workspace.groups;
    if (groups.columns == columns)
        return workspace;
    groups.columns = std::move(columns);
    groups.open = runs <= kFewRuns;
    groups.turned.clear();
    return workspace;
}

Workspace withGroupFold(Workspace workspace, const std::string& key, bool open)
{
    auto& groups = workspace.groups;
    if (open == groups.open)
        groups.turned.erase(key);
    else
        groups.turned.insert(key);
    return workspace;
}

Workspace withAllGroups(Workspace workspace, bool open)
{
    workspace.groups.open = open;
    workspace.groups.turned.clear();
    return workspace;
}

Workspace withColumnOrder(Workspace workspace, const std::vector<ColumnRef>& order)
{
    auto place = [&](const ColumnView& view) {
        return std::find(order.begin(), order.end(), view.column) - order.begin();
    };
    std::stable_sort(workspace.columns.begin(), workspace.columns.end(),
                     [&](const ColumnView& a, const ColumnView& b) { return place(a) < place(b); });
    return workspace;
}

Workspace withChart(Workspace workspace, const std::string& metric, bool shown)
{
    auto found = std::find_if(workspace.charts.begin(), workspace.charts.end(),
                              [&](const ChartView& chart) { return chart.metric == metric; });
    if (shown && found == workspace.charts.end())
        workspace.charts.push_back({metric});
    else if (!shown && found != workspace.charts.end())
        workspace.charts.erase(found);
    return workspace;
}

std::string withClause(const std::string& filter, const CellClause& cell)
{
    std::string clause;
    auto field = quoteField(cell.kind, cell.key);
    if (const auto* limit = std::get_if<double>(&cell.value); limit && cell.bound != 0) {
        clause = boundClause(cell.kind, cell.key, *limit, cell.bound > 0);
    } else if (std::holds_alternative<std::monostate>(cell.value)) {
        clause = field + (cell.negate ? " IS NOT NULL" : " IS NULL");
    } else {
        auto number = std::get_if<double>(&cell.value);
        auto text = std::get_if<std::string>(&cell.value);
        clause =
            number ? equalsClause(cell.kind, cell.key, *number) : equalsClause(cell.kind, cell.key, *text);
        if (cell.negate) {
            auto quoted = text ? quoteText(*text) : std::optional<std::string>();
            clause = quoted ? field + " != " + *quoted : "NOT (" + clause + ')';
        }
    }
    return joinedByAnd(filter, clause, FilterTarget::Runs);
}

} // namespace sextant
