// `sextant runs compare`
#include "app/cli/find.h"
#include "app/cli/matrix_writer.h"
#include "app/cli/options.h"
#include "app/cli/run_choice.h"
#include "app/cli/run_commands.h"
#include "core/table/table_of.h"

#include <algorithm>

namespace sextant::cli {

namespace {

struct CompareOptions
{
    std::vector<std::string> runs;
    RunChoice choice;
    std::string baseline;
    std::string order = "key";
    BetterOptions better;
    bool diffOnly = false;
    bool spelling = false;

    bool chooses() const { return !choice.filter.empty() || !choice.experiments.empty(); }
};

/// The runs to compare, each once, and the baseline among them.
struct Compared
{
    RunTablePtr table;
    std::vector<RowIndex> rows;
    std::optional<std::size_t> baseline;
};

/// Before the store is opened.
Result<void> checkRuns(const CompareOptions& options)
{
    if (!options.runs.empty() && options.chooses())
        return fail(ErrorCode::InvalidArgument,
                    "Runs are either named or chosen by --filter and --experiment, not both",
                    "Leave one of them out");
    if (!options.chooses() && options.runs.size() + !options.baseline.empty() < 2)
        return fail(ErrorCode::InvalidArgument, "`sextant runs compare` needs two runs or more",
                    "Name them, or choose them by --filter or --experiment");
    return {};
}

/// Only the runs named are read.
Result<Compared> namedRuns(Context& context, const CompareOptions& options)
{
    SEXTANT_TRY(auto* store, context.tracking());
    RunFinder finder(*store, context.operation());
    std::vector<Run> runs;
    Compared compared;
    for (const auto& named : options.runs) {
        SEXTANT_TRY(auto run, finder.find(named));
        if (std::any_of(runs.begin(), runs.end(),
                        [&](const Run& other) { return other.info.id == run.info.id; }))
            return fail(ErrorCode::InvalidArgument, "Run " + run.info.id + " is named twice",
                        "Name each run once");
        runs.push_back(std::move(run));
    }
    if (!options.baseline.empty()) {
        SEXTANT_TRY(auto baseline, finder.find(options.baseline));
        auto known = std::find_if(runs.begin(), runs.end(),
                                  [&](const Run& run) { return run.info.id == baseline.info.id; });
        compared.baseline = known - runs.begin();
        if (known == runs.end()) {
            compared.baseline = 0;
            runs.insert(runs.begin(), std::move(baseline));
        }
    }
    compared.table = tableOf(runs);
    compared.rows = compared.table->allRows();
    return compared;
}

Result<Compared> chosenRuns(Context& context, const CompareOptions& options)
{
    SEXTANT_TRY(auto chosen, chooseRuns(context, options.choice));
    Compared compared{std::move(chosen.table), std::move(chosen.rows), {}};
    if (options.baseline.empty())
        return compared;
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto baseline, RunFinder(*store, context.operation()).find(options.baseline));
    auto row = compared.table->find(baseline.info.id);
    if (!row)
        return fail(ErrorCode::InvalidArgument,
                    "The baseline " + baseline.info.id + " is in another experiment or view",
                    "Name its experiment too, or use --view all");
    auto known = std::find(compared.rows.begin(), compared.rows.end(), *row);
    if (known == compared.rows.end())
        known = compared.rows.insert(compared.rows.begin(), *row);
    compared.baseline = known - compared.rows.begin();
    return compared;
}

Result<int> compare(Context& context, const CompareOptions& options)
{
    SEXTANT_CHECK(checkRuns(options));
    SEXTANT_CHECK(check(options.better));
    SEXTANT_TRY(auto compared,
                options.chooses() ? chosenRuns(context, options) : namedRuns(context, options));
    if (compared.rows.size() < 2)
        return fail(ErrorCode::InvalidArgument, "`sextant runs compare` needs two runs or more",
                    options.chooses() ? "Only so many match: widen the filter" : "Name one more");
    DifferencesRequest request{compared.rows, options.spelling, true};
    Matrix matrix;
    SEXTANT_TRY(matrix.differences, findDifferences(compared.table, request, context.operation()));
    auto order = options.order == "variation" ? DifferenceOrder::Variation : DifferenceOrder::Key;
    matrix.shown = matrix.differences->select(options.diffOnly, order);
    matrix.baseline = compared.baseline;
    matrix.better = options.better;
    switch (context.format()) {
    case Format::Json:
        writeMatrixJson(context.sink(), matrix);
        break;
    case Format::Csv:
        writeMatrixCsv(context.sink(), matrix);
        break;
    case Format::Table:
        writeMatrixTable(context.sink(), matrix, context.screenWidth());
        break;
    }
    return kDone;
}

} // namespace

Command runsCompareCommand()
{
    return {"runs compare",
            "[RUN RUN…]",
            "Compares runs: a matrix of metrics, params, code, data and tags",
            "Runs are named, or chosen by --filter (as in `sextant runs list`) and --experiment. Params that "
            "are the same\n"
            "number in two spellings (0.1, 0.10) do not differ. With --baseline each number comes with its "
            "distance from the\n"
            "baseline's; --lower and --higher say which way a metric is better.\n"
            "\n"
            "JSON: {runs[], params{key{run_id: value}}, metrics{…}, tags{…}, datasets{…}} with null where a "
            "run has none,\n"
            "variation[{kind, key, values, spellings, runs}] in the order asked, and with a baseline its "
            "run_id and\n"
            "deltas{metrics{key{run_id: {delta, relative, verdict}}}, params{…}}; csv: kind,key and a column "
            "for each run id,\n"
            "then one delta.RUN_ID for each.",
            {"sextant runs compare 598c 4ea2",
             "sextant runs compare logistic-l2 gradient-boosting --diff-only --format csv",
             "sextant runs compare --experiment breast-cancer-screening --filter \"params.C != ''\" "
             "--diff-only --order variation",
             "sextant runs compare 598c 4ea2 --baseline 598c --lower 'test/brier' --higher '*accuracy'"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<CompareOptions>();
                addTexts(app, "RUN", "RUN…", options->runs, "Ids, beginnings of ids, or names of runs");
                addRunChoice(app, options->choice);
                addText(app, "--baseline", "RUN", options->baseline, "The run to measure the others by");
                addBetter(app, options->better);
                addChoice(app, "--order", options->order, {"key", "variation"},
                          "Rows by key, or those that vary most first");
                addSwitch(app, "--diff-only", options->diffOnly, "Leave out what all of them have in common");
                addSwitch(app, "--spelling", options->spelling, "0.1 and 0.10 differ");
                return [options](Context& context) { return compare(context, *options); };
            }};
}

} // namespace sextant::cli
