#include "app/cli/stats_writer.h"

#include "app/cli/csv_writer.h"
#include "app/cli/display.h"
#include "app/cli/json_writer.h"
#include "app/cli/text_table.h"

#include <cmath>

namespace sextant::cli {

namespace {

/// The figures in the order they are printed.
struct Figure
{
    const char* name;
    double value;
};

std::vector<Figure> figuresOf(const Summary& summary)
{
    return {{"mean", summary.mean},
            {"std", summary.deviation},
            {"stderr", summary.standardError},
            {"ci_low", summary.confidence.low},
            {"ci_high", summary.confidence.high},
            {"min", summary.min},
            {"max", summary.max},
            {"median", summary.median}};
}

/// A test's numbers; those that are undefined are left out by the writers.
std::vector<Figure> figuresOf(const MeanTest& test)
{
    if (test.kind == MeanTestKind::SignedRank)
        return {{"difference", test.difference}, {"w", test.statistic}, {"p_value", test.pValue}};
    return {{"difference", test.difference},
            {"ci_low", test.differenceInterval.low},
            {"ci_high", test.differenceInterval.high},
            {"t", test.statistic},
            {"df", test.degreesOfFreedom},
            {"p_value", test.pValue}};
}

struct TestNames
{
    const char* id;
    const char* title;
    const char* effect;
    const char* corrected; // null: there is none
};

TestNames namesOf(MeanTestKind kind)
{
    switch (kind) {
    case MeanTestKind::Welch:
        return {"welch", "Welch's test", "cohen_d", "hedges_g"};
    case MeanTestKind::Paired:
        return {"paired", "Paired test", "d_z", "d_z_corrected"};
    case MeanTestKind::SignedRank:
        break;
    }
    return {"wilcoxon", "Wilcoxon's signed-rank test", "rank_biserial", nullptr};
}

double bestValue(const Statistics& statistics, const MetricFigures& metric, RowIndex row)
{
    ColumnRef column{ColumnKind::Metric, metric.metric};
    return numbersAt(*statistics.groups.table(), column, std::span(&row, 1)).front();
}

/// Null where it is undefined.
void writeNumber(JsonWriter& json, const char* name, double value)
{
    json.key(name);
    std::isnan(value) ? json.null() : json.number(value);
}

void writeCount(JsonWriter& json, const char* name, std::size_t count)
{
    json.key(name);
    json.integer(static_cast<std::int64_t>(count));
}

void writeFigures(JsonWriter& json, const Statistics& statistics, const MetricFigures& metric,
                  const GroupFigures& figures)
{
    const auto& summary = figures.summary;
    json.beginObject();
    writeCount(json, "n", summary.count);
    for (const auto& figure : figuresOf(summary))
        writeNumber(json, figure.name, figure.value);
    writeCount(json, "nan", summary.nan);
    writeCount(json, "infinite", summary.infinite);
    writeCount(json, "missing", summary.missing);
    if (!summary.undefined().empty())
        json.field("undefined", summary.undefined());
    if (figures.best != kNoRow) {
        json.field("best_run_id", statistics.groups.table()->runId(figures.best));
        writeNumber(json, "best", bestValue(statistics, metric, figures.best));
    }
    json.endObject();
}

void writeGroup(JsonWriter& json, const Statistics& statistics, std::size_t group)
{
    json.beginObject();
    json.key("group");
    json.beginObject();
    for (std::size_t field = 0; field < statistics.fieldNames.size(); ++field) {
        json.key(statistics.fieldNames[field]);
        auto value = statistics.groups.value(group, field);
        value ? json.string(*value) : json.null();
    }
    json.endObject();
    writeCount(json, "runs", statistics.groups.rows(group).size());
    json.key("metrics");
    json.beginObject();
    for (const auto& metric : statistics.metrics) {
        json.key(metric.metric);
        writeFigures(json, statistics, metric, metric.groups[group]);
    }
    json.endObject();
    json.endObject();
}

void writeTest(JsonWriter& json, const Statistics& statistics, const MetricTest& made)
{
    const auto& test = made.test;
    const auto names = namesOf(test.kind);
    json.beginObject();
    json.field("metric", made.metric);
    json.field("test", names.id);
    json.field("first", statistics.groups.label(made.first));
    json.field("second", statistics.groups.label(made.second));
    writeCount(json, "n_first", test.first.count);
    writeCount(json, "n_second", test.second.count);
    writeCount(json, "left_out", test.left);
    for (const auto& figure : figuresOf(test))
        writeNumber(json, figure.name, figure.value);
    if (test.kind == MeanTestKind::SignedRank) {
        json.key("exact");
        json.boolean(test.exact);
        writeCount(json, "equal", test.equal);
    }
    writeNumber(json, names.effect, test.effect);
    if (names.corrected)
        writeNumber(json, names.corrected, test.effectCorrected);
    if (!test.undefined.empty())
        json.field("undefined", test.undefined);
    json.key("assumptions");
    json.beginArray();
    for (const auto& assumption : test.assumptions)
        json.string(assumption);
    json.endArray();
    json.endObject();
}

std::string shown(double value)
{
    return std::isnan(value) ? "–" : displayNumber(value);
}

/// The figures of a test as a sentence, without its sizes.
std::string figuresText(const MeanTest& test)
{
    if (test.kind == MeanTestKind::SignedRank)
        return "median difference " + shown(test.difference) + ", W = " + shown(test.statistic) +
               ", p = " + shown(test.pValue) + (test.exact ? " (exact)" : " (normal approximation)") +
               "\n  " + std::string(test.effectName()) + " = " + shown(test.effect) +
               (test.equal > 0 ? ", " + counted(test.equal, "equal pair", "equal pairs") + " left out" : "");
    return "difference " + shown(test.difference) + " (95 % CI " + shown(test.differenceInterval.low) +
           " to " + shown(test.differenceInterval.high) + "), t = " + shown(test.statistic) +
           ", df = " + shown(test.degreesOfFreedom) + ", p = " + shown(test.pValue) + "\n  " +
           std::string(test.effectName()) + " = " + shown(test.effect) + " (" +
           std::string(effectSize(test.effect)) + "), " + std::string(test.effectCorrectedName()) + " = " +
           shown(test.effectCorrected);
}

std::string describe(const Statistics& statistics, const MetricTest& made)
{
    const auto& test = made.test;
    auto text = std::string(namesOf(test.kind).title) + " of " + printable(made.metric) + ": " +
                printable(statistics.groups.label(made.first)) + " against " +
                printable(statistics.groups.label(made.second)) + "\n  ";
    if (!test.undefined.empty())
        return text + "undefined: " + test.undefined + "\n";
    text += figuresText(test) + ", n = " + std::to_string(test.first.count) + " and " +
            std::to_string(test.second.count);
    text += test.left > 0 ? ", " + counted(test.left, "run", "runs") + " left out\n" : "\n";
    for (const auto& assumption : test.assumptions)
        text += "  " + printable(assumption) + "\n";
    return text;
}

void describeLeftOut(Sink& sink, const Statistics& statistics)
{
    for (const auto& metric : statistics.metrics)
        for (std::size_t group = 0; group < metric.groups.size(); ++group)
            if (auto left = metric.groups[group].summary.leftOut(); !left.empty())
                sink.write(printable(metric.metric) + ", " + printable(statistics.groups.label(group)) +
                           ": " + left + "\n");
}

} // namespace

void writeStatisticsJson(Sink& sink, const Statistics& statistics)
{
    JsonWriter json(sink, JsonWriter::Layout::Indented);
    json.beginObject();
    json.key("group_by");
    json.beginArray();
    for (const auto& name : statistics.fieldNames)
        json.string(name);
    json.endArray();
    writeCount(json, "runs", statistics.groups.allRows().size());
    json.key("confidence");
    json.number(0.95);
    json.key("groups");
    json.beginArray();
    for (std::size_t group = 0; group < statistics.groups.size(); ++group)
        writeGroup(json, statistics, group);
    json.endArray();
    json.key("tests");
    json.beginArray();
    for (const auto& test : statistics.tests)
        writeTest(json, statistics, test);
    json.endArray();
    json.endObject();
    json.finish();
}

void writeStatisticsCsv(Sink& sink, const Statistics& statistics)
{
    CsvWriter csv(sink);
    for (const auto& name : statistics.fieldNames)
        csv.text(name);
    csv.text("metric");
    csv.text("n");
    for (const auto& figure : figuresOf(Summary{}))
        csv.text(figure.name);
    for (const char* name : {"nan", "infinite", "missing", "best", "best_run_id"})
        csv.text(name);
    csv.endRow();
    for (std::size_t group = 0; group < statistics.groups.size(); ++group) {
        for (const auto& metric : statistics.metrics) {
            const auto& [summary, best] = metric.groups[group];
            for (std::size_t field = 0; field < statistics.fieldNames.size(); ++field) {
                auto value = statistics.groups.value(group, field);
                value ? csv.text(*value) : csv.absent();
            }
            csv.text(metric.metric);
            csv.integer(static_cast<std::int64_t>(summary.count));
            for (const auto& figure : figuresOf(summary))
                std::isnan(figure.value) ? csv.absent() : csv.number(figure.value);
            for (auto count : {summary.nan, summary.infinite, summary.missing})
                csv.integer(static_cast<std::int64_t>(count));
            if (best != kNoRow) {
                csv.number(bestValue(statistics, metric, best));
                csv.text(statistics.groups.table()->runId(best));
            } else {
                csv.absent();
                csv.absent();
            }
            csv.endRow();
        }
    }
}

void writeStatisticsTable(Sink& sink, const Statistics& statistics, std::size_t screenWidth)
{
    constexpr std::size_t kIdShown = 8;
    using Align = TextTable::Align;
    std::vector<TextTable::Column> columns;
    for (const auto& name : statistics.fieldNames)
        columns.push_back({name, Align::Left, true});
    columns.push_back({"METRIC", Align::Left, true});
    for (const char* title : {"N", "MEAN", "STD", "STDERR", "CI LOW", "CI HIGH", "MIN", "MAX", "MEDIAN"})
        columns.push_back({title, Align::Right});
    columns.push_back({"BEST", Align::Right, false, true});
    columns.push_back({"BEST RUN", Align::Left, false, true});
    TextTable table(std::move(columns));
    for (std::size_t group = 0; group < statistics.groups.size(); ++group) {
        for (const auto& metric : statistics.metrics) {
            const auto& [summary, best] = metric.groups[group];
            std::vector<std::string> cells;
            for (std::size_t field = 0; field < statistics.fieldNames.size(); ++field)
                cells.emplace_back(statistics.groups.value(group, field).value_or("–"));
            cells.push_back(metric.metric);
            cells.push_back(std::to_string(summary.count));
            for (const auto& figure : figuresOf(summary))
                cells.push_back(shown(figure.value));
            if (best != kNoRow) {
                cells.push_back(shown(bestValue(statistics, metric, best)));
                cells.emplace_back(statistics.groups.table()->runId(best).substr(0, kIdShown));
            }
            table.addRow(std::move(cells));
        }
    }
    table.write(sink, screenWidth);
    sink.write(counted(statistics.groups.size(), "group", "groups") + " of " +
               counted(statistics.groups.allRows().size(), "run", "runs") +
               "; CI: 95 % of the mean by Student's t\n");
    describeLeftOut(sink, statistics);
    for (const auto& test : statistics.tests)
        sink.write("\n" + describe(statistics, test));
}

} // namespace sextant::cli
