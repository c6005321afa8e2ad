#include "core/store/files/file_tracking_store.h"

#include "core/base/text.h"
#include "core/store/artifact_files.h"
#include "core/store/files/file_registry.h"
#include "core/store/files/file_store.h"
#include "core/store/files/history_reader.h"
#include "core/store/files/logged_model_reader.h"
#include "core/store/files/run_creation.h"
#include "core/store/files/run_loader.h"
#include "core/store/files/store_probe.h"
#include "core/store/registry_rules.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace sextant::files {

namespace fs = std::filesystem;

namespace {

/// Collects one run.
class RunCollector final : public RunSink
{
public:
    explicit RunCollector(Run& run) : m_run(run) {}
    void metric(std::string_view key, const MetricPoint& latest) override
    {
        m_run.metrics.push_back({std::string(key), latest.value, latest.timestamp, latest.step});
    }
    void param(std::string_view key, std::string_view value) override
    {
        m_run.params.insert_or_assign(std::string(key), value);
    }
    void tag(std::string_view key, std::string_view value) override
    {
        m_run.tags.insert_or_assign(std::string(key), value);
    }
    void dataset(const Dataset& dataset, TagMap tags) override
    {
        m_run.datasets.push_back({dataset, std::move(tags)});
    }
    void modelInput(std::string_view id) override { m_run.modelInputs.push_back({std::string(id), 0}); }
    void modelOutput(std::string_view id, std::int64_t step) override
    {
        m_run.modelOutputs.push_back({std::string(id), step});
    }

private:
    Run& m_run;
};

} // namespace

FileTrackingStore::FileTrackingStore(std::shared_ptr<const StoreLayout> layout,
                                     std::shared_ptr<WarningList> warnings)
    : m_layout(std::move(layout)), m_warnings(std::move(warnings)), m_watch(*m_layout)
{
}

StoreInfo FileTrackingStore::info() const
{
    StoreInfo info;
    info.kind = StoreKind::Files;
    info.path = m_layout->root();
    info.uri = m_layout->root();
    auto path = fs::path(info.path);
    info.name = toUtf8(
        (path.filename() == "mlruns" ? path.parent_path().filename() / path.filename() : path.filename())
            .string());
    info.version = "file store";
    info.dialect = m_layout->dialect();
    auto& capabilities = info.capabilities;
    capabilities.registry = capabilities.stages = capabilities.aliases = true;
    capabilities.datasets = capabilities.loggedModels = true;
    capabilities.writable = ::faccessat(AT_FDCWD, info.path.c_str(), W_OK, AT_EACCESS) == 0;
    if (!capabilities.writable)
        capabilities.whyNotWritable = errno == EROFS ? "The folder is on a medium that can't be written"
                                                     : "There is no permission to write in this folder";
    return info;
}

Result<void> FileTrackingStore::requireRoot() const
{
    if (m_layout->openRoot())
        return {};
    return fail(ErrorCode::NotFound, "The folder " + toUtf8(m_layout->root()) + " is no longer there",
                "Open the store again where it is now", describeError(errno));
}

Result<ChangeStamp> FileTrackingStore::stamp()
{
    SEXTANT_CHECK(requireRoot());
    return ChangeStamp{m_watch.look(m_loaded)};
}

Result<std::vector<Experiment>> FileTrackingStore::experiments(ViewType view)
{
    SEXTANT_CHECK(requireRoot());
    std::vector<Experiment> list;
    for (auto& folder : m_layout->experiments(view, true))
        list.push_back(std::move(folder.experiment));
    // As the client lists them.
    std::sort(list.begin(), list.end(), [](const Experiment& a, const Experiment& b) {
        return a.creationTime != b.creationTime ? a.creationTime > b.creationTime : a.id < b.id;
    });
    return list;
}

Result<std::vector<ExperimentFolder>> FileTrackingStore::chosen(const std::vector<std::string>& ids,
                                                                ViewType view)
{
    SEXTANT_CHECK(requireRoot());
    auto all = m_layout->experiments(ids.empty() ? view : ViewType::All, true);
    if (ids.empty())
        return all;
    std::vector<ExperimentFolder> some;
    for (const auto& id : ids) {
        auto isIt = [&](const ExperimentFolder& folder) { return folder.experiment.id == id; };
        auto found = std::find_if(all.begin(), all.end(), isIt);
        if (found == all.end())
            return fail(ErrorCode::NotFound,
                        "There is no experiment with the id '" + toUtf8(id) + "' in this store",
                        "`sextant experiments list --view all` shows them");
        if (std::none_of(some.begin(), some.end(), isIt))
            some.push_back(*found);
    }
    return some;
}

Result<RunTablePtr> FileTrackingStore::runs(const RunsRequest& request, const Operation& operation,
                                            const std::function<void(RunTablePtr)>& early)
{
    auto experiments = request.view == ViewType::DeletedOnly ? ViewType::All : request.view;
    SEXTANT_TRY(auto folders, chosen(request.experimentIds, experiments));
    auto table = RunLoader(*m_layout, &m_reuse).load(folders, request.view, operation, early);
    m_loaded = m_loaded || table.has_value();
    return table;
}

Result<RunLocation> FileTrackingStore::find(const std::string& runId)
{
    SEXTANT_CHECK(requireRoot());
    if (!isEntityId(runId, kMostRunIdBytes))
        return fail(ErrorCode::InvalidArgument, "'" + toUtf8(runId) + "' is not the id of a run",
                    "`sextant runs list` shows the ids");
    DatasetCache datasets;
    RunReader reader(m_layout->canonicalRoot(), *m_warnings, datasets);
    auto paths = m_layout->candidateFolders(ViewType::All);
    if (auto last = m_experimentOfRun.find(runId); last != m_experimentOfRun.end())
        paths.insert(paths.begin(), last->second);
    std::string problem;
    for (const auto& path : paths) {
        auto folder = m_layout->openExperiment(path);
        if (!folder || faccessat(folder.get(), runId.c_str(), F_OK, 0) != 0)
            continue;
        auto meta =
            reader.readMeta(folder, {m_layout->root(), path, runId}, fs::path(path).filename().string());
        if (meta.empty)
            meta =
                reader.readMeta(folder, {m_layout->root(), path, runId}, fs::path(path).filename().string());
        if (meta.usable) {
            m_experimentOfRun[runId] = path;
            return RunLocation{path, std::move(meta.info)};
        }
        problem = meta.problem;
    }
    if (!problem.empty())
        return fail(ErrorCode::Corrupt, "Run '" + runId + "' can't be read: " + problem,
                    "Look at its folder in " + m_layout->root());
    return fail(ErrorCode::NotFound, "Run '" + runId + "' not found",
                "`sextant runs list --view all` shows the runs of this store");
}

Result<Run> FileTrackingStore::run(const std::string& runId)
{
    SEXTANT_TRY(auto location, find(runId));
    Run run;
    run.info = std::move(location.info);
    DatasetCache datasets;
    RunReader reader(m_layout->canonicalRoot(), *m_warnings, datasets);
    RunCollector collector(run);
    bool isRun = reader.read(m_layout->openExperiment(location.experimentPath),
                             {m_layout->root(), location.experimentPath, runId},
                             run.info.status == RunStatus::Running, collector);
    if (!isRun)
        return fail(ErrorCode::NotFound, "Run '" + runId + "' not found",
                    "There is a folder of this name, but it has no metrics, params or tags");
    std::sort(run.metrics.begin(), run.metrics.end(),
              [](const Metric& a, const Metric& b) { return a.key < b.key; });
    if (run.info.name.empty())
        if (auto name = run.tags.find("mlflow.runName"); name != run.tags.end())
            run.info.name = name->second;
    return run;
}

Result<std::string> FileTrackingStore::historyMark(const std::string& runId, const std::string& metric)
{
    SEXTANT_TRY(auto location, find(runId));
    return files::historyMark(*m_layout, location, metric);
}

Result<HistoryPtr> FileTrackingStore::history(const std::string& runId, const std::string& metric,
                                              const Operation& operation)
{
    SEXTANT_TRY(auto location, find(runId));
    return readHistory(*m_layout, location, metric, operation);
}

Result<void> FileTrackingStore::histories(const std::string& metric, std::span<const std::string> runIds,
                                          const Operation& operation, const TakeHistory& take)
{
    std::vector<RunLocation> locations;
    for (const auto& runId : runIds) {
        SEXTANT_TRY(auto location, find(runId));
        locations.push_back(std::move(location));
    }
    return readHistories(*m_layout, locations, metric, operation, take);
}

Result<std::vector<MetricSummary>> FileTrackingStore::metricSummaries(const std::string& metric,
                                                                      const Operation& operation)
{
    SEXTANT_TRY(auto folders, chosen({}, ViewType::All));
    return readMetricSummaries(*m_layout, folders, metric, operation);
}

Result<std::vector<LoggedModel>>
FileTrackingStore::loggedModels(const std::vector<std::string>& experimentIds)
{
    SEXTANT_TRY(auto folders, chosen(experimentIds, ViewType::ActiveOnly));
    std::vector<LoggedModel> models;
    for (const auto& folder : folders)
        readLoggedModels(*m_layout, folder, models);
    std::sort(models.begin(), models.end(), [](const LoggedModel& a, const LoggedModel& b) {
        return a.creationTime != b.creationTime ? a.creationTime > b.creationTime : a.id < b.id;
    });
    return models;
}

/// Where the store says, or, when it was moved or its experiment lies in the trash, beside the run.
Result<std::string> FileTrackingStore::artifactFolder(const std::string& runId)
{
    SEXTANT_TRY(auto location, find(runId));
    auto beside = m_layout->root() + "/" + location.experimentPath + "/" + runId + "/artifacts";
    auto recorded = sextant::artifactFolder(location.info.artifactUri, {m_layout->root(), runId});
    std::error_code error;
    bool isThere = recorded && fs::is_directory(*recorded, error);
    bool meansBeside =
        location.info.artifactUri.empty() || (recorded && recorded->ends_with("/" + runId + "/artifacts"));
    if (!isThere && meansBeside && fs::is_directory(beside, error))
        return beside;
    return recorded;
}

Result<std::vector<Artifact>> FileTrackingStore::listArtifacts(const std::string& runId,
                                                               const std::string& path, bool recursive)
{
    SEXTANT_TRY(auto folder, artifactFolder(runId));
    return listArtifactFiles(folder, path, recursive);
}

Result<std::string> FileTrackingStore::artifactFile(const std::string& runId, const std::string& path)
{
    SEXTANT_TRY(auto folder, artifactFolder(runId));
    return artifactFilePath(folder, path);
}

Result<void> FileTrackingStore::unlock()
{
    auto capabilities = info().capabilities;
    if (!capabilities.writable)
        return fail(ErrorCode::ReadOnly, capabilities.whyNotWritable,
                    "Copy the store to a place where you may write");
    m_unlocked = true;
    return {};
}

Result<RunWriter> FileTrackingStore::writer(const std::string& runId)
{
    if (!m_unlocked)
        return storeIsLocked();
    SEXTANT_TRY(auto location, find(runId));
    return RunWriter(*m_layout, std::move(location));
}

Result<void> FileTrackingStore::setTag(const std::string& runId, const std::string& key,
                                       const std::string& value)
{
    SEXTANT_TRY(auto run, writer(runId));
    return run.setTag(key, value);
}

Result<void> FileTrackingStore::deleteTag(const std::string& runId, const std::string& key)
{
    SEXTANT_TRY(auto run, writer(runId));
    return run.deleteTag(key);
}

Result<void> FileTrackingStore::renameRun(const std::string& runId, const std::string& name)
{
    SEXTANT_TRY(auto run, writer(runId));
    return run.rename(name);
}

Result<void> FileTrackingStore::deleteRun(const std::string& runId)
{
    SEXTANT_TRY(auto run, writer(runId));
    return run.setLifecycle(Lifecycle::Deleted);
}

Result<void> FileTrackingStore::restoreRun(const std::string& runId)
{
    SEXTANT_TRY(auto run, writer(runId));
    return run.setLifecycle(Lifecycle::Active);
}

Result<std::string> FileTrackingStore::createExperiment(const std::string& name)
{
    return m_unlocked ? makeExperiment(*m_layout, name) : storeIsLocked();
}

Result<std::string> FileTrackingStore::createRun(const NewRun& run)
{
    return m_unlocked ? makeRun(*m_layout, run) : storeIsLocked();
}

} // namespace sextant::files

namespace sextant {

Result<Store> openFileStore(const std::string& folder)
{
    SEXTANT_TRY(auto root, files::findStoreRoot(folder));
    auto warnings = std::make_shared<files::WarningList>();
    auto layout = std::make_shared<const files::StoreLayout>(std::move(root), *warnings);
    return Store{std::make_shared<files::FileTrackingStore>(layout, warnings),
                 std::make_shared<files::FileRegistry>(layout, warnings)};
}

} // namespace sextant
