// A store in memory with runs made by rule: for tests of the window that need a big store, a slow one, one
// that fails.
#pragma once

#include "core/store/open.h"
#include "core/table/run_table_builder.h"

#include <atomic>
#include <cmath>
#include <memory>

namespace sextant::test {

/// What a test turns while the window looks at the store.
struct StoreControl
{
    std::atomic<int> runs = 1000;
    std::atomic<int> metrics = 8;
    std::atomic<int> version = 1;
    std::atomic<int> points = 0; // of each history
    std::atomic<bool> failing = false;
    std::atomic<bool> blocked = false; // readings of all runs wait while this is set
    std::atomic<int> readings = 0;
    std::atomic<bool> unlocked = false;
};

inline RunTablePtr generatedTable(int runs, int metrics)
{
    RunTableBuilder builder;
    Experiment experiment;
    experiment.id = "1";
    experiment.name = "generated";
    builder.setExperiments({experiment});
    std::vector<std::string> keys;
    for (int metric = 0; metric < metrics; ++metric)
        keys.push_back("metric/" + std::to_string(metric));
    for (int run = 0; run < runs; ++run) {
        const std::string id = std::to_string(1'000'000 + run);
        const std::string name = "run-" + std::to_string(run);
        RunTableBuilder::RunRow row;
        row.id = id;
        row.name = name;
        row.userId = "tester";
        row.status = RunStatus::Finished;
        row.startTime = 1'700'000'000'000 + run * 1000;
        row.endTime = row.startTime + 500;
        const RowIndex index = builder.addRun(row);
        for (int metric = 0; metric < metrics; ++metric)
            builder.setMetric(index, keys[std::size_t(metric)], std::sin(run * 0.1 + metric));
        builder.setParam(index, "lr", std::to_string(run % 7));
    }
    return builder.finish();
}

class GeneratedStore final : public TrackingStore
{
public:
    GeneratedStore(std::shared_ptr<StoreControl> control, std::string uri)
        : m_control(std::move(control)), m_uri(std::move(uri))
    {
    }

    StoreInfo info() const override
    {
        StoreInfo info;
        info.uri = info.path = m_uri;
        info.name = m_uri.substr(m_uri.rfind('/') + 1);
        info.version = "generated";
        info.capabilities.writable = true;
        return info;
    }
    std::vector<StoreWarning> warnings() const override { return {{"runs/7", "A line was torn"}}; }
    Result<ChangeStamp> stamp() override { return ChangeStamp{std::to_string(m_control->version.load())}; }
    Result<std::vector<Experiment>> experiments(ViewType) override { return std::vector<Experiment>{}; }
    Result<RunTablePtr> runs(const RunsRequest&, const Operation& operation,
                             const std::function<void(RunTablePtr)>& early) override
    {
        ++m_control->readings;
        if (m_control->failing)
            return fail(ErrorCode::Locked, "The store is locked by a writer", "Try again", "SQLITE_BUSY");
        auto table = generatedTable(m_control->runs, m_control->metrics);
        if (early) {
            RunTableData data = table->data();
            data.metrics.clear();
            data.params.clear();
            data.complete = false;
            early(std::make_shared<RunTable>(std::move(data)));
        }
        while (m_control->blocked && !operation.cancelled())
            operation.progress("Reading metrics", 1, 2);
        return table;
    }
    Result<Run> run(const std::string& id) override
    {
        Run run;
        run.info.id = id;
        return run;
    }
    Result<HistoryPtr> history(const std::string&, const std::string&, const Operation&) override
    {
        auto history = std::make_shared<History>();
        const auto count = static_cast<std::size_t>(m_control->points.load());
        std::vector<std::int64_t> steps(count);
        std::vector<double> values(count);
        for (std::size_t i = 0; i < count; ++i) {
            steps[i] = static_cast<std::int64_t>(i);
            values[i] = std::sin(static_cast<double>(i) * 0.01);
        }
        history->timestamps = FrozenArray<EpochMs>(std::vector<EpochMs>(steps.begin(), steps.end()));
        history->steps = FrozenArray<std::int64_t>(std::move(steps));
        history->values = FrozenArray<double>(std::move(values));
        return HistoryPtr(history);
    }
    Result<std::vector<MetricSummary>> metricSummaries(const std::string&, const Operation&) override
    {
        return std::vector<MetricSummary>{};
    }
    Result<std::vector<LoggedModel>> loggedModels(const std::vector<std::string>&) override
    {
        return std::vector<LoggedModel>{};
    }
    Result<std::vector<Artifact>> listArtifacts(const std::string&, const std::string&, bool) override
    {
        return std::vector<Artifact>{};
    }
    Result<std::string> artifactFile(const std::string&, const std::string&) override
    {
        return std::string{};
    }
    Result<std::string> artifactFolder(const std::string&) override { return std::string{}; }
    Result<void> unlock() override
    {
        m_control->unlocked = true;
        return {};
    }
    Result<void> setTag(const std::string&, const std::string&, const std::string&) override { return {}; }
    Result<void> deleteTag(const std::string&, const std::string&) override { return {}; }
    Result<void> renameRun(const std::string&, const std::string&) override { return {}; }
    Result<void> deleteRun(const std::string&) override { return {}; }
    Result<void> restoreRun(const std::string&) override { return {}; }
    Result<std::string> createExperiment(const std::string&) override { return std::string("2"); }
    Result<std::string> createRun(const NewRun&) override { return std::string("new"); }

private:
    std::shared_ptr<StoreControl> m_control;
    std::string m_uri;
};

/// Opens a generated store for every URI but those that name nothing.
inline std::function<Result<Store>(const std::string&)> opener(std::shared_ptr<StoreControl> control)
{
    return [control](const std::string& uri) -> Result<Store> {
        if (uri.find("nothing") != std::string::npos)
            return fail(ErrorCode::NotAStore, "This is not an MLflow store",
                        "Choose mlflow.db or an mlruns folder");
        Store store;
        store.tracking = std::make_shared<GeneratedStore>(control, uri);
        return store;
    };
}

} // namespace sextant::test
