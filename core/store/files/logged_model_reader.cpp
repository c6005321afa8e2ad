#include "core/store/files/logged_model_reader.h"

#include "core/base/text.h"
#include "core/store/files/run_reader.h"

#include <map>
#include <utility>

namespace sextant::files {

namespace {

std::optional<LoggedModelStatus> statusFrom(std::string_view word)
{
    for (auto status : {LoggedModelStatus::Unspecified, LoggedModelStatus::Pending, LoggedModelStatus::Ready,
                        LoggedModelStatus::Failed})
        if (word == toText(status) || word == std::to_string(static_cast<int>(status)))
            return status;
    return std::nullopt;
}

/// The client keeps the latest value for each set of data a model was measured on.
void readMetric(TreeReader& reader, const Place& place, std::string_view key, std::string_view text,
                LoggedModel& model)
{
    std::map<std::pair<std::string, std::string>, std::pair<LatestPoint, std::string>> latest;
    auto counts = forEachModelMetricPoint(text, [&](const ModelMetricPoint& point) {
        auto& [best, runId] = latest[{std::string(point.datasetName), std::string(point.datasetDigest)}];
        LatestPoint before = best;
        best.add(point);
        bool replaced = !before.any() || best.point().step != before.point().step ||
                        best.point().timestamp != before.point().timestamp ||
                        best.point().value > before.point().value;
        if (replaced)
            runId = point.runId;
    });
    for (auto& [data, best] : latest)
        model.metrics.push_back({std::string(key), best.first.point().value, best.first.point().step,
                                 best.first.point().timestamp, best.second, data.first, data.second});
    if (auto problem = describeLines(counts, false); !problem.empty())
        reader.warnings().add(place.path("metrics", key), std::move(problem));
    else if (latest.empty())
        reader.warnings().add(place.path("metrics", key), "The metric has no values");
}

bool readMeta(TreeReader& reader, const FileHandle& folder, const Place& place, std::string_view experimentId,
              LoggedModel& model)
{
    FileBuffer buffer;
    MetaYaml yaml;
    auto result = reader.readOne(folder, kMetaFile, place.path(kMetaFile), kMostMetaBytes, buffer);
    if (!result || !yaml.parse(buffer.text())) {
        reader.warnings().add(place.path(), result
                                                ? "The meta.yaml of this model is empty or broken"
                                                : "The meta.yaml of this model: " + describeProblem(result));
        return false;
    }
    model.id = yaml.textOr("model_id");
    model.experimentId = yaml.textOr("experiment_id");
    if (model.experimentId != experimentId || !place.entity.ends_with("/" + model.id) || model.id.empty()) {
        reader.warnings().add(place.path(),
                              "Its meta.yaml describes another model or belongs to another experiment");
        return false;
    }
    if (yaml.textOr("lifecycle_stage") == "deleted")
        return false;
    model.name = yaml.textOr("name");
    model.sourceRunId = yaml.textOr("source_run_id");
    if (auto type = yaml.text("model_type"))
        model.modelType = std::string(*type);
    model.artifactLocation = yaml.textOr("artifact_location");
    model.statusMessage = yaml.textOr("status_message");
    model.status = statusFrom(yaml.textOr("status")).value_or(LoggedModelStatus::Unspecified);
    model.creationTime = timeOf(yaml, "creation_timestamp");
    model.lastUpdatedTime = timeOf(yaml, "last_updated_timestamp");
    return true;
}

} // namespace

void readLoggedModels(const StoreLayout& layout, const ExperimentFolder& experiment,
                      std::vector<LoggedModel>& models)
{
    TreeReader reader(layout.canonicalRoot(), layout.warnings());
    auto parent = layout.openExperiment(experiment.path);
    if (!parent)
        return;
    auto folder = reader.open(parent, kModelsFolder, {layout.root(), experiment.path, {}});
    if (!folder)
        return;
    FolderListing listing;
    listFolder(folder, listing);
    listing.sort();
    for (std::size_t i = 0; i < listing.size(); ++i) {
        if (listing.kind(i) != EntryKind::Folder || isReservedFolder(listing.name(i)))
            continue;
        auto entity = std::string(kModelsFolder) + "/" + std::string(listing.name(i));
        Place place{layout.root(), experiment.path, entity};
        auto modelFolder = openFolder(folder.get(), listing.cName(i), false);
        LoggedModel model;
        if (!modelFolder || !readMeta(reader, modelFolder, place, experiment.experiment.id, model))
            continue;
        reader.read(modelFolder, "params", place, kMostTextBytes,
                    [&](std::string_view key, std::string_view text) {
                        model.params.insert_or_assign(std::string(key), toUtf8(text));
                    });
        reader.read(modelFolder, "tags", place, kMostTextBytes,
                    [&](std::string_view key, std::string_view text) {
                        model.tags.insert_or_assign(std::string(key), toUtf8(text));
                    });
        reader.read(modelFolder, "metrics", place, kMostMetricBytes,
                    [&](std::string_view key, std::string_view text) {
                        readMetric(reader, place, key, text, model);
                    });
        models.push_back(std::move(model));
    }
}

} // namespace sextant::files
