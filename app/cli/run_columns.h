// RunColumns: which columns of a run table are put out, and how they are named: as in mlflow.search_runs
// ("run_id", "metrics.loss", "params.lr", "tags.team"), and ours ("run_name", "duration_ms",
// "experiment_name", …).
#pragma once

#include "core/base/error.h"
#include "core/table/run_table.h"

#include <string>
#include <vector>

namespace sextant::cli {

enum class RunAttribute {
    RunId,
    RunName,
    ExperimentId,
    ExperimentName,
    Status,
    StartTime,
    EndTime,
    Duration,
    LifecycleStage,
    UserId,
    ArtifactUri,
    Datasets,
};

std::string_view nameOf(RunAttribute attribute);

/// Milliseconds from start to end, kNoTime when either is unknown.
EpochMs durationOf(const RunTable& table, RowIndex row);

struct RunColumn
{
    enum class Kind { Attribute, Metric, Param, Tag };
    Kind kind = Kind::Attribute;
    RunAttribute attribute = RunAttribute::RunId;
    const MetricColumn* metric = nullptr; // null: no run has it
    const TextColumn* text = nullptr;     // the same
    std::string name;
};

/// The columns of mlflow.search_runs for these rows: its six attributes, then the metrics, params and tags
/// that any row has.
std::vector<RunColumn> searchRunsColumns(const RunTable& table, const std::vector<RowIndex>& rows);

/// The columns that names and patterns ("metrics.val_*") ask for, in the order asked. A name with a prefix
/// that no run has makes an empty column and is added to `missing`. Error: InvalidArgument for a word that is
/// no column.
Result<std::vector<RunColumn>> namedColumns(const RunTable& table, const std::vector<RowIndex>& rows,
                                            const std::vector<std::string>& patterns,
                                            std::vector<std::string>& missing);

/// The metrics that most of the rows have, at most `most`.
std::vector<RunColumn> commonMetrics(const RunTable& table, const std::vector<RowIndex>& rows,
                                     std::size_t most);

/// True when the text is matched by a pattern with * and ?.
bool matchesGlob(std::string_view text, std::string_view pattern);

} // namespace sextant::cli
