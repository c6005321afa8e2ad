// `sextant runs list`
#include "app/cli/display.h"
#include "app/cli/filtering.h"
#include "app/cli/find.h"
#include "app/cli/options.h"
#include "app/cli/run_commands.h"
#include "app/cli/run_writer.h"

#include "core/base/text.h"
#include "core/query/evaluate.h"

#include <algorithm>

namespace sextant::cli {

namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kTableMetrics = 4; // metrics shown in a table when no columns are named

struct ListOptions
{
    std::vector<std::string> experiments;
    std::string filter;
    std::vector<std::string> orderBy;
    std::vector<std::string> columns;
    ViewType view = ViewType::ActiveOnly;
    std::size_t most = kNoLimit;
};

/// Only the histories that the filter asks for are read.
Result<MetricSummaries> summariesFor(const Filter& filter, TrackingStore& store, const Operation& operation)
{
    MetricSummaries summaries;
    for (const auto& metric : filter.historyMetrics()) {
        SEXTANT_TRY(summaries[metric], store.metricSummaries(metric, operation));
    }
    return summaries;
}

/// "a,b" as well as several options; a name in backticks may hold commas.
std::vector<std::string> columnNames(const std::vector<std::string>& given)
{
    std::vector<std::string> names;
    for (const auto& list : given) {
        std::string name;
        bool quoted = false;
        for (char c : list + ",") {
            if (c == '`') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                if (auto trimmed = trim(name); !trimmed.empty())
                    names.emplace_back(trimmed);
                name.clear();
            } else {
                name += c;
            }
        }
    }
    return names;
}

std::vector<RunColumn> readableColumns(const RunTable& table, const std::vector<RowIndex>& rows)
{
    std::vector<std::string> missing;
    auto columns = namedColumns(table, rows, {"run_id", "run_name", "experiment_name", "status", "start_time", "duration_ms"},
                                missing);
    auto result = columns ? *columns : std::vector<RunColumn>();
    auto metrics = commonMetrics(table, rows, kTableMetrics);
    result.insert(result.end(), metrics.begin(), metrics.end());
    return result;
}

Result<void> chooseColumns(Context& context, const ListOptions& options, RunSelection& selection)
{
    const auto& table = *selection.table;
    auto names = columnNames(options.columns);
    selection.chosen = !names.empty();
    if (selection.chosen) {
        std::vector<std::string> missing;
        SEXTANT_TRY(selection.columns, namedColumns(table, selection.rows, names, missing));
        for (const auto& name : missing)
            context.note("No run has '" + name + "': its column is empty");
    } else if (context.format() == Format::Csv) {
        selection.columns = searchRunsColumns(table, selection.rows);
    } else if (context.format() == Format::Table) {
        selection.columns = readableColumns(table, selection.rows);
    }
    return {};
}

/// Without a named experiment a view means the experiments of that view. What this leaves out is said.
void keepDeletedExperiments(Context& context, const RunTable& table, std::vector<RowIndex>& rows)
{
    auto left = std::erase_if(rows, [&](RowIndex row) { return table.experiment(row).lifecycle == Lifecycle::Active; });
    if (left > 0)
        context.note(std::to_string(left) + (left == 1 ? " deleted run stands" : " deleted runs stand") +
                     " in active experiments: see --experiment NAME or --view all");
}

Result<RunSelection> select(Context& context, const ListOptions& options)
{
    SEXTANT_TRY(auto filter, parseFilter(options.filter, FilterTarget::Runs));
    SEXTANT_TRY(auto order, parseOrdering(options.orderBy, FilterTarget::Runs));
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto experiments, findExperiments(*store, options.experiments));
    RunsRequest request{{}, options.view};
    for (const auto& experiment : experiments)
        request.experimentIds.push_back(experiment.id);
    auto operation = context.operation();
    RunSelection selection;
    SEXTANT_TRY(selection.table, store->runs(request, operation));
    SEXTANT_TRY(auto summaries, summariesFor(filter, *store, operation));
    SEXTANT_TRY(auto rows, selectRows(*selection.table, filter, summaries, operation));
    if (experiments.empty() && options.view == ViewType::DeletedOnly)
        keepDeletedExperiments(context, *selection.table, rows);
    SEXTANT_TRY(selection.rows, orderRows(*selection.table, std::move(rows), order, operation));
    selection.matching = selection.rows.size();
    selection.rows.resize(std::min(options.most, selection.rows.size()));
    SEXTANT_CHECK(chooseColumns(context, options, selection));
    return selection;
}

Result<int> list(Context& context, const ListOptions& options)
{
    SEXTANT_TRY(auto selection, select(context, options));
    switch (context.format()) {
    case Format::Json: SEXTANT_CHECK(writeRunsJson(context.sink(), selection, context.operation())); break;
    case Format::Csv: SEXTANT_CHECK(writeRunsCsv(context.sink(), selection, context.operation())); break;
    case Format::Table: writeRunsTable(context.sink(), selection, context.screenWidth()); break;
    }
    return kDone;
}

Action prepare(CLI::App& app)
{
    auto options = std::make_shared<ListOptions>();
    addTexts(app, "--experiment", "NAME|ID", options->experiments, "Only runs of this experiment; may be repeated");
    addText(app, "--filter", "FILTER", options->filter, "Only runs that match, see above");
    addTexts(app, "--order-by", "KEY [ASC|DESC]", options->orderBy, "\"metrics.loss ASC\"; may be repeated");
    addView(app, options->view);
    addCount(app, "--max", options->most, "At most so many runs");
    addTexts(app, "--columns", "NAMES", options->columns, "Names or patterns: run_id,status,metrics.*; may be repeated");
    return [options](Context& context) { return list(context, *options); };
}

} // namespace

Command runsListCommand()
{
    return {"runs list",
            "",
            "Lists runs, the last started first",
            "FILTER is MLflow's: metrics.loss < 0.1 AND params.model = 'cnn' AND tags.team LIKE 'ri%'; beyond it OR, NOT,\n"
            "parentheses, IS NULL, IN, RLIKE, num(params.lr) < 0.01, max(metrics.acc) > 0.9, start_time > '2025-01-31'.\n"
            "--view is for experiments and runs alike, as long as no experiment is named.\n"
            "\n"
            "JSON: [{run_id, run_name, experiment_id, status, start_time, end_time, lifecycle_stage, user_id, artifact_uri,\n"
            "metrics{}, params{}, tags{}, datasets[{name, digest, context}]}]; times in milliseconds since 1970, \"NaN\",\n"
            "\"Infinity\", \"-Infinity\" as texts. csv has the columns of mlflow.search_runs.",
            {"sextant runs list --store mlflow.db",
             "sextant runs list --experiment churn --filter \"metrics.auc > 0.9\" --order-by \"metrics.auc DESC\" --max 10",
             "sextant runs list --format csv --columns run_id,params.lr,metrics.* --output runs.csv",
             "sextant runs list --format json --view all | jq length"},
            prepare};
}

void addRunReadingCommands(std::vector<Command>& commands)
{
    commands.push_back(runsListCommand());
    commands.push_back(runsShowCommand());
    commands.push_back(runsCompareCommand());
    commands.push_back(runsHistoryCommand());
}

} // namespace sextant::cli
