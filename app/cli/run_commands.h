// The commands of the family `runs` that read, one in each file named so.
#pragma once

#include "app/cli/command.h"

namespace sextant::cli {

Command runsListCommand();
Command runsShowCommand();
Command runsCompareCommand();
Command runsStatsCommand();
Command runsHistoryCommand();

} // namespace sextant::cli
