// A store in memory over generated runs, with curves, that remembers what was written: for tests of the Runs
// pages.
#pragma once

#include "core/store/open.h"
#include "tests/gui/runs_data.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace sextant::test {

struct Written
{
    std::string what, runId, key, value;
};

struct RunsStoreState
{
    RunTablePtr table;
    std::string artifactFolder; // shared by all runs; empty: none
    std::mutex mutex;
    std::vector<Written> written;
    int version = 1;
    std::vector<Artifact> artifacts = {
        {"model", true, 0}, {"model/MLmodel", false, 1200}, {"loss.png", false, 184'000}};
    TagMap tags; // of every run, besides those of the table
    std::vector<DatasetInput> datasets;
    std::function<std::vector<double>(const std::string& run, const std::string& metric)>
        values;                             // empty: a falling curve
    std::map<std::string, int> marks;       // by run: other than before when points were added
    std::vector<std::string> historiesRead; // "run metric", in the order read
    bool runsFail = false, artifactsFail = false;

    std::size_t readings()
    {
        std::lock_guard lock(mutex);
        return historiesRead.size();
    }
    void replace(RunTablePtr next)
    {
        std::lock_guard lock(mutex);
        table = std::move(next);
        ++version;
    }
};

inline HistoryPtr historyOf(std::vector<double> values)
{
    auto history = std::make_shared<History>();
    std::vector<std::int64_t> steps;
    std::vector<EpochMs> times;
    for (std::size_t i = 0; i < values.size(); ++i) {
        steps.push_back(static_cast<std::int64_t>(i) * 200);
        times.push_back(1'763'000'000'000 + static_cast<EpochMs>(i) * 1000);
    }
    history->steps = FrozenArray<std::int64_t>(std::move(steps));
    history->timestamps = FrozenArray<EpochMs>(std::move(times));
    history->values = FrozenArray<double>(std::move(values));
    return history;
}

class RunsStore final : public TrackingStore
{
public:
    explicit RunsStore(std::shared_ptr<RunsStoreState> state) : m_state(std::move(state)) {}

    StoreInfo info() const override
    {
        StoreInfo info;
        info.uri = info.path = "/data/lm-ablations/mlflow.db";
        info.name = "mlflow.db";
        info.version = "generated";
        info.capabilities.writable = true;
        return info;
    }
    std::vector<StoreWarning> warnings() const override { return {}; }
    Result<ChangeStamp> stamp() override
    {
        std::lock_guard lock(m_state->mutex);
        return ChangeStamp{std::to_string(m_state->version)};
    }
    Result<std::vector<Experiment>> experiments(ViewType) override
    {
        return m_state->table->data().experimentList;
    }
    Result<RunTablePtr> runs(const RunsRequest&, const Operation&,
                             const std::function<void(RunTablePtr)>&) override
    {
        std::lock_guard lock(m_state->mutex);
        return m_state->table;
    }
    Result<Run> run(const std::string& runId) override
    {
        std::lock_guard lock(m_state->mutex);
        if (m_state->runsFail)
            return fail(ErrorCode::Locked, "The store is locked by a writer", "Try again in a moment");
        Run run;
        run.info.id = runId;
        const auto& table = *m_state->table;
        auto row = table.find(runId);
        if (!row)
            return run;
        run.info.name = std::string(table.name(*row));
        run.info.experimentId = table.experiment(*row).id;
        run.info.userId = std::string(table.user(*row));
        run.info.status = table.status(*row);
        run.info.startTime = table.startTime(*row);
        run.info.endTime = table.endTime(*row);
        for (const auto& column : table.data().metrics) {
            if (auto value = column.at(*row); !isMissing(value))
                run.metrics.push_back({column.key, value, 0, 0});
        }
        for (const auto& column : table.data().params) {
            if (auto value = column.at(*row))
                run.params.emplace(column.key, *value);
        }
        run.tags = m_state->tags;
        run.datasets = m_state->datasets;
        return run;
    }
    Result<HistoryPtr> history(const std::string& runId, const std::string& metric, const Operation&) override
    {
        std::lock_guard lock(m_state->mutex);
        m_state->historiesRead.push_back(runId + ' ' + metric);
        if (m_state->values)
            return historyOf(m_state->values(runId, metric));
        std::vector<double> values;
        auto seed = static_cast<double>(runId.empty() ? 0 : runId[0] + runId[1] * 3 + metric.size());
        for (int i = 0; i < 500; ++i)
            values.push_back(2.8 + 4 * std::exp(-i * 0.02) + 0.02 * std::sin(i * 1.7 + seed) +
                             0.01 * std::fmod(seed, 17));
        return historyOf(std::move(values));
    }
    Result<std::string> historyMark(const std::string& runId, const std::string&) override
    {
        std::lock_guard lock(m_state->mutex);
        return "mark " + std::to_string(m_state->marks[runId]);
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
        if (m_state->artifactsFail)
            return fail(ErrorCode::Unsupported, "The artifacts are in s3://bucket, not on this machine",
                        "Download them first");
        return m_state->artifacts;
    }
    Result<std::string> artifactFile(const std::string&, const std::string& path) override
    {
        return m_state->artifactFolder + "/" + path;
    }

    Result<std::string> artifactFolder(const std::string&) override { return m_state->artifactFolder; }

    Result<void> unlock() override { return {}; }
    Result<void> setTag(const std::string& run, const std::string& key, const std::string& value) override
    {
        return note({"tag", run, key, value});
    }
    Result<void> deleteTag(const std::string& run, const std::string& key) override
    {
        return note({"untag", run, key, {}});
    }
    Result<void> renameRun(const std::string& run, const std::string& name) override
    {
        return note({"rename", run, {}, name});
    }
    Result<void> deleteRun(const std::string& run) override { return note({"delete", run, {}, {}}); }
    Result<void> restoreRun(const std::string& run) override { return note({"restore", run, {}, {}}); }
    Result<std::string> createExperiment(const std::string& name) override { return name; }
    Result<std::string> createRun(const NewRun& run) override { return run.name; }

private:
    Result<void> note(Written written)
    {
        std::lock_guard lock(m_state->mutex);
        m_state->written.push_back(std::move(written));
        ++m_state->version;
        return {};
    }

    std::shared_ptr<RunsStoreState> m_state;
};

} // namespace sextant::test
