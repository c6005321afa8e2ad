// GroupView: how the runs of the table stand in groups, as a value of the workspace.
#pragma once

#include "core/table/order.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace sextant {

/// What stands for a group in a column of numbers.
enum class GroupFigure : std::uint8_t {
    MeanDeviation,
    MeanError,
    MeanConfidence,
    Mean,
    Deviation,
    StandardError,
    Min,
    Max,
    Median
};
inline constexpr int kGroupFigures = 9;

/// A mean and how far it is to be trusted, side by side.
constexpr bool hasSpread(GroupFigure figure)
{
    return figure <= GroupFigure::MeanConfidence;
}

struct GroupView
{
    std::vector<ColumnRef> columns; // that divide the runs; empty: no groups
    GroupFigure figure = GroupFigure::MeanDeviation;
    bool bands = true;            // charts draw a group as its mean and spread
    bool open = true;             // the groups, but for those in `turned`
    std::set<std::string> turned; // by GroupedRuns::Group::key

    bool isOpen(const std::string& key) const { return turned.empty() ? open : open != turned.contains(key); }
    bool operator==(const GroupView&) const = default;
};

/// Which differences from the baseline run are shown.
enum class Deltas : std::uint8_t { Sorted, Every, None };

} // namespace sextant
