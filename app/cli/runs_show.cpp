// `sextant runs show`
#include "app/cli/csv_writer.h"
#include "app/cli/display.h"
#include "app/cli/find.h"
#include "app/cli/json_writer.h"
#include "app/cli/options.h"
#include "app/cli/run_commands.h"
#include "app/cli/text_table.h"

#include <algorithm>

namespace sextant::cli {

namespace {

void writeInfo(JsonWriter& json, const RunInfo& info)
{
    json.field("run_id", info.id);
    json.field("run_name", info.name);
    json.field("experiment_id", info.experimentId);
    json.field("status", toText(info.status));
    json.key("start_time");
    json.time(info.startTime);
    json.key("end_time");
    json.time(info.endTime);
    json.field("lifecycle_stage", toText(info.lifecycle));
    json.field("user_id", info.userId);
    json.field("artifact_uri", info.artifactUri);
}

void writeMap(JsonWriter& json, std::string_view name, const TagMap& map)
{
    json.key(name);
    json.beginObject();
    for (const auto& [key, value] : map)
        json.field(key, value);
    json.endObject();
}

void writeMetrics(JsonWriter& json, const std::vector<Metric>& metrics)
{
    json.key("metrics");
    json.beginObject();
    for (const auto& metric : metrics) {
        json.key(metric.key);
        json.number(metric.value);
    }
    json.endObject();
    json.key("metric_details");
    json.beginArray();
    for (const auto& metric : metrics) {
        json.beginObject();
        json.field("key", metric.key);
        json.key("value");
        json.number(metric.value);
        json.key("step");
        json.integer(metric.step);
        json.key("timestamp");
        json.time(metric.timestamp);
        json.endObject();
    }
    json.endArray();
}

void writeOptional(JsonWriter& json, std::string_view name, const std::string& text)
{
    json.key(name);
    text.empty() ? json.null() : json.string(text);
}

void writeDatasets(JsonWriter& json, const std::vector<DatasetInput>& inputs)
{
    json.key("datasets");
    json.beginArray();
    for (const auto& input : inputs) {
        json.beginObject();
        json.field("name", input.dataset.name);
        json.field("digest", input.dataset.digest);
        writeOptional(json, "context", input.context());
        json.field("source_type", input.dataset.sourceType);
        json.field("source", input.dataset.source);
        writeOptional(json, "schema", input.dataset.schema);
        writeOptional(json, "profile", input.dataset.profile);
        writeMap(json, "tags", input.tags);
        json.endObject();
    }
    json.endArray();
}

void writeModels(JsonWriter& json, std::string_view name, const std::vector<ModelLink>& links)
{
    json.key(name);
    json.beginArray();
    for (const auto& link : links) {
        json.beginObject();
        json.field("model_id", link.modelId);
        json.key("step");
        json.integer(link.step);
        json.endObject();
    }
    json.endArray();
}

void writeJson(Sink& sink, const Run& run)
{
    JsonWriter json(sink, JsonWriter::Layout::Indented);
    json.beginObject();
    writeInfo(json, run.info);
    writeMetrics(json, run.metrics);
    writeMap(json, "params", run.params);
    writeMap(json, "tags", run.tags);
    writeDatasets(json, run.datasets);
    writeModels(json, "model_inputs", run.modelInputs);
    writeModels(json, "model_outputs", run.modelOutputs);
    json.endObject();
    json.finish();
}

/// The same facts one a row.
struct Fact
{
    std::string kind, key, value;
    const Metric* metric = nullptr; // has a step and a time as well
};

std::vector<Fact> factsOf(const Run& run, bool forPeople)
{
    auto time = [&](EpochMs moment) { return forPeople ? displayTime(moment) : csvTime(moment); };
    const auto& info = run.info;
    std::vector<Fact> facts = {
        {"attribute", "run_id", info.id},
        {"attribute", "run_name", info.name},
        {"attribute", "experiment_id", info.experimentId},
        {"attribute", "status", std::string(toText(info.status))},
        {"attribute", "start_time", time(info.startTime)},
        {"attribute", "end_time", time(info.endTime)},
        {"attribute", "lifecycle_stage", std::string(toText(info.lifecycle))},
        {"attribute", "user_id", info.userId},
        {"attribute", "artifact_uri", info.artifactUri},
    };
    for (const auto& metric : run.metrics)
        facts.push_back({"metric", metric.key, numberText(metric.value), &metric});
    for (const auto& [key, value] : run.params)
        facts.push_back({"param", key, value});
    for (const auto& [key, value] : run.tags)
        facts.push_back({"tag", key, value});
    for (const auto& input : run.datasets)
        facts.push_back({"dataset", input.dataset.name, input.dataset.digest});
    for (const auto& link : run.modelInputs)
        facts.push_back({"model_input", link.modelId, std::to_string(link.step)});
    for (const auto& link : run.modelOutputs)
        facts.push_back({"model_output", link.modelId, std::to_string(link.step)});
    return facts;
}

void writeCsv(Sink& sink, const Run& run)
{
    CsvWriter csv(sink);
    for (const char* name : {"kind", "key", "value", "step", "timestamp"})
        csv.text(name);
    csv.endRow();
    for (const auto& fact : factsOf(run, false)) {
        csv.text(fact.kind);
        csv.text(fact.key);
        csv.text(fact.value);
        if (fact.metric) {
            csv.integer(fact.metric->step);
            csv.integer(fact.metric->timestamp);
        } else {
            csv.absent();
            csv.absent();
        }
        csv.endRow();
    }
}

void writeTable(Sink& sink, const Run& run, std::size_t screenWidth)
{
    using Align = TextTable::Align;
    TextTable table({{"KIND"},
                     {"KEY", Align::Left, true},
                     {"VALUE", Align::Left, true},
                     {"STEP", Align::Right},
                     {"TIME"}});
    for (const auto& fact : factsOf(run, true)) {
        if (fact.metric)
            table.addRow({fact.kind, fact.key, fact.value, std::to_string(fact.metric->step),
                          displayTime(fact.metric->timestamp)});
        else
            table.addRow({fact.kind, fact.key, fact.value, "", ""});
    }
    table.write(sink, screenWidth);
}

Result<int> show(Context& context, const std::string& named)
{
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto run, RunFinder(*store, context.operation()).find(named));
    switch (context.format()) {
    case Format::Json:
        writeJson(context.sink(), run);
        break;
    case Format::Csv:
        writeCsv(context.sink(), run);
        break;
    case Format::Table:
        writeTable(context.sink(), run, context.screenWidth());
        break;
    }
    return kDone;
}

} // namespace

Command runsShowCommand()
{
    return {
        "runs show",
        "RUN",
        "Shows one run with everything it logged",
        "JSON: one object with the keys of `runs list`, and metric_details[{key, value, step, timestamp}],\n"
        "model_inputs[] and model_outputs[{model_id, step}]; datasets have source_type, source, schema, "
        "profile and tags.\n"
        "csv: kind,key,value,step,timestamp. The points of a metric are in `runs history`.",
        {"sextant runs show 598cf84e", "sextant runs show mlp-64-seed0 --store mlflow.db --format json"},
        [](CLI::App& app) -> Action {
            auto named = std::make_shared<std::string>();
            addArgument(app, "RUN", *named, "Id, beginning of an id, or name of a run");
            return [named](Context& context) { return show(context, *named); };
        }};
}

} // namespace sextant::cli
