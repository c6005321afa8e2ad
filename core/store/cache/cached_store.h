// CachedStore: a tracking store in front of another that keeps what took long to read: run tables and long
// histories. Files of the cache may be deleted at any time, and several processes may use one folder; without
// room it keeps nothing.
#pragma once

#include "core/store/histories.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

namespace sextant {

class CachedStore final : public TrackingStore, public HistoriesReader
{
public:
    /// `folder` is the user's cache folder; what is kept of this store goes to a folder of its own below it.
    /// Tables that are read faster than `worthKeeping` are not kept.
    CachedStore(std::shared_ptr<TrackingStore> store, const std::string& folder,
                std::chrono::milliseconds worthKeeping = std::chrono::milliseconds(100));

    StoreInfo info() const override { return m_store->info(); }
    std::vector<StoreWarning> warnings() const override;
    Result<ChangeStamp> stamp() override { return m_store->stamp(); }
    Result<std::vector<Experiment>> experiments(ViewType view) override { return m_store->experiments(view); }
    Result<RunTablePtr> runs(const RunsRequest& request, const Operation& operation,
                             const std::function<void(RunTablePtr)>& early) override;
    Result<Run> run(const std::string& runId) override { return m_store->run(runId); }
    Result<HistoryPtr> history(const std::string& runId, const std::string& metric,
                               const Operation& operation) override;
    Result<void> histories(const std::string& metric, std::span<const std::string> runIds,
                           const Operation& operation, const TakeHistory& take) override;
    Result<bool> readsTogether(const std::string& metric, std::span<const std::string> runIds) override
    {
        return sextant::readsTogether(*m_store, metric, runIds);
    }
    Result<std::string> historyMark(const std::string& runId, const std::string& metric) override
    {
        return m_store->historyMark(runId, metric);
    }
    Result<std::vector<MetricSummary>> metricSummaries(const std::string& metric,
                                                       const Operation& operation) override
    {
        return m_store->metricSummaries(metric, operation);
    }
    Result<std::vector<LoggedModel>> loggedModels(const std::vector<std::string>& experimentIds) override
    {
        return m_store->loggedModels(experimentIds);
    }
    Result<std::vector<Artifact>> listArtifacts(const std::string& runId, const std::string& path,
                                                bool recursive) override
    {
        return m_store->listArtifacts(runId, path, recursive);
    }
    Result<std::string> artifactFile(const std::string& runId, const std::string& path) override
    {
        return m_store->artifactFile(runId, path);
    }
    Result<std::string> artifactFolder(const std::string& runId) override
    {
        return m_store->artifactFolder(runId);
    }

    Result<void> unlock() override { return m_store->unlock(); }
    Result<void> setTag(const std::string& runId, const std::string& key, const std::string& value) override
    {
        return m_store->setTag(runId, key, value);
    }
    Result<void> deleteTag(const std::string& runId, const std::string& key) override
    {
        return m_store->deleteTag(runId, key);
    }
    Result<void> renameRun(const std::string& runId, const std::string& name) override
    {
        return m_store->renameRun(runId, name);
    }
    Result<void> deleteRun(const std::string& runId) override { return m_store->deleteRun(runId); }
    Result<void> restoreRun(const std::string& runId) override { return m_store->restoreRun(runId); }
    Result<std::string> createExperiment(const std::string& name) override
    {
        return m_store->createExperiment(name);
    }
    Result<std::string> createRun(const NewRun& run) override { return m_store->createRun(run); }

private:
    std::string fileFor(std::string_view kind, const std::string& key) const;
    std::string historyIdentity(const std::string& runId, const std::string& metric) const
    {
        return m_storeKey + "\n" + runId + "\n" + metric;
    }
    HistoryPtr keptHistory(const std::string& runId, const std::string& metric);
    /// Only long ones, and only when nothing was logged since `mark`.
    void keepHistory(const std::string& runId, const std::string& metric, const Result<std::string>& mark,
                     const History& history);
    bool makeRoom() const;
    void keepRuns(const std::string& file, const std::string& key, const RunTable& table);

    std::shared_ptr<TrackingStore> m_store;
    std::string m_folder;
    std::string m_storeKey;
    std::chrono::milliseconds m_worthKeeping;
    std::chrono::steady_clock::time_point m_lastKept{};
    mutable std::mutex m_warningsMutex;
    std::vector<StoreWarning> m_keptWarnings; // of a table that was kept: nothing of it was read again
};

} // namespace sextant
