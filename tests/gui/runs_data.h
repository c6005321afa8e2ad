// Generated runs for tests of the window: like a sweep of trainings, the same on every machine.
#pragma once

#include "core/table/run_table_builder.h"

#include <cmath>
#include <cstdint>
#include <string>

namespace sextant::test {

struct RunsSpec
{
    std::size_t runs = 100;
    std::size_t metrics = 4;
    std::size_t params = 4;
    std::size_t sparseMetrics = 0; // keys that only a few runs have
    bool parents = false;          // every fifth run is the parent of the four after it
    bool partial = false;
};

inline std::string runIdOf(std::size_t index)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::uint64_t state = index * 0x9E3779B97F4A7C15ULL + 0x1234567;
    std::string id;
    for (int i = 0; i < 32; ++i) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        id += kHex[state & 15];
    }
    return id;
}

inline RunTablePtr makeRuns(const RunsSpec& spec)
{
    RunTableBuilder builder;
    Experiment first, second;
    first.id = "1";
    first.name = "lm-125m-pretrain";
    second.id = "2";
    second.name = "lm-30m-debug";
    builder.setExperiments({first, second});
    static constexpr const char* kOptimizers[] = {"muon", "adamw", "lion", "sophia-g"};
    static constexpr RunStatus kStatuses[] = {RunStatus::Finished, RunStatus::Finished, RunStatus::Running,
                                              RunStatus::Failed, RunStatus::Killed};
    for (std::size_t i = 0; i < spec.runs; ++i) {
        auto id = runIdOf(i);
        auto name =
            std::string(kOptimizers[i % 4]) + "-lr" + std::to_string(i % 9 + 1) + "e-4-s" + std::to_string(i);
        RunTableBuilder::RunRow row{id, name, "j.lindqvist", "file:///tmp/artifacts"};
        row.experiment = i % 10 == 9 ? 1U : 0U;
        row.status = kStatuses[i % 5];
        row.startTime = 1'763'000'000'000 + static_cast<EpochMs>(i) * 60'000;
        row.endTime = row.status == RunStatus::Running
                          ? kNoTime
                          : row.startTime + 1'000 * static_cast<EpochMs>(20 + i % 9'000);
        builder.addRun(row);
    }
    if (spec.partial)
        return builder.partial();
    static constexpr const char* kMetrics[] = {"val/loss", "train/loss", "val/ppl", "perf/tokens_per_s"};
    for (RowIndex row = 0; row < spec.runs; ++row) {
        for (std::size_t m = 0; m < spec.metrics; ++m) {
            auto wave = 2.8 + 0.4 * std::sin(row * 0.37 + static_cast<double>(m)) + 1e-4 * (row % 7);
            auto value = m % 4 == 2 ? std::exp(wave) : m % 4 == 3 ? 411'000 + 900 * wave : wave;
            auto key = m < 4 ? std::string(kMetrics[m]) : "metric" + std::to_string(m);
            if (row % 97 == 13)
                value = m == 0 ? std::nan("") : HUGE_VAL;
            if (!(row % 31 == 7 && m == 2))
                builder.setMetric(row, key, value);
        }
        for (std::size_t p = 0; p < spec.params; ++p)
            builder.setParam(row,
                             p == 0   ? "optimizer"
                             : p == 1 ? "lr"
                                      : "param" + std::to_string(p),
                             p == 0   ? kOptimizers[row % 4]
                             : p == 1 ? std::to_string(row % 9 + 1) + "e-4"
                                      : std::to_string((row * p) % 13));
        if (spec.parents && row % 5 != 0)
            builder.setTag(row, "mlflow.parentRunId", runIdOf(row - row % 5));
    }
    for (std::size_t m = 0; m < spec.sparseMetrics; ++m)
        builder.setMetric(static_cast<RowIndex>(m % spec.runs), "layer" + std::to_string(m) + "/norm",
                          static_cast<double>(m));
    return builder.finish();
}

} // namespace sextant::test
