// `sextant charts export`: its options and the data of the figure; the drawing is the window's.
#include "app/cli/chart_options.h"
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/filtering.h"
#include "app/cli/find.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"

#include "core/series/line.h"
#include "core/store/histories.h"
#include "core/table/groups.h"

#include <algorithm>
#include <map>
#include <set>

namespace sextant::cli {

namespace {

constexpr std::size_t kMostRuns = 1000; // in one figure

Result<ChosenRuns> chooseNamed(Context& context, const std::vector<std::string>& named)
{
    SEXTANT_TRY(auto* store, context.tracking());
    ChosenRuns chosen;
    SEXTANT_TRY(chosen.table, store->runs({{}, ViewType::All}, context.operation()));
    RunFinder finder(*store, context.operation());
    for (const auto& name : named) {
        SEXTANT_TRY(auto run, finder.find(name));
        auto row = chosen.table->find(run.info.id);
        if (row && std::find(chosen.rows.begin(), chosen.rows.end(), *row) == chosen.rows.end())
            chosen.rows.push_back(*row);
    }
    return chosen;
}

/// Each row's group; nothing without --group-by.
Result<std::map<RowIndex, std::string>> groupLabels(Context& context, const ChosenRuns& chosen,
                                                    const ChartOptions& options)
{
    std::map<RowIndex, std::string> labels;
    if (options.groupBy.empty())
        return labels;
    SEXTANT_TRY(auto keys, parseOrdering(options.groupBy, FilterTarget::Runs));
    std::vector<GroupField> fields;
    for (const auto& key : keys)
        fields.push_back({key.column, true});
    SEXTANT_TRY(auto groups, groupRows(chosen.table, chosen.rows, fields, context.operation()));
    for (std::size_t group = 0; group < groups.size(); ++group)
        for (auto row : groups.rows(group))
            labels[row] = groups.label(group);
    return labels;
}

class Figure
{
public:
    Figure(Context& context, const ChartOptions& options, ChartRequest& request)
        : m_context(context), m_options(options), m_request(request)
    {
    }

    Result<void> add(const ChosenRuns& chosen, const std::map<RowIndex, std::string>& groups)
    {
        std::vector<std::string> known;
        for (const auto& column : chosen.table->data().metrics)
            known.push_back(column.key);
        std::sort(known.begin(), known.end());
        if (!m_request.xMetric.empty() && !std::binary_search(known.begin(), known.end(), m_request.xMetric))
            return fail(ErrorCode::NotFound, "There is no metric '" + m_request.xMetric + "' for the x axis",
                        didYouMean(nearNames(m_request.xMetric, known)));
        for (std::size_t metric = 0; metric < m_options.metrics.size(); ++metric) {
            auto parsed = MetricExpression::parse(m_options.metrics[metric], known);
            if (!parsed)
                return tl::unexpected(withPlace(parsed.error(), m_options.metrics[metric]));
            SEXTANT_CHECK(addMetric(*parsed, metric, chosen, groups));
        }
        return {};
    }

private:
    Result<void> addMetric(const MetricExpression& expression, std::size_t metric, const ChosenRuns& chosen,
                           const std::map<RowIndex, std::string>& groups)
    {
        SEXTANT_TRY(auto sources, sourcesOf(expression, chosen));
        std::map<std::string, ChartRequest::Line> byGroup;
        std::size_t drawn = 0, without = 0;
        for (std::size_t index = 0; index < sources.size(); ++index) {
            const auto row = chosen.rows[index];
            const std::string run(chosen.table->runId(row));
            SEXTANT_TRY(auto curve, prepareLine(expression, sources[index],
                                                {m_request.axis, m_request.smoothing, kNoTime, 0},
                                                m_context.operation()));
            if (curve.raw->empty()) {
                ++without;
                continue;
            }
            ChartRequest::Line line{run, nameOf(*chosen.table, row), {}, {}, std::move(curve), {}, {}};
            if (m_options.metrics.size() > 1)
                line.name += " · " + m_options.metrics[metric];
            place(line, metric, groups, row);
            ++drawn;
            if (groups.empty())
                m_request.lines.push_back(std::move(line));
            else
                byGroup[groups.at(row)].hidden.push_back(std::move(line));
        }
        if (drawn == 0)
            return fail(ErrorCode::NotFound,
                        "None of " + counted(chosen.rows.size(), "run", "runs") + " has points of " +
                            m_options.metrics[metric],
                        "`sextant runs list` shows what was logged");
        if (without > 0)
            m_context.note(counted(without, "run has", "runs have") + " no points of " +
                           m_options.metrics[metric]);
        return addGroups(std::move(byGroup), metric);
    }

    /// The histories of each run, a metric after the other.
    Result<std::vector<LineSource>> sourcesOf(const MetricExpression& expression, const ChosenRuns& chosen)
    {
        SEXTANT_TRY(auto* store, m_context.tracking());
        std::vector<std::string> runs;
        for (auto row : chosen.rows)
            runs.emplace_back(chosen.table->runId(row));
        std::vector<LineSource> sources(runs.size());
        const auto& metrics = expression.metrics();
        for (auto& source : sources)
            source.operands.resize(metrics.size());
        for (std::size_t place = 0; place < metrics.size(); ++place) {
            const auto take = [&](std::size_t index, HistoryPtr history) {
                sources[index].operands[place] = std::move(history);
            };
            SEXTANT_CHECK(readHistories(*store, metrics[place], runs, m_context.operation(), take));
        }
        if (m_request.axis == XAxis::Metric) {
            const auto take = [&](std::size_t index, HistoryPtr history) {
                sources[index].x = std::move(history);
            };
            SEXTANT_CHECK(readHistories(*store, m_request.xMetric, runs, m_context.operation(), take));
        }
        return sources;
    }

    Result<void> addGroups(std::map<std::string, ChartRequest::Line> groups, std::size_t metric)
    {
        for (auto& [label, line] : groups) {
            std::vector<CurvePtr> curves;
            for (const auto& member : line.hidden)
                curves.push_back(member.curve.smoothed ? member.curve.smoothed : member.curve.raw);
            SEXTANT_TRY(line.band, makeBand(curves, m_request.band, m_context.operation()));
            line.curve.raw = line.band->mean;
            line.color = line.hidden.front().color;
            line.dash = line.hidden.front().dash;
            line.name = label + ", n = " + std::to_string(curves.size());
            if (m_options.metrics.size() > 1)
                line.name += " · " + m_options.metrics[metric];
            if (m_request.showMembers) {
                m_request.lines.insert(m_request.lines.end(), line.hidden.begin(), line.hidden.end());
                for (auto member = m_request.lines.end() - std::ssize(line.hidden);
                     member != m_request.lines.end(); ++member)
                    member->member = true;
                line.hidden.clear();
            }
            m_request.lines.push_back(std::move(line));
        }
        return {};
    }

    /// Colours tell runs or groups apart, dashes metrics; without several metrics the second ten colours are
    /// dashed.
    void place(ChartRequest::Line& line, std::size_t metric, const std::map<RowIndex, std::string>& groups,
               RowIndex row)
    {
        const std::string key = groups.empty() ? line.runId : groups.at(row);
        const auto index = m_places.try_emplace(key, static_cast<int>(m_places.size())).first->second;
        line.color = index % 10;
        line.dash = m_options.metrics.size() > 1 ? static_cast<int>(metric) : index / 10;
    }

    /// Runs of one name are told apart by their ids.
    std::string nameOf(const RunTable& table, RowIndex row)
    {
        const std::string run(table.runId(row)), name = printable(table.name(row));
        if (name.empty())
            return run.substr(0, 8);
        const auto [found, isNew] = m_names.try_emplace(name, run);
        return isNew || found->second == run ? name : name + " " + run.substr(0, 6);
    }

    Context& m_context;
    const ChartOptions& m_options;
    ChartRequest& m_request;
    std::map<std::string, int> m_places;
    std::map<std::string, std::string> m_names;
};

Result<int> exportChart(Context& context, const ChartOptions& options)
{
    SEXTANT_TRY(auto request, chartRequest(options, context.options().output));
    if (!context.hooks().chart)
        return fail(ErrorCode::Unsupported, "This build has no window to draw with",
                    "Build the program with its window");
    SEXTANT_TRY(auto chosen, options.runs.empty() ? chooseRuns(context, options.choice)
                                                  : chooseNamed(context, namesIn(options.runs)));
    if (chosen.rows.empty())
        return fail(ErrorCode::NotFound, "No run matches", "`sextant runs list` shows the runs of the store");
    if (chosen.rows.size() > kMostRuns)
        return fail(ErrorCode::InvalidArgument,
                    counted(chosen.rows.size(), "run", "runs") + " are too many for one figure",
                    "Choose at most 1,000 with --filter, --experiment, --max or --runs");
    SEXTANT_TRY(auto groups, groupLabels(context, chosen, options));
    SEXTANT_CHECK(Figure(context, options, request).add(chosen, groups));
    SEXTANT_TRY(auto bytes, context.hooks().chart(request));
    context.sink().write(bytes);
    return kDone;
}

} // namespace

void addChartCommands(std::vector<Command>& commands)
{
    commands.push_back(
        {"charts export",
         "",
         "Draws curves of runs into a figure for a paper: PDF, SVG or PNG, or writes their data as CSV",
         "The ending of --output says what is written; without --output it is CSV. PDF and SVG are vector: "
         "of every pixel\n"
         "column the first, lowest, highest and last value are kept, so that spikes stay and files are "
         "small.\n"
         "METRIC may be an expression, joined by step: train/loss - val/loss, log(loss), `a/b` in "
         "backticks.\n"
         "With --group-by, runs of a group become their mean with --band; runs of other steps are "
         "interpolated between\n"
         "their own points, never beyond. CSV holds what is drawn; with --every-point the runs behind means, "
         "too.",
         {"sextant charts export --runs mlp-16-lr0.003,mlp-64-lr0.003 --metric val/loss --output loss.pdf",
          "sextant charts export --filter \"run_name LIKE 'mlp-64-%'\" --metric val/loss --group-by "
          "params.learning_rate_init "
          "--output lr.pdf",
          "sextant charts export --runs mlp-16-lr0.003 --metric \"val/loss - train/loss\" --smoothing "
          "ema:0.6 --output gap.svg",
          "sextant charts export --runs mlp-64-lr0.003 --metric val/loss --x val/accuracy --log-y --size "
          "170x80mm --output x.png"},
         [](CLI::App& app) -> Action {
             auto options = std::make_shared<ChartOptions>();
             declareChartOptions(app, *options);
             return [options](Context& context) { return exportChart(context, *options); };
         }});
}

} // namespace sextant::cli
