// The texts of --help, one for each level.
#pragma once

#include "app/cli/command.h"

namespace sextant::cli {

std::string programHelp();
std::string familyHelp(const Family& family);
/// `app` holds the command's declared options.
std::string commandHelp(const Command& command, const CLI::App& app);

} // namespace sextant::cli
