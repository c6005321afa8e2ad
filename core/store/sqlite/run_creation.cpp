#include "core/store/sqlite/run_creation.h"

#include "core/base/random_id.h"
#include "core/store/artifact_files.h"
#include "core/store/new_run_rules.h"
#include "core/store/sqlite/entity_reader.h"
#include "core/store/sqlite/write_transaction.h"
#include "core/store/tag_rules.h"

#include <algorithm>
#include <filesystem>

namespace sextant::sqlite {
namespace {

/// Where the store keeps its artifacts: beside the database, unless the first experiment says otherwise.
std::string artifactRoot(const std::vector<Experiment>& experiments, const std::string& storeFolder)
{
    namespace fs = std::filesystem;
    auto first = std::find_if(experiments.begin(), experiments.end(),
                              [](const Experiment& one) { return one.id == "0"; });
    std::string recorded;
    if (first != experiments.end() && first->artifactLocation.ends_with("/0"))
        recorded = first->artifactLocation.substr(0, first->artifactLocation.size() - 2);
    std::error_code ignored; // what can't be looked at is not used
    auto beside = storeFolder + "/mlruns";
    if (recorded == "./mlruns")
        return recorded; // as the oldest clients wrote it
    if (recorded.empty() || fs::is_directory(beside, ignored))
        return beside;
    auto folder = sextant::artifactFolder(recorded, {storeFolder, "mlruns"});
    return folder && fs::is_directory(*folder, ignored) ? recorded : beside;
}

Result<Experiment> activeExperiment(SqliteSession session, const std::string& id)
{
    SEXTANT_TRY(auto experiments, readExperiments(session));
    auto found = std::find_if(experiments.begin(), experiments.end(),
                              [&](const Experiment& experiment) { return experiment.id == id; });
    return usableForRuns(found == experiments.end() ? nullptr : &*found, id);
}

} // namespace

Result<std::string> insertExperiment(SqliteSession session, const std::string& name,
                                     const std::string& storeFolder)
{
    SEXTANT_CHECK(checkExperimentName(name));
    SEXTANT_TRY(auto experiments, readExperiments(session));
    for (const auto& experiment : experiments)
        if (experiment.name == name)
            return experimentExists(experiment);
    auto time = now();
    SEXTANT_CHECK(insertRow(session, "experiments",
                            {{"name", name},
                             {"artifact_location", nullptr},
                             {"lifecycle_stage", toText(Lifecycle::Active)},
                             {"creation_time", time},
                             {"last_update_time", time}}));
    SEXTANT_TRY(auto id, textOf(session, "SELECT last_insert_rowid()", {}));
    auto location = appendToUri(artifactRoot(experiments, storeFolder), id);
    SEXTANT_CHECK(run(session, "UPDATE experiments SET artifact_location = ?2 WHERE experiment_id = ?1",
                      {id, location}));
    SEXTANT_CHECK(mustFind(session,
                           "SELECT 1 FROM experiments WHERE experiment_id = ?1 AND name = ?2 AND "
                           "artifact_location = ?3",
                           {id, name, location}));
    return id;
}

Result<std::string> insertRun(SqliteSession session, const NewRun& wanted)
{
    SEXTANT_TRY(auto made, completed(wanted));
    SEXTANT_TRY(auto experiment, activeExperiment(session, made.experimentId));
    auto id = randomHexId();
    auto artifacts = appendToUri(experiment.artifactLocation, id + "/artifacts");
    auto user = userOf(made);
    SEXTANT_CHECK(insertRow(session, "runs",
                            {{"run_uuid", id},
                             {"name", made.name},
                             {"source_type", std::string_view("UNKNOWN")},
                             {"source_name", std::string_view("")},
                             {"entry_point_name", std::string_view("")},
                             {"user_id", user},
                             {"status", toText(made.status)},
                             {"start_time", made.startTime},
                             {"end_time", isKnown(made.endTime) ? Parameter(made.endTime) : nullptr},
                             {"deleted_time", nullptr},
                             {"source_version", std::string_view("")},
                             {"lifecycle_stage", toText(Lifecycle::Active)},
                             {"artifact_uri", artifacts},
                             {"experiment_id", made.experimentId}}));
    for (const auto& [key, value] : made.tags)
        SEXTANT_CHECK(insertRow(session, "tags", {{"key", key}, {"value", value}, {"run_uuid", id}}));
    SEXTANT_CHECK(mustFind(session,
                           "SELECT 1 FROM runs WHERE run_uuid = ?1 AND name = ?2 AND artifact_uri = ?3",
                           {id, made.name, artifacts}));
    return id;
}

} // namespace sextant::sqlite
