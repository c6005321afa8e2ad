#include "core/table/order.h"

#include "core/base/duration.h"
#include "core/base/number.h"
#include "core/table/sort.h"

#include <algorithm>
#include <numeric>

namespace sextant {

namespace {

using Ranks = std::vector<std::uint64_t>;

/// Ranks of texts by byte order; equal texts share one.
template <class TextOf>
Ranks textRanks(std::size_t count, bool ascending, const TextOf& textOf)
{
    std::vector<RowIndex> sorted(count);
    std::iota(sorted.begin(), sorted.end(), RowIndex{0});
    std::sort(sorted.begin(), sorted.end(), [&](RowIndex a, RowIndex b) { return textOf(a) < textOf(b); });
    Ranks ranks(count);
    std::uint64_t rank = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0 && textOf(sorted[i]) != textOf(sorted[i - 1]))
            ++rank;
        ranks[sorted[i]] = rank;
    }
    if (!ascending)
        for (auto& value : ranks)
            value = count - value;
    return ranks;
}

Ranks codeRanks(const TextColumn& column, const SortKey& key)
{
    if (!key.numeric)
        return textRanks(column.values.size(), key.ascending,
                         [&](RowIndex code) { return column.values[code]; });
    Ranks ranks(column.values.size());
    for (std::size_t code = 0; code < ranks.size(); ++code) {
        auto number = parseDouble(column.values[code]);
        ranks[code] =
            number ? rankOf(*number, key.ascending) : kNanRank; // a text that is no number stands with NaN
    }
    return ranks;
}

Ranks columnRanks(const RunTable& table, const TextColumn* column, const SortKey& key)
{
    Ranks ranks(table.size(), kMissingRank);
    if (!column)
        return ranks;
    auto ofCode = codeRanks(*column, key);
    auto set = [&](RowIndex row, std::uint32_t code) {
        if (code != TextColumn::kNoCode)
            ranks[row] = ofCode[code];
    };
    for (std::size_t i = 0; i < column->codes.size(); ++i)
        set(column->rows.empty() ? static_cast<RowIndex>(i) : column->rows[i], column->codes[i]);
    return ranks;
}

Ranks metricRanks(const RunTable& table, const MetricColumn* column, bool ascending)
{
    Ranks ranks(table.size(), kMissingRank);
    if (!column)
        return ranks;
    for (std::size_t i = 0; i < column->values.size(); ++i)
        ranks[column->rows.empty() ? i : column->rows[i]] = rankOf(column->values[i], ascending);
    return ranks;
}

template <class ValueOf>
Ranks numberRanks(const RunTable& table, bool ascending, const ValueOf& valueOf)
{
    Ranks ranks(table.size());
    for (RowIndex row = 0; row < table.size(); ++row)
        ranks[row] = rankOf(valueOf(row), ascending);
    return ranks;
}

EpochMs durationOf(const RunTable& table, RowIndex row)
{
    return durationBetween(table.startTime(row), table.endTime(row));
}

Ranks attributeRanks(const RunTable& table, const SortKey& key)
{
    const auto& name = key.column.key;
    auto texts = [&](auto textOf) { return textRanks(table.size(), key.ascending, textOf); };
    if (name == "start_time")
        return numberRanks(table, key.ascending, [&](RowIndex row) { return table.startTime(row); });
    if (name == "end_time")
        return numberRanks(table, key.ascending, [&](RowIndex row) { return table.endTime(row); });
    if (name == "duration")
        return numberRanks(table, key.ascending, [&](RowIndex row) { return durationOf(table, row); });
    if (name == "run_id")
        return texts([&](RowIndex row) { return table.runId(row); });
    if (name == "run_name")
        return texts([&](RowIndex row) { return table.name(row); });
    if (name == "user_id")
        return texts([&](RowIndex row) { return table.user(row); });
    if (name == "artifact_uri")
        return texts([&](RowIndex row) { return table.artifactUri(row); });
    if (name == "status")
        return texts([&](RowIndex row) { return toText(table.status(row)); });
    if (name == "lifecycle_stage")
        return texts([&](RowIndex row) { return toText(table.lifecycle(row)); });
    return texts([&](RowIndex row) { return std::string_view(table.experiment(row).name); });
}

Ranks ranksOf(const RunTable& table, const SortKey& key)
{
    switch (key.column.kind) {
    case ColumnKind::Metric:
        return metricRanks(table, table.metric(key.column.key), key.ascending);
    case ColumnKind::Param:
        return columnRanks(table, table.param(key.column.key), key);
    case ColumnKind::Tag:
        return columnRanks(table, table.tag(key.column.key), key);
    case ColumnKind::Attribute:
        break;
    }
    return attributeRanks(table, key);
}

/// The given rows as they stand in the table's default order.
std::vector<RowIndex> newestFirst(const RunTable& table, std::vector<RowIndex> rows)
{
    auto all = table.newestFirst();
    if (rows.size() == all.size()) {
        rows.assign(all.begin(), all.end());
        return rows;
    }
    std::vector<bool> wanted(table.size());
    for (auto row : rows)
        wanted[row] = true;
    rows.clear();
    std::copy_if(all.begin(), all.end(), std::back_inserter(rows), [&](RowIndex row) { return wanted[row]; });
    return rows;
}

} // namespace

Result<std::vector<RowIndex>> orderRows(const RunTable& table, std::vector<RowIndex> rows,
                                        std::span<const SortKey> keys, const Operation& operation)
{
    rows = newestFirst(table, std::move(rows));
    // Stable sorts from the last key to the first leave the default order as the final tie-break.
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
        if (operation.cancelled())
            return cancelledError();
        sortByRank(rows, ranksOf(table, *key));
    }
    return rows;
}

} // namespace sextant
