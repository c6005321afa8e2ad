// RunChoice: the options by which commands choose runs (--experiment, --filter, --view …), and the runs they
// mean.
#pragma once

#include "app/cli/context.h"

#include <limits>
#include <string>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace sextant::cli {

struct RunChoice
{
    static constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

    std::vector<std::string> experiments;
    std::string filter;
    std::vector<std::string> orderBy;
    ViewType view = ViewType::ActiveOnly;
    std::size_t most = kNoLimit;
};

void addRunChoice(CLI::App& app, RunChoice& choice);

struct ChosenRuns
{
    RunTablePtr table;
    std::vector<RowIndex> rows; // in the order asked for
    std::size_t matching = 0;   // before --max cut the list
};

/// Reads the store; of histories only what the filter asks for. What --view leaves out is noted.
Result<ChosenRuns> chooseRuns(Context& context, const RunChoice& choice);

/// "a,b" as well as several options; a name in backticks may hold commas.
std::vector<std::string> namesIn(const std::vector<std::string>& given);

} // namespace sextant::cli
