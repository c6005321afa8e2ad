#include "ui/shell/grouped_runs.h"

#include "core/base/number.h"
#include "core/table/sort.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace sextant {

namespace {

constexpr auto kNoCode = TextColumn::kNoCode;

bool isTime(const ColumnRef& column)
{
    return column.kind == ColumnKind::Attribute && (column.key == "start_time" || column.key == "end_time");
}

bool isDuration(const ColumnRef& column)
{
    return column.kind == ColumnKind::Attribute && column.key == "duration";
}

/// Runs are measured by metrics and durations; params and tags only say how they were set up.
bool isMeasured(const ColumnRef& column)
{
    return column.kind == ColumnKind::Metric || isDuration(column);
}

/// Which values of a column a group has: none, one, or how many.
template <class CodeOf>
std::vector<GroupCell> valuesOf(const RunGroups& groups, std::size_t codes, const CodeOf& codeOf)
{
    std::vector<GroupCell> cells(groups.size());
    std::vector<std::uint32_t> seenBy(codes, ~0U); // the last group that had the code
    for (std::uint32_t group = 0; group < cells.size(); ++group) {
        auto& cell = cells[group];
        bool lacking = false;
        for (auto row : groups.rows(group)) {
            auto code = codeOf(row);
            if (code == kNoCode) {
                lacking = true;
            } else if (std::exchange(seenBy[code], group) != group) {
                cell.row = row;
                ++cell.count;
            }
        }
        if (cell.count == 0)
            continue;
        cell.count += lacking; // no value is one more way to differ
        cell.kind = cell.count == 1 ? GroupCell::Kind::Shared : GroupCell::Kind::Many;
    }
    return cells;
}

std::vector<GroupCell> attributeValues(const RunGroups& groups, const std::string& key)
{
    const auto& table = *groups.table();
    const auto& data = table.data();
    if (key == "user_id")
        return valuesOf(groups, data.userNames.size(),
                        [&](RowIndex row) { return static_cast<std::uint32_t>(data.users[row]); });
    if (key == "experiment_id")
        return valuesOf(groups, data.experimentList.size(),
                        [&](RowIndex row) { return static_cast<std::uint32_t>(data.experiments[row]); });
    if (key == "lifecycle_stage")
        return valuesOf(groups, 8,
                        [&](RowIndex row) { return static_cast<std::uint32_t>(table.lifecycle(row)); });
    return std::vector<GroupCell>(groups.size());
}

/// Numbers where there are several values and one number is asked for: "0.01" of lr with figure Min.
void putNumbers(std::vector<GroupCell>& cells, const std::vector<GroupFigures>& figures, GroupFigure figure)
{
    for (std::size_t group = 0; group < cells.size(); ++group) {
        if (cells[group].kind == GroupCell::Kind::Many)
            cells[group] = figureOf(figures[group].summary, figure);
    }
}

Result<std::vector<GroupCell>> cellsOf(const RunGroups& groups, const ColumnFacts& column, GroupFigure figure,
                                       const Operation& operation)
{
    const auto& ref = column.column;
    const auto& table = *groups.table();
    std::vector<GroupCell> cells(groups.size());
    if (ref.kind == ColumnKind::Param || ref.kind == ColumnKind::Tag) {
        const auto* texts = ref.kind == ColumnKind::Param ? table.param(ref.key) : table.tag(ref.key);
        if (texts)
            cells =
                valuesOf(groups, texts->values.size(), [texts](RowIndex row) { return texts->codeAt(row); });
        if (texts && column.numeric && !hasSpread(figure)) {
            SEXTANT_TRY(auto figures, summarizeGroups(groups, ref, Better::Unsaid, operation));
            putNumbers(cells, figures, figure);
        }
        return cells;
    }
    if (!isMeasured(ref) && !isTime(ref))
        return attributeValues(groups, ref.key);
    auto ofTime = figure == GroupFigure::Min || figure == GroupFigure::Max || figure == GroupFigure::Median;
    if (isTime(ref) && !ofTime) // nobody asks for the mean of dates: the latest stands for the group
        figure = GroupFigure::Max;
    SEXTANT_TRY(auto figures, summarizeGroups(groups, ref, Better::Unsaid, operation));
    std::transform(figures.begin(), figures.end(), cells.begin(),
                   [figure](const GroupFigures& each) { return figureOf(each.summary, figure); });
    return cells;
}

using Ranks = std::vector<std::uint64_t>;

/// Groups by the place of a field's value among all: numbers before texts.
Ranks fieldRanks(const RunGroups& groups, std::size_t field, bool ascending)
{
    using Value = std::tuple<bool, double, std::string_view>;
    std::vector<std::pair<Value, std::uint32_t>> values;
    Ranks ranks(groups.size(), kMissingRank);
    for (std::uint32_t group = 0; group < ranks.size(); ++group) {
        auto text = groups.value(group, field);
        if (!text)
            continue;
        auto number = parseDouble(*text);
        auto isNumber = number && !std::isnan(*number);
        values.push_back({{!isNumber, isNumber ? *number : 0, *text}, group});
    }
    std::sort(values.begin(), values.end());
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        place += i > 0 && values[i].first != values[i - 1].first;
        ranks[values[i].second] = ascending ? place : values.size() - place;
    }
    return ranks;
}

/// Groups by the place of their first run: for columns that have no figure.
Ranks firstRunRanks(const RunGroups& groups, std::span<const RowIndex> rows)
{
    std::vector<std::uint32_t> places(groups.table()->size());
    for (std::uint32_t i = 0; i < rows.size(); ++i)
        places[rows[i]] = i;
    Ranks ranks(groups.size());
    for (std::size_t group = 0; group < ranks.size(); ++group)
        ranks[group] = places[groups.rows(group).front()];
    return ranks;
}

Result<Ranks> ranksOf(const RunGroups& groups, std::span<const RowIndex> rows, const SortKey& key,
                      GroupFigure figure, const Operation& operation)
{
    const auto& fields = groups.fields();
    auto field = std::find_if(fields.begin(), fields.end(),
                              [&](const GroupField& each) { return each.column == key.column; });
    if (field != fields.end())
        return fieldRanks(groups, static_cast<std::size_t>(field - fields.begin()), key.ascending);
    if (isTime(key.column)) // the newest run stands for a group, or the oldest
        figure = key.ascending ? GroupFigure::Min : GroupFigure::Max;
    else if (!isMeasured(key.column) && !(key.numeric && key.column.kind != ColumnKind::Attribute))
        return firstRunRanks(groups, rows);
    SEXTANT_TRY(auto figures, summarizeGroups(groups, key.column, Better::Unsaid, operation));
    Ranks ranks(groups.size());
    for (std::size_t group = 0; group < ranks.size(); ++group)
        ranks[group] = rankOf(figureOf(figures[group].summary, figure).value, key.ascending);
    return ranks;
}

Result<std::vector<std::uint32_t>> orderOf(const RunGroups& groups, std::span<const RowIndex> rows,
                                           const GroupRequest& request, const std::vector<SortKey>& order,
                                           const Operation& operation)
{
    std::vector<std::uint32_t> sorted(groups.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    for (auto key = order.rbegin(); key != order.rend(); ++key) {
        SEXTANT_TRY(auto ranks, ranksOf(groups, rows, *key, request.figure, operation));
        std::stable_sort(sorted.begin(), sorted.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return ranks[a] < ranks[b]; });
    }
    return sorted;
}

std::string keyOf(const RunGroups& groups, std::size_t group)
{
    std::string key;
    for (std::size_t field = 0; field < groups.fields().size(); ++field) {
        auto value = groups.value(group, field);
        key += value ? '=' + std::string(*value) : std::string("-");
        key += '\n';
    }
    return key;
}

/// The cells of one column in the order of the groups shown.
std::vector<GroupCell> inOrder(const std::vector<GroupCell>& cells,
                               const std::vector<GroupedRuns::Group>& groups)
{
    std::vector<GroupCell> ordered;
    ordered.reserve(groups.size());
    for (const auto& group : groups)
        ordered.push_back(cells[group.source]);
    return ordered;
}

} // namespace

std::size_t GroupedRuns::groupAt(std::uint32_t place) const
{
    auto found = std::upper_bound(groups.begin(), groups.end(), place,
                                  [](std::uint32_t at, const Group& group) { return at < group.last; });
    return static_cast<std::size_t>(found - groups.begin());
}

GroupCell figureOf(const Summary& summary, GroupFigure figure)
{
    GroupCell cell{GroupCell::Kind::Number, static_cast<std::uint32_t>(summary.count)};
    auto known = [](double value) { return std::isnan(value) ? kMissing : value; };
    switch (figure) {
    case GroupFigure::MeanDeviation:
    case GroupFigure::MeanError:
    case GroupFigure::MeanConfidence:
    case GroupFigure::Mean:
        cell.value = known(summary.mean);
        break;
    case GroupFigure::Deviation:
        cell.value = known(summary.deviation);
        break;
    case GroupFigure::StandardError:
        cell.value = known(summary.standardError);
        break;
    case GroupFigure::Min:
        cell.value = known(summary.min);
        break;
    case GroupFigure::Max:
        cell.value = known(summary.max);
        break;
    case GroupFigure::Median:
        cell.value = known(summary.median);
        break;
    }
    if (figure == GroupFigure::MeanDeviation)
        cell.spread = known(summary.deviation);
    else if (figure == GroupFigure::MeanError)
        cell.spread = known(summary.standardError);
    else if (figure == GroupFigure::MeanConfidence)
        cell.spread = known((summary.confidence.high - summary.confidence.low) / 2);
    return cell;
}

bool canGroupNow(const RunTable& table, const GroupRequest& request)
{
    auto known = [&](const ColumnRef& column) {
        return table.complete() ||
               (column.kind == ColumnKind::Attribute && !column.key.starts_with("dataset"));
    };
    return !request.columns.empty() && std::all_of(request.columns.begin(), request.columns.end(), known);
}

Result<GroupedRuns> groupRuns(const RunTablePtr& table, std::span<const RowIndex> rows,
                              const GroupRequest& request, const std::vector<SortKey>& order,
                              const std::vector<ColumnFacts>& columns, const Operation& operation)
{
    GroupedRuns grouped;
    grouped.request = request;
    std::vector<GroupField> fields;
    for (const auto& column : request.columns)
        fields.push_back({column, true});
    SEXTANT_TRY(grouped.runs, groupRows(table, rows, std::move(fields), operation));
    const auto& groups = grouped.runs;
    SEXTANT_TRY(auto sorted, orderOf(groups, rows, request, order, operation));
    grouped.rows.reserve(rows.size());
    for (auto source : sorted) {
        auto first = static_cast<std::uint32_t>(grouped.rows.size());
        auto members = groups.rows(source);
        grouped.rows.insert(grouped.rows.end(), members.begin(), members.end());
        grouped.groups.push_back(
            {first, static_cast<std::uint32_t>(grouped.rows.size()), source, kNoRow, keyOf(groups, source)});
    }
    for (const auto& column : columns) {
        SEXTANT_TRY(auto cells, cellsOf(groups, column, request.figure, operation));
        grouped.columns.push_back(inOrder(cells, grouped.groups));
    }
    if (!request.bestBy.empty() && request.better != Better::Unsaid) {
        SEXTANT_TRY(auto figures,
                    summarizeGroups(groups, {ColumnKind::Metric, request.bestBy}, request.better, operation));
        for (auto& group : grouped.groups)
            group.best = figures[group.source].best;
    }
    return grouped;
}

} // namespace sextant
