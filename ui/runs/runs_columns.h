// The columns of the runs table, resolved against one RunTable, and what stands in their cells.
#pragma once

#include "ui/shell/run_arrangement.h"
#include "ui/shell/workspace.h"

#include <QString>

#include <optional>

namespace sextant {

enum class RunsColumnKind { Fold, Eye, Dot, Name, Status, Value, Delta, Best };

struct RunCell
{
    enum class Kind {
        Text,
        Number,
        NotFinite,
        Missing,
        Loading,
        Baseline,
        Better,
        Worse,
        Neutral,
        Many,
        Best
    };
    Kind kind = Kind::Missing;
    QString text;
    QString spread = {}; // of a group: "± 0.0041", or "n = 1" where one value has none
};

/// One column. Points into the table it was made for.
struct RunsColumn
{
    RunsColumnKind kind = RunsColumnKind::Value;
    ColumnRef ref;
    QString title;
    NumberFormat format;
    bool numeric = false;
    const MetricColumn* metric = nullptr;
    const TextColumn* text = nullptr;
    Better better = Better::Unsaid;
    double baseline = kMissing; // of a Delta column
    bool percent = false;       // of a Delta column
    bool absoluteTimes = false;
    bool frozen = false;
    bool spread = false; // groups have a figure with a spread here: cells keep room for it
    const std::vector<GroupCell>* groups = nullptr; // by group, while runs are grouped
    GroupFigure figure = GroupFigure::MeanDeviation;

    RunCell cell(const RunTable& table, RowIndex row) const;
    /// What stands for a group of runs.
    RunCell cell(const RunTable& table, const GroupCell& group) const;
    /// The value as a number (durations in milliseconds); kMissing where there is none.
    double number(const RunTable& table, RowIndex row) const;
    /// A number of this column as its cells have it.
    QString numberText(double value) const;
    /// The whole value for tooltips and copying: full precision, full text.
    QString exactText(const RunTable& table, RowIndex row) const;

private:
    RunCell metricCell(const RunTable& table, RowIndex row) const;
    RunCell deltaCell(double value) const;
    bool isDuration() const { return ref.kind == ColumnKind::Attribute && ref.key == "duration"; }
    bool isTime() const
    {
        return ref.kind == ColumnKind::Attribute && (ref.key == "start_time" || ref.key == "end_time");
    }
    RunCell attributeCell(const RunTable& table, RowIndex row) const;
};

/// "start_time" -> "Started"; the key itself for metrics, params and tags.
QString columnTitle(const ColumnRef& column);
/// "metrics.`val/loss`": the field as it is written in a filter.
std::string filterField(const ColumnRef& column);
/// "Metric", "Parameter", "Tag", "Attribute".
QString columnKindName(ColumnKind kind);
/// Attributes that can be columns.
std::vector<ColumnRef> attributeColumns();

QString statusText(RunStatus status);
/// Lucide icon and colour token of a status.
struct StatusLook
{
    const char* icon;
    const char* color;
};
StatusLook statusLook(RunStatus status);

/// All columns to show: the fixed ones, then the workspace's, the frozen ones first; differences from the
/// baseline and the best run of each group stand beside the column that they belong to.
std::vector<RunsColumn> makeColumns(const RunArrangement& arrangement, const Workspace& workspace);

/// The metric that differences and best runs go by: the one sorted by, else the first shown; empty without
/// any.
std::string mainMetric(const Workspace& workspace);
Better betterOf(const Workspace& workspace, const std::string& metric);

} // namespace sextant
