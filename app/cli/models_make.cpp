// `sextant models register|copy`: the commands that make versions.
#include "app/cli/command.h"
#include "app/cli/find.h"
#include "app/cli/options.h"
#include "app/cli/registry_change.h"
#include "app/cli/tag_words.h"
#include "core/store/new_run_rules.h"
#include "core/store/registry_rules.h"

#include <algorithm>

namespace sextant::cli {

namespace {

using Version = RegistryChange::Version;

constexpr const char* kModelFile = "MLmodel";
constexpr const char* kUsualPath = "model"; // where clients before MLflow 3 put the model of a run

struct MakeOptions
{
    std::string model, run, path, source, link, description, version, destination;
    std::vector<std::string> words; // tags
    bool dryRun = false;
};

/// The logged models that the run made, the last step's at the end.
Result<std::vector<LoggedModel>> loggedBy(TrackingStore& store, const Run& run, const std::string& name)
{
    SEXTANT_TRY(auto models, store.loggedModels({run.info.experimentId}));
    std::erase_if(models, [&](const LoggedModel& model) {
        return model.sourceRunId != run.info.id || (!name.empty() && model.name != name);
    });
    auto step = [&](const LoggedModel& model) {
        auto link = std::find_if(run.modelOutputs.begin(), run.modelOutputs.end(),
                                 [&](const ModelLink& output) { return output.modelId == model.id; });
        return link == run.modelOutputs.end() ? -1 : link->step;
    };
    std::stable_sort(models.begin(), models.end(),
                     [&](const LoggedModel& a, const LoggedModel& b) { return step(a) < step(b); });
    return models;
}

/// The source of a version as the real client finds it: the run's own artifacts, else a logged model.
Result<void> findSource(TrackingStore& store, const Run& run, const std::string& path, NewVersion& version)
{
    auto folder = path.empty() ? std::string(kUsualPath) : path;
    version.runId = run.info.id;
    auto artifacts = store.listArtifacts(run.info.id, folder, false);
    bool isModel = artifacts && std::any_of(artifacts->begin(), artifacts->end(), [&](const Artifact& one) {
                       return one.path == folder + "/" + kModelFile;
                   });
    if (isModel) {
        version.source = appendToUri(run.info.artifactUri, folder);
        return {};
    }
    SEXTANT_TRY(auto models, loggedBy(store, run, path));
    if (models.empty())
        return fail(ErrorCode::NotFound,
                    "Run " + run.info.id + " has no model" + (path.empty() ? "" : " at '" + path + "'"),
                    "`sextant artifacts list` and `sextant logged-models list` show what it logged; --source "
                    "registers any folder");
    version.modelId = models.back().id;
    version.source = "models:/" + version.modelId;
    return {};
}

Result<NewVersion> wanted(Context& context, const MakeOptions& options)
{
    NewVersion version{options.model, options.source, {}, options.link, options.description, {}, {}};
    SEXTANT_TRY(auto pairs, tagPairs(options.words));
    version.tags = TagMap(pairs.begin(), pairs.end());
    if (options.run.empty() && options.source.empty())
        return fail(ErrorCode::InvalidArgument, "A version is made from a run or a source",
                    "Name one: --run RUN, or --source URI");
    if (options.run.empty())
        return version;
    SEXTANT_TRY(auto* tracking, context.tracking());
    SEXTANT_TRY(auto run, RunFinder(*tracking, context.operation()).find(options.run));
    version.runId = run.info.id;
    if (options.source.empty())
        SEXTANT_CHECK(findSource(*tracking, run, options.path, version));
    return version;
}

/// Whether the model has to be made first, and the number that the version will have.
Result<std::int64_t> nextVersion(RegistryStore& registry, const std::string& name, bool& isNew)
{
    SEXTANT_TRY(auto models, registry.registeredModels());
    isNew = std::none_of(models.begin(), models.end(),
                         [&](const RegisteredModel& model) { return model.name == name; });
    if (isNew) {
        SEXTANT_CHECK(checkModelName(name));
        return 1;
    }
    SEXTANT_TRY(auto view, modelInView(registry, name));
    SEXTANT_TRY(auto deleted, registry.deletedVersions(name));
    return view.nextVersion(deleted);
}

Result<int> registerVersion(Context& context, const MakeOptions& options)
{
    SEXTANT_TRY(auto* registry, context.registry());
    SEXTANT_TRY(auto version, wanted(context, options));
    bool isNew = false;
    SEXTANT_TRY(auto number, nextVersion(*registry, options.model, isNew));
    RegistryChanges changes;
    if (isNew)
        changes.push_back({options.model, {}, "create", "", {}, "", [name = options.model](RegistryStore& r) {
                               auto made = r.createModel(name, {}, {});
                               return made ? Result<Version>(Version()) : forward(made);
                           }});
    auto apply = [version](RegistryStore& r) -> Result<Version> {
        SEXTANT_TRY(auto made, r.createVersion(version));
        return Version(made.version);
    };
    changes.push_back({options.model, number, "register", "", {}, version.source, apply});
    return changeRegistry(context, std::move(changes), options.dryRun);
}

Result<int> copyVersion(Context& context, const MakeOptions& options)
{
    SEXTANT_TRY(auto* registry, context.registry());
    SEXTANT_TRY(auto view, modelInView(*registry, options.model));
    SEXTANT_TRY(auto version, view.version(options.version));
    bool isNew = false;
    SEXTANT_TRY(auto number, nextVersion(*registry, options.destination, isNew));
    RegistryChanges changes;
    if (isNew)
        changes.push_back({options.destination, {}, "create", "", {}, "", {}});
    auto apply = [version, destination = options.destination](RegistryStore& r) -> Result<Version> {
        SEXTANT_TRY(auto made, r.copyVersion(version.name, version.version, destination));
        return Version(made.version);
    };
    auto source = "models:/" + version.name + "/" + std::to_string(version.version);
    changes.push_back({options.destination, number, "copy", "", {}, source, apply});
    return changeRegistry(context, std::move(changes), options.dryRun);
}

Command registerCommand()
{
    return {"models register",
            "NAME",
            "Makes a version of a registered model from a run or from any folder",
            "The model is made when there is none. Of a run it takes the model at PATH among its artifacts,\n"
            "else the model that it logged under that name (MLflow 3), else its last one.\n"
            "Prints what changed: name, version, change, key, before, after.",
            {"sextant models register digits-recognizer --run 7b12 --tag origin=retraining",
             "sextant models register fraud --source s3://models/fraud/7 --description \"Bought in\""},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<MakeOptions>();
                addArgument(app, "NAME", options->model, "A registered model, or the name of a new one");
                addText(app, "--run", "RUN", options->run, "Id, beginning of an id, or name of the run");
                addText(app, "--path", "PATH", options->path, "Of the model in the run; else 'model'");
                addText(app, "--source", "URI", options->source,
                        "A folder, a URI, models:/m-… or models:/NAME/VERSION");
                addText(app, "--link", "URL", options->link, "To the run on another server");
                addText(app, "--description", "TEXT", options->description, "What is special about it");
                addTexts(app, "--tag", "KEY=VALUE", options->words, "A tag; may be repeated");
                addSwitch(app, "--dry-run", options->dryRun, "Show what would change and write nothing");
                return [options](Context& context) { return registerVersion(context, *options); };
            }};
}

Command copyCommand()
{
    return {"models copy",
            "NAME VERSION DESTINATION",
            "Copies a version to another model, which is made when there is none",
            "Tags, description and run go with it; stage and aliases do not. No file is copied: the new\n"
            "version points to those of the old one.\n"
            "Prints what changed: name, version, change, key, before, after.",
            {"sextant models copy digits-recognizer 2 digits-production"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<MakeOptions>();
                addArgument(app, "NAME", options->model, "A registered model");
                addArgument(app, "VERSION", options->version, "Its number, or @ALIAS");
                addArgument(app, "DESTINATION", options->destination, "Another registered model");
                addSwitch(app, "--dry-run", options->dryRun, "Show what would change and write nothing");
                return [options](Context& context) { return copyVersion(context, *options); };
            }};
}

} // namespace

void addVersionMakingCommands(std::vector<Command>& commands)
{
    commands.push_back(registerCommand());
    commands.push_back(copyCommand());
}

} // namespace sextant::cli
