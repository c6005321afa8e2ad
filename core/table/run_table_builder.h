// RunTableBuilder: takes runs and their values in any order and makes the columns of a RunTable.
// Runs are added first; metrics, params and tags may then be filled by different threads at once
// (one thread a kind). Keys and texts are copied.
#pragma once

#include "core/table/run_table.h"

namespace sextant {

class RunTableBuilder
{
public:
    RunTableBuilder();
    ~RunTableBuilder();
    RunTableBuilder(RunTableBuilder&&) noexcept;
    RunTableBuilder& operator=(RunTableBuilder&&) noexcept;

    /// Experiments come first; rows refer to them by index in this list.
    void setExperiments(std::vector<Experiment> experiments);

    /// How the store compares; without it the table is of no store.
    void setDialect(SearchDialect dialect);

    /// Room for about so many runs.
    void reserve(std::size_t runs);

    /// The views are copied. `experiment` is an index into the list given before.
    struct RunRow
    {
        std::string_view id, name, userId, artifactUri;
        std::uint32_t experiment = 0;
        RunStatus status = RunStatus::Running;
        Lifecycle lifecycle = Lifecycle::Active;
        EpochMs startTime = kNoTime, endTime = kNoTime;
    };
    RowIndex addRun(const RunRow& run);

    /// The row of a run already added, kNoRow when unknown. Safe from several threads once all runs are
    /// added.
    RowIndex row(std::string_view runId) const;
    std::string_view runId(RowIndex row) const;
    std::size_t size() const;

    /// Values. A (row, key) pair must come once; of several the last counts.
    void setMetric(RowIndex row, std::string_view key, double value);
    void setParam(RowIndex row, std::string_view key, std::string_view value);
    void setTag(RowIndex row, std::string_view key, std::string_view value);
    void addDataset(RowIndex row, std::string_view name, std::string_view digest, std::string_view context);

    /// Names for rows that came without one.
    void nameFromTag(std::string_view tagKey);

    /// A table of what has been added so far: just the run list, marked as not complete.
    RunTablePtr partial() const;

    /// The table; the builder is empty afterwards.
    RunTablePtr finish();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sextant
