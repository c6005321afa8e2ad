#include "app/cli/run_columns.h"

#include "app/cli/display.h"
#include "core/base/duration.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sextant::cli {

namespace {

using Kind = RunColumn::Kind;

struct AttributeName
{
    RunAttribute attribute;
    std::string_view name;
};

constexpr std::array kAttributes = {
    AttributeName{RunAttribute::RunId, "run_id"},
    AttributeName{RunAttribute::RunName, "run_name"},
    AttributeName{RunAttribute::ExperimentId, "experiment_id"},
    AttributeName{RunAttribute::ExperimentName, "experiment_name"},
    AttributeName{RunAttribute::Status, "status"},
    AttributeName{RunAttribute::StartTime, "start_time"},
    AttributeName{RunAttribute::EndTime, "end_time"},
    AttributeName{RunAttribute::Duration, "duration_ms"},
    AttributeName{RunAttribute::LifecycleStage, "lifecycle_stage"},
    AttributeName{RunAttribute::UserId, "user_id"},
    AttributeName{RunAttribute::ArtifactUri, "artifact_uri"},
    AttributeName{RunAttribute::Datasets, "datasets"},
};

constexpr std::array kSearchRunsAttributes = {RunAttribute::RunId,     RunAttribute::ExperimentId,
                                              RunAttribute::Status,    RunAttribute::ArtifactUri,
                                              RunAttribute::StartTime, RunAttribute::EndTime};

/// How many of the rows have a value; rows of a sparse column are looked up from its own, shorter list.
template <class Column, class HasValue>
std::size_t countIn(const Column& column, const std::vector<char>& wanted, std::size_t enough,
                    HasValue hasValue)
{
    std::size_t count = 0;
    if (column.rows.empty()) {
        for (RowIndex row = 0; row < wanted.size() && count < enough; ++row)
            count += wanted[row] && hasValue(column, row);
        return count;
    }
    for (std::size_t i = 0; i < column.rows.size() && count < enough; ++i)
        count += wanted[column.rows[i]] != 0;
    return count;
}

std::size_t countIn(const MetricColumn& column, const std::vector<char>& wanted, std::size_t enough)
{
    return countIn(column, wanted, enough, [](const auto& c, RowIndex row) { return !isMissing(c.at(row)); });
}

std::size_t countIn(const TextColumn& column, const std::vector<char>& wanted, std::size_t enough)
{
    return countIn(column, wanted, enough,
                   [](const auto& c, RowIndex row) { return c.codeAt(row) != TextColumn::kNoCode; });
}

std::vector<char> flagsOf(const RunTable& table, const std::vector<RowIndex>& rows)
{
    std::vector<char> wanted(table.size(), 0);
    for (auto row : rows)
        wanted[row] = 1;
    return wanted;
}

RunColumn attributeColumn(RunAttribute attribute)
{
    return {Kind::Attribute, attribute, nullptr, nullptr, std::string(nameOf(attribute))};
}

RunColumn metricColumn(const MetricColumn& column)
{
    return {Kind::Metric, {}, &column, nullptr, "metrics." + column.key};
}

RunColumn textColumn(Kind kind, const TextColumn& column)
{
    return {kind, {}, nullptr, &column, (kind == Kind::Param ? "params." : "tags.") + column.key};
}

/// All columns that any of the rows has.
std::vector<RunColumn> presentColumns(const RunTable& table, const std::vector<RowIndex>& rows)
{
    auto wanted = flagsOf(table, rows);
    std::vector<RunColumn> columns;
    for (const auto& column : table.data().metrics) {
        if (countIn(column, wanted, 1) > 0)
            columns.push_back(metricColumn(column));
    }
    for (const auto& column : table.data().params) {
        if (countIn(column, wanted, 1) > 0)
            columns.push_back(textColumn(Kind::Param, column));
    }
    for (const auto& column : table.data().tags) {
        if (countIn(column, wanted, 1) > 0)
            columns.push_back(textColumn(Kind::Tag, column));
    }
    return columns;
}

/// The column with exactly this name, with null pointers when no run has it; nullopt when it is no column's
/// name at all.
std::optional<RunColumn> exactColumn(const RunTable& table, const std::string& name)
{
    for (const auto& [attribute, attributeName] : kAttributes) {
        if (attributeName == name)
            return attributeColumn(attribute);
    }
    auto dot = name.find('.');
    auto prefix = name.substr(0, dot), key = dot == std::string::npos ? "" : name.substr(dot + 1);
    if (prefix == "metrics")
        return RunColumn{Kind::Metric, {}, table.metric(key), nullptr, name};
    if (prefix == "params")
        return RunColumn{Kind::Param, {}, nullptr, table.param(key), name};
    if (prefix == "tags")
        return RunColumn{Kind::Tag, {}, nullptr, table.tag(key), name};
    return std::nullopt;
}

tl::unexpected<Error> noSuchColumn(const RunTable& table, const std::string& name)
{
    std::vector<std::string> names;
    for (const auto& [attribute, attributeName] : kAttributes)
        names.emplace_back(attributeName);
    for (const auto& column : table.data().metrics)
        names.push_back("metrics." + column.key);
    for (const auto& column : table.data().params)
        names.push_back("params." + column.key);
    for (const auto& column : table.data().tags)
        names.push_back("tags." + column.key);
    auto near = didYouMean(nearNames(name, names));
    return fail(ErrorCode::InvalidArgument, "There is no column '" + name + "'",
                near + (near.empty() ? "" : " ") +
                    "Columns are run_id, run_name, status …, metrics.KEY, params.KEY, tags.KEY");
}

} // namespace

std::string_view nameOf(RunAttribute attribute)
{
    auto found = std::find_if(kAttributes.begin(), kAttributes.end(),
                              [&](auto& a) { return a.attribute == attribute; });
    return found->name;
}

EpochMs durationOf(const RunTable& table, RowIndex row)
{
    return durationBetween(table.startTime(row), table.endTime(row));
}

std::vector<RunColumn> searchRunsColumns(const RunTable& table, const std::vector<RowIndex>& rows)
{
    std::vector<RunColumn> columns;
    for (auto attribute : kSearchRunsAttributes)
        columns.push_back(attributeColumn(attribute));
    auto present = presentColumns(table, rows);
    columns.insert(columns.end(), present.begin(), present.end());
    return columns;
}

Result<std::vector<RunColumn>> namedColumns(const RunTable& table, const std::vector<RowIndex>& rows,
                                            const std::vector<std::string>& patterns,
                                            std::vector<std::string>& missing)
{
    std::vector<RunColumn> columns;
    std::unordered_set<std::string> known;
    auto add = [&](RunColumn column) {
        if (known.insert(column.name).second)
            columns.push_back(std::move(column));
    };
    for (const auto& pattern : patterns) {
        if (auto exact = exactColumn(table, pattern);
            exact && (exact->metric || exact->text || exact->kind == Kind::Attribute)) {
            add(*exact);
        } else if (pattern.find_first_of("*?") != std::string::npos) {
            for (const auto& [attribute, name] : kAttributes) {
                if (matchesGlob(name, pattern))
                    add(attributeColumn(attribute));
            }
            for (auto& column : presentColumns(table, rows)) {
                if (matchesGlob(column.name, pattern))
                    add(std::move(column));
            }
        } else if (exact) {
            missing.push_back(pattern);
            add(*exact);
        } else {
            return noSuchColumn(table, pattern);
        }
    }
    return columns;
}

std::vector<RunColumn> commonMetrics(const RunTable& table, const std::vector<RowIndex>& rows,
                                     std::size_t most)
{
    auto wanted = flagsOf(table, rows);
    std::vector<std::pair<std::size_t, const MetricColumn*>> counts;
    for (const auto& column : table.data().metrics) {
        if (auto count = countIn(column, wanted, rows.size()); count > 0)
            counts.emplace_back(count, &column);
    }
    std::stable_sort(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.first > b.first; });
    std::vector<RunColumn> columns;
    for (std::size_t i = 0; i < std::min(most, counts.size()); ++i)
        columns.push_back(metricColumn(*counts[i].second));
    return columns;
}

bool matchesGlob(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0, p = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t]) && pattern[p] != '*') {
            ++t, ++p;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

} // namespace sextant::cli
