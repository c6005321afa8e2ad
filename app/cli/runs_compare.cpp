// `sextant runs compare`
#include "app/cli/csv_writer.h"
#include "app/cli/display.h"
#include "app/cli/find.h"
#include "app/cli/json_writer.h"
#include "app/cli/options.h"
#include "app/cli/run_commands.h"
#include "app/cli/text_table.h"

#include <algorithm>
#include <optional>
#include <set>

namespace sextant::cli {

namespace {

struct CompareOptions
{
    std::vector<std::string> runs;
    bool diffOnly = false;
};

/// One param, metric or tag over all runs, in their order.
struct Row
{
    std::string key;
    std::vector<std::optional<std::string>> texts;
    std::vector<double> numbers; // of metrics, where texts has a value

    bool differs() const
    {
        return std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return text != texts.front(); });
    }
};

struct Matrix
{
    std::vector<Run> runs;
    std::vector<Row> params, metrics, tags;
};

std::vector<Row> textRows(const std::vector<Run>& runs, TagMap Run::*member, bool diffOnly)
{
    std::set<std::string> keys;
    for (const auto& run : runs) {
        for (const auto& [key, value] : run.*member)
            keys.insert(key);
    }
    std::vector<Row> rows;
    for (const auto& key : keys) {
        Row row{key, {}, {}};
        for (const auto& run : runs) {
            auto found = (run.*member).find(key);
            row.texts.push_back(found == (run.*member).end() ? std::nullopt : std::optional(found->second));
        }
        if (!diffOnly || row.differs())
            rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> metricRows(const std::vector<Run>& runs, bool diffOnly)
{
    std::map<std::string, Row> byKey;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (const auto& metric : runs[i].metrics) {
            auto& row = byKey[metric.key];
            row.key = metric.key;
            row.texts.resize(runs.size());
            row.numbers.resize(runs.size());
            row.texts[i] = numberText(metric.value);
            row.numbers[i] = metric.value;
        }
    }
    std::vector<Row> rows;
    for (auto& [key, row] : byKey) {
        if (!diffOnly || row.differs())
            rows.push_back(std::move(row));
    }
    return rows;
}

void writeRows(JsonWriter& json, std::string_view name, const std::vector<Row>& rows, const std::vector<Run>& runs)
{
    json.key(name);
    json.beginObject();
    for (const auto& row : rows) {
        json.key(row.key);
        json.beginObject();
        for (std::size_t i = 0; i < runs.size(); ++i) {
            json.key(runs[i].info.id);
            if (!row.texts[i])
                json.null();
            else if (row.numbers.empty())
                json.string(*row.texts[i]);
            else
                json.number(row.numbers[i]);
        }
        json.endObject();
    }
    json.endObject();
}

void writeJson(Sink& sink, const Matrix& matrix)
{
    JsonWriter json(sink, JsonWriter::Layout::Indented);
    json.beginObject();
    json.key("runs");
    json.beginArray();
    for (const auto& run : matrix.runs) {
        json.beginObject();
        json.field("run_id", run.info.id);
        json.field("run_name", run.info.name);
        json.field("experiment_id", run.info.experimentId);
        json.field("status", toText(run.info.status));
        json.key("start_time");
        json.time(run.info.startTime);
        json.key("end_time");
        json.time(run.info.endTime);
        json.endObject();
    }
    json.endArray();
    writeRows(json, "params", matrix.params, matrix.runs);
    writeRows(json, "metrics", matrix.metrics, matrix.runs);
    writeRows(json, "tags", matrix.tags, matrix.runs);
    json.endObject();
    json.finish();
}

void writeCsv(Sink& sink, const Matrix& matrix)
{
    CsvWriter csv(sink);
    csv.text("kind");
    csv.text("key");
    for (const auto& run : matrix.runs)
        csv.text(run.info.id);
    csv.endRow();
    auto write = [&](const char* kind, const std::vector<Row>& rows) {
        for (const auto& row : rows) {
            csv.text(kind);
            csv.text(row.key);
            for (const auto& text : row.texts)
                text ? csv.text(*text) : csv.absent();
            csv.endRow();
        }
    };
    write("param", matrix.params);
    write("metric", matrix.metrics);
    write("tag", matrix.tags);
}

void writeTable(Sink& sink, const Matrix& matrix, std::size_t screenWidth)
{
    constexpr std::size_t kIdShown = 8;
    using Align = TextTable::Align;
    std::vector<TextTable::Column> columns = {{""}, {"KEY", Align::Left, true}};
    for (const auto& run : matrix.runs)
        columns.push_back({printable(run.info.name) + " " + run.info.id.substr(0, kIdShown), Align::Left, true});
    TextTable table(std::move(columns));
    auto add = [&](const char* kind, const std::vector<Row>& rows) {
        for (const auto& row : rows) {
            std::vector<std::string> cells = {std::string(row.differs() ? "* " : "  ") + kind, row.key};
            for (const auto& text : row.texts)
                cells.push_back(text.value_or("–"));
            table.addRow(std::move(cells));
        }
    };
    add("param", matrix.params);
    add("metric", matrix.metrics);
    add("tag", matrix.tags);
    table.write(sink, screenWidth);
    sink.write("* differs, – not there\n");
}

Result<int> compare(Context& context, const CompareOptions& options)
{
    if (options.runs.size() < 2)
        return fail(ErrorCode::InvalidArgument, "`sextant runs compare` needs two runs or more", "Name one more");
    SEXTANT_TRY(auto* store, context.tracking());
    RunFinder finder(*store, context.operation());
    Matrix matrix;
    std::set<std::string> seen;
    for (const auto& named : options.runs) {
        SEXTANT_TRY(auto run, finder.find(named));
        if (!seen.insert(run.info.id).second)
            return fail(ErrorCode::InvalidArgument, "Run " + run.info.id + " is named twice", "Name each run once");
        matrix.runs.push_back(std::move(run));
    }
    matrix.params = textRows(matrix.runs, &Run::params, options.diffOnly);
    matrix.metrics = metricRows(matrix.runs, options.diffOnly);
    matrix.tags = textRows(matrix.runs, &Run::tags, options.diffOnly);
    switch (context.format()) {
    case Format::Json: writeJson(context.sink(), matrix); break;
    case Format::Csv: writeCsv(context.sink(), matrix); break;
    case Format::Table: writeTable(context.sink(), matrix, context.screenWidth()); break;
    }
    return kDone;
}

} // namespace

Command runsCompareCommand()
{
    return {"runs compare",
            "RUN RUN…",
            "Compares runs: a matrix of params, metrics and tags",
            "JSON: {runs[], params{key{run_id: value}}, metrics{…}, tags{…}} with null where a run has none;\n"
            "csv: kind,key and a column for each run id.",
            {"sextant runs compare 7d5c 91ab", "sextant runs compare baseline tuned --diff-only --format csv"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<CompareOptions>();
                addArguments(app, "RUN", "RUN…", options->runs, "Ids, beginnings of ids, or names of runs");
                addSwitch(app, "--diff-only", options->diffOnly, "Leave out what all of them have in common");
                return [options](Context& context) { return compare(context, *options); };
            }};
}

} // namespace sextant::cli
