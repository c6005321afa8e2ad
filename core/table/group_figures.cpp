// Figures of groups: what groups.h promises about numbers.
#include "core/base/number.h"
#include "core/table/groups.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace sextant {

namespace {

/// Asks one row after the other; many rows of a sparse column are spread out first.
std::vector<double> ofMetric(const RunTable& table, const MetricColumn* column, std::span<const RowIndex> rows)
{
    std::vector<double> numbers(rows.size(), kMissing);
    if (!column)
        return numbers;
    std::vector<double> spread;
    std::span<const double> dense = column->values;
    constexpr std::size_t kFew = 16;
    if (!column->rows.empty() && rows.size() > table.size() / kFew) {
        spread.assign(table.size(), kMissing);
        for (std::size_t i = 0; i < column->rows.size(); ++i)
            spread[column->rows[i]] = column->values[i];
        dense = spread;
    } else if (!column->rows.empty()) {
        dense = {};
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        numbers[i] = dense.empty() ? column->at(rows[i]) : rows[i] < dense.size() ? dense[rows[i]] : kMissing;
    return numbers;
}

std::vector<double> ofText(const TextColumn* column, std::span<const RowIndex> rows)
{
    std::vector<double> numbers(rows.size(), kMissing);
    if (!column)
        return numbers;
    std::vector<double> ofCode(column->values.size());
    for (std::size_t code = 0; code < ofCode.size(); ++code)
        ofCode[code] = parseDouble(column->values[code]).value_or(kMissing);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (auto code = column->codeAt(rows[i]); code != TextColumn::kNoCode)
            numbers[i] = ofCode[code];
    return numbers;
}

double ofAttribute(const RunTable& table, const std::string& name, RowIndex row)
{
    auto number = [](EpochMs time) { return isKnown(time) ? static_cast<double>(time) : kMissing; };
    auto start = table.startTime(row), end = table.endTime(row);
    if (name == "start_time")
        return number(start);
    if (name == "end_time")
        return number(end);
    if (name == "duration")
        return isKnown(start) && isKnown(end) ? static_cast<double>(end - start) : kMissing;
    return kMissing;
}

/// Moves the values there are to the front; returns how many there are not.
std::size_t dropMissing(std::span<double>& values)
{
    std::size_t count = 0;
    for (double value : values) {
        values[count] = value;
        count += !isMissing(value);
    }
    auto missing = values.size() - count;
    values = values.first(count);
    return missing;
}

RowIndex bestOf(std::span<const double> values, std::span<const RowIndex> rows, Better better)
{
    auto best = kNoRow;
    double top = 0;
    auto sign = better == Better::Lower ? 1.0 : -1.0;
    for (std::size_t i = 0; better != Better::Unsaid && i < values.size(); ++i) {
        if (!std::isfinite(values[i]) || (best != kNoRow && !(sign * values[i] < top)))
            continue;
        top = sign * values[i];
        best = rows[i];
    }
    return best;
}

/// Rows by the value that says which of them belong together; 1 and 1.0 are one value. A row without a value has none.
using PartOfRow = std::unordered_map<RowIndex, std::size_t>;

Result<PartOfRow> partsOf(const RunGroups& groups, std::size_t first, std::size_t second, const ColumnRef& pairBy)
{
    std::vector<RowIndex> rows;
    for (auto group : {first, second}) {
        auto members = groups.rows(group);
        rows.insert(rows.end(), members.begin(), members.end());
    }
    SEXTANT_TRY(auto parts, groupRows(groups.table(), rows, {{pairBy, true}}));
    PartOfRow partOf;
    for (std::size_t part = 0; part < parts.size(); ++part)
        for (auto row : parts.rows(part))
            if (parts.value(part, 0))
                partOf[row] = part;
    return partOf;
}

/// The value of each part; a part that comes twice in the group has none.
std::map<std::size_t, double> valuesByPart(const RunGroups& groups, std::size_t group, const ColumnRef& column,
                                           const PartOfRow& partOf)
{
    auto rows = groups.rows(group);
    auto numbers = numbersAt(*groups.table(), column, rows);
    std::map<std::size_t, double> values;
    std::set<std::size_t> repeated;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (auto part = partOf.find(rows[i]); part != partOf.end())
            if (!values.try_emplace(part->second, numbers[i]).second)
                repeated.insert(part->second);
    for (auto part : repeated)
        values.erase(part);
    return values;
}

} // namespace

std::vector<double> numbersAt(const RunTable& table, const ColumnRef& column, std::span<const RowIndex> rows)
{
    switch (column.kind) {
    case ColumnKind::Metric: return ofMetric(table, table.metric(column.key), rows);
    case ColumnKind::Param: return ofText(table.param(column.key), rows);
    case ColumnKind::Tag: return ofText(table.tag(column.key), rows);
    case ColumnKind::Attribute: break;
    }
    std::vector<double> numbers;
    for (auto row : rows)
        numbers.push_back(ofAttribute(table, column.key, row));
    return numbers;
}

Result<std::vector<GroupFigures>> summarizeGroups(const RunGroups& groups, const ColumnRef& column, Better better,
                                                  const Operation& operation)
{
    auto numbers = numbersAt(*groups.table(), column, groups.allRows());
    std::vector<GroupFigures> figures(groups.size());
    std::size_t begin = 0;
    for (std::size_t group = 0; group < figures.size(); ++group) {
        if (operation.cancelled())
            return cancelledError();
        auto rows = groups.rows(group);
        auto values = std::span(numbers).subspan(begin, rows.size());
        begin += rows.size();
        figures[group].best = bestOf(values, rows, better);
        auto missing = dropMissing(values);
        figures[group].summary = summarizeInPlace(values);
        figures[group].summary.missing = missing;
    }
    return figures;
}

Result<MeanTest> testGroups(const RunGroups& groups, std::size_t first, std::size_t second, const ColumnRef& column,
                            MeanTestKind kind, const std::optional<ColumnRef>& pairBy)
{
    if (first >= groups.size() || second >= groups.size())
        return fail(ErrorCode::InvalidArgument, "There is no such group", "Choose two of the groups shown");
    if (kind == MeanTestKind::Welch)
        return welchTest(numbersAt(*groups.table(), column, groups.rows(first)),
                         numbersAt(*groups.table(), column, groups.rows(second)));
    if (!pairBy)
        return fail(ErrorCode::InvalidArgument, "A paired test needs to know which runs belong together",
                    "Name a column that both groups share, such as the seed");
    SEXTANT_TRY(auto partOf, partsOf(groups, first, second, *pairBy));
    auto one = valuesByPart(groups, first, column, partOf);
    auto other = valuesByPart(groups, second, column, partOf);
    std::vector<double> a, b;
    for (const auto& [part, value] : one) {
        if (auto partner = other.find(part); partner != other.end()) {
            a.push_back(value);
            b.push_back(partner->second);
        }
    }
    auto test = pairedTest(a, b);
    test.left = groups.rows(first).size() + groups.rows(second).size() - 2 * test.pairs;
    return test;
}

} // namespace sextant
