// What charts of columns draw of the compared runs: the columns there are to choose from, and the chosen ones
// as a table. Both only read: any thread.
#pragma once

#include "ui/charts/chart_columns.h"
#include "ui/compare/compare_scene.h"

namespace sextant {

/// A column of the compared runs.
struct ColumnChoice
{
    ColumnRef column;
    QString name; // tells apart a param and a metric of one key
    bool numeric = false;
    bool varies = false;   // at least two values
    std::size_t count = 0; // runs that have it
    int worth = 0;         // for a chart to begin with: 3 most runs have it and it varies … 0 constant
};

/// Metrics, then params, then tags of the user's own; those that no compared run has are left out.
std::vector<ColumnChoice> columnChoices(const CompareScene& scene);

/// The two params that put these runs on most places, not all on one line: what a contour begins with.
/// Nullopt where fewer than two params differ.
std::optional<std::pair<ColumnRef, ColumnRef>> spreadingPair(const CompareScene& scene,
                                                             const std::vector<ColumnChoice>& choices);

/// The runs that are drawn, with their looks and groups, and these columns: numbers where all texts are
/// numbers. Brushes on the `open` columns leave no run out: the chart itself shows what lies outside of them.
ChartTablePtr chartTable(const CompareScene& scene, const std::vector<ColumnRef>& columns, const Theme& theme,
                         const std::vector<ColumnRef>& open = {});

} // namespace sextant
