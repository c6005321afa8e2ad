// What the commands of all reports share: the data, how to read it, and a gate for the exit code.
#pragma once

#include "app/cli/context.h"
#include "core/data/data_file.h"
#include "core/registry/gates/gate.h"
#include "core/report/report.h"

namespace CLI {
class App;
} // namespace CLI

namespace sextant::cli {

struct ReadingOptions
{
    std::string delimiter;
    std::vector<std::string> missing;
    std::vector<std::string> types; // "zip=text"
};

void addReadingOptions(CLI::App& app, ReadingOptions& options);
/// Error: InvalidArgument for a type there is not.
Result<DataOptions> dataOptions(const ReadingOptions& options);

/// "A=V" taken apart. Error: InvalidArgument without a '='.
Result<std::pair<std::string, std::string>> assignment(const std::string& text, const std::string& option);

/// A number that an option gave. Error: InvalidArgument, naming the option.
Result<double> numberOf(const std::string& text, const std::string& option);

/// A gate that asks nothing but reports. Errors: as parseGate; InvalidArgument, naming the clause.
Result<registry::Gate> readReportGate(const std::string& file);
/// Says on the standard error which clauses do not pass; the exit code.
Result<int> tellVerdict(Context& context, const registry::Gate& gate, const Report& report);

} // namespace sextant::cli
