// Workspaces as JSON. Reading takes what it knows and refuses what has the wrong shape: the file may come
// from anywhere.
#include "core/table/groups.h"
#include "ui/shell/workspace.h"
#include "ui/shell/workspace_parts.h"

namespace sextant {

namespace {

struct KindName
{
    ColumnKind kind;
    const char* name;
};
constexpr KindName kKinds[] = {{ColumnKind::Attribute, "attribute"},
                               {ColumnKind::Metric, "metric"},
                               {ColumnKind::Param, "param"},
                               {ColumnKind::Tag, "tag"}};

constexpr char kSchema[] = "sextant.workspace/1";
constexpr int kMostColumns = 2000;
constexpr int kMostCharts = 200;

constexpr const char* kViews[] = {"active", "deleted", "all"};
constexpr const char* kLayouts[] = {"table", "split", "charts"};
constexpr const char* kFigures[kGroupFigures] = {"mean-std", "mean-stderr", "mean-ci95", "mean",  "std",
                                                 "stderr",   "min",         "max",       "median"};
constexpr const char* kDeltas[] = {"sorted", "every", "none"};
constexpr int kMostGroupColumns = 16;

QJsonObject groupsToJson(const GroupView& groups)
{
    QJsonArray by;
    for (const ColumnRef& column : groups.columns)
        by.append(columnToJson(column));
    return {{"by", by},
            {"figure", QLatin1String(kFigures[std::size_t(groups.figure)])},
            {"bands", groups.bands},
            {"open", groups.open},
            {"turned", textsToJson(groups.turned)}};
}

GroupView groupsFromJson(const QJsonObject& object)
{
    GroupView groups;
    for (const auto& each : object["by"].toArray()) {
        ColumnRef column;
        if (groups.columns.size() < kMostGroupColumns && columnFromJson(each, column) && canGroupBy(column) &&
            std::find(groups.columns.begin(), groups.columns.end(), column) == groups.columns.end())
            groups.columns.push_back(std::move(column));
    }
    groups.figure = GroupFigure(indexOf(kFigures, object["figure"], 0));
    groups.bands = object["bands"].toBool(true);
    groups.open = object["open"].toBool(true);
    groups.turned = textsFromJson<std::set<std::string>>(object["turned"]);
    return groups;
}

QJsonArray chartsToJson(const std::vector<ChartView>& charts)
{
    QJsonArray array;
    for (const ChartView& chart : charts)
        array.append(QJsonObject{{"metric", jsonText(chart.metric)},
                                 {"x", chart.xAxis},
                                 {"logY", chart.logY},
                                 {"smoothing", chart.smoothing},
                                 {"smoothingAmount", chart.smoothingAmount}});
    return array;
}

std::vector<ChartView> chartsFromJson(const QJsonArray& array)
{
    std::vector<ChartView> charts;
    for (const auto& each : array) {
        if (charts.size() == kMostCharts)
            break;
        const QJsonObject object = each.toObject();
        ChartView chart;
        chart.metric = jsonBytes(object["metric"]);
        chart.xAxis = std::clamp(object["x"].toInt(), 0, 2);
        chart.logY = object["logY"].toBool();
        chart.smoothing = std::clamp(object["smoothing"].toInt(), 0, 16);
        chart.smoothingAmount = object["smoothingAmount"].toDouble(chart.smoothingAmount);
        if (!chart.metric.empty())
            charts.push_back(std::move(chart));
    }
    return charts;
}

} // namespace

QJsonObject columnToJson(const ColumnRef& column)
{
    return {{"kind", QLatin1String(kKinds[std::size_t(column.kind)].name)}, {"key", jsonText(column.key)}};
}

bool columnFromJson(const QJsonValue& value, ColumnRef& column)
{
    const QJsonObject object = value.toObject();
    for (const KindName& known : kKinds)
        if (object["kind"].toString() == QLatin1String(known.name)) {
            column = {known.kind, jsonBytes(object["key"])};
            return !column.key.empty();
        }
    return false;
}

QJsonObject toJson(const Workspace& workspace)
{
    QJsonArray order, columns;
    for (const SortKey& key : workspace.order) {
        QJsonObject object = columnToJson(key.column);
        object["ascending"] = key.ascending;
        object["numeric"] = key.numeric;
        order.append(object);
    }
    for (const ColumnView& view : workspace.columns) {
        QJsonObject object = columnToJson(view.column);
        if (view.width > 0)
            object["width"] = view.width;
        if (view.frozen)
            object["frozen"] = true;
        columns.append(object);
    }
    QJsonObject colors;
    for (const auto& [runId, index] : workspace.colors)
        colors[jsonText(runId)] = index;
    QJsonObject directions;
    for (const auto& [metric, direction] : workspace.directions)
        directions[jsonText(metric)] = direction;
    return {{"schema", QLatin1String(kSchema)},
            {"experiments", textsToJson(workspace.experimentIds)},
            {"view", QLatin1String(kViews[std::size_t(workspace.view)])},
            {"filter", jsonText(workspace.filter)},
            {"brushes", brushesToJson(workspace.brushes)},
            {"order", order},
            {"columns", columns},
            {"charts", chartsToJson(workspace.charts)},
            {"layout", QLatin1String(kLayouts[std::size_t(workspace.layout)])},
            {"nested", workspace.nested},
            {"absoluteTimes", workspace.absoluteTimes},
            {"collapsed", textsToJson(workspace.collapsed)},
            {"shown", textsToJson(workspace.shown)},
            {"pinned", textsToJson(workspace.pinned)},
            {"baseline", jsonText(workspace.baseline)},
            {"groups", groupsToJson(workspace.groups)},
            {"deltas", QLatin1String(kDeltas[std::size_t(workspace.deltas)])},
            {"deltaPercent", workspace.deltaPercent},
            {"colors", colors},
            {"directions", directions},
            {"compare", toJson(workspace.compare)}};
}

Result<Workspace> workspaceFromJson(const QJsonObject& object)
{
    if (object["schema"].toString() != QLatin1String(kSchema))
        return fail(ErrorCode::Unsupported, "This is not a saved view of this version of Sextant",
                    "Choose a view saved by this version");
    Workspace workspace;
    workspace.experimentIds = textsFromJson<std::vector<std::string>>(object["experiments"]);
    workspace.view = ViewType(indexOf(kViews, object["view"], 0));
    workspace.filter = jsonBytes(object["filter"]);
    workspace.brushes = brushesFromJson(object["brushes"].toArray());
    for (const auto& each : object["order"].toArray()) {
        SortKey key;
        if (columnFromJson(each, key.column)) {
            key.ascending = each.toObject()["ascending"].toBool(true);
            key.numeric = each.toObject()["numeric"].toBool();
            workspace.order.push_back(std::move(key));
        }
    }
    for (const auto& each : object["columns"].toArray()) {
        ColumnView view;
        if (workspace.columns.size() < kMostColumns && columnFromJson(each, view.column)) {
            view.width = std::clamp(each.toObject()["width"].toInt(), 0, 4000);
            view.frozen = each.toObject()["frozen"].toBool();
            workspace.columns.push_back(std::move(view));
        }
    }
    workspace.charts = chartsFromJson(object["charts"].toArray());
    workspace.layout = Workspace::Layout(indexOf(kLayouts, object["layout"], 1));
    workspace.nested = object["nested"].toBool(true);
    workspace.absoluteTimes = object["absoluteTimes"].toBool(false);
    workspace.collapsed = textsFromJson<std::set<std::string>>(object["collapsed"]);
    workspace.shown = textsFromJson<std::set<std::string>>(object["shown"]);
    workspace.pinned = textsFromJson<std::vector<std::string>>(object["pinned"]);
    workspace.baseline = jsonBytes(object["baseline"]);
    workspace.groups = groupsFromJson(object["groups"].toObject());
    workspace.deltas = Deltas(indexOf(kDeltas, object["deltas"], 0));
    workspace.deltaPercent = object["deltaPercent"].toBool();
    const QJsonObject colors = object["colors"].toObject();
    for (auto color = colors.begin(); color != colors.end(); ++color)
        workspace.colors[color.key().toStdString()] = std::max(0, color->toInt());
    const QJsonObject directions = object["directions"].toObject();
    for (auto direction = directions.begin(); direction != directions.end(); ++direction)
        workspace.directions[direction.key().toStdString()] = direction->toInt() < 0 ? -1 : 1;
    workspace.compare = compareViewFromJson(object["compare"].toObject());
    return workspace;
}

} // namespace sextant
