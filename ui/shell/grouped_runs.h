// GroupedRuns: the runs of the table divided into groups, the groups in their order, and what stands for each
// in every column. Computed off the GUI thread; immutable and shared.
#pragma once

#include "core/table/groups.h"
#include "ui/shell/group_view.h"
#include "ui/widgets/number_format.h"

#include <memory>

namespace sextant {

/// What the data of one column is like.
struct ColumnFacts
{
    ColumnRef column;
    NumberFormat format;
    bool numeric = false; // a metric, or a param or tag whose values are all numbers
};

struct GroupRequest
{
    std::vector<ColumnRef> columns; // empty: no groups
    GroupFigure figure = GroupFigure::MeanDeviation;
    std::string bestBy; // the metric that says which run of a group is the best; empty: none
    Better better = Better::Unsaid;
    bool operator==(const GroupRequest&) const = default;
};

/// What stands for one group in one column.
struct GroupCell
{
    enum class Kind : std::uint8_t { Nothing, Number, Shared, Many };
    Kind kind = Kind::Nothing;
    std::uint32_t count =
        0;                 // Number: finite values that it is made of; Many: different values, none being one
    RowIndex row = kNoRow; // Shared: a run that has the value which all have
    double value = kMissing;
    double spread = kMissing; // of figures that have one; missing below two values
};

struct GroupedRuns
{
    struct Group
    {
        std::uint32_t first = 0, last = 0; // places in the arrangement's rows
        std::uint32_t source = 0;          // the group of `runs`
        RowIndex best = kNoRow;
        std::string key; // the same for the same values in any snapshot

        std::uint32_t size() const { return last - first; }
    };

    RunGroups runs;
    GroupRequest request;
    std::vector<Group> groups;
    std::vector<std::vector<GroupCell>> columns; // as the arrangement's columns, then by group
    std::vector<RowIndex> rows;                  // handed to the arrangement

    std::optional<std::string_view> value(std::size_t group, std::size_t field) const
    {
        return runs.value(groups[group].source, field);
    }
    /// The group that a place of the arrangement's rows is in.
    std::size_t groupAt(std::uint32_t place) const;
};

using GroupedRunsPtr = std::shared_ptr<const GroupedRuns>;

/// False without columns to group by, and while their values are still being read.
bool canGroupNow(const RunTable& table, const GroupRequest& request);

/// `rows` in the order of the runs. Groups stand by their figure in the columns of `order`; without, or where
/// two are alike, by their values. Errors: those of groupRows.
Result<GroupedRuns> groupRuns(const RunTablePtr& table, std::span<const RowIndex> rows,
                              const GroupRequest& request, const std::vector<SortKey>& order,
                              const std::vector<ColumnFacts>& columns, const Operation& operation = {});

/// The figure itself, and its spread where it has one.
GroupCell figureOf(const Summary& summary, GroupFigure figure);

} // namespace sextant
