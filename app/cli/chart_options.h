// The options of `sextant charts export` and what they ask for.
#pragma once

#include "app/cli/program.h"
#include "app/cli/run_choice.h"

#include <string>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace sextant::cli {

struct ChartOptions
{
    std::vector<std::string> runs, metrics, groupBy;
    RunChoice choice; // without runs
    std::string band, smoothing, x = "step", size = "85x60mm", style = "paper", font = "sans";
    std::string fontSize = "8", lineWidth = "1", dpi = "300";
    bool logY = false, clip = false, members = false, everyPoint = false;
};

void declareChartOptions(CLI::App& app, ChartOptions& options);

/// Everything but the lines. Error: InvalidArgument with what may be written.
Result<ChartRequest> chartRequest(const ChartOptions& options, const std::string& output);

} // namespace sextant::cli
