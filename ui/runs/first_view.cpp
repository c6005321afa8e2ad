#include "ui/runs/first_view.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

namespace sextant {

namespace {

constexpr std::size_t kShown = 8;
constexpr std::size_t kCharts = 3;
constexpr std::size_t kCandidates = 12;
constexpr std::size_t kExperiments = 6; // the largest ones
constexpr std::size_t kProbes = 2;      // histories looked at before a metric counts as one without curves
constexpr double kWild = 1e4;           // times the usual size: such a value would press all others flat
constexpr std::chrono::milliseconds kPatience{1500};

/// The runs of one experiment, in the order of the table, and what could be drawn of them.
struct Group
{
    std::vector<RowIndex> rows;
    std::vector<std::string> charts; // metrics with curves
    std::size_t runs = 0;            // that have the first of them
};

std::vector<Group> groupsOf(const RunArrangement& arrangement)
{
    std::map<std::uint32_t, std::size_t> places;
    std::vector<Group> groups;
    const auto& experiments = arrangement.table->data().experiments;
    for (auto row : arrangement.rows) {
        auto [place, isNew] = places.try_emplace(experiments[row], groups.size());
        if (isNew)
            groups.emplace_back();
        groups[place->second].rows.push_back(row);
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.rows.size() > b.rows.size(); });
    groups.resize(std::min(groups.size(), kExperiments));
    return groups;
}

/// Looks at histories until the time is up: a picture that comes late is no first picture.
class CurveFinder
{
public:
    CurveFinder(TrackingStore& store, const RunTable& table, const Operation& operation)
        : m_store(store), m_table(table), m_operation(operation),
          m_end(std::chrono::steady_clock::now() + kPatience)
    {
    }

    bool late() const { return std::chrono::steady_clock::now() > m_end; }

    void find(Group& group)
    {
        for (const auto& metric : defaultChartMetrics(m_table, group.rows, kCandidates)) {
            if (m_operation.cancelled() || late() || group.charts.size() == kCharts)
                return;
            const auto* column = m_table.metric(metric);
            if (!hasCurve(group, *column))
                continue;
            if (group.charts.empty())
                group.runs = static_cast<std::size_t>(
                    std::count_if(group.rows.begin(), group.rows.end(),
                                  [&](RowIndex row) { return !isMissing(column->at(row)); }));
            group.charts.push_back(metric);
        }
    }

private:
    bool hasCurve(const Group& group, const MetricColumn& column)
    {
        std::size_t probes = 0;
        for (auto row : group.rows) {
            if (!std::isfinite(column.at(row)))
                continue;
            auto history =
                m_store.history(std::string(m_table.runId(row)), column.key, Operation{m_operation.stop, {}});
            if (history && (*history)->size() > 1)
                return true;
            if (++probes == kProbes || m_operation.cancelled() || late())
                return false;
        }
        return false;
    }

    TrackingStore& m_store;
    const RunTable& m_table;
    const Operation& m_operation;
    std::chrono::steady_clock::time_point m_end;
};

double usualSize(const MetricColumn& column, const std::vector<RowIndex>& rows)
{
    std::vector<double> sizes;
    for (auto row : rows) {
        if (auto value = column.at(row); std::isfinite(value))
            sizes.push_back(std::abs(value));
    }
    if (sizes.empty())
        return 0;
    auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    return *middle;
}

/// The first runs that have one of the metrics; those that diverged only when there are no others.
std::vector<std::string> runsToShow(const RunTable& table, const std::vector<RowIndex>& rows,
                                    const std::vector<std::string>& metrics)
{
    std::vector<std::pair<const MetricColumn*, double>> columns;
    for (const auto& metric : metrics)
        columns.emplace_back(table.metric(metric), usualSize(*table.metric(metric), rows));
    std::vector<std::string> sound, wild;
    for (auto row : rows) {
        bool any = false, tame = table.status(row) != RunStatus::Failed;
        for (auto [column, usual] : columns) {
            auto value = column->at(row);
            any = any || !isMissing(value);
            tame = tame && (isMissing(value) ||
                            (std::isfinite(value) && std::abs(value) <= kWild * std::max(usual, 1e-12)));
        }
        if (any && (tame ? sound : wild).size() < kShown)
            (tame ? sound : wild).emplace_back(table.runId(row));
    }
    return sound.empty() ? wild : sound;
}

} // namespace

Result<FirstView> chooseFirstView(TrackingStore& store, const RunArrangement& arrangement,
                                  const Operation& operation)
{
    const auto& table = *arrangement.table;
    CurveFinder finder(store, table, operation);
    auto groups = groupsOf(arrangement);
    const Group* best = nullptr;
    for (auto& group : groups) {
        finder.find(group);
        if (operation.cancelled())
            return cancelledError();
        if (!group.charts.empty() && (!best || group.runs > best->runs))
            best = &group;
        if (finder.late())
            break;
    }
    if (best)
        return FirstView{best->charts, runsToShow(table, best->rows, best->charts)};
    auto charts = defaultChartMetrics(table, arrangement.rows, kCharts);
    auto shown = runsToShow(table, arrangement.rows, charts);
    for (auto row : arrangement.rows) {
        if (charts.empty() && shown.size() < kShown)
            shown.emplace_back(table.runId(row)); // no metric at all: the eyes are open for those to come
    }
    return FirstView{std::move(charts), std::move(shown)};
}

} // namespace sextant
