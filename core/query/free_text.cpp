#include "core/query/free_text.h"

#include "core/base/text.h"
#include "core/query/evaluate.h"

#include <algorithm>
#include <array>

namespace sextant {

namespace {

void searchColumn(const TextColumn& column, const TextTest& test, RowSet& rows)
{
    std::vector<std::uint8_t> hits(column.values.size());
    bool any = false;
    for (std::size_t code = 0; code < hits.size(); ++code) {
        hits[code] = test(column.values[code]);
        any = any || hits[code];
    }
    if (!any)
        return;
    for (std::size_t i = 0; i < column.codes.size(); ++i) {
        auto row = column.rows.empty() ? i : column.rows[i];
        if (row < rows.rows() && column.codes[i] < hits.size() && hits[column.codes[i]])
            rows.add(row);
    }
}

} // namespace

bool isSearchedTag(std::string_view key)
{
    static constexpr std::array<std::string_view, 6> known{
        "mlflow.note.content",      "mlflow.user",   "mlflow.source.name", "mlflow.source.git.commit",
        "mlflow.source.git.branch", "mlflow.runName"};
    return !key.starts_with("mlflow.") || std::ranges::find(known, key) != known.end();
}

void freeText(const RunTable& table, const TextTest& test, RowSet& rows)
{
    std::vector<std::uint8_t> experiments;
    for (const auto& experiment : table.data().experimentList)
        experiments.push_back(test(experiment.name));
    for (RowIndex row = 0; row < table.size(); ++row)
        if (experiments[table.data().experiments[row]] || test(table.name(row)) || test(table.runId(row)))
            rows.add(row);
    for (const auto& column : table.data().params)
        searchColumn(column, test, rows);
    for (const auto& column : table.data().tags)
        if (isSearchedTag(column.key))
            searchColumn(column, test, rows);
}

bool lowerIsBetter(std::string_view metric)
{
    static constexpr std::array<std::string_view, 22> lower{
        "loss", "error", "err", "mse", "rmse", "mae",   "mape",    "smape", "msle", "rmsle",   "perplexity",
        "ppl",  "wer",   "cer", "nll", "bpb",  "brier", "latency", "time",  "fid",  "logloss", "duration"};
    auto name = foldCase(metric);
    for (std::size_t begin = 0; begin < name.size();) {
        auto end = name.find_first_of("/_-. :", begin);
        end = end == std::string::npos ? name.size() : end;
        if (std::ranges::find(lower, std::string_view(name).substr(begin, end - begin)) != lower.end())
            return true;
        begin = end + 1;
    }
    return name.ends_with("loss") || name.ends_with("error") || name.ends_with("divergence");
}

double aspectOf(const MetricSummary& summary, const Field& field)
{
    switch (field.aspect) {
    case MetricAspect::Min:
        return summary.min;
    case MetricAspect::Max:
        return summary.max;
    case MetricAspect::First:
        return summary.first;
    case MetricAspect::Best:
        return lowerIsBetter(field.key) ? summary.min : summary.max;
    case MetricAspect::Latest:
        break;
    }
    return summary.last;
}

} // namespace sextant
