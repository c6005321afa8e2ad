#include "core/store/files/run_creation.h"

#include "core/base/random_id.h"
#include "core/store/artifact_files.h"
#include "core/store/files/file_writing.h"
#include "core/store/files/store_age.h"
#include "core/store/files/yaml_scalar.h"
#include "core/store/new_run_rules.h"

#include <algorithm>

namespace sextant::files {
namespace {

MetaChange text(std::string_view key, std::string_view value)
{
    return {key, yamlScalar(value, key.size() + 2)};
}

MetaChange time(std::string_view key, EpochMs value)
{
    return {key, isKnown(value) ? std::to_string(value) : "null"};
}

/// A path as a URI has it: what is neither letter, digit nor mark is a percent sign and two digits.
std::string percentEncoded(std::string_view path)
{
    constexpr std::string_view kMarks = "/_.-~";
    std::string encoded;
    for (char byte : path) {
        auto code = static_cast<unsigned char>(byte);
        bool plain = (code >= '0' && code <= '9') || ((code | 0x20U) >= 'a' && (code | 0x20U) <= 'z') ||
                     kMarks.find(byte) != kMarks.npos;
        if (plain) {
            encoded += byte;
            continue;
        }
        encoded += '%';
        encoded += "0123456789ABCDEF"[code >> 4U];
        encoded += "0123456789ABCDEF"[code & 15U];
    }
    return encoded;
}

/// The root as the client writes it into new experiments: as a path where it did so before, else as a URI.
std::string artifactRoot(const StoreLayout& layout, const std::vector<ExperimentFolder>& experiments)
{
    bool plain = std::any_of(experiments.begin(), experiments.end(), [&](const ExperimentFolder& one) {
        return one.experiment.artifactLocation == layout.root() + "/" + one.experiment.id;
    });
    return plain ? layout.root() : "file://" + percentEncoded(layout.root());
}

} // namespace

Result<std::string> makeExperiment(const StoreLayout& layout, const std::string& name)
{
    SEXTANT_CHECK(checkExperimentName(name));
    auto experiments = layout.experiments(ViewType::All, false);
    for (const auto& folder : experiments)
        if (folder.experiment.name == name)
            return experimentExists(folder.experiment);
    auto id = randomDecimalId();
    auto keys = newerExperimentKeys(layout);
    auto begun = now();
    keys.push_back(text("artifact_location", appendToUri(artifactRoot(layout, experiments), id)));
    keys.push_back(time("creation_time", begun));
    keys.push_back(text("experiment_id", id));
    keys.push_back(time("last_update_time", begun));
    keys.push_back(text("lifecycle_stage", toText(Lifecycle::Active)));
    keys.push_back(text("name", name));
    SEXTANT_TRY(auto folder, NewFolder::create(layout.root()));
    SEXTANT_CHECK(folder.write(kMetaFile, composeMeta(std::move(keys))));
    SEXTANT_CHECK(folder.appearAs(layout.root() + "/" + id));
    return id;
}

Result<std::string> makeRun(const StoreLayout& layout, const NewRun& wanted)
{
    SEXTANT_TRY(auto run, completed(wanted));
    auto experiments = layout.experiments(ViewType::All, false);
    auto found = std::find_if(experiments.begin(), experiments.end(), [&](const ExperimentFolder& one) {
        return one.experiment.id == run.experimentId;
    });
    SEXTANT_TRY(auto experiment,
                usableForRuns(found == experiments.end() ? nullptr : &found->experiment, run.experimentId));
    auto id = randomHexId();
    std::vector<MetaChange> keys{
        text("artifact_uri", appendToUri(experiment.artifactLocation, id + "/artifacts")),
        time("end_time", run.endTime),
        text("entry_point_name", ""),
        text("experiment_id", run.experimentId),
        text("lifecycle_stage", toText(Lifecycle::Active)),
        text("run_id", id),
        text("run_name", run.name),
        text("source_name", ""),
        {"source_type", "4"},
        text("source_version", ""),
        time("start_time", run.startTime),
        {"status", std::to_string(static_cast<int>(run.status))},
        {"tags", "[]"},
        text("user_id", userOf(run))};
    if (ageOf(layout) == StoreAge::BeforeThree)
        keys.push_back(text("run_uuid", id));
    SEXTANT_TRY(auto folder, NewFolder::create(layout.root()));
    SEXTANT_CHECK(folder.write(kMetaFile, composeMeta(std::move(keys))));
    for (const char* name : {"metrics", "params", "artifacts", "tags"})
        SEXTANT_CHECK(folder.addFolder(name));
    for (const auto& [key, value] : run.tags)
        SEXTANT_CHECK(KeyFiles(folder.path(), "tags").write(key, value));
    SEXTANT_CHECK(folder.appearAs(layout.root() + "/" + found->path + "/" + id));
    return id;
}

} // namespace sextant::files
