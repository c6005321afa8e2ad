// Command: one entry of the command line, its help and what it does.
#pragma once

#include "app/cli/context.h"

#include <functional>
#include <span>

namespace CLI {
class App;
} // namespace CLI

namespace sextant::cli {

/// Does the work; the value is the exit code.
using Action = std::function<Result<int>(Context&)>;

struct Command
{
    std::string path;      // "runs list"
    std::string arguments; // as the usage line shows them: "RUN [PATH]"
    std::string summary;   // one line, without a full stop
    std::string details;   // lines of at most 100 columns, may be empty
    std::vector<std::string> examples;
    /// Declares the command's own options; the action finds their values when it is called.
    std::function<Action(CLI::App&)> prepare;
    bool hidden = false; // not in help and completion
};

struct Family
{
    std::string name;
    std::string summary;
};

std::span<const Family> families();
std::span<const Command> commands();

/// The verbs of a family that are shown, in the order of its help.
std::vector<std::string> verbsOf(std::string_view family);

// One file for each.
void addExperimentCommands(std::vector<Command>& commands);
void addRunReadingCommands(std::vector<Command>& commands);
void addRunWritingCommands(std::vector<Command>& commands);
void addArtifactCommands(std::vector<Command>& commands);
void addLoggedModelCommands(std::vector<Command>& commands);
void addModelCommands(std::vector<Command>& commands);
void addModelHistoryCommand(std::vector<Command>& commands);
void addModelWritingCommands(std::vector<Command>& commands);
void addVersionMakingCommands(std::vector<Command>& commands);
void addGateCommands(std::vector<Command>& commands);
void addCardCommands(std::vector<Command>& commands);
void addNotifyCommands(std::vector<Command>& commands);
void addKeyCommands(std::vector<Command>& commands);
void addAuditCommands(std::vector<Command>& commands);
void addPromotionCommands(std::vector<Command>& commands);
void addReportCommands(std::vector<Command>& commands);
void addChartCommands(std::vector<Command>& commands);
void addScreenshotCommand(std::vector<Command>& commands);
void addCompletionCommands(std::vector<Command>& commands);

} // namespace sextant::cli
