#include "core/store/files/run_meta.h"

#include <algorithm>

namespace sextant::files {

namespace {

bool isAsciiAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

RunMeta unusable(std::string problem)
{
    RunMeta meta;
    meta.problem = std::move(problem);
    return meta;
}

/// The client keeps the status as a number and takes a missing one for running.
bool readStatus(const MetaYaml& meta, RunStatus& status)
{
    if (!meta.has("status"))
        return true;
    if (auto number = meta.integer("status"); number && *number >= 1 && *number <= 5) {
        status = static_cast<RunStatus>(*number);
        return true;
    }
    auto named = runStatusFrom(meta.textOr("status"));
    status = named.value_or(RunStatus::Running);
    return named.has_value();
}

} // namespace

bool isEntityId(std::string_view name, std::size_t most)
{
    if (name.empty() || name.size() > most || !isAsciiAlphanumeric(name.front()))
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return isAsciiAlphanumeric(c) || c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    });
}

bool isPlainName(std::string_view name)
{
    return !name.empty() && name != "." && name != ".." && name.size() < 256 &&
           name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

EpochMs timeOf(const MetaYaml& meta, std::string_view key)
{
    return meta.integer(key).value_or(kNoTime);
}

RunMeta readRunMeta(const MetaYaml& meta, std::string_view folder, std::string_view experiment)
{
    auto id = meta.text("run_id");
    if (!id)
        id = meta.text("run_uuid"); // before MLflow 1.0
    if (!id || !meta.has("experiment_id"))
        return unusable("Its meta.yaml is incomplete or describes no run");
    if (*id != folder)
        return unusable("Its meta.yaml describes another run, " + std::string(*id) +
                        ": a copy, or an artifact that poses as a run");
    auto experimentId = meta.text("experiment_id").value_or("");
    if (experimentId != experiment)
        return unusable("Its meta.yaml says that it belongs to experiment " + std::string(experimentId));
    if (!meta.has("user_id") || !meta.has("start_time"))
        return unusable("Its meta.yaml is only half written");
    RunMeta result;
    auto& info = result.info;
    info.id = *id;
    info.experimentId = experimentId;
    info.name = meta.textOr("run_name");
    info.userId = meta.textOr("user_id");
    info.artifactUri = meta.textOr("artifact_uri");
    info.startTime = timeOf(meta, "start_time");
    info.endTime = timeOf(meta, "end_time");
    if (!readStatus(meta, info.status))
        result.problem =
            "Its status, " + meta.textOr("status", "nothing") + ", is unknown; it is shown as running";
    if (auto stage = meta.text("lifecycle_stage")) {
        auto known = lifecycleFrom(*stage);
        info.lifecycle = known.value_or(Lifecycle::Active);
        if (!known)
            result.problem =
                "Its lifecycle stage, " + std::string(*stage) + ", is unknown; it is shown as active";
    }
    result.usable = true;
    return result;
}

ExperimentMeta readExperimentMeta(const MetaYaml& meta, std::string_view folder)
{
    ExperimentMeta result;
    auto id = meta.text("experiment_id");
    if (!id) {
        result.problem = "Its meta.yaml is incomplete or describes no experiment";
        return result;
    }
    if (*id != folder) {
        result.problem = "Its meta.yaml describes experiment " + std::string(*id) +
                         ", not the one its folder is named after";
        return result;
    }
    if (!meta.has("name")) {
        result.problem = "Its meta.yaml is only half written";
        return result;
    }
    auto& experiment = result.experiment;
    experiment.id = *id;
    experiment.name = meta.textOr("name");
    experiment.artifactLocation = meta.textOr("artifact_location");
    experiment.creationTime = timeOf(meta, "creation_time");
    experiment.lastUpdateTime = timeOf(meta, "last_update_time");
    result.usable = true;
    return result;
}

} // namespace sextant::files
