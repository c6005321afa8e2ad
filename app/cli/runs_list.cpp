// `sextant runs list`
#include "app/cli/options.h"
#include "app/cli/run_choice.h"
#include "app/cli/run_commands.h"
#include "app/cli/run_writer.h"

namespace sextant::cli {

namespace {

constexpr std::size_t kTableMetrics = 4; // metrics shown in a table when no columns are named

struct ListOptions
{
    RunChoice choice;
    std::vector<std::string> columns;
};

std::vector<RunColumn> readableColumns(const RunTable& table, const std::vector<RowIndex>& rows)
{
    std::vector<std::string> missing;
    auto columns = namedColumns(
        table, rows, {"run_id", "run_name", "experiment_name", "status", "start_time", "duration_ms"},
        missing);
    auto result = columns ? *columns : std::vector<RunColumn>();
    auto metrics = commonMetrics(table, rows, kTableMetrics);
    result.insert(result.end(), metrics.begin(), metrics.end());
    return result;
}

Result<void> chooseColumns(Context& context, const ListOptions& options, RunSelection& selection)
{
    const auto& table = *selection.table;
    auto names = namesIn(options.columns);
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

Result<RunSelection> select(Context& context, const ListOptions& options)
{
    SEXTANT_TRY(auto chosen, chooseRuns(context, options.choice));
    RunSelection selection;
    selection.table = std::move(chosen.table);
    selection.rows = std::move(chosen.rows);
    selection.matching = chosen.matching;
    SEXTANT_CHECK(chooseColumns(context, options, selection));
    return selection;
}

Result<int> list(Context& context, const ListOptions& options)
{
    SEXTANT_TRY(auto selection, select(context, options));
    switch (context.format()) {
    case Format::Json:
        SEXTANT_CHECK(writeRunsJson(context.sink(), selection, context.operation()));
        break;
    case Format::Csv:
        SEXTANT_CHECK(writeRunsCsv(context.sink(), selection, context.operation()));
        break;
    case Format::Table:
        writeRunsTable(context.sink(), selection, context.screenWidth());
        break;
    }
    return kDone;
}

Action prepare(CLI::App& app)
{
    auto options = std::make_shared<ListOptions>();
    addRunChoice(app, options->choice);
    addTexts(app, "--columns", "NAMES", options->columns,
             "Names or patterns: run_id,status,metrics.*; may be repeated");
    return [options](Context& context) { return list(context, *options); };
}

} // namespace

Command runsListCommand()
{
    return {"runs list",
            "",
            "Lists runs, the last started first",
            "FILTER is MLflow's: metrics.loss < 0.1 AND params.model = 'cnn' AND tags.team LIKE 'ri%'; "
            "beyond it OR, NOT,\n"
            "parentheses, IS NULL, IN, RLIKE, num(params.lr) < 0.01, max(metrics.acc) > 0.9, start_time > "
            "'2025-01-31'.\n"
            "--view is for experiments and runs alike, as long as no experiment is named.\n"
            "\n"
            "JSON: [{run_id, run_name, experiment_id, status, start_time, end_time, lifecycle_stage, "
            "user_id, artifact_uri,\n"
            "metrics{}, params{}, tags{}, datasets[{name, digest, context}]}]; times in milliseconds since "
            "1970, \"NaN\",\n"
            "\"Infinity\", \"-Infinity\" as texts. csv has the columns of mlflow.search_runs.",
            {"sextant runs list --store mlflow.db",
             "sextant runs list --filter 'metrics.\"test/roc_auc\" > 0.99' --order-by \"start_time DESC\" "
             "--max 10",
             "sextant runs list --format csv --columns 'run_id,params.model,metrics.*' --output runs.csv",
             "sextant runs list --format json --view all | grep -c run_id"},
            prepare};
}

void addRunReadingCommands(std::vector<Command>& commands)
{
    commands.push_back(runsListCommand());
    commands.push_back(runsShowCommand());
    commands.push_back(runsCompareCommand());
    commands.push_back(runsStatsCommand());
    commands.push_back(runsHistoryCommand());
}

} // namespace sextant::cli
