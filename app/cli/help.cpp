#include "app/cli/help.h"

#include "app/cli/options.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sextant::cli {

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string section(const std::string& title, const Rows& rows)
{
    if (rows.empty())
        return {};
    constexpr std::size_t kWidest = 34; // longer names get a line of their own
    std::size_t width = 0;
    for (const auto& [name, text] : rows)
        width = std::max(width, name.size() <= kWidest ? name.size() : 0);
    std::string result = "\n" + title + "\n";
    for (const auto& [name, text] : rows) {
        bool fits = name.size() <= width;
        result +=
            "  " + name + (fits ? std::string(width - name.size(), ' ') : "\n  " + std::string(width, ' '));
        result += "  " + text + "\n";
    }
    return result;
}

Rows optionRows(const CLI::App& app, const std::string& group)
{
    Rows rows;
    for (const auto* option : app.get_options()) {
        if (option->get_positional() || option->get_group() != group)
            continue;
        auto name = option->get_name(false, true);
        std::replace(name.begin(), name.end(), ',', ' ');
        if (option->get_expected_min() > 0 && !option->get_type_name().empty())
            name += " " + option->get_type_name();
        rows.emplace_back(name, option->get_description());
    }
    return rows;
}

Rows argumentRows(const CLI::App& app)
{
    Rows rows;
    for (const auto* option : app.get_options()) {
        if (option->get_positional())
            rows.emplace_back(option->get_type_name(), option->get_description());
    }
    return rows;
}

} // namespace

std::string programHelp()
{
    std::string text =
        "Sextant opens MLflow stores: a database (mlflow.db) or a folder (mlruns), without Python and\n"
        "without changing a byte. Without a command it opens the window.\n"
        "\nUsage\n"
        "  sextant [URI]\n"
        "  sextant COMMAND … [--store URI] [--format table|csv|json] [--output FILE]\n";
    Rows rows;
    for (const auto& family : families())
        rows.emplace_back(family.name, family.summary);
    text += section("Commands", rows);
    text += section("Options",
                    {{"--help -h", "This help; also behind every command"}, {"--version", "The version"}});
    text += "\nExamples\n"
            "  sextant mlflow.db\n"
            "  sextant runs list --store mlflow.db --filter \"metrics.accuracy > 0.9\"\n"
            "  sextant runs history RUN loss --format csv\n"
            "\nExit codes: 0 done, 1 a negative verdict, 2 an error (nothing was written).\n";
    return text;
}

std::string familyHelp(const Family& family)
{
    auto text = family.summary + "\n\nUsage\n  sextant " + family.name + " COMMAND …\n";
    Rows rows;
    for (const auto& command : commands()) {
        if (!command.hidden && command.path.starts_with(family.name + " "))
            rows.emplace_back(command.path.substr(family.name.size() + 1), command.summary);
    }
    return text + section("Commands", rows) + "\n`sextant " + family.name + " COMMAND --help` says more.\n";
}

std::string commandHelp(const Command& command, const CLI::App& app)
{
    auto text = command.summary + "\n\nUsage\n  sextant " + command.path;
    text += (command.arguments.empty() ? "" : " " + command.arguments) + " [options]\n";
    if (!command.details.empty())
        text += "\n" + command.details + "\n";
    text += section("Arguments", argumentRows(app));
    text += section("Options", optionRows(app, "Options"));
    text += section(kCommonGroup, optionRows(app, kCommonGroup));
    text += "\nExamples\n";
    for (const auto& example : command.examples)
        text += "  " + example + "\n";
    return text;
}

} // namespace sextant::cli
