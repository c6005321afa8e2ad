#include "core/store/sqlite/sqlite_store.h"

#include "core/store/artifact_files.h"
#include "core/store/registry_rules.h"
#include "core/store/sqlite/entity_reader.h"
#include "core/store/sqlite/history_reader.h"
#include "core/store/sqlite/run_loader.h"
#include "core/store/sqlite/run_writer.h"
#include "core/store/sqlite/sqlite_registry.h"

#include <algorithm>
#include <filesystem>

namespace sextant {

Result<Store> openSqliteStore(const std::string& path, std::chrono::milliseconds patience)
{
    using namespace sqlite;
    SEXTANT_TRY(auto opened, SqliteSource::open(path, patience));
    std::shared_ptr<SqliteSource> source(std::move(opened));
    Store store;
    store.tracking = std::make_shared<SqliteStore>(source, "sqlite:///" + source->file().path(), patience);
    if (source->schema().capabilities().registry)
        store.registry = std::make_shared<SqliteRegistry>(source, patience);
    return store;
}

} // namespace sextant

namespace sextant::sqlite {

SqliteStore::SqliteStore(std::shared_ptr<SqliteSource> source, std::string uri,
                         std::chrono::milliseconds patience)
    : m_source(std::move(source)), m_uri(std::move(uri)), m_patience(patience)
{
    if (m_source->access() == SqliteAccess::RecoveredCopy)
        warn(m_source->file().path(),
             "A program was stopped in the middle of a write. A private copy was repaired and is read; "
             "the file itself is as it was");
}

StoreInfo SqliteStore::info() const
{
    auto schema = m_source->schema();
    StoreInfo info;
    info.kind = StoreKind::Sqlite;
    info.uri = m_uri;
    info.path = m_source->file().path();
    info.name = std::filesystem::path(info.path).filename().string();
    info.version = schema.description();
    info.capabilities = currentCapabilities(*m_source, m_patience);
    info.dialect = schema.dialect();
    return info;
}

std::vector<StoreWarning> SqliteStore::warnings() const
{
    std::scoped_lock lock(m_warningsMutex);
    return m_warnings;
}

void SqliteStore::warn(const std::string& where, const std::string& what)
{
    std::scoped_lock lock(m_warningsMutex);
    auto same = [&](const StoreWarning& known) { return known.where == where && known.what == what; };
    if (std::none_of(m_warnings.begin(), m_warnings.end(), same))
        m_warnings.push_back({where, what});
}

void SqliteStore::note(const SkippedRows& skipped)
{
    for (const auto& [place, rows] : skipped.counts())
        warn("table " + place.first,
             std::to_string(rows) + (rows == 1 ? " row: " : " rows: ") + place.second);
}

Result<ChangeStamp> SqliteStore::stamp()
{
    SEXTANT_TRY(auto text, m_source->stamp());
    // Which runs are shown depends on the workspace, too.
    return ChangeStamp{text + "/" + activeWorkspace()};
}

Result<std::vector<Experiment>> SqliteStore::experiments(ViewType view)
{
    SEXTANT_TRY(auto experiments, m_source->read(readExperiments));
    std::erase_if(experiments, [view](const Experiment& one) { return !shows(view, one.lifecycle); });
    SEXTANT_TRY(auto others, m_source->read(otherWorkspaces));
    for (const auto& name : others)
        warn("workspace " + name,
             "Its experiments are not shown; set MLFLOW_WORKSPACE=" + name + " to see them");
    return experiments;
}

Result<RunTablePtr> SqliteStore::runs(const RunsRequest& request, const Operation& operation,
                                      const std::function<void(RunTablePtr)>& early)
{
    SkippedRows skipped;
    bool told = false;
    auto once = [&](RunTablePtr table) {
        if (early && !std::exchange(told, true))
            early(std::move(table));
    };
    auto load = [&](SqliteSession session) -> Result<RunTablePtr> {
        skipped = {};
        SEXTANT_TRY(auto all, readExperiments(session));
        return RunLoader(*m_source, session, request, operation, skipped).load(std::move(all), once);
    };
    auto table = m_source->read(load, operation.stop);
    note(skipped);
    return table;
}

Result<Run> SqliteStore::run(const std::string& runId)
{
    return m_source->read([&](SqliteSession session) { return readRun(session, runId); });
}

Result<HistoryPtr> SqliteStore::history(const std::string& runId, const std::string& metric,
                                        const Operation& operation)
{
    SkippedRows skipped;
    auto read = [&](SqliteSession session) {
        skipped = {};
        return readHistory(session, runId, metric, operation, skipped);
    };
    auto history = m_source->read(read, operation.stop);
    note(skipped);
    return history;
}

Result<void> SqliteStore::histories(const std::string& metric, std::span<const std::string> runIds,
                                    const Operation& operation, const TakeHistory& take)
{
    SkippedRows skipped;
    auto read = [&](SqliteSession session) {
        skipped = {};
        return readHistories(session, metric, runIds, operation, take, skipped);
    };
    auto done = m_source->read(read, operation.stop);
    note(skipped);
    return done;
}

Result<bool> SqliteStore::readsTogether(const std::string& metric, std::span<const std::string> runIds)
{
    return m_source->read(
        [&](SqliteSession session) { return sqlite::readsTogether(session, metric, runIds); });
}

Result<std::string> SqliteStore::historyMark(const std::string& runId, const std::string&)
{
    auto mark = m_source->read([&](SqliteSession session) { return readHistoryMark(session, runId); });
    return mark && mark->empty() ? m_source->stamp() : mark;
}

Result<std::vector<MetricSummary>> SqliteStore::metricSummaries(const std::string& metric,
                                                                const Operation& operation)
{
    SkippedRows skipped;
    auto read = [&](SqliteSession session) {
        skipped = {};
        return readMetricSummaries(session, metric, operation, skipped);
    };
    auto summaries = m_source->read(read, operation.stop);
    note(skipped);
    return summaries;
}

Result<std::vector<LoggedModel>> SqliteStore::loggedModels(const std::vector<std::string>& experimentIds)
{
    return m_source->read([&](SqliteSession session) { return readLoggedModels(session, experimentIds); });
}

Result<std::string> SqliteStore::artifactFolder(const std::string& runId)
{
    SEXTANT_TRY(auto info,
                m_source->read([&](SqliteSession session) { return readRunInfo(session, runId); }));
    return sextant::artifactFolder(
        info.artifactUri, {std::filesystem::path(m_source->file().path()).parent_path().string(), runId});
}

Result<std::vector<Artifact>> SqliteStore::listArtifacts(const std::string& runId, const std::string& path,
                                                         bool recursive)
{
    SEXTANT_TRY(auto folder, artifactFolder(runId));
    return listArtifactFiles(folder, path, recursive);
}

Result<std::string> SqliteStore::artifactFile(const std::string& runId, const std::string& path)
{
    SEXTANT_TRY(auto folder, artifactFolder(runId));
    return artifactFilePath(folder, path);
}

Result<void> SqliteStore::unlock()
{
    auto can = info().capabilities;
    if (!can.writable)
        return fail(ErrorCode::ReadOnly, can.whyNotWritable,
                    "Work on a copy, or use the MLflow that wrote the store");
    m_unlocked = true;
    return {};
}

template <class Change>
auto SqliteStore::write(const Change& change) -> decltype(change(std::declval<RunWriter&>()))
{
    if (!m_unlocked)
        return storeIsLocked();
    // In WAL mode our reading connections would share their read-only index with the writer.
    m_source->close();
    RunWriter writer(m_source->file(), m_patience);
    return change(writer);
}

Result<void> SqliteStore::setTag(const std::string& runId, const std::string& key, const std::string& value)
{
    return write([&](RunWriter& writer) { return writer.setTag(runId, key, value); });
}

Result<void> SqliteStore::deleteTag(const std::string& runId, const std::string& key)
{
    return write([&](RunWriter& writer) { return writer.deleteTag(runId, key); });
}

Result<void> SqliteStore::renameRun(const std::string& runId, const std::string& name)
{
    return write([&](RunWriter& writer) { return writer.rename(runId, name); });
}

Result<void> SqliteStore::deleteRun(const std::string& runId)
{
    return write([&](RunWriter& writer) { return writer.remove(runId); });
}

Result<void> SqliteStore::restoreRun(const std::string& runId)
{
    return write([&](RunWriter& writer) { return writer.restore(runId); });
}

Result<std::string> SqliteStore::createExperiment(const std::string& name)
{
    return write([&](RunWriter& writer) { return writer.createExperiment(name); });
}

Result<std::string> SqliteStore::createRun(const NewRun& run)
{
    return write([&](RunWriter& writer) { return writer.createRun(run); });
}

} // namespace sextant::sqlite
