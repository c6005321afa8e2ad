// RunGroups: the rows of a run table divided by the values of one or more columns, and figures of a column
// for each. Immutable; may be read from any number of threads. Holds the table.
#pragma once

#include "core/base/operation.h"
#include "core/statistics/mean_test.h"
#include "core/table/better.h"
#include "core/table/order.h"

#include <optional>
#include <string>
#include <vector>

namespace sextant {

/// A column to group by. Attributes: experiment_id run_name user_id status lifecycle_stage, and dataset (name
/// and digest), dataset.name dataset.digest dataset.context: of several datasets of a run all, as one value.
struct GroupField
{
    ColumnRef column;
    bool numeric = false; // texts that are the same number are one value: 0.1 and 0.10
    bool operator==(const GroupField&) const = default;
};

/// Params, tags, and the attributes named above.
bool canGroupBy(const ColumnRef& column);

class RunGroups
{
public:
    std::size_t size() const { return m_offsets.size() - 1; }
    const std::vector<GroupField>& fields() const { return m_fields; }
    const RunTablePtr& table() const { return m_table; }

    /// The members of a group, in the order of the rows given. Groups stand by their values: numbers before
    /// texts, ascending, runs without a value last.
    std::span<const RowIndex> rows(std::size_t group) const;

    /// All rows, group after group.
    std::span<const RowIndex> allRows() const { return m_rows; }

    /// The value of a field that all members share; nothing when they have none.
    std::optional<std::string_view> value(std::size_t group, std::size_t field) const;

    /// "lr=0.1 optimizer=adam", with "none" for a value that is not there.
    std::string label(std::size_t group) const;

private:
    friend class GroupMaker;
    RunTablePtr m_table;
    std::vector<GroupField> m_fields;
    std::vector<std::uint32_t> m_offsets{0}; // group g has m_rows[m_offsets[g] .. m_offsets[g + 1])
    std::vector<RowIndex> m_rows;
    std::vector<std::vector<std::optional<std::string>>> m_values; // by field, then group
};

/// Errors: InvalidArgument for a column that can't be grouped by (metrics, times); Cancelled. Without fields
/// all rows are one group.
Result<RunGroups> groupRows(RunTablePtr table, std::span<const RowIndex> rows, std::vector<GroupField> fields,
                            const Operation& operation = {});

struct GroupFigures
{
    Summary summary;
    RowIndex best =
        kNoRow; // the first row with the best finite value; kNoRow where nobody said what is better
};

/// Figures of a metric, or of a param, tag or attribute read as numbers (duration in milliseconds), for each
/// group. Linear in the rows. Error: Cancelled.
Result<std::vector<GroupFigures>> summarizeGroups(const RunGroups& groups, const ColumnRef& column,
                                                  Better better = Better::Unsaid,
                                                  const Operation& operation = {});

/// The numbers of a column at these rows, kMissing where there is none.
std::vector<double> numbersAt(const RunTable& table, const ColumnRef& column, std::span<const RowIndex> rows);

/// Tests group `first` against `second`. Paired tests need `pairBy`, a column whose value (a seed) says which
/// runs belong together: values that one group lacks or has twice are left out and counted. Error:
/// InvalidArgument.
Result<MeanTest> testGroups(const RunGroups& groups, std::size_t first, std::size_t second,
                            const ColumnRef& column, MeanTestKind kind,
                            const std::optional<ColumnRef>& pairBy = {});

} // namespace sextant
