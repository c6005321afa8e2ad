// A small table for comparing: runs given as maps.
#pragma once

#include "core/table/run_table_builder.h"

#include <map>
#include <string>
#include <vector>

namespace sextant {

struct ComparedRun
{
    std::map<std::string, double> metrics;
    std::map<std::string, std::string> params;
    std::map<std::string, std::string> tags;
    std::vector<std::array<std::string, 3>> datasets; // name, digest, context
};

/// Runs r0, r1, …, each started a second after the one before and as many seconds long as its number.
inline RunTablePtr tableOf(const std::vector<ComparedRun>& runs)
{
    RunTableBuilder builder;
    builder.setExperiments({Experiment{.id = "7", .name = "seven"}});
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto id = "r" + std::to_string(i);
        auto start = static_cast<EpochMs>(1000 * (i + 1));
        builder.addRun({.id = id,
                        .name = id,
                        .userId = i % 2 ? "bob" : "ann",
                        .status = i % 3 ? RunStatus::Finished : RunStatus::Failed,
                        .startTime = start,
                        .endTime = start + static_cast<EpochMs>(1000 * i)});
    }
    for (RowIndex row = 0; row < runs.size(); ++row) {
        for (const auto& [key, value] : runs[row].metrics)
            builder.setMetric(row, key, value);
        for (const auto& [key, value] : runs[row].params)
            builder.setParam(row, key, value);
        for (const auto& [key, value] : runs[row].tags)
            builder.setTag(row, key, value);
        for (const auto& [name, digest, context] : runs[row].datasets)
            builder.addDataset(row, name, digest, context);
    }
    return builder.finish();
}

} // namespace sextant
