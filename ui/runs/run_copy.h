// The selected runs as text for the clipboard: the columns as shown, every number in full precision.
#pragma once

#include "ui/runs/runs_model.h"

namespace sextant {

enum class CopyFormat { Tsv, Csv, Markdown, Latex };

/// Model rows; the name first, then the value columns.
QString copyRuns(const RunsModel& model, const std::vector<int>& rows, CopyFormat format);

} // namespace sextant
