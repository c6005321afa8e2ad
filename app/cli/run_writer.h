// Writing the runs of a table as JSON, csv or a table for people; JSON and csv stream, nothing is built
// first.
#pragma once

#include "app/cli/json_writer.h"
#include "app/cli/run_columns.h"
#include "core/base/operation.h"

namespace sextant::cli {

struct RunSelection
{
    RunTablePtr table;
    std::vector<RowIndex> rows;     // in the order to print
    std::vector<RunColumn> columns; // of csv and tables; JSON keeps to them when `chosen`
    bool chosen = false;            // the user named the columns
    std::size_t matching = 0;       // runs that matched before the list was cut
};

/// Error: Cancelled.
Result<void> writeRunsJson(Sink& sink, const RunSelection& selection, const Operation& operation);
Result<void> writeRunsCsv(Sink& sink, const RunSelection& selection, const Operation& operation);
void writeRunsTable(Sink& sink, const RunSelection& selection, std::size_t screenWidth);

} // namespace sextant::cli
