// Small tables of runs told run by run: for tests that care about each value.
#pragma once

#include "core/table/run_table_builder.h"

#include <map>
#include <string>
#include <vector>

namespace sextant::test {

struct ToldRun
{
    std::string name;
    std::uint32_t experiment = 0;
    std::map<std::string, double> metrics = {};
    std::map<std::string, std::string> params = {};
    RunStatus status = RunStatus::Finished;
    std::map<std::string, std::string> tags = {};
};

/// The id of the n-th run told; later runs started later, so that they come first in the list.
inline std::string toldId(std::size_t index)
{
    auto number = std::to_string(index);
    return std::string(32 - number.size(), 'a') + number;
}

inline RunTablePtr tellRuns(const std::vector<ToldRun>& runs)
{
    RunTableBuilder builder;
    std::vector<Experiment> experiments;
    for (const auto* name : {"first", "second", "third"}) {
        experiments.emplace_back();
        experiments.back().id = std::to_string(experiments.size());
        experiments.back().name = name;
    }
    builder.setExperiments(experiments);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto id = toldId(i);
        RunTableBuilder::RunRow row{id, runs[i].name, "j.lindqvist", "file:///tmp/artifacts"};
        row.experiment = runs[i].experiment;
        row.status = runs[i].status;
        row.startTime = 1'763'000'000'000 + static_cast<EpochMs>(i) * 60'000;
        row.endTime = runs[i].status == RunStatus::Running ? kNoTime : row.startTime + 30'000;
        auto index = builder.addRun(row);
        for (const auto& [key, value] : runs[i].metrics)
            builder.setMetric(index, key, value);
        for (const auto& [key, value] : runs[i].params)
            builder.setParam(index, key, value);
        for (const auto& [key, value] : runs[i].tags)
            builder.setTag(index, key, value);
    }
    return builder.finish();
}

} // namespace sextant::test
