#include "ui/runs/first_view.h"

namespace sextant {

namespace {

constexpr std::size_t kShown = 8;
constexpr std::size_t kCharts = 3;
constexpr std::size_t kCandidates = 24;

RowIndex firstWith(const RunArrangement& arrangement, const std::string& metric)
{
    const auto* column = arrangement.table->metric(metric);
    for (auto row : arrangement.rows) {
        if (column && !isMissing(column->at(row)))
            return row;
    }
    return kNoRow;
}

} // namespace

Result<FirstView> chooseFirstView(TrackingStore& store, const RunArrangement& arrangement, const Operation& operation)
{
    const auto& table = *arrangement.table;
    auto candidates = defaultChartMetrics(table, arrangement.rows, kCandidates);
    FirstView view;
    for (const auto& metric : candidates) {
        if (operation.cancelled())
            return cancelledError();
        auto row = firstWith(arrangement, metric);
        if (row == kNoRow || view.charts.size() == kCharts)
            continue;
        auto history = store.history(std::string(table.runId(row)), metric, Operation{operation.stop, {}});
        if (history && (*history)->size() > 1)
            view.charts.push_back(metric);
    }
    auto curves = !view.charts.empty();
    if (!curves)
        view.charts.assign(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(std::min(kCharts, candidates.size())));
    for (auto row : arrangement.rows) {
        auto draws = !curves || std::any_of(view.charts.begin(), view.charts.end(), [&](const std::string& metric) {
            const auto* column = table.metric(metric);
            return column && !isMissing(column->at(row));
        });
        if (draws && view.shown.size() < kShown)
            view.shown.emplace_back(table.runId(row));
    }
    return view;
}

} // namespace sextant
