#include "app/cli/options.h"

#include "core/base/number.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sextant::cli {

namespace {

constexpr char kShield = '\x01';

std::string unshielded(const std::string& given)
{
    return given.starts_with(std::string{kShield, '['}) ? given.substr(1) : given;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator)
{
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : std::string(separator)) + word;
    return text;
}

} // namespace

void addArgument(CLI::App& app, const std::string& name, std::string& target, const std::string& help)
{
    addText(app, name, name, target, help)->required();
}

void addArguments(CLI::App& app, const std::string& name, const std::string& shownAs,
                  std::vector<std::string>& target, const std::string& help)
{
    addTexts(app, name, shownAs, target, help)->required();
}

CLI::Option* addText(CLI::App& app, const std::string& names, const std::string& valueName,
                     std::string& target, const std::string& help)
{
    auto* option = app.add_option(
        names,
        [&target](const CLI::results_t& given) {
            target = unshielded(given.back());
            return true;
        },
        help);
    return option->type_name(valueName)->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

CLI::Option* addTexts(CLI::App& app, const std::string& names, const std::string& valueName,
                      std::vector<std::string>& target, const std::string& help)
{
    auto* option = app.add_option(
        names,
        [&target](const CLI::results_t& given) {
            target.clear();
            for (const auto& text : given)
                target.push_back(unshielded(text));
            return true;
        },
        help);
    option->type_name(valueName)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (option->get_positional())
        return option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
    return option->expected(1)->allow_extra_args(false);
}

CLI::Option* addChoice(CLI::App& app, const std::string& names, std::string& target,
                       const std::vector<std::string>& choices, const std::string& help)
{
    return addText(app, names, joined(choices, "|"), target, help)
        ->check([choices](const std::string& given) {
            bool known = std::find(choices.begin(), choices.end(), given) != choices.end();
            return known ? std::string() : "'" + given + "' is none of " + joined(choices, ", ");
        });
}

CLI::Option* addCount(CLI::App& app, const std::string& names, std::size_t& target, const std::string& help)
{
    auto* option = app.add_option(
        names,
        [&target](const CLI::results_t& given) {
            target = static_cast<std::size_t>(parseInteger(given.back()).value_or(0));
            return true;
        },
        help);
    return option->type_name("N")->expected(1)->check([](const std::string& given) {
        bool fits = parseInteger(given).value_or(-1) >= 0;
        return fits ? std::string() : "'" + given + "' is no whole number from 0 up";
    });
}

CLI::Option* addSwitch(CLI::App& app, const std::string& names, bool& target, const std::string& help)
{
    return app.add_flag_callback(
        names, [&target] { target = true; }, help);
}

CLI::Option* addView(CLI::App& app, ViewType& target)
{
    auto* option = app.add_option(
        "--view",
        [&target](const CLI::results_t& given) {
            target = given.back() == "all"       ? ViewType::All
                     : given.back() == "deleted" ? ViewType::DeletedOnly
                                                 : ViewType::ActiveOnly;
            return true;
        },
        "Which to show: active (default), deleted or all");
    return option->type_name("active|deleted|all")->expected(1)->check([](const std::string& given) {
        bool known = given == "all" || given == "deleted" || given == "active";
        return known ? std::string() : "'" + given + "' is none of active, deleted, all";
    });
}

void addCommonOptions(CLI::App& app, CommonOptions& options)
{
    addText(app, "--store", "URI", options.store,
            "Database, folder or sqlite:///PATH; else MLFLOW_TRACKING_URI, ./mlflow.db, ./mlruns")
        ->group(kCommonGroup)
        ->check([](const std::string& given) { // of a variable that was not set: not the store that is here
            return given.empty() ? std::string("no database or folder is named") : std::string();
        });
    addChoice(app, "--format", options.format, {"table", "csv", "json"},
              "Default: table on a terminal, csv otherwise")
        ->group(kCommonGroup);
    addText(app, "--output", "FILE", options.output, "Write to a file, which appears whole or not at all")
        ->group(kCommonGroup);
    addSwitch(app, "--no-cache", options.noCache, "Read the store itself; same as SEXTANT_CACHE=off")
        ->group(kCommonGroup);
    addSwitch(app, "--verbose", options.verbose,
              "Say all that was skipped, and what the system said of errors")
        ->group(kCommonGroup);
}

std::vector<std::string> shielded(std::vector<std::string> arguments)
{
    for (auto& argument : arguments) {
        if (argument.starts_with('['))
            argument.insert(argument.begin(), kShield);
    }
    return arguments;
}

bool isValuedCommonOption(std::string_view argument)
{
    return argument == "--store" || argument == "--format" || argument == "--output";
}

} // namespace sextant::cli
