#include "core/registry/model_log.h"

#include "core/ledger/folder_digest.h"
#include "core/store/artifact_files.h"

#include <algorithm>
#include <filesystem>

namespace sextant::registry {

namespace fs = std::filesystem;

namespace {

/// "breast-cancer/3f0c…": unlike that of any other log, also of a model of the same name elsewhere.
std::string originOf(const std::string& model, const std::string& run)
{
    std::string name;
    for (char c : model)
        name += (c > ' ' && c < 0x7f && c != '+') ? c : '-';
    return name + "/" + run;
}

} // namespace

/// The oldest run that says it holds the log: a later one can't take its place.
Result<std::string> ModelLog::governanceRun()
{
    auto none = [&] {
        return fail(ErrorCode::NotFound, "This store holds no log of the model '" + m_model + "'",
                    "An admin begins it with its rules: `sextant promotions rules " + m_model +
                        " --key NAME`");
    };
    SEXTANT_TRY(auto experiments, m_tracking.experiments(ViewType::ActiveOnly));
    auto found = std::find_if(experiments.begin(), experiments.end(), [](const Experiment& experiment) {
        return experiment.name == kGovernanceExperiment;
    });
    if (found == experiments.end())
        return none();
    SEXTANT_TRY(auto table, m_tracking.runs({{found->id}, ViewType::ActiveOnly}, {}));
    std::string best;
    EpochMs begun = kNoTime;
    for (RowIndex row = 0; row < table->size(); ++row) {
        std::string id(table->runId(row));
        SEXTANT_TRY(auto run, m_tracking.run(id));
        auto tag = run.tags.find(kModelTag);
        if (tag != run.tags.end() && tag->second == m_model && (best.empty() || run.info.startTime < begun)) {
            best = id;
            begun = run.info.startTime;
        }
    }
    return best.empty() ? Result<std::string>(none()) : Result<std::string>(best);
}

Result<std::string> ModelLog::artifactFolder()
{
    SEXTANT_TRY(auto run, governanceRun());
    return m_tracking.artifactFolder(run);
}

Result<std::string> ModelLog::experiment()
{
    SEXTANT_TRY(auto experiments, m_tracking.experiments(ViewType::ActiveOnly));
    for (const auto& experiment : experiments)
        if (experiment.name == kGovernanceExperiment)
            return experiment.id;
    return m_tracking.createExperiment(kGovernanceExperiment);
}

Result<std::string> ModelLog::prepare(const std::string& origin)
{
    SEXTANT_TRY(auto models, m_registry.registeredModels());
    if (std::none_of(models.begin(), models.end(),
                     [&](const RegisteredModel& model) { return model.name == m_model; }))
        return fail(ErrorCode::NotFound, "There is no registered model '" + m_model + "'",
                    "`sextant models list` shows all");
    auto there = governanceRun();
    if (!there && there.error().code != ErrorCode::NotFound)
        return there;
    if (!there) {
        SEXTANT_TRY(auto experimentId, experiment());
        NewRun run{.experimentId = experimentId, .name = "log of " + m_model};
        run.tags = {{kModelTag, m_model},
                    {"mlflow.note.content", "Who asked, agreed and changed what with " + m_model +
                                                ", signed. Nothing here may be edited or deleted."}};
        if (!origin.empty())
            run.tags[kOriginTag] = origin;
        SEXTANT_TRY(auto made, m_tracking.createRun(run));
        // Two may have begun at once: both go on with the run that readers will find.
        SEXTANT_TRY(there, governanceRun());
        if (*there != made)
            SEXTANT_CHECK(m_tracking.deleteRun(made));
    }
    SEXTANT_TRY(auto run, m_tracking.run(*there));
    if (auto chosen = run.tags.find(kOriginTag); chosen != run.tags.end())
        return chosen->second;
    auto own = origin.empty() ? originOf(m_model, *there) : origin;
    SEXTANT_CHECK(m_tracking.setTag(*there, kOriginTag, own));
    return own;
}

Result<void> ModelLog::point(const ledger::Log& log, std::int64_t version, std::uint64_t entry)
{
    if (log.note().size() <= kLongestPointer)
        SEXTANT_CHECK(m_registry.setModelTag(m_model, kCheckpointTag, log.note()));
    if (version <= 0)
        return {};
    SEXTANT_TRY(auto text, log.entry(entry));
    return m_registry.setVersionTag(m_model, version, kEntryTag,
                                    std::to_string(entry) + " " + toHex(ledger::leafHash(text)));
}

Result<std::string> ModelLog::folder()
{
    SEXTANT_TRY(auto run, governanceRun());
    SEXTANT_TRY(auto file,
                m_tracking.artifactFile(run, std::string(kLogFolder) + "/" + ledger::kCheckpointFile));
    return fs::path(file).parent_path().string();
}

Result<ledger::Holders> ModelLog::holders()
{
    SEXTANT_TRY(auto found, versions());
    return holdersOf(found);
}

Result<ModelVersion> ModelLog::version(const std::string& subject)
{
    SEXTANT_TRY(auto all, versions());
    for (auto& version : all)
        if (subjectName(m_model, version.version) == subject)
            return std::move(version);
    return fail(ErrorCode::NotFound, "The registry has no version '" + subject + "'");
}

Result<std::string> ModelLog::authorOf(const std::string& subject)
{
    SEXTANT_TRY(auto found, version(subject));
    auto run = found.runId.empty() ? Result<Run>(Run{}) : m_tracking.run(found.runId);
    auto user = run ? run->tags.find("mlflow.user") : TagMap::iterator{};
    return run && user != run->tags.end() ? user->second : found.userId;
}

Result<std::string> ModelLog::filesOf(const std::string& subject)
{
    SEXTANT_TRY(auto found, version(subject));
    auto location = found.storageLocation.empty() ? found.source : found.storageLocation;
    auto store = m_tracking.info().path;
    std::error_code ignored;
    auto storeFolder = fs::is_directory(store, ignored) ? store : fs::path(store).parent_path().string();
    return sextant::artifactFolder(location, {storeFolder, found.runId});
}

Result<Digest> ModelLog::digestOf(const std::string& subject, const Operation& operation)
{
    SEXTANT_TRY(auto folder, filesOf(subject));
    SEXTANT_TRY(auto digest, ledger::digestFolder(folder, operation));
    return digest.root;
}

} // namespace sextant::registry
