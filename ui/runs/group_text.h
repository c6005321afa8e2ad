// What is written of groups of runs: their names, figures and the choices of figure.
#pragma once

#include "ui/runs/runs_columns.h"

namespace sextant {

/// "mean ± std"
QString figureName(GroupFigure figure);
/// "± std" over the spreads of a column; empty for a figure without one.
QString spreadName(GroupFigure figure);

/// "Dataset", "lr": a column that runs are grouped by.
QString groupFieldTitle(const ColumnRef& column);
/// "optimizer, lr"
QString groupingText(const std::vector<ColumnRef>& columns);
/// Attributes to group by.
std::vector<ColumnRef> groupAttributes();

/// The value of one field; experiments are grouped by id, for two may share a name, and told by name. Empty
/// for none.
QString groupValueText(const GroupedRuns& groups, std::size_t group, std::size_t field);
/// "muon", "lr 0.02 · muon", "no optimizer": numbers beside other values are told with
/// the name of their field.
QString groupName(const GroupedRuns& groups, std::size_t group);
/// "optimizer = muon", a line for each field.
QString groupKeyText(const GroupedRuns& groups, std::size_t group);

/// Every figure of a sample, a line each: for tooltips and the inspector.
struct FigureLine
{
    QString name, value;
};
std::vector<FigureLine> figureLines(const Summary& summary, const RunsColumn& column);

/// The summary of a column over some runs.
Summary summaryOf(const RunTable& table, const RunsColumn& column, std::span<const RowIndex> rows);

} // namespace sextant
