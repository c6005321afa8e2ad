// `sextant logged-models …`
#include "app/cli/command.h"
#include "app/cli/filtering.h"
#include "app/cli/find.h"
#include "app/cli/options.h"

#include "core/query/records.h"

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;

struct ListOptions
{
    std::vector<std::string> experiments;
    std::string filter;
    std::vector<std::string> orderBy;
};

nlohmann::ordered_json recordOf(const LoggedModelMetric& metric)
{
    return {{"key", metric.key},
            {"value", metric.value},
            {"step", metric.step},
            {"timestamp", timeOrNull(metric.timestamp)},
            {"run_id", textOrNull(metric.runId)},
            {"dataset_name", textOrNull(metric.datasetName)},
            {"dataset_digest", textOrNull(metric.datasetDigest)}};
}

nlohmann::ordered_json recordOf(const LoggedModel& model)
{
    auto metrics = nlohmann::ordered_json::array();
    for (const auto& metric : model.metrics)
        metrics.push_back(recordOf(metric));
    return {
        {"model_id", model.id},
        {"name", model.name},
        {"experiment_id", model.experimentId},
        {"source_run_id", textOrNull(model.sourceRunId)},
        {"status", toText(model.status)},
        {"model_type", model.modelType ? nlohmann::ordered_json(*model.modelType) : nlohmann::ordered_json()},
        {"artifact_location", model.artifactLocation},
        {"creation_timestamp", timeOrNull(model.creationTime)},
        {"last_updated_timestamp", timeOrNull(model.lastUpdatedTime)},
        {"params", mapOf(model.params)},
        {"tags", mapOf(model.tags)},
        {"metrics", std::move(metrics)}};
}

Result<int> list(Context& context, const ListOptions& options)
{
    SEXTANT_TRY(auto filter, parseFilter(options.filter, FilterTarget::LoggedModels));
    SEXTANT_TRY(auto order, parseOrdering(options.orderBy, FilterTarget::LoggedModels));
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto experiments, findExperiments(*store, options.experiments));
    std::vector<std::string> ids;
    for (const auto& experiment : experiments)
        ids.push_back(experiment.id);
    SEXTANT_TRY(auto models, store->loggedModels(ids));
    auto dialect = store->info().dialect;
    keepMatching(models, filter, dialect);
    orderRecords(models, order, dialect);
    RecordList output{"logged model",
                      "logged models",
                      {{"model_id", "ID"},
                       {"name", "NAME"},
                       {"experiment_id", "EXPERIMENT"},
                       {"source_run_id", "RUN"},
                       {"status", "STATUS"},
                       {"model_type", "TYPE"},
                       {"artifact_location", ""},
                       {"creation_timestamp", "CREATED", Kind::Time},
                       {"last_updated_timestamp", "", Kind::Time},
                       {"params", "", Kind::Map},
                       {"tags", "", Kind::Map},
                       {"metrics", "", Kind::List}},
                      {}};
    for (const auto& model : models)
        output.records.push_back(recordOf(model));
    output.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

} // namespace

void addLoggedModelCommands(std::vector<Command>& commands)
{
    commands.push_back(
        {"logged-models list",
         "",
         "Lists the models that runs logged, newest first",
         "JSON: [{model_id, name, experiment_id, source_run_id, status, model_type, artifact_location,\n"
         "creation_timestamp, last_updated_timestamp, params{}, tags{}, metrics[{key, value, step, "
         "timestamp, run_id,\n"
         "dataset_name, dataset_digest}]}]. Stores written before MLflow 3 have none.",
         {"sextant logged-models list --experiment diabetes-progression --format json",
          "sextant logged-models list --filter 'metrics.\"test/accuracy\" > 0.9'"},
         [](CLI::App& app) -> Action {
             auto options = std::make_shared<ListOptions>();
             addTexts(app, "--experiment", "NAME|ID", options->experiments,
                      "Only of this experiment; may be repeated");
             addText(app, "--filter", "FILTER", options->filter,
                     "Only those that match: \"name = 'forest'\"");
             addTexts(app, "--order-by", "KEY [ASC|DESC]", options->orderBy,
                      "name, creation_timestamp, metrics.x …");
             return [options](Context& context) { return list(context, *options); };
         }});
}

} // namespace sextant::cli
