// The selected runs and groups as text for the clipboard: the columns as shown, every number in full
// precision.
#pragma once

#include "core/base/operation.h"
#include "ui/runs/runs_model.h"

namespace sextant {

enum class CopyFormat { Tsv, Csv, Markdown, Latex };

/// What is copied, as a value: may be written on any thread.
struct CopyRequest
{
    RunArrangementPtr arrangement; // keeps alive what the columns point into
    std::vector<RunsColumn> columns;
    std::vector<RowIndex> rows; // kNoRow: a group
    std::vector<int> groups;    // of each row, when groups are among them; else empty
    CopyFormat format = CopyFormat::Tsv;
};

/// Model rows; the name first, then the value columns. Groups come with the values they share, their number
/// of runs and their figures; runs copied together with groups stand in the same columns.
CopyRequest copyRequest(const RunsModel& model, const std::vector<int>& rows, CopyFormat format);
/// Error: Cancelled.
Result<QString> copyRuns(const CopyRequest& request, const Operation& operation = {});
QString copyRuns(const RunsModel& model, const std::vector<int>& rows, CopyFormat format);

} // namespace sextant
