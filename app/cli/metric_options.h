// Options about metrics that several commands share: which way each is better.
#pragma once

#include "app/cli/context.h"
#include "core/table/better.h"

namespace CLI {
class App;
} // namespace CLI

namespace sextant::cli {

struct BetterOptions
{
    std::vector<std::string> lower, higher; // names or patterns

    /// What was said of a metric; the last of several options does not count more than the first.
    Better of(const std::string& metric) const;
};

void addBetter(CLI::App& app, BetterOptions& options);

/// Error: InvalidArgument for a pattern that is named for both ways.
Result<void> check(const BetterOptions& options);

/// The metrics of these runs that names and patterns mean, each once, in the order asked. Error: NotFound
/// with the nearest names.
Result<std::vector<std::string>> metricsNamed(const RunTable& table, const std::vector<RowIndex>& rows,
                                              const std::vector<std::string>& patterns);

} // namespace sextant::cli
