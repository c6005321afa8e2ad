#include "app/cli/metric_options.h"

#include "app/cli/display.h"
#include "app/cli/options.h"
#include "app/cli/run_choice.h"
#include "app/cli/run_columns.h"

#include <algorithm>
#include <unordered_set>

namespace sextant::cli {

namespace {

bool matchesAny(const std::string& name, const std::vector<std::string>& patterns)
{
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return pattern == name || matchesGlob(name, pattern);
    });
}

bool anyHas(const MetricColumn& column, const std::vector<RowIndex>& rows)
{
    return std::any_of(rows.begin(), rows.end(), [&](RowIndex row) { return !isMissing(column.at(row)); });
}

} // namespace

Better BetterOptions::of(const std::string& metric) const
{
    if (matchesAny(metric, lower))
        return Better::Lower;
    return matchesAny(metric, higher) ? Better::Higher : Better::Unsaid;
}

void addBetter(CLI::App& app, BetterOptions& options)
{
    addTexts(app, "--lower", "METRIC", options.lower,
             "Lower is better for this metric, name or pattern; may be repeated");
    addTexts(app, "--higher", "METRIC", options.higher, "Higher is better; may be repeated");
}

Result<void> check(const BetterOptions& options)
{
    for (const auto& pattern : options.lower)
        if (std::find(options.higher.begin(), options.higher.end(), pattern) != options.higher.end())
            return fail(ErrorCode::InvalidArgument, "'" + pattern + "' can't be better both lower and higher",
                        "Name it after --lower or after --higher");
    return {};
}

Result<std::vector<std::string>> metricsNamed(const RunTable& table, const std::vector<RowIndex>& rows,
                                              const std::vector<std::string>& patterns)
{
    std::vector<std::string> there, found;
    std::unordered_set<std::string> known;
    for (const auto& column : table.data().metrics)
        if (anyHas(column, rows))
            there.push_back(column.key);
    for (const auto& pattern : namesIn(patterns)) {
        bool any = false;
        for (const auto& name : there) {
            if (name != pattern && !matchesGlob(name, pattern))
                continue;
            any = true;
            if (known.insert(name).second)
                found.push_back(name);
        }
        if (any)
            continue;
        auto near = didYouMean(nearNames(pattern, there));
        return fail(ErrorCode::NotFound, "None of these runs has a metric '" + pattern + "'",
                    near + (near.empty() ? "" : " ") + "`sextant runs show RUN` shows what a run logged");
    }
    return found;
}

} // namespace sextant::cli
