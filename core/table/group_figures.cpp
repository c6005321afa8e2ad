// Figures of groups: what groups.h promises about numbers.
#include "core/base/duration.h"
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
std::vector<double> ofMetric(const RunTable& table, const MetricColumn* column,
                             std::span<const RowIndex> rows)
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
    if (dense.empty())
        for (std::size_t i = 0; i < rows.size(); ++i)
            numbers[i] = column->at(rows[i]);
    else
        for (std::size_t i = 0; i < rows.size(); ++i)
            numbers[i] = rows[i] < dense.size() ? dense[rows[i]] : kMissing;
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
        return number(durationBetween(start, end));
    return kMissing;
}

/// The numbers of a column by row of the table; a dense metric is read where it stands.
class NumbersByRow
{
public:
    NumbersByRow(const RunTable& table, const ColumnRef& column, std::span<const RowIndex> rows)
    {
        const auto* metric = column.kind == ColumnKind::Metric ? table.metric(column.key) : nullptr;
        if (metric && metric->rows.empty() && metric->values.size() == table.size()) {
            m_numbers = metric->values;
            return;
        }
        m_own.assign(table.size(), kMissing);
        auto numbers = numbersAt(table, column, rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
            m_own[rows[i]] = numbers[i];
        m_numbers = m_own;
    }
    double operator[](RowIndex row) const { return m_numbers[row]; }

private:
    std::vector<double> m_own;
    std::span<const double> m_numbers;
};

/// The numbers there are; `room` holds them.
std::span<double> numbersOf(const NumbersByRow& numbers, std::span<const RowIndex> rows,
                            std::vector<double>& room)
{
    room.resize(rows.size());
    std::size_t count = 0;
    for (auto row : rows) {
        auto number = numbers[row];
        room[count] = number;
        count += !isMissing(number);
    }
    return std::span(room).first(count);
}

/// The first of the rows that has the best value.
RowIndex bestOf(const Summary& summary, const NumbersByRow& numbers, std::span<const RowIndex> rows,
                Better better)
{
    if (better == Better::Unsaid || summary.count == 0)
        return kNoRow;
    auto best = better == Better::Lower ? summary.min : summary.max;
    return *std::find_if(rows.begin(), rows.end(), [&](RowIndex row) { return numbers[row] == best; });
}

/// Rows by the value that says which of them belong together; 1 and 1.0 are one value. A row without a value
/// has none.
using PartOfRow = std::unordered_map<RowIndex, std::size_t>;

Result<PartOfRow> partsOf(const RunGroups& groups, std::size_t first, std::size_t second,
                          const ColumnRef& pairBy)
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
std::map<std::size_t, double> valuesByPart(const RunGroups& groups, std::size_t group,
                                           const ColumnRef& column, const PartOfRow& partOf,
                                           std::set<std::size_t>& repeated)
{
    auto rows = groups.rows(group);
    auto numbers = numbersAt(*groups.table(), column, rows);
    std::map<std::size_t, double> values;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (auto part = partOf.find(rows[i]); part != partOf.end())
            if (!values.try_emplace(part->second, numbers[i]).second)
                repeated.insert(part->second);
    std::erase_if(values, [&](const auto& one) { return repeated.contains(one.first); });
    return values;
}

} // namespace

std::vector<double> numbersAt(const RunTable& table, const ColumnRef& column, std::span<const RowIndex> rows)
{
    switch (column.kind) {
    case ColumnKind::Metric:
        return ofMetric(table, table.metric(column.key), rows);
    case ColumnKind::Param:
        return ofText(table.param(column.key), rows);
    case ColumnKind::Tag:
        return ofText(table.tag(column.key), rows);
    case ColumnKind::Attribute:
        break;
    }
    std::vector<double> numbers;
    for (auto row : rows)
        numbers.push_back(ofAttribute(table, column.key, row));
    return numbers;
}

Result<std::vector<GroupFigures>> summarizeGroups(const RunGroups& groups, const ColumnRef& column,
                                                  Better better, const Operation& operation)
{
    NumbersByRow numbers(*groups.table(), column, groups.allRows());
    std::vector<GroupFigures> figures(groups.size());
    std::vector<double> room;
    for (std::size_t group = 0; group < figures.size(); ++group) {
        if (operation.cancelled())
            return cancelledError();
        auto rows = groups.rows(group);
        auto& [summary, best] = figures[group];
        auto present = numbersOf(numbers, rows, room);
        summary = summarizeInPlace(present);
        summary.missing = rows.size() - present.size();
        best = bestOf(summary, numbers, rows, better);
    }
    return figures;
}

Result<MeanTest> testGroups(const RunGroups& groups, std::size_t first, std::size_t second,
                            const ColumnRef& column, MeanTestKind kind,
                            const std::optional<ColumnRef>& pairBy)
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
    std::set<std::size_t> repeated;
    auto one = valuesByPart(groups, first, column, partOf, repeated);
    auto other = valuesByPart(groups, second, column, partOf, repeated);
    std::vector<double> a, b;
    for (const auto& [part, value] : one) {
        if (auto partner = other.find(part); partner != other.end()) {
            a.push_back(value);
            b.push_back(partner->second);
        }
    }
    auto test = kind == MeanTestKind::Paired ? pairedTest(a, b) : signedRankTest(a, b);
    test.left = groups.rows(first).size() + groups.rows(second).size() - 2 * test.pairs;
    if (test.pairs == 0 && !repeated.empty())
        test.undefined = kAmbiguousPairs;
    return test;
}

} // namespace sextant
