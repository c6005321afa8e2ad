// SqliteStore: an MLflow tracking database. Every schema since MLflow 1.4 is read by the tables and columns
// it has.
#pragma once

#include "core/store/histories.h"
#include "core/store/open.h"
#include "core/store/sqlite/sqlite_source.h"
#include "core/store/sqlite/table_scan.h"

#include <mutex>

namespace sextant::sqlite {

class RunWriter;

class SqliteStore final : public TrackingStore, public HistoriesReader
{
public:
    SqliteStore(std::shared_ptr<SqliteSource> source, std::string uri, std::chrono::milliseconds patience);

    StoreInfo info() const override;
    std::vector<StoreWarning> warnings() const override;
    Result<ChangeStamp> stamp() override;
    Result<std::vector<Experiment>> experiments(ViewType view) override;
    Result<RunTablePtr> runs(const RunsRequest& request, const Operation& operation,
                             const std::function<void(RunTablePtr)>& early) override;
    Result<Run> run(const std::string& runId) override;
    Result<HistoryPtr> history(const std::string& runId, const std::string& metric,
                               const Operation& operation) override;
    Result<bool> readsTogether(const std::string& metric, std::span<const std::string> runIds) override;
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
    template <class Change>
    auto write(const Change& change) -> decltype(change(std::declval<RunWriter&>()));
    void note(const SkippedRows& skipped);
    void warn(const std::string& where, const std::string& what);

    std::shared_ptr<SqliteSource> m_source;
    std::string m_uri;
    std::chrono::milliseconds m_patience;
    bool m_unlocked = false;
    mutable std::mutex m_warningsMutex;
    std::vector<StoreWarning> m_warnings;
};

} // namespace sextant::sqlite

namespace sextant {

/// Errors as openStore.
Result<Store> openSqliteStore(const std::string& path,
                              std::chrono::milliseconds patience = sqlite::kLockPatience);

} // namespace sextant
