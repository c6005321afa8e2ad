// `sextant completion …`: scripts for shells, and the words they ask this program for.
#include "app/cli/command.h"
#include "app/cli/options.h"

#include "core/base/text.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sextant::cli {

namespace {

using Words = std::vector<std::string>;

constexpr std::string_view kBash = R"sh(# Completion for bash: eval "$(sextant completion bash)"
_sextant() {
    local IFS=$'\n'
    COMPREPLY=($(sextant completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _sextant sextant
)sh";

constexpr std::string_view kZsh = R"sh(#compdef sextant
# Completion for zsh: eval "$(sextant completion zsh)"
_sextant() {
    local -a found
    found=("${(@f)$(sextant completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "$found" ]]; then compadd -- $found; else _files; fi
}
compdef _sextant sextant
)sh";

constexpr std::string_view kFish = R"sh(# Completion for fish: sextant completion fish | source
function __sextant_words
    set -l current (commandline -ct)
    test -z "$current"; and set current ""
    set -l words (commandline -opc)
    sextant completion words -- $words[2..-1] $current 2>/dev/null
end
complete -c sextant -a '(__sextant_words)'
)sh";

/// The command that the words name so far, with what follows it; null when they name none yet.
const Command* commandOf(const Words& named)
{
    for (const auto& command : commands()) {
        if (command.path == named.front() || (named.size() > 1 && command.path == named[0] + " " + named[1]))
            return &command;
    }
    return nullptr;
}

/// Words that are neither options nor values of options.
Words plainWords(const Words& before)
{
    Words plain;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (isValuedCommonOption(before[i]))
            ++i;
        else if (!before[i].starts_with("-"))
            plain.push_back(before[i]);
    }
    return plain;
}

Words optionWords(const CLI::App& app, const std::string& previous)
{
    Words found;
    for (const auto* option : app.get_options()) {
        if (previous.starts_with("--") && option->check_lname(previous.substr(2)) &&
            option->get_expected_min() > 0) {
            auto choices = option->get_type_name();
            if (choices.find('|') == std::string::npos || choices == "NAME|ID")
                return {};
            found.clear();
            for (auto choice : split(choices, '|'))
                found.emplace_back(choice);
            return found;
        }
        for (const auto& name : option->get_lnames())
            found.push_back("--" + name);
    }
    return found;
}

Words candidates(const Words& before, const std::string& current)
{
    auto plain = plainWords(before);
    if (const auto* command = plain.empty() ? nullptr : commandOf(plain)) {
        CLI::App app;
        CommonOptions common;
        auto action = command->prepare(app);
        addCommonOptions(app, common);
        auto previous = before.empty() ? std::string() : before.back();
        bool value = previous.starts_with("--") && !current.starts_with("-");
        auto found = optionWords(app, value ? previous : "");
        return current.starts_with("-") || (value && !found.empty() && found.front().front() != '-')
                   ? found
                   : Words();
    }
    if (!plain.empty())
        return verbsOf(plain.front());
    Words names;
    for (const auto& family : families())
        names.push_back(family.name);
    return names;
}

/// bash takes `--format=json` apart at the equals sign.
Words withoutEqualsSigns(Words words)
{
    std::erase(words, "=");
    return words;
}

Result<int> printWords(Context& context, const Words& typed)
{
    auto words = withoutEqualsSigns(typed);
    auto current = words.empty() ? std::string() : words.back();
    if (!words.empty())
        words.pop_back();
    for (const auto& candidate : candidates(words, current)) {
        if (candidate.starts_with(current))
            context.sink().write(candidate + "\n");
    }
    return kDone;
}

Command scriptCommand(const std::string& shell, std::string_view script, const std::string& example)
{
    return {"completion " + shell,
            "",
            "Prints the script for " + shell,
            "",
            {example},
            [script](CLI::App&) -> Action {
                return [script](Context& context) -> Result<int> {
                    context.sink().write(script);
                    return kDone;
                };
            }};
}

} // namespace

void addCompletionCommands(std::vector<Command>& commands)
{
    commands.push_back(scriptCommand("bash", kBash, "eval \"$(sextant completion bash)\""));
    commands.push_back(scriptCommand("zsh", kZsh, "eval \"$(sextant completion zsh)\""));
    commands.push_back(scriptCommand("fish", kFish, "sextant completion fish | source"));
    Command words{"completion words",
                  "-- WORD…",
                  "Completes a command line",
                  "",
                  {"sextant completion words -- runs li"},
                  [](CLI::App& app) -> Action {
                      auto typed = std::make_shared<Words>();
                      addTexts(app, "WORD", "WORD…", *typed, "What was typed behind the program's name");
                      return [typed](Context& context) { return printWords(context, *typed); };
                  }};
    words.hidden = true;
    commands.push_back(std::move(words));
}

} // namespace sextant::cli
