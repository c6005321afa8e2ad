// Declaring options on CLI11, with our words for what is wrong. Texts are taken as they are: CLI11's own
// conversions read brackets and braces in values.
#pragma once

#include "app/cli/context.h"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace sextant::cli {

inline constexpr const char* kCommonGroup = "Common options";

/// Arguments without a name that must be there: one, or all that are left.
void addArgument(CLI::App& app, const std::string& name, std::string& target, const std::string& help);
void addArguments(CLI::App& app, const std::string& name, const std::string& shownAs,
                  std::vector<std::string>& target, const std::string& help);

CLI::Option* addText(CLI::App& app, const std::string& names, const std::string& valueName,
                     std::string& target, const std::string& help);
/// May be given more than once; each takes one value. A positional takes all that are left.
CLI::Option* addTexts(CLI::App& app, const std::string& names, const std::string& valueName,
                      std::vector<std::string>& target, const std::string& help);
CLI::Option* addChoice(CLI::App& app, const std::string& names, std::string& target,
                       const std::vector<std::string>& choices, const std::string& help);
CLI::Option* addCount(CLI::App& app, const std::string& names, std::size_t& target, const std::string& help);
CLI::Option* addSwitch(CLI::App& app, const std::string& names, bool& target, const std::string& help);

/// --view active|deleted|all
CLI::Option* addView(CLI::App& app, ViewType& target);

void addCommonOptions(CLI::App& app, CommonOptions& options);

/// The arguments so that CLI11 leaves "[a,b]" in one piece; the options above take the shield off again.
std::vector<std::string> shielded(std::vector<std::string> arguments);

/// Common options that take a value: they may stand before the command as well.
bool isValuedCommonOption(std::string_view argument);

} // namespace sextant::cli
