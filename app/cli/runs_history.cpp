// `sextant runs history`
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

struct Curve
{
    std::string metric;
    HistoryPtr history;
};

struct HistoryOptions
{
    std::string run;
    std::vector<std::string> metrics;
};

/// The real client answers an unknown metric with no points, and scripts build on that; a person wants to
/// know.
std::string unknownMetric(const Run& run, const std::string& metric)
{
    std::vector<std::string> names;
    for (const auto& known : run.metrics)
        names.push_back(known.key);
    auto near = didYouMean(nearNames(metric, names));
    return "Run " + run.info.id + " has no metric '" + metric + "'" + (near.empty() ? "" : ". " + near);
}

void writeJson(Sink& sink, const std::string& runId, const std::vector<Curve>& curves)
{
    JsonWriter json(sink, JsonWriter::Layout::Lines);
    json.beginArray();
    for (const auto& [metric, history] : curves) {
        for (std::size_t i = 0; i < history->size(); ++i) {
            json.beginObject();
            json.field("run_id", runId);
            json.field("metric", metric);
            json.key("step");
            json.integer(history->steps[i]);
            json.key("timestamp");
            json.time(history->timestamps[i]);
            json.key("value");
            json.number(history->values[i]);
            json.endObject();
        }
    }
    json.endArray();
    json.finish();
}

void writeCsv(Sink& sink, const std::string& runId, const std::vector<Curve>& curves)
{
    CsvWriter csv(sink);
    for (const char* name : {"run_id", "metric", "step", "timestamp", "value"})
        csv.text(name);
    csv.endRow();
    for (const auto& [metric, history] : curves) {
        const auto beginning = csvText(runId) + "," + csvText(metric);
        for (std::size_t i = 0; i < history->size(); ++i) {
            csv.ready(beginning);
            csv.integer(history->steps[i]);
            csv.integer(history->timestamps[i]);
            csv.number(history->values[i]);
            csv.endRow();
        }
    }
}

void writeTable(Sink& sink, const std::vector<Curve>& curves, std::size_t screenWidth)
{
    using Align = TextTable::Align;
    TextTable table(
        {{"METRIC", Align::Left, true}, {"STEP", Align::Right}, {"TIME"}, {"VALUE", Align::Right}});
    for (const auto& [metric, history] : curves) {
        for (std::size_t i = 0; i < history->size(); ++i)
            table.addRow({metric, std::to_string(history->steps[i]), displayTime(history->timestamps[i]),
                          numberText(history->values[i])});
    }
    auto points = table.rows();
    table.write(sink, screenWidth);
    sink.write(counted(points, "point", "points") + "\n");
}

Result<int> history(Context& context, const HistoryOptions& options)
{
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto run, RunFinder(*store, context.operation()).find(options.run));
    std::vector<Curve> curves;
    for (const auto& metric : options.metrics) {
        SEXTANT_TRY(auto read, store->history(run.info.id, metric, context.operation()));
        bool known = std::any_of(run.metrics.begin(), run.metrics.end(),
                                 [&](const Metric& m) { return m.key == metric; });
        if (read->size() == 0 && !known)
            context.note(unknownMetric(run, metric));
        curves.push_back({metric, std::move(read)});
    }
    switch (context.format()) {
    case Format::Json:
        writeJson(context.sink(), run.info.id, curves);
        break;
    case Format::Csv:
        writeCsv(context.sink(), run.info.id, curves);
        break;
    case Format::Table:
        writeTable(context.sink(), curves, context.screenWidth());
        break;
    }
    return kDone;
}

} // namespace

Command runsHistoryCommand()
{
    return {"runs history",
            "RUN METRIC…",
            "Prints every point a run logged for its metrics",
            "In the order MLflow gives them; nothing is sampled. csv: run_id,metric,step,timestamp,value "
            "with the timestamp in\n"
            "milliseconds since 1970; JSON: objects with the same keys. A metric that the run never logged "
            "has no points: that is\n"
            "said on stderr, and no error.",
            {"sextant runs history a09b train/loss val/loss --format csv > curves.csv",
             "sextant runs history mlp-64-seed0 val/loss --format json --output loss.json"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<HistoryOptions>();
                addArgument(app, "RUN", options->run, "Id, beginning of an id, or name of a run");
                addArguments(app, "METRIC", "METRIC…", options->metrics, "Names of metrics");
                return [options](Context& context) { return history(context, *options); };
            }};
}

} // namespace sextant::cli
