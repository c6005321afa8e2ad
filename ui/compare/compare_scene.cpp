#include "ui/compare/compare_scene.h"

#include "core/base/number.h"
#include "ui/charts/run_colors.h"
#include "ui/shell/run_arrangement.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CompareScene", text);
}

constexpr std::size_t kMostColors = kSeriesColors;

/// The distinct values of a column over some rows: numbers ascending, then texts, then "none".
struct Categories
{
    std::vector<int> codes; // one a row
    std::vector<std::optional<std::string>> values;
    bool numeric = true;
};

bool comesBefore(const std::optional<std::string>& a, const std::optional<std::string>& b)
{
    if (!a || !b)
        return a && !b;
    auto x = parseDouble(*a), y = parseDouble(*b);
    if (x && y && *x != *y)
        return *x < *y;
    if (bool(x) != bool(y))
        return bool(x);
    return *a < *b;
}

Categories categoriesOf(const RunTable& table, const ColumnRef& column, std::span<const RowIndex> rows)
{
    Categories categories;
    std::map<std::optional<std::string>, int> seen;
    for (auto row : rows) {
        auto [place, isNew] = seen.try_emplace(fieldText(table, column, row), static_cast<int>(seen.size()));
        categories.codes.push_back(place->second);
        if (isNew)
            categories.values.push_back(place->first);
    }
    std::vector<int> order(categories.values.size()), rank(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return comesBefore(categories.values[static_cast<std::size_t>(a)],
                           categories.values[static_cast<std::size_t>(b)]);
    });
    std::vector<std::optional<std::string>> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
        rank[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
        sorted.push_back(categories.values[static_cast<std::size_t>(order[i])]);
        categories.numeric = categories.numeric && (!sorted.back() || parseDouble(*sorted.back()));
    }
    for (auto& code : categories.codes)
        code = rank[static_cast<std::size_t>(code)];
    categories.values = std::move(sorted);
    return categories;
}

class SceneMaker
{
public:
    SceneMaker(const SceneRequest& request, std::vector<RowIndex> rows)
        : m_request(request), m_view(request.workspace.compare), m_table(*request.table),
          m_rows(std::move(rows))
    {
    }

    CompareScenePtr make()
    {
        m_scene->table = m_request.table;
        m_scene->found = m_rows.size();
        m_rows.resize(std::min(m_rows.size(), kMostCompared));
        m_scene->directions = m_request.workspace.directions;
        chooseMetric();
        findMetrics();
        addRuns();
        dressRuns();
        addGroups();
        order();
        return m_scene;
    }

private:
    void chooseMetric()
    {
        auto& metric = m_scene->mainMetric;
        auto take = [&](const std::string& key) {
            if (metric.empty() && m_table.metric(key))
                metric = key;
        };
        take(m_request.mainMetric);
        take(m_view.sortMetric);
        for (const auto& panel : m_view.panels)
            if (panel.chart == "line")
                take(panel.metric);
        for (const auto& key : metric.empty() ? firstMetrics(m_table, m_rows, m_request.workspace, 1)
                                              : std::vector<std::string>())
            take(key);
    }

    void findMetrics()
    {
        std::vector<RowIndex> rows = m_rows;
        std::sort(rows.begin(), rows.end());
        for (const auto& column : m_table.data().metrics) {
            auto has = [&](RowIndex row) { return !isMissing(column.at(row)); };
            if (column.rows.empty() || column.rows.size() > rows.size()
                    ? std::any_of(rows.begin(), rows.end(), has)
                    : std::any_of(column.rows.begin(), column.rows.end(), [&](RowIndex row) {
                          return std::binary_search(rows.begin(), rows.end(), row);
                      }))
                m_scene->metrics.push_back(column.key);
        }
        std::sort(m_scene->metrics.begin(), m_scene->metrics.end());
    }

    void addRuns()
    {
        const auto& workspace = m_request.workspace;
        const auto* metric = m_table.metric(m_scene->mainMetric);
        auto inside = rowsInside(m_table, workspace.brushes, m_rows);
        auto nextInside = inside.begin();
        m_scene->brushes = workspace.brushes;
        for (auto row : m_rows) {
            RunLook look;
            look.outside = nextInside == inside.end() || *nextInside != row;
            nextInside += look.outside ? 0 : 1;
            look.runId = m_table.runId(row);
            look.row = row;
            look.name = oneName(m_table.name(row), 120);
            if (look.name.trimmed().isEmpty())
                look.name = shortId(look.runId);
            look.hidden = m_view.hidden.contains(look.runId);
            look.baseline = look.runId == workspace.baseline;
            look.pinned = std::find(workspace.pinned.begin(), workspace.pinned.end(), look.runId) !=
                          workspace.pinned.end();
            if (look.baseline)
                m_scene->baseline = look.runId;
            if (metric)
                look.value = metric->at(row);
            m_scene->runs.push_back(std::move(look));
        }
    }

    void dressRuns()
    {
        auto& runs = m_scene->runs;
        std::vector<std::string> ids;
        for (const auto& run : runs)
            ids.push_back(run.runId);
        auto dashes = runDashes(ids, m_request.workspace.colors);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            runs[i].color = runColor(runs[i].runId, m_request.workspace.colors);
            runs[i].dash = dashes[i];
        }
        if (m_view.colorBy)
            colorBy(*m_view.colorBy);
        if (m_view.dashBy) {
            auto categories = categoriesOf(m_table, *m_view.dashBy, m_rows);
            for (std::size_t i = 0; i < runs.size(); ++i)
                runs[i].dash = categories.codes[i] % kSeriesDashes;
        }
    }

    void colorBy(const ColumnRef& column)
    {
        auto& runs = m_scene->runs;
        auto categories = categoriesOf(m_table, column, m_rows);
        auto ramp = column.kind == ColumnKind::Metric ||
                    (categories.numeric && categories.values.size() > kMostColors);
        std::vector<double> numbers;
        for (const auto& value : categories.values)
            numbers.push_back(ramp && value ? parseDouble(*value).value_or(kMissing) : kMissing);
        auto low = HUGE_VAL, high = -HUGE_VAL;
        for (auto number : numbers)
            if (std::isfinite(number))
                low = std::min(low, number), high = std::max(high, number);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            auto number = numbers[static_cast<std::size_t>(categories.codes[i])];
            if (ramp && std::isfinite(number))
                runs[i].shade = high > low ? (number / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
            else
                runs[i].color = categories.codes[i] % kSeriesColors;
        }
    }

    void addGroups()
    {
        m_scene->grouping = m_view.grouping;
        if (m_view.grouping.empty())
            return;
        QStringList titles;
        std::vector<Categories> parts;
        for (const auto& column : m_view.grouping) {
            titles << fieldTitle(column);
            parts.push_back(categoriesOf(m_table, column, m_rows));
        }
        m_scene->groupedBy = titles.join(QStringLiteral(", "));
        std::map<std::vector<int>, std::vector<std::size_t>> members;
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            std::vector<int> key;
            for (const auto& part : parts)
                key.push_back(part.codes[i]);
            members[key].push_back(i);
        }
        for (auto& [key, runs] : members)
            addGroup(key, std::move(runs), parts, titles);
    }

    void addGroup(const std::vector<int>& key, std::vector<std::size_t> runs,
                  const std::vector<Categories>& parts, const QStringList& titles)
    {
        RunGroupLook group;
        QStringList labels;
        for (std::size_t p = 0; p < key.size(); ++p) {
            const auto& value = parts[p].values[static_cast<std::size_t>(key[p])];
            const auto& title = titles[static_cast<int>(p)];
            // Words speak for themselves, numbers don't.
            if (!value)
                labels << (key.size() > 1 ? tr("no %1").arg(title) : tr("none"));
            else if (value->empty())
                labels << (key.size() > 1 ? tr("%1 empty").arg(title) : tr("empty"));
            else
                labels << (key.size() > 1 && parts[p].numeric ? title + QLatin1Char(' ') : QString()) +
                              oneLine(*value, 80);
            group.key += (value ? "=" + *value : std::string("-")) + '\n';
        }
        auto index = static_cast<int>(m_scene->groups.size());
        group.label = labels.join(QStringLiteral(" · "));
        group.color = index % kSeriesColors;
        group.dash = index % kSeriesDashes;
        group.folded = m_view.foldedGroups.contains(group.key);
        double sum = 0, sumOfAll = 0;
        std::size_t finite = 0;
        for (auto run : runs) {
            auto& look = m_scene->runs[run];
            look.group = index;
            if (!m_view.dashBy)
                look.dash = group.dash;
            group.drawn += look.drawn() ? 1 : 0;
            if (!std::isfinite(look.value))
                continue;
            sumOfAll += look.value, ++finite;
            if (look.drawn())
                sum += look.value, ++group.counted;
        }
        auto sameDash = [&](std::size_t run) {
            return m_scene->runs[run].dash == m_scene->runs[runs.front()].dash;
        };
        if (m_view.dashBy && std::all_of(runs.begin(), runs.end(), sameDash))
            group.dash = m_scene->runs[runs.front()].dash;
        auto sameColor = [&](std::size_t run) {
            return m_scene->runs[run].color == m_scene->runs[runs.front()].color;
        };
        if (m_view.colorBy && std::all_of(runs.begin(), runs.end(), sameColor))
            group.color = m_scene->runs[runs.front()].color;
        if (group.counted > 0)
            group.mean = sum / static_cast<double>(group.counted);
        if (finite > 0)
            group.meanOfAll = sumOfAll / static_cast<double>(finite);
        group.runs = std::move(runs);
        m_scene->groups.push_back(std::move(group));
    }

    /// Finite values first, then what is not finite, then what is missing; equals stay as the Runs page has
    /// them.
    bool before(double a, double b) const
    {
        auto rank = [](double value) { return isMissing(value) ? 2 : std::isnan(value) ? 1 : 0; };
        if (rank(a) != rank(b) || rank(a) != 0)
            return rank(a) < rank(b);
        return m_view.sortDescending ? a > b : a < b;
    }

    void order()
    {
        auto& scene = *m_scene;
        std::vector<std::size_t> order(scene.runs.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::vector<int> groupOrder(scene.groups.size()), groupRank(scene.groups.size());
        for (std::size_t i = 0; i < groupOrder.size(); ++i)
            groupOrder[i] = static_cast<int>(i);
        std::stable_sort(groupOrder.begin(), groupOrder.end(), [&](int a, int b) {
            return before(scene.groups[static_cast<std::size_t>(a)].meanOfAll,
                          scene.groups[static_cast<std::size_t>(b)].meanOfAll);
        });
        for (std::size_t i = 0; i < groupOrder.size(); ++i)
            groupRank[static_cast<std::size_t>(groupOrder[i])] = static_cast<int>(i);
        for (auto& run : scene.runs)
            run.group = run.group < 0 ? -1 : groupRank[static_cast<std::size_t>(run.group)];
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
            const auto& x = scene.runs[a];
            const auto& y = scene.runs[b];
            return x.group != y.group ? x.group < y.group : before(x.value, y.value);
        });
        std::vector<RunLook> runs;
        for (auto index : order)
            runs.push_back(std::move(scene.runs[index]));
        scene.runs = std::move(runs);
        std::vector<RunGroupLook> groups;
        for (auto index : groupOrder)
            groups.push_back(std::move(scene.groups[static_cast<std::size_t>(index)]));
        scene.groups = std::move(groups);
        for (auto& group : scene.groups)
            group.runs.clear();
        for (std::size_t i = 0; i < scene.runs.size(); ++i)
            if (scene.runs[i].group >= 0)
                scene.groups[static_cast<std::size_t>(scene.runs[i].group)].runs.push_back(i);
    }

    const SceneRequest& m_request;
    const CompareView& m_view;
    const RunTable& m_table;
    std::vector<RowIndex> m_rows;
    std::shared_ptr<CompareScene> m_scene = std::make_shared<CompareScene>();
};

Result<Filter> filterOf(const SceneRequest& request)
{
    const auto& view = request.workspace.compare;
    return Filter::parse(view.source == CompareView::Source::Filter ? view.filter : request.workspace.filter,
                         FilterTarget::Runs);
}

} // namespace

std::vector<std::string> firstMetrics(const RunTable& table, std::span<const RowIndex> rows,
                                      const Workspace& workspace, std::size_t count)
{
    std::vector<std::string> keys;
    auto add = [&](const std::string& key) {
        const auto* metric = keys.size() < count ? table.metric(key) : nullptr;
        if (metric && std::find(keys.begin(), keys.end(), key) == keys.end() &&
            std::any_of(rows.begin(), rows.end(), [&](RowIndex row) { return !isMissing(metric->at(row)); }))
            keys.push_back(key);
    };
    for (const auto& chart : workspace.charts)
        add(chart.metric);
    for (const auto& key : defaultChartMetrics(table, rows, count))
        add(key);
    return keys;
}

bool RunLook::operator==(const RunLook& other) const
{
    auto same = value == other.value || (std::isnan(value) && std::isnan(other.value));
    return same && runId == other.runId && row == other.row && name == other.name && color == other.color &&
           shade == other.shade && dash == other.dash && group == other.group && hidden == other.hidden &&
           outside == other.outside && baseline == other.baseline && pinned == other.pinned;
}

std::size_t CompareScene::visibleCount() const
{
    return static_cast<std::size_t>(
        std::count_if(runs.begin(), runs.end(), [](const RunLook& run) { return run.drawn(); }));
}

const RunLook* CompareScene::find(std::string_view runId) const
{
    auto place =
        std::find_if(runs.begin(), runs.end(), [&](const RunLook& run) { return run.runId == runId; });
    return place == runs.end() ? nullptr : &*place;
}

bool needsStore(const SceneRequest& request)
{
    if (request.workspace.compare.source == CompareView::Source::Runs)
        return false;
    auto filter = filterOf(request);
    return filter && !filter->historyMetrics().empty();
}

Result<std::vector<RowIndex>> comparedRows(const SceneRequest& request, Store* store,
                                           const Operation& operation)
{
    const auto& workspace = request.workspace;
    const auto& view = workspace.compare;
    std::vector<RowIndex> rows;
    if (view.source == CompareView::Source::Runs) {
        for (const auto& run : view.runs)
            if (auto row = request.table->find(run))
                rows.push_back(*row);
        return orderRows(*request.table, std::move(rows), workspace.order, operation);
    }
    SEXTANT_TRY(auto filter, filterOf(request));
    ArrangeRequest arrange{request.table,  std::move(filter), {},    {}, workspace.experimentIds,
                           workspace.view, workspace.order,   false, {}};
    RunArrangementPtr arrangement;
    if (store) {
        SEXTANT_TRY(arrangement, arrangeWithHistories(*store, std::move(arrange), operation));
    } else {
        SEXTANT_TRY(arrangement, arrangeRuns(arrange, operation));
    }
    if (view.source == CompareView::Source::Filter)
        return arrangement->rows;
    for (auto row : arrangement->rows)
        if (workspace.shown.contains(std::string(request.table->runId(row))))
            rows.push_back(row);
    return rows;
}

CompareScenePtr makeScene(const SceneRequest& request, std::vector<RowIndex> rows)
{
    return SceneMaker(request, std::move(rows)).make();
}

QColor lookColor(const RunLook& look, const Theme& theme)
{
    return look.shade < 0 ? theme.series(look.color) : rampColor(look.shade, theme);
}

QColor lookColor(const RunGroupLook& group, const Theme& theme)
{
    return theme.series(group.color);
}

QList<qreal> lookDash(int dash, const Theme& theme)
{
    return theme.dash(dash * kSeriesColors);
}

std::optional<std::string> fieldText(const RunTable& table, const ColumnRef& column, RowIndex row)
{
    auto owned = [](std::optional<std::string_view> text) {
        return text ? std::optional(std::string(*text)) : std::nullopt;
    };
    switch (column.kind) {
    case ColumnKind::Param: {
        const auto* param = table.param(column.key);
        return param ? owned(param->at(row)) : std::nullopt;
    }
    case ColumnKind::Tag: {
        const auto* tag = table.tag(column.key);
        return tag ? owned(tag->at(row)) : std::nullopt;
    }
    case ColumnKind::Metric: {
        const auto* metric = table.metric(column.key);
        auto value = metric ? metric->at(row) : kMissing;
        return isMissing(value) ? std::nullopt : std::optional(QString::number(value, 'g', 17).toStdString());
    }
    case ColumnKind::Attribute:
        break;
    }
    if (column.key == "experiment_id")
        return table.experiment(row).name;
    if (column.key == "user_id")
        return table.user(row).empty() ? std::nullopt : owned(table.user(row));
    if (column.key == "run_name")
        return owned(table.name(row));
    if (column.key == "status")
        return std::string(toText(table.status(row)));
    if (column.key == "lifecycle_stage")
        return std::string(table.lifecycle(row) == Lifecycle::Active ? "active" : "deleted");
    return {};
}

QString fieldTitle(const ColumnRef& column)
{
    if (column.kind != ColumnKind::Attribute)
        return oneLine(column.key, 80);
    if (column.key == "experiment_id")
        return tr("experiment");
    if (column.key == "user_id")
        return tr("user");
    if (column.key == "run_name")
        return tr("name");
    return column.key == "lifecycle_stage" ? tr("deleted or active") : oneLine(column.key, 80);
}

} // namespace sextant
