#include "core/series/join.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {
namespace {

/// The points that count, one for each step, ascending by step.
std::vector<std::uint32_t> lastOfEachStep(const History& history)
{
    std::vector<std::uint32_t> order(history.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        if (history.steps[a] != history.steps[b])
            return history.steps[a] < history.steps[b];
        return history.timestamps[a] < history.timestamps[b];
    };
    if (!std::is_sorted(order.begin(), order.end(), before))
        std::stable_sort(order.begin(), order.end(), before);
    std::size_t count = 0;
    for (std::size_t index = 0; index < order.size(); ++index) {
        const bool last =
            index + 1 == order.size() || history.steps[order[index]] != history.steps[order[index + 1]];
        if (last)
            order[count++] = order[index];
    }
    order.resize(count);
    return order;
}

} // namespace

Result<StepJoin> joinBySteps(std::span<const HistoryPtr> histories, const Operation& operation)
{
    if (histories.empty())
        return fail(ErrorCode::InvalidArgument, "There is no metric to join");
    std::vector<std::vector<std::uint32_t>> orders;
    StepJoin join;
    for (const HistoryPtr& history : histories) {
        if (operation.cancelled())
            return cancelledError();
        if (history->size() > std::numeric_limits<std::uint32_t>::max())
            return fail(ErrorCode::Unsupported, "The metric has more than 4,294,967,295 points");
        orders.push_back(lastOfEachStep(*history));
        join.repeated.push_back(history->size() - orders.back().size());
    }
    std::vector<std::size_t> at(histories.size());
    std::vector<std::int64_t> steps;
    std::vector<EpochMs> times;
    std::vector<std::vector<double>> values(histories.size());
    const auto stepOf = [&](std::size_t which) { return histories[which]->steps[orders[which][at[which]]]; };
    const auto ended = [&] {
        for (std::size_t which = 0; which < at.size(); ++which)
            if (at[which] == orders[which].size())
                return true;
        return false;
    };
    while (!ended()) {
        std::int64_t latest = stepOf(0);
        for (std::size_t which = 1; which < at.size(); ++which)
            latest = std::max(latest, stepOf(which));
        bool all = true;
        for (std::size_t which = 0; which < at.size(); ++which)
            if (stepOf(which) < latest) {
                ++at[which];
                all = false;
            }
        if (!all)
            continue;
        steps.push_back(latest);
        times.push_back(histories[0]->timestamps[orders[0][at[0]]]);
        for (std::size_t which = 0; which < at.size(); ++which)
            values[which].push_back(histories[which]->values[orders[which][at[which]++]]);
    }
    for (std::size_t which = 0; which < at.size(); ++which) {
        join.unmatched.push_back(orders[which].size() - steps.size());
        join.values.emplace_back(std::move(values[which]));
    }
    join.steps = FrozenArray<std::int64_t>(std::move(steps));
    join.timestamps = FrozenArray<EpochMs>(std::move(times));
    return join;
}

Result<MetricOverMetric> overMetric(const HistoryPtr& metric, const HistoryPtr& x, const Operation& operation)
{
    SEXTANT_TRY(StepJoin join, joinBySteps(std::vector{metric, x}, operation));
    std::vector<std::int64_t> steps;
    std::vector<EpochMs> times;
    std::vector<double> values, places;
    for (std::size_t index = 0; index < join.steps.size(); ++index) {
        if (!std::isfinite(join.values[1][index]))
            continue;
        steps.push_back(join.steps[index]);
        times.push_back(join.timestamps[index]);
        values.push_back(join.values[0][index]);
        places.push_back(join.values[1][index]);
    }
    MetricOverMetric result;
    result.unmatched = join.unmatched[0];
    result.notFinite = join.steps.size() - steps.size();
    result.history = std::make_shared<History>(History{FrozenArray<std::int64_t>(std::move(steps)),
                                                       FrozenArray<EpochMs>(std::move(times)),
                                                       FrozenArray<double>(std::move(values))});
    result.x = FrozenArray<double>(std::move(places));
    return result;
}

} // namespace sextant
