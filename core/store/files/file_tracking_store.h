// FileTrackingStore: experiments and runs of an mlruns folder. One thread at a time; reading takes no locks
// and survives files that change or vanish meanwhile.
#pragma once

#include "core/store/files/change_watch.h"
#include "core/store/files/run_reuse.h"
#include "core/store/files/run_writer.h"
#include "core/store/files/store_layout.h"
#include "core/store/histories.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace sextant::files {

class FileTrackingStore final : public TrackingStore, public HistoriesReader
{
public:
    FileTrackingStore(std::shared_ptr<const StoreLayout> layout, std::shared_ptr<WarningList> warnings);

    StoreInfo info() const override;
    std::vector<StoreWarning> warnings() const override { return m_warnings->all(); }
    Result<ChangeStamp> stamp() override;
    Result<std::vector<Experiment>> experiments(ViewType view) override;
    Result<RunTablePtr> runs(const RunsRequest& request, const Operation& operation,
                             const std::function<void(RunTablePtr)>& early) override;
    Result<Run> run(const std::string& runId) override;
    Result<HistoryPtr> history(const std::string& runId, const std::string& metric,
                               const Operation& operation) override;
    Result<void> histories(const std::string& metric, std::span<const std::string> runIds,
                           const Operation& operation, const TakeHistory& take) override;
    Result<std::string> historyMark(const std::string& runId, const std::string& metric) override;
    Result<std::vector<MetricSummary>> metricSummaries(const std::string& metric,
                                                       const Operation& operation) override;
    Result<std::vector<LoggedModel>> loggedModels(const std::vector<std::string>& experimentIds) override;
    Result<std::vector<Artifact>> listArtifacts(const std::string& runId, const std::string& path,
                                                bool recursive) override;
    Result<std::string> artifactFile(const std::string& runId, const std::string& path) override;
    Result<std::string> artifactFolder(const std::string& runId) override;

    Result<void> unlock() override;
    Result<void> setTag(const std::string& runId, const std::string& key, const std::string& value) override;
    Result<void> deleteTag(const std::string& runId, const std::string& key) override;
    Result<void> renameRun(const std::string& runId, const std::string& name) override;
    Result<void> deleteRun(const std::string& runId) override;
    Result<void> restoreRun(const std::string& runId) override;
    Result<std::string> createExperiment(const std::string& name) override;
    Result<std::string> createRun(const NewRun& run) override;

private:
    Result<void> requireRoot() const;
    Result<std::vector<ExperimentFolder>> chosen(const std::vector<std::string>& ids, ViewType view);
    Result<RunLocation> find(const std::string& runId);
    Result<RunWriter> writer(const std::string& runId);

    std::shared_ptr<const StoreLayout> m_layout;
    std::shared_ptr<WarningList> m_warnings;
    ChangeWatch m_watch;
    RunReuse m_reuse;
    std::unordered_map<std::string, std::string> m_experimentOfRun; // paths, from the last look for a run
    bool m_loaded = false;                                          // the runs have been read once
    bool m_unlocked = false;
};

} // namespace sextant::files
