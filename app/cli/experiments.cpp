// `sextant experiments …`
#include "app/cli/command.h"
#include "app/cli/filtering.h"
#include "app/cli/options.h"

#include "core/query/records.h"

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;

struct ListOptions
{
    ViewType view = ViewType::ActiveOnly;
    std::string filter;
    std::vector<std::string> orderBy;
};

nlohmann::ordered_json recordOf(const Experiment& experiment)
{
    return {{"experiment_id", experiment.id},
            {"name", experiment.name},
            {"lifecycle_stage", toText(experiment.lifecycle)},
            {"artifact_location", experiment.artifactLocation},
            {"creation_time", timeOrNull(experiment.creationTime)},
            {"last_update_time", timeOrNull(experiment.lastUpdateTime)},
            {"tags", mapOf(experiment.tags)}};
}

Result<int> list(Context& context, const ListOptions& options)
{
    SEXTANT_TRY(auto filter, parseFilter(options.filter, FilterTarget::Experiments));
    SEXTANT_TRY(auto order, parseOrdering(options.orderBy, FilterTarget::Experiments));
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto experiments, store->experiments(options.view));
    auto dialect = store->info().dialect;
    keepMatching(experiments, filter, dialect);
    orderRecords(experiments, order, dialect);
    RecordList output{"experiment",
                      "experiments",
                      {{"experiment_id", "ID", Kind::Integer},
                       {"name", "NAME"},
                       {"lifecycle_stage", "STAGE"},
                       {"artifact_location", "ARTIFACTS"},
                       {"creation_time", "CREATED", Kind::Time},
                       {"last_update_time", "", Kind::Time},
                       {"tags", "", Kind::Map}},
                      {}};
    for (const auto& experiment : experiments)
        output.records.push_back(recordOf(experiment));
    output.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

} // namespace

void addExperimentCommands(std::vector<Command>& commands)
{
    commands.push_back(
        {"experiments list",
         "",
         "Lists the experiments of a store, newest first",
         "JSON: [{experiment_id, name, lifecycle_stage, artifact_location, creation_time, last_update_time,\n"
         "tags{}}], times in milliseconds since 1970.",
         {"sextant experiments list --store mlflow.db", "sextant experiments list --view all --format json",
          "sextant experiments list --filter \"name LIKE 'breast%'\" --order-by \"name ASC\""},
         [](CLI::App& app) -> Action {
             auto options = std::make_shared<ListOptions>();
             addView(app, options->view);
             addText(app, "--filter", "FILTER", options->filter,
                     "Only those that match: \"tags.team = 'risk'\"");
             addTexts(app, "--order-by", "KEY [ASC|DESC]", options->orderBy,
                      "name, experiment_id, creation_time or last_update_time");
             return [options](Context& context) { return list(context, *options); };
         }});
}

} // namespace sextant::cli
