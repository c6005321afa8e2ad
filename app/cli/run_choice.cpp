#include "app/cli/run_choice.h"

#include "app/cli/filtering.h"
#include "app/cli/find.h"
#include "app/cli/options.h"
#include "core/base/text.h"
#include "core/query/evaluate.h"

#include <algorithm>

namespace sextant::cli {

namespace {

/// Only the histories that the filter asks for are read.
Result<MetricSummaries> summariesFor(const Filter& filter, TrackingStore& store, const Operation& operation)
{
    MetricSummaries summaries;
    for (const auto& metric : filter.historyMetrics()) {
        SEXTANT_TRY(summaries[metric], store.metricSummaries(metric, operation));
    }
    return summaries;
}

/// Without a named experiment a view means the experiments of that view. What this leaves out is said.
void keepDeletedExperiments(Context& context, const RunTable& table, std::vector<RowIndex>& rows)
{
    auto left = std::erase_if(
        rows, [&](RowIndex row) { return table.experiment(row).lifecycle == Lifecycle::Active; });
    if (left > 0)
        context.note(std::to_string(left) + (left == 1 ? " deleted run stands" : " deleted runs stand") +
                     " in active experiments: see --experiment NAME or --view all");
}

} // namespace

void addRunChoice(CLI::App& app, RunChoice& choice)
{
    addTexts(app, "--experiment", "NAME|ID", choice.experiments,
             "Only runs of this experiment; may be repeated");
    addText(app, "--filter", "FILTER", choice.filter, "Only runs that match, see above");
    addTexts(app, "--order-by", "KEY [ASC|DESC]", choice.orderBy, "\"metrics.loss ASC\"; may be repeated");
    addView(app, choice.view);
    addCount(app, "--max", choice.most, "At most so many runs");
}

Result<ChosenRuns> chooseRuns(Context& context, const RunChoice& choice)
{
    SEXTANT_TRY(auto filter, parseFilter(choice.filter, FilterTarget::Runs));
    SEXTANT_TRY(auto order, parseOrdering(choice.orderBy, FilterTarget::Runs));
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto experiments, findExperiments(*store, choice.experiments));
    RunsRequest request{{}, choice.view};
    for (const auto& experiment : experiments)
        request.experimentIds.push_back(experiment.id);
    auto operation = context.operation();
    ChosenRuns chosen;
    SEXTANT_TRY(chosen.table, store->runs(request, operation));
    SEXTANT_CHECK(checkRepeats(order, FilterTarget::Runs, chosen.table->data().dialect));
    SEXTANT_TRY(auto summaries, summariesFor(filter, *store, operation));
    SEXTANT_TRY(auto rows, selectRows(*chosen.table, filter, summaries, operation));
    if (experiments.empty() && choice.view == ViewType::DeletedOnly)
        keepDeletedExperiments(context, *chosen.table, rows);
    SEXTANT_TRY(chosen.rows, orderRows(*chosen.table, std::move(rows), order, operation));
    chosen.matching = chosen.rows.size();
    chosen.rows.resize(std::min(choice.most, chosen.rows.size()));
    return chosen;
}

/// "a,b" as well as several options; a name in backticks may hold commas.
std::vector<std::string> namesIn(const std::vector<std::string>& given)
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

} // namespace sextant::cli
