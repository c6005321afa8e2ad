// `sextant runs stats`
#include "app/cli/display.h"
#include "app/cli/metric_options.h"
#include "app/cli/options.h"
#include "app/cli/run_choice.h"
#include "app/cli/run_commands.h"
#include "app/cli/stats_writer.h"
#include "core/base/decimal.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sextant::cli {

namespace {

struct StatsOptions
{
    RunChoice choice;
    std::vector<std::string> groupBy;
    std::vector<std::string> metrics;
    std::vector<std::string> test; // two groups
    std::string pairBy;
    bool wilcoxon = false;
    BetterOptions better;
};

/// "params.seed", "tags.team", "dataset", "user_id". What no prefix claims is an attribute.
ColumnRef columnNamed(const std::string& name)
{
    static constexpr std::pair<std::string_view, ColumnKind> kPrefixes[] = {
        {"params.", ColumnKind::Param},
        {"param.", ColumnKind::Param},
        {"tags.", ColumnKind::Tag},
        {"tag.", ColumnKind::Tag},
        {"metrics.", ColumnKind::Metric},
        {"metric.", ColumnKind::Metric},
        {"attributes.", ColumnKind::Attribute}};
    for (auto [prefix, kind] : kPrefixes)
        if (name.starts_with(prefix))
            return {kind, name.substr(prefix.size())};
    return {ColumnKind::Attribute, name};
}

Result<RunGroups> group(const ChosenRuns& runs, const std::vector<std::string>& names,
                        const Operation& operation)
{
    std::vector<GroupField> fields;
    for (const auto& name : names) {
        auto column = columnNamed(name);
        fields.push_back({column, column.kind == ColumnKind::Param});
    }
    auto groups = groupRows(runs.table, runs.rows, std::move(fields), operation);
    if (!groups && groups.error().code == ErrorCode::InvalidArgument)
        groups.error().hint =
            "Group by params.NAME, tags.NAME, dataset, dataset.name, dataset.digest, dataset.context, "
            "experiment_id, experiment_name, user_id, status, lifecycle_stage or run_name";
    return groups;
}

/// The values of a group as --test names it: "adam", "adam,0.1", "none".
std::string nameOf(const RunGroups& groups, std::size_t number)
{
    std::string name;
    for (std::size_t field = 0; field < groups.fields().size(); ++field) {
        name += field == 0 ? "" : ",";
        name += groups.value(number, field).value_or("none");
    }
    return name;
}

Result<std::size_t> groupNamed(const RunGroups& groups, const std::string& wanted)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        names.push_back(nameOf(groups, i));
        if (wanted == names.back() || wanted == groups.label(i) || sameNumber(wanted, names.back()))
            return i;
    }
    constexpr std::size_t kShown = 12;
    std::string hint = "The groups are:";
    for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i)
        hint += (i == 0 ? " " : "; ") + printable(names[i]);
    if (names.size() > kShown)
        hint += "; and " + std::to_string(names.size() - kShown) + " more";
    return fail(ErrorCode::NotFound, "There is no group '" + wanted + "'", hint);
}

Result<void> addTests(Statistics& statistics, const StatsOptions& options)
{
    SEXTANT_TRY(auto first, groupNamed(statistics.groups, options.test[0]));
    SEXTANT_TRY(auto second, groupNamed(statistics.groups, options.test[1]));
    if (first == second)
        return fail(ErrorCode::InvalidArgument, "A group can't be tested against itself",
                    "Name two groups after --test");
    std::optional<ColumnRef> pairBy;
    if (!options.pairBy.empty())
        pairBy = columnNamed(options.pairBy);
    const auto kind = options.wilcoxon ? MeanTestKind::SignedRank
                      : pairBy         ? MeanTestKind::Paired
                                       : MeanTestKind::Welch;
    for (const auto& metric : statistics.metrics) {
        SEXTANT_TRY(auto test, testGroups(statistics.groups, first, second,
                                          {ColumnKind::Metric, metric.metric}, kind, pairBy));
        statistics.tests.push_back({metric.metric, first, second, std::move(test)});
    }
    return {};
}

Result<void> checkOptions(const StatsOptions& options)
{
    SEXTANT_CHECK(check(options.better));
    if (!options.test.empty() && options.test.size() != 2)
        return fail(ErrorCode::InvalidArgument, "--test names two groups", "One test at a time");
    if (options.test.empty() && !options.pairBy.empty())
        return fail(ErrorCode::InvalidArgument, "--pair-by belongs to a test",
                    "Name two groups after --test");
    if (options.wilcoxon && options.pairBy.empty())
        return fail(ErrorCode::InvalidArgument, "--wilcoxon is a test of pairs",
                    "Say after --pair-by which runs belong together: params.seed");
    if (!options.test.empty() && options.groupBy.empty())
        return fail(ErrorCode::InvalidArgument, "A test needs groups",
                    "Say after --group-by what divides the runs");
    return {};
}

Result<int> stats(Context& context, const StatsOptions& options)
{
    SEXTANT_CHECK(checkOptions(options));
    SEXTANT_TRY(auto runs, chooseRuns(context, options.choice));
    if (runs.rows.empty())
        return fail(ErrorCode::NotFound, "No run matches", "`sextant runs list` shows what there is");
    SEXTANT_TRY(auto metrics, metricsNamed(*runs.table, runs.rows, options.metrics));
    Statistics statistics;
    statistics.fieldNames = namesIn(options.groupBy);
    SEXTANT_TRY(statistics.groups, group(runs, statistics.fieldNames, context.operation()));
    for (const auto& metric : metrics) {
        auto better = options.better.of(metric);
        SEXTANT_TRY(auto figures, summarizeGroups(statistics.groups, {ColumnKind::Metric, metric}, better,
                                                  context.operation()));
        statistics.metrics.push_back({metric, better, std::move(figures)});
    }
    if (!options.test.empty())
        SEXTANT_CHECK(addTests(statistics, options));
    switch (context.format()) {
    case Format::Json:
        writeStatisticsJson(context.sink(), statistics);
        break;
    case Format::Csv:
        writeStatisticsCsv(context.sink(), statistics);
        break;
    case Format::Table:
        writeStatisticsTable(context.sink(), statistics, context.screenWidth());
        break;
    }
    return kDone;
}

} // namespace

Command runsStatsCommand()
{
    return {
        "runs stats",
        "--metric METRIC…",
        "Statistics of metrics over runs, by group",
        "n, mean, standard deviation (n - 1), standard error, 95 % interval of the mean by Student's t, min, "
        "max, median\n"
        "and, where --lower or --higher says what is better, the best run. NaN and infinite values are left "
        "out and\n"
        "counted. --group-by: params.NAME, tags.NAME, dataset (.name, .digest, .context), experiment_id, "
        "user_id, status;\n"
        "params that are the same number (0.1, 0.10) are one group. --test compares two groups by Welch's "
        "test, with\n"
        "--pair-by by the paired t-test over runs that share that value, and --wilcoxon by Wilcoxon's "
        "signed-rank test.\n"
        "FILTER is that of `sextant runs list`.\n"
        "\n"
        "JSON: {group_by[], runs, confidence, groups[{group{}, runs, metrics{key{n, mean, std, stderr, "
        "ci_low, ci_high,\n"
        "min, max, median, nan, infinite, missing, undefined, best_run_id, best}}}], tests[{metric, test, "
        "first, second,\n"
        "difference, ci_low, ci_high, t, df, p_value, cohen_d, hedges_g, undefined, assumptions[]}]}, of "
        "Wilcoxon's test\n"
        "{…, difference, w, p_value, exact, equal, rank_biserial, …}; csv: one row for each group and "
        "metric.",
        {"sextant runs stats --metric val/accuracy --group-by params.learning_rate_init --higher "
         "val/accuracy",
         "sextant runs stats --experiment digits-recognition --group-by params.optimizer --metric 'val/*' "
         "--format csv",
         "sextant runs stats --metric val/loss --group-by params.learning_rate_init --test 0.003 0.1 "
         "--pair-by params.hidden_layer_sizes"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<StatsOptions>();
            addTexts(app, "--metric", "METRIC", options->metrics, "Name or pattern; may be repeated")
                ->required();
            addTexts(app, "--group-by", "COLUMN", options->groupBy, "What divides the runs; may be repeated");
            addTexts(app, "--test", "GROUP GROUP", options->test,
                     "Two groups: \"adam\", or \"adam,0.1\" of two columns")
                ->expected(2);
            addText(app, "--pair-by", "COLUMN", options->pairBy, "Makes the test a paired one: params.seed");
            addSwitch(app, "--wilcoxon", options->wilcoxon,
                      "With --pair-by: Wilcoxon's signed-rank test, for differences that are not normal");
            addBetter(app, options->better);
            addRunChoice(app, options->choice);
            return [options](Context& context) { return stats(context, *options); };
        }};
}

} // namespace sextant::cli
