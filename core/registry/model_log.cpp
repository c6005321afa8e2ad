#include "core/registry/model_log.h"

#include "core/ledger/folder_digest.h"
#include "core/store/artifact_files.h"

#include <algorithm>
#include <filesystem>

namespace sextant::registry {

namespace fs = std::filesystem;

std::string subjectName(const std::string& model, std::int64_t version)
{
    return model + "/" + std::to_string(version);
}

/// The oldest run that says it holds the log: a later one can't take its place.
Result<std::string> ModelLog::governanceRun()
{
    auto none = [&] {
        return fail(ErrorCode::NotFound, "This store holds no log of the model '" + m_model + "'",
                    "A log begins with the first promotion that is asked for");
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

Result<std::string> ModelLog::folder()
{
    SEXTANT_TRY(auto run, governanceRun());
    SEXTANT_TRY(auto file,
                m_tracking.artifactFile(run, std::string(kLogFolder) + "/" + ledger::kCheckpointFile));
    return fs::path(file).parent_path().string();
}

Result<ledger::Holders> ModelLog::holders()
{
    SEXTANT_TRY(auto versions, m_registry.modelVersions(m_model));
    ledger::Holders holders;
    for (const auto& version : versions) {
        auto name = subjectName(m_model, version.version);
        for (const auto& alias : version.aliases)
            holders["alias:" + alias].insert(name);
        if (version.stage == Stage::Staging || version.stage == Stage::Production)
            holders["stage:" + std::string(toText(version.stage))].insert(name);
    }
    return holders;
}

Result<ModelVersion> ModelLog::version(const std::string& subject)
{
    SEXTANT_TRY(auto versions, m_registry.modelVersions(m_model));
    for (auto& version : versions)
        if (subjectName(m_model, version.version) == subject)
            return std::move(version);
    return fail(ErrorCode::NotFound, "The registry has no version '" + subject + "'");
}

Result<std::string> ModelLog::filesOf(const std::string& subject)
{
    SEXTANT_TRY(auto found, version(subject));
    auto location = found.storageLocation.empty() ? found.source : found.storageLocation;
    auto store = m_tracking.info().path;
    std::error_code ignored;
    auto storeFolder = fs::is_directory(store, ignored) ? store : fs::path(store).parent_path().string();
    return artifactFolder(location, {storeFolder, found.runId});
}

Result<Digest> ModelLog::digestOf(const std::string& subject, const Operation& operation)
{
    SEXTANT_TRY(auto folder, filesOf(subject));
    SEXTANT_TRY(auto digest, ledger::digestFolder(folder, operation));
    return digest.root;
}

} // namespace sextant::registry
