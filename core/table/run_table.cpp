#include "core/table/run_table.h"

#include "core/table/sort.h"

#include <algorithm>
#include <numeric>

namespace sextant {

namespace {

template <class Column>
const Column* findColumn(const std::vector<Column>& columns, std::string_view key)
{
    auto found =
        std::lower_bound(columns.begin(), columns.end(), key,
                         [](const Column& column, std::string_view wanted) { return column.key < wanted; });
    return found != columns.end() && found->key == key ? &*found : nullptr;
}

std::size_t memoryOf(const TextPool& pool)
{
    return pool.bytes.size() + pool.offsets.size() * sizeof(std::uint64_t);
}

std::vector<RowIndex> parentsOf(const RunTable& table)
{
    const auto* column = table.tag("mlflow.parentRunId");
    if (!column)
        return {};
    std::vector<RowIndex> rowOfCode(column->values.size());
    for (std::size_t code = 0; code < rowOfCode.size(); ++code)
        rowOfCode[code] = table.find(column->values[code]).value_or(kNoRow);
    std::vector<RowIndex> parents(table.size(), kNoRow);
    for (RowIndex row = 0; row < parents.size(); ++row) {
        auto code = column->codeAt(row);
        if (code != TextColumn::kNoCode && rowOfCode[code] != row)
            parents[row] = rowOfCode[code];
    }
    return parents;
}

} // namespace

RunTable::RunTable(RunTableData data) : m_data(std::move(data))
{
    m_parents = parentsOf(*this);
}

std::span<const DatasetUse> RunTable::datasets(RowIndex row) const
{
    if (m_data.datasetOffsets.empty())
        return {};
    auto begin = m_data.datasetOffsets[row];
    return m_data.datasetUses.span().subspan(begin, m_data.datasetOffsets[row + 1] - begin);
}

const MetricColumn* RunTable::metric(std::string_view key) const
{
    return findColumn(m_data.metrics, key);
}
const TextColumn* RunTable::param(std::string_view key) const
{
    return findColumn(m_data.params, key);
}
const TextColumn* RunTable::tag(std::string_view key) const
{
    return findColumn(m_data.tags, key);
}

std::optional<RowIndex> RunTable::find(std::string_view id) const
{
    auto idOf = [this](RowIndex candidate) { return runId(candidate); };
    std::call_once(m_indexOnce, [&] {
        m_rowsById.reserve(size());
        for (RowIndex row = 0; row < size(); ++row)
            m_rowsById.add(runId(row), row, idOf);
    });
    auto row = m_rowsById.find(id, idOf);
    return row == kNoRow ? std::nullopt : std::optional(row);
}

std::vector<RowIndex> RunTable::allRows() const
{
    std::vector<RowIndex> rows(size());
    std::iota(rows.begin(), rows.end(), RowIndex{0});
    return rows;
}

std::span<const RowIndex> RunTable::newestFirst() const
{
    std::call_once(m_orderOnce, [this] {
        m_newestFirst = allRows();
        std::vector<std::uint64_t> ranks(size());
        for (RowIndex row = 0; row < size(); ++row)
            ranks[row] = rankOf(startTime(row), false);
        sortByRank(m_newestFirst, ranks);
        // Runs of one moment: by id.
        for (auto begin = m_newestFirst.begin(); begin != m_newestFirst.end();) {
            auto end = std::find_if(begin, m_newestFirst.end(),
                                    [&](RowIndex row) { return ranks[row] != ranks[*begin]; });
            if (end - begin > 1)
                std::sort(begin, end, [this](RowIndex a, RowIndex b) { return runId(a) < runId(b); });
            begin = end;
        }
    });
    return m_newestFirst;
}

std::size_t RunTable::memory() const
{
    auto bytes =
        memoryOf(m_data.runIds) + memoryOf(m_data.names) + memoryOf(m_data.artifactUris) +
        IdIndex::memoryFor(size()) + (m_parents.capacity() + m_newestFirst.capacity()) * sizeof(RowIndex) +
        size() * (2 * sizeof(std::uint32_t) + sizeof(RunStatus) + sizeof(Lifecycle) + 2 * sizeof(EpochMs));
    for (const auto& column : m_data.metrics)
        bytes +=
            column.rows.size() * sizeof(RowIndex) + column.values.size() * sizeof(double) + sizeof column;
    for (const auto* columns : {&m_data.params, &m_data.tags})
        for (const auto& column : *columns)
            bytes += (column.rows.size() + column.codes.size()) * sizeof(RowIndex) + memoryOf(column.values) +
                     sizeof column;
    return bytes;
}

} // namespace sextant
