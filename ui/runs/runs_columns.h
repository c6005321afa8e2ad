// The columns of the runs table, resolved against one RunTable, and what stands in their cells.
#pragma once

#include "ui/shell/run_arrangement.h"

#include <QString>

#include <optional>

namespace sextant {

enum class RunsColumnKind { Fold, Eye, Dot, Name, Status, Value, Delta };

struct RunCell
{
    enum class Kind { Text, Number, NotFinite, Missing, Loading, Baseline, Better, Worse, Neutral };
    Kind kind = Kind::Missing;
    QString text;
};

/// Whether less or more of a metric is good; unknown until the user says so.
enum class Direction { Unknown, LowerIsBetter, HigherIsBetter };

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
    Direction direction = Direction::Unknown;
    double baseline = kMissing; // of a Delta column
    bool absoluteTimes = false;

    RunCell cell(const RunTable& table, RowIndex row) const;
    /// The whole value for tooltips and copying: full precision, full text.
    QString exactText(const RunTable& table, RowIndex row) const;

private:
    RunCell metricCell(const RunTable& table, RowIndex row) const;
    RunCell deltaCell(RowIndex row) const;
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

/// All columns to show: the fixed ones, then the workspace's, the delta column after `deltaMetric` when that
/// is given.
struct ColumnSetup
{
    const RunArrangement& arrangement;
    const std::vector<ColumnRef>& columns;
    std::optional<RowIndex> baseline;
    std::string deltaMetric;
    Direction deltaDirection = Direction::Unknown;
    bool absoluteTimes = false;
};
std::vector<RunsColumn> makeColumns(const ColumnSetup& setup);

} // namespace sextant
