// `sextant models …`: the registry.
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/filtering.h"
#include "app/cli/options.h"
#include "app/cli/registry_change.h"

#include "core/query/records.h"
#include "core/registry/observations.h"

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;

struct ModelOptions
{
    std::string name; // of one model, for its versions
    std::string filter;
    std::vector<std::string> orderBy;
    bool deleted = false;
};

/// Who is where is noted at each reading, as the store keeps no history.
Result<void> observe(Context& context, const std::vector<ModelVersion>& versions,
                     const std::string& model = {})
{
    SEXTANT_TRY(auto* tracking, context.tracking());
    registry::observeRegistry(tracking->info().path, versions, model);
    return {};
}

nlohmann::ordered_json recordOf(const RegisteredModel& model)
{
    return {{"name", model.name},
            {"description", textOrNull(model.description)},
            {"creation_timestamp", timeOrNull(model.creationTime)},
            {"last_updated_timestamp", timeOrNull(model.lastUpdatedTime)},
            {"tags", mapOf(model.tags)},
            {"aliases", mapOf(model.aliases)}};
}

nlohmann::ordered_json recordOf(const ModelVersion& version)
{
    return {{"name", version.name},
            {"version", version.version},
            {"current_stage", toText(version.stage)},
            {"status", textOrNull(version.status)},
            {"source", textOrNull(version.source)},
            {"run_id", textOrNull(version.runId)},
            {"user_id", textOrNull(version.userId)},
            {"description", textOrNull(version.description)},
            {"creation_timestamp", timeOrNull(version.creationTime)},
            {"last_updated_timestamp", timeOrNull(version.lastUpdatedTime)},
            {"tags", mapOf(version.tags)},
            {"aliases", version.aliases}};
}

Result<int> listModels(Context& context, const ModelOptions& options)
{
    SEXTANT_TRY(auto filter, parseFilter(options.filter, FilterTarget::RegisteredModels));
    SEXTANT_TRY(auto order, parseOrdering(options.orderBy, FilterTarget::RegisteredModels));
    SEXTANT_TRY(auto* registry, context.registry());
    SEXTANT_TRY(auto dialect, dialectFor(context, order, FilterTarget::RegisteredModels));
    SEXTANT_TRY(auto models, registry->registeredModels());
    if (auto versions = registry->modelVersions({}))
        SEXTANT_CHECK(observe(context, *versions));
    keepMatching(models, filter, dialect);
    orderRecords(models, order);
    RecordList output{"model",
                      "models",
                      {{"name", "NAME"},
                       {"description", "DESCRIPTION"},
                       {"creation_timestamp", "CREATED", Kind::Time},
                       {"last_updated_timestamp", "UPDATED", Kind::Time},
                       {"tags", "", Kind::Map},
                       {"aliases", "ALIASES", Kind::Map}},
                      {}};
    for (const auto& model : models)
        output.records.push_back(recordOf(model));
    output.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Result<int> listVersions(Context& context, const ModelOptions& options)
{
    SEXTANT_TRY(auto filter, parseFilter(options.filter, FilterTarget::ModelVersions));
    SEXTANT_TRY(auto order, parseOrdering(options.orderBy, FilterTarget::ModelVersions));
    SEXTANT_TRY(auto* registry, context.registry());
    SEXTANT_TRY(auto dialect, dialectFor(context, order, FilterTarget::ModelVersions));
    SEXTANT_TRY(auto versions, registry->modelVersions(options.name));
    SEXTANT_CHECK(observe(context, versions, options.name));
    if (versions.empty() && !options.name.empty())
        SEXTANT_CHECK(checkModelExists(*registry, options.name));
    if (options.deleted) {
        SEXTANT_TRY(versions, registry->deletedVersions(options.name));
    }
    keepMatching(versions, filter, dialect);
    orderRecords(versions, order);
    RecordList output{"version",
                      "versions",
                      {{"name", "NAME"},
                       {"version", "VERSION", Kind::Integer},
                       {"current_stage", "STAGE"},
                       {"status", "STATUS"},
                       {"source", "SOURCE"},
                       {"run_id", "RUN"},
                       {"user_id", ""},
                       {"description", ""},
                       {"creation_timestamp", "CREATED", Kind::Time},
                       {"last_updated_timestamp", "", Kind::Time},
                       {"tags", "", Kind::Map},
                       {"aliases", "ALIASES", Kind::List}},
                      {}};
    for (const auto& version : versions)
        output.records.push_back(recordOf(version));
    output.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Command listCommand()
{
    return {"models list",
            "",
            "Lists the registered models by name",
            "JSON: [{name, description, creation_timestamp, last_updated_timestamp, tags{}, aliases{alias: "
            "version}}].",
            {"sextant models list --store mlflow.db",
             "sextant models list --filter \"name ILIKE '%cancer%'\" --format json"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<ModelOptions>();
                addText(app, "--filter", "FILTER", options->filter,
                        "Only those that match: \"tags.task = 'fraud'\"");
                addTexts(app, "--order-by", "KEY [ASC|DESC]", options->orderBy,
                         "name or timestamp (of the last update)");
                return [options](Context& context) { return listModels(context, *options); };
            }};
}

Command versionsCommand()
{
    return {"models versions",
            "[NAME]",
            "Lists the versions of one model or of all, the last updated first",
            "JSON: [{name, version, current_stage, status, source, run_id, user_id, description, "
            "creation_timestamp,\n"
            "last_updated_timestamp, tags{}, aliases[]}]. Deleted versions are left out; --deleted lists "
            "them, with\n"
            "what the store still holds: a database overwrites source and run, a folder keeps them.",
            {"sextant models versions breast-cancer-screening", "sextant models versions --deleted",
             "sextant models versions --filter \"run_id LIKE '598c%'\" --format json"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<ModelOptions>();
                addText(app, "NAME", "[NAME]", options->name, "A registered model; all when none is named");
                addText(app, "--filter", "FILTER", options->filter,
                        "Only those that match: \"version_number > 2\"");
                addTexts(app, "--order-by", "KEY [ASC|DESC]", options->orderBy,
                         "name, version_number, creation_timestamp or last_updated_timestamp");
                addSwitch(app, "--deleted", options->deleted, "Those that were deleted instead");
                return [options](Context& context) { return listVersions(context, *options); };
            }};
}

} // namespace

void addModelCommands(std::vector<Command>& commands)
{
    commands.push_back(listCommand());
    commands.push_back(versionsCommand());
}

} // namespace sextant::cli
