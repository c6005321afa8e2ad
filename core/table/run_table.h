// RunTable: all runs of a store at one moment, as columns. Immutable and shared (`shared_ptr<const
// RunTable>`); may be read from any number of threads. Rows stand as the store gave them; order and selection
// are row lists beside it.
#pragma once

#include "core/table/columns.h"
#include "core/table/id_index.h"
#include "core/tracking/run.h"
#include "core/tracking/search_dialect.h"

#include <memory>
#include <mutex>
#include <vector>

namespace sextant {

/// One dataset as used by a run: an index into RunTableData::datasets, and the context ("train"), empty when
/// not said.
struct DatasetUse
{
    std::uint32_t dataset = 0;
    std::uint32_t context = 0; // index into RunTableData::contexts
};

struct DatasetName
{
    std::string name;
    std::string digest;
};

/// The arrays of a table. A cache writes and reads them as they are.
struct RunTableData
{
    TextPool runIds;
    TextPool names;
    TextPool artifactUris;
    FrozenArray<std::uint32_t> users; // index into userNames
    std::vector<std::string> userNames;
    FrozenArray<std::uint32_t> experiments; // index into experimentList
    std::vector<Experiment> experimentList;
    FrozenArray<RunStatus> statuses;
    FrozenArray<Lifecycle> lifecycles;
    FrozenArray<EpochMs> startTimes; // kNoTime where unknown
    FrozenArray<EpochMs> endTimes;

    std::vector<MetricColumn> metrics; // by key
    std::vector<TextColumn> params;    // by key
    std::vector<TextColumn> tags;      // by key

    FrozenArray<std::uint32_t>
        datasetOffsets; // row r uses datasetUses[offsets[r] .. offsets[r+1]); empty when none are used
    FrozenArray<DatasetUse> datasetUses;
    std::vector<DatasetName> datasets;
    std::vector<std::string> contexts;

    SearchDialect dialect; // of the store that the runs are from

    bool complete =
        true; // false while only the run list has been read: values of metrics, params and tags are to come
};

class RunTable
{
public:
    explicit RunTable(RunTableData data);

    std::size_t size() const { return m_data.statuses.size(); }
    bool complete() const { return m_data.complete; }
    const RunTableData& data() const { return m_data; }

    std::string_view runId(RowIndex row) const { return m_data.runIds[row]; }
    std::string_view name(RowIndex row) const { return m_data.names[row]; }
    std::string_view artifactUri(RowIndex row) const { return m_data.artifactUris[row]; }
    std::string_view user(RowIndex row) const { return m_data.userNames[m_data.users[row]]; }
    const Experiment& experiment(RowIndex row) const
    {
        return m_data.experimentList[m_data.experiments[row]];
    }
    RunStatus status(RowIndex row) const { return m_data.statuses[row]; }
    Lifecycle lifecycle(RowIndex row) const { return m_data.lifecycles[row]; }
    EpochMs startTime(RowIndex row) const { return m_data.startTimes[row]; }
    EpochMs endTime(RowIndex row) const { return m_data.endTimes[row]; }
    std::span<const DatasetUse> datasets(RowIndex row) const;

    /// Columns by key; null where no run has it.
    const MetricColumn* metric(std::string_view key) const;
    const TextColumn* param(std::string_view key) const;
    const TextColumn* tag(std::string_view key) const;

    std::optional<RowIndex> find(std::string_view runId) const;

    /// The row of the run named in tag mlflow.parentRunId, kNoRow where there is none in this table.
    RowIndex parent(RowIndex row) const { return m_parents.empty() ? kNoRow : m_parents[row]; }

    /// All rows 0..size()-1.
    std::vector<RowIndex> allRows() const;

    /// All rows in MLflow's default order: start time, newest first (unknown last), then run id. Computed
    /// once.
    std::span<const RowIndex> newestFirst() const;

    /// Bytes held, for the memory budget.
    std::size_t memory() const;

private:
    RunTableData m_data;
    std::vector<RowIndex> m_parents; // empty when no run has a parent
    mutable std::once_flag m_indexOnce;
    mutable IdIndex m_rowsById; // made when first asked for: a run list is to be shown at once
    mutable std::once_flag m_orderOnce;
    mutable std::vector<RowIndex> m_newestFirst;
};

using RunTablePtr = std::shared_ptr<const RunTable>;

} // namespace sextant
