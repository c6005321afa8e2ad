#include "ui/registry/run_models.h"

#include "core/registry/model_file.h"

namespace sextant {

Result<RunModels> modelsOfRun(TrackingStore& store, const std::string& runId)
{
    SEXTANT_TRY(auto run, store.run(runId));
    RunModels models;
    models.runName = run.info.name.empty() ? run.info.id : run.info.name;
    if (!run.modelOutputs.empty()) {
        auto logged = store.loggedModels({run.info.experimentId});
        for (const auto& output : run.modelOutputs) {
            auto name = output.modelId;
            for (const auto& model : logged ? *logged : std::vector<LoggedModel>())
                if (model.id == output.modelId && !model.name.empty())
                    name = model.name;
            models.sources.push_back({name, "models:/" + output.modelId});
        }
    }
    auto files = store.listArtifacts(runId, {}, true);
    const std::string suffix = std::string("/") + registry::kModelFileName;
    for (const auto& file : files ? *files : std::vector<Artifact>())
        if (!file.isDirectory && file.path.ends_with(suffix)) {
            auto folder = file.path.substr(0, file.path.size() - suffix.size());
            models.sources.push_back({folder, run.info.artifactUri + "/" + folder});
        }
    return models;
}

} // namespace sextant
