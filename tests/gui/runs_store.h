// A store in memory over generated runs, with curves, that remembers what was written: for tests of the Runs pages.
#pragma once

#include "core/store/open.h"
#include "tests/gui/runs_data.h"

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
};

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
    Result<std::vector<Experiment>> experiments(ViewType) override { return m_state->table->data().experimentList; }
    Result<RunTablePtr> runs(const RunsRequest&, const Operation&, const std::function<void(RunTablePtr)>&) override
    {
        std::lock_guard lock(m_state->mutex);
        return m_state->table;
    }
    Result<Run> run(const std::string& runId) override
    {
        Run run;
        run.info.id = runId;
        return run;
    }
    Result<HistoryPtr> history(const std::string& runId, const std::string& metric, const Operation&) override
    {
        auto history = std::make_shared<History>();
        std::vector<std::int64_t> steps;
        std::vector<EpochMs> times;
        std::vector<double> values;
        auto seed = static_cast<double>(runId.empty() ? 0 : runId[0] + runId[1] * 3 + metric.size());
        for (int i = 0; i < 500; ++i) {
            steps.push_back(i * 200);
            times.push_back(1'763'000'000'000 + i * 1000);
            values.push_back(2.8 + 4 * std::exp(-i * 0.02) + 0.02 * std::sin(i * 1.7 + seed) + 0.01 * std::fmod(seed, 17));
        }
        history->steps = FrozenArray<std::int64_t>(std::move(steps));
        history->timestamps = FrozenArray<EpochMs>(std::move(times));
        history->values = FrozenArray<double>(std::move(values));
        return HistoryPtr(history);
    }
    Result<std::vector<MetricSummary>> metricSummaries(const std::string&, const Operation&) override { return std::vector<MetricSummary>{}; }
    Result<std::vector<LoggedModel>> loggedModels(const std::vector<std::string>&) override { return std::vector<LoggedModel>{}; }
    Result<std::vector<Artifact>> listArtifacts(const std::string&, const std::string&, bool) override
    {
        return std::vector<Artifact>{{"model", true, 0}, {"model/MLmodel", false, 1200}, {"loss.png", false, 184'000}};
    }
    Result<std::string> artifactFile(const std::string&, const std::string& path) override { return m_state->artifactFolder + "/" + path; }

    Result<void> unlock() override { return {}; }
    Result<void> setTag(const std::string& run, const std::string& key, const std::string& value) override { return note({"tag", run, key, value}); }
    Result<void> deleteTag(const std::string& run, const std::string& key) override { return note({"untag", run, key, {}}); }
    Result<void> renameRun(const std::string& run, const std::string& name) override { return note({"rename", run, {}, name}); }
    Result<void> deleteRun(const std::string& run) override { return note({"delete", run, {}, {}}); }
    Result<void> restoreRun(const std::string& run) override { return note({"restore", run, {}, {}}); }

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
