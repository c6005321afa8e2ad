#include "core/table/table_of.h"

#include "core/table/run_table_builder.h"

#include <algorithm>

namespace sextant {

namespace {

std::uint32_t indexOf(std::vector<Experiment>& experiments, const std::string& id)
{
    auto found = std::ranges::find(experiments, id, &Experiment::id);
    auto index = static_cast<std::uint32_t>(found - experiments.begin());
    if (found == experiments.end())
        experiments.push_back({.id = id});
    return index;
}

} // namespace

RunTablePtr tableOf(const std::vector<Run>& runs, std::vector<Experiment> experiments, SearchDialect dialect)
{
    RunTableBuilder builder;
    builder.setDialect(dialect);
    for (const auto& run : runs) {
        const auto& info = run.info;
        builder.addRun({info.id, info.name, info.userId, info.artifactUri,
                        indexOf(experiments, info.experimentId), info.status, info.lifecycle, info.startTime,
                        info.endTime});
    }
    builder.setExperiments(std::move(experiments));
    for (RowIndex row = 0; row < runs.size(); ++row) {
        for (const auto& metric : runs[row].metrics)
            builder.setMetric(row, metric.key, metric.value);
        for (const auto& [key, value] : runs[row].params)
            builder.setParam(row, key, value);
        for (const auto& [key, value] : runs[row].tags)
            builder.setTag(row, key, value);
        for (const auto& input : runs[row].datasets)
            builder.addDataset(row, input.dataset.name, input.dataset.digest, input.context());
    }
    return builder.finish();
}

} // namespace sextant
