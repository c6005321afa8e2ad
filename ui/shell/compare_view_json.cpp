#include "ui/shell/compare_view.h"
#include "ui/shell/workspace_parts.h"

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

constexpr std::size_t kMostRuns = 10'000;
constexpr std::size_t kMostPanels = 500;
constexpr int kMostKeys = 5'000;
constexpr const char* kSources[] = {"shown", "runs", "filter"};
constexpr const char* kCharts[] = {"line", "parallel"};

struct IntField
{
    const char* name;
    std::optional<int> CurveChoice::*field;
    int most;
};
constexpr IntField kFields[] = {{"x", &CurveChoice::xAxis, 2},
                                {"y", &CurveChoice::yScale, 2},
                                {"smoothing", &CurveChoice::smoothing, 4},
                                {"band", &CurveChoice::band, 4},
                                {"members", &CurveChoice::members, 1},
                                {"outliers", &CurveChoice::outliers, 1}};

QJsonObject choiceToJson(const CurveChoice& choice)
{
    QJsonObject object;
    for (const auto& each : kFields)
        if (choice.*each.field)
            object[QLatin1String(each.name)] = *(choice.*each.field);
    if (choice.xMetric)
        object["xMetric"] = jsonText(*choice.xMetric);
    if (choice.smoothingAmount)
        object["smoothingAmount"] = *choice.smoothingAmount;
    return object;
}

CurveChoice choiceFromJson(const QJsonObject& object)
{
    CurveChoice choice;
    for (const auto& each : kFields)
        if (object[QLatin1String(each.name)].isDouble())
            choice.*each.field = std::clamp(object[QLatin1String(each.name)].toInt(), 0, each.most);
    if (object["xMetric"].isString())
        choice.xMetric = jsonBytes(object["xMetric"]);
    if (auto amount = object["smoothingAmount"]; amount.isDouble() && std::isfinite(amount.toDouble()))
        choice.smoothingAmount = std::clamp(amount.toDouble(), 0.0, 1e6);
    return choice;
}

QJsonObject choicesToJson(const std::map<std::string, CurveChoice>& choices)
{
    QJsonObject object;
    for (const auto& [key, choice] : choices)
        if (!choice.empty())
            object[jsonText(key)] = choiceToJson(choice);
    return object;
}

std::map<std::string, CurveChoice> choicesFromJson(const QJsonObject& object)
{
    std::map<std::string, CurveChoice> choices;
    for (auto each = object.begin(); each != object.end() && choices.size() < kMostKeys; ++each)
        if (auto choice = choiceFromJson(each->toObject()); !choice.empty())
            choices[each.key().toStdString()] = std::move(choice);
    return choices;
}

QJsonArray panelsToJson(const std::vector<ComparePanel>& panels)
{
    QJsonArray array;
    for (const auto& panel : panels)
        array.append(QJsonObject{{"chart", jsonText(panel.chart)},
                                 {"metric", jsonText(panel.metric)},
                                 {"columns", panel.columns},
                                 {"rows", panel.rows}});
    return array;
}

std::vector<ComparePanel> panelsFromJson(const QJsonArray& array)
{
    std::vector<ComparePanel> panels;
    for (const auto& each : array) {
        if (panels.size() == kMostPanels)
            break;
        const QJsonObject object = each.toObject();
        ComparePanel panel;
        panel.chart = kCharts[indexOf(kCharts, object["chart"], 0)];
        panel.metric = jsonBytes(object["metric"]);
        panel.columns = std::clamp(object["columns"].toInt(panel.columns), 1, 6);
        panel.rows = std::clamp(object["rows"].toInt(panel.rows), 3, 30);
        auto same = [&](const ComparePanel& other) {
            return other.chart == panel.chart && other.metric == panel.metric;
        };
        if ((panel.chart != "line" || !panel.metric.empty()) &&
            std::none_of(panels.begin(), panels.end(), same))
            panels.push_back(std::move(panel));
    }
    return panels;
}

} // namespace

QJsonObject toJson(const CompareView& view)
{
    QJsonArray grouping;
    for (const auto& column : view.grouping)
        grouping.append(columnToJson(column));
    QJsonObject tabs;
    for (const auto& [id, state] : view.tabs)
        tabs[jsonText(id)] = state;
    QJsonObject object{{"source", QLatin1String(kSources[std::size_t(view.source)])},
                       {"runs", textsToJson(view.runs)},
                       {"filter", jsonText(view.filter)},
                       {"hidden", textsToJson(view.hidden)},
                       {"grouping", grouping},
                       {"foldedGroups", textsToJson(view.foldedGroups)},
                       {"sortMetric", jsonText(view.sortMetric)},
                       {"sortDescending", view.sortDescending},
                       {"tab", jsonText(view.tab)},
                       {"arranged", view.arranged},
                       {"panels", panelsToJson(view.panels)},
                       {"search", jsonText(view.search)},
                       {"folded", textsToJson(view.folded)},
                       {"settings", choiceToJson(view.settings)},
                       {"sectionSettings", choicesToJson(view.sectionSettings)},
                       {"panelSettings", choicesToJson(view.panelSettings)},
                       {"syncZoom", view.syncZoom},
                       {"tabs", tabs}};
    if (view.colorBy)
        object["colorBy"] = columnToJson(*view.colorBy);
    if (view.dashBy)
        object["dashBy"] = columnToJson(*view.dashBy);
    return object;
}

CompareView compareViewFromJson(const QJsonObject& object)
{
    CompareView view;
    view.source = CompareView::Source(indexOf(kSources, object["source"], 0));
    view.runs = textsFromJson<std::vector<std::string>>(object["runs"]);
    view.runs.resize(std::min(view.runs.size(), kMostRuns));
    view.filter = jsonBytes(object["filter"]);
    view.hidden = textsFromJson<std::set<std::string>>(object["hidden"]);
    ColumnRef column;
    for (const auto& each : object["grouping"].toArray())
        if (view.grouping.size() < 8 && columnFromJson(each, column))
            view.grouping.push_back(column);
    if (columnFromJson(object["colorBy"], column))
        view.colorBy = column;
    if (columnFromJson(object["dashBy"], column))
        view.dashBy = column;
    view.foldedGroups = textsFromJson<std::set<std::string>>(object["foldedGroups"]);
    view.sortMetric = jsonBytes(object["sortMetric"]);
    view.sortDescending = object["sortDescending"].toBool();
    if (auto tab = jsonBytes(object["tab"]); !tab.empty())
        view.tab = tab;
    view.panels = panelsFromJson(object["panels"].toArray());
    view.arranged = object["arranged"].toBool(!view.panels.empty());
    view.search = jsonBytes(object["search"]);
    view.folded = textsFromJson<std::set<std::string>>(object["folded"]);
    view.settings = choiceFromJson(object["settings"].toObject());
    view.sectionSettings = choicesFromJson(object["sectionSettings"].toObject());
    view.panelSettings = choicesFromJson(object["panelSettings"].toObject());
    view.syncZoom = object["syncZoom"].toBool(true);
    const QJsonObject tabs = object["tabs"].toObject();
    for (auto each = tabs.begin(); each != tabs.end() && view.tabs.size() < 32; ++each)
        view.tabs[each.key().toStdString()] = each->toObject();
    return view;
}

} // namespace sextant
