// Runs with everything that makes filters hard, as a table and one by one.
#pragma once

#include "core/query/records.h"
#include "core/table/table_of.h"

#include <limits>

namespace sextant {

inline std::vector<Experiment> sampleExperiments()
{
    return {Experiment{.id = "1", .name = "baseline"}, Experiment{.id = "2", .name = "Große Suche"}};
}

inline std::vector<Run> sampleRuns()
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double inf = std::numeric_limits<double>::infinity();
    auto run = [](std::string id, std::string name, RunStatus status, EpochMs start, EpochMs end) {
        Run made;
        made.info = {
            id, name, "1", "ann", status, Lifecycle::Active, start, end, "/store/1/" + id + "/artifacts"};
        return made;
    };
    std::vector<Run> runs;
    runs.push_back(run("aa01", "adam small", RunStatus::Finished, 1'000, 61'000)); // 0: a minute long
    runs.back().metrics = {{"acc", 0.9, 0, 1}, {"loss", 0.5, 0, 1}};
    runs.back().params = {{"lr", "0.1"}, {"optimizer", "adam"}, {"note", "first\nsecond"}};
    runs.back().tags = {
        {"phase", "ablation"}, {"mlflow.user", "ann"}, {"mlflow.log-model.history", "[adamant]"}};
    runs.push_back(run("aa02", "ADAM large", RunStatus::Failed, 2'000, kNoTime)); // 1: no end, NaN
    runs.back().metrics = {{"acc", nan, 0, 1}, {"loss", 1.5, 0, 1}};
    runs.back().params = {{"lr", "1e-3"}, {"optimizer", "Adam"}};
    runs.back().tags = {{"phase", ""}};
    runs.push_back(run("ab03", "Ωmega NAÏVE", RunStatus::Running, 3'000, kNoTime)); // 2: beyond ASCII
    runs.back().info.experimentId = "2";
    runs.back().metrics = {{"loss", inf, 0, 1}};
    runs.back().params = {{"lr", "auto"}, {"optimizer", "sgd"}};
    runs.back().datasets.push_back({{"Eval Set", "d1", "", "", "", ""}, {{"mlflow.data.context", "eval"}}});
    runs.back().datasets.push_back(
        {{"churn-train", "d2", "", "", "", ""}, {{"mlflow.data.context", "train"}}});
    runs.push_back(run("ab04", "", RunStatus::Finished, kNoTime, kNoTime)); // 3: nearly nothing
    runs.back().info.userId = "";
    runs.back().info.lifecycle = Lifecycle::Deleted;
    runs.push_back(
        run("ac05", "it's \"quoted\" 100%_", RunStatus::Killed, 5'000, 3'605'000)); // 4: an hour long
    runs.back().info.userId = "bob";
    runs.back().metrics = {{"acc", 0, 0, 1}, {"val/loss", 2.5, 0, 1}};
    runs.back().params = {{"lr", "nan"}, {"path", "C:\\"}, {"optimizer", "it's \"x\""}};
    runs.back().datasets.push_back({{"churn-train", "d3", "", "", "", ""}, {}});
    return runs;
}

inline RunTablePtr sampleTable(const std::vector<Run>& runs = sampleRuns(), SearchDialect dialect = {})
{
    return tableOf(runs, sampleExperiments(), dialect);
}

} // namespace sextant
