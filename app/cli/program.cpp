#include "app/cli/program.h"

#include "app/cli/display.h"
#include "app/cli/help.h"
#include "app/cli/messages.h"
#include "app/cli/options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace sextant::cli {

namespace {

/// A command line taken apart: the words that name the command, and everything else in its order.
struct Invocation
{
    std::vector<std::string> words;
    std::vector<std::string> rest;
    const Command* command = nullptr;
    const Family* family = nullptr;
};

const Command* findCommand(const std::string& path)
{
    auto found =
        std::find_if(commands().begin(), commands().end(), [&](const Command& c) { return c.path == path; });
    return found == commands().end() ? nullptr : &*found;
}

const Family* findFamily(const std::string& name)
{
    auto found =
        std::find_if(families().begin(), families().end(), [&](const Family& f) { return f.name == name; });
    return found == families().end() ? nullptr : &*found;
}

/// Options before the command are moved behind it, so that `sextant --store X runs list` works as well.
Invocation takeApart(const std::vector<std::string>& arguments)
{
    Invocation result;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& argument = arguments[i];
        if (result.command || (argument.starts_with("-") && argument.size() > 1)) {
            result.rest.push_back(argument);
            if (!result.command && isValuedCommonOption(argument) && i + 1 < arguments.size())
                result.rest.push_back(arguments[++i]);
            continue;
        }
        result.words.push_back(argument);
        if (result.words.size() == 1) {
            result.family = findFamily(argument);
            result.command = findCommand(argument);
        } else if (result.family && result.words.size() == 2) {
            result.command = findCommand(result.words[0] + " " + result.words[1]);
        }
    }
    return result;
}

bool contains(const std::vector<std::string>& arguments, std::string_view wanted)
{
    return std::find(arguments.begin(), arguments.end(), wanted) != arguments.end();
}

Error usage(std::string sentence, const std::string& path, const std::string& before = {})
{
    auto help = "`sextant " + path + (path.empty() ? "" : " ") + "--help` shows what there is";
    return {
        ErrorCode::InvalidArgument, std::move(sentence), before.empty() ? help : before + " " + help, {}, {}};
}

/// A word that looks like a store rather than a mistyped command.
bool looksLikeStore(const std::string& word)
{
    std::error_code ignored;
    return word.find('/') != std::string::npos || word.find(':') != std::string::npos ||
           word.ends_with(".db") || word.ends_with(".sqlite") || std::filesystem::exists(word, ignored);
}

Error unexpected(const std::string& argument, const Command& command, const CLI::App& app)
{
    if (!argument.starts_with("-"))
        return usage("'" + argument + "' is one argument too many for `sextant " + command.path + "`",
                     command.path,
                     looksLikeStore(argument) ? "A store is named with --store " + argument + "." : "");
    std::vector<std::string> names;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames())
            names.push_back("--" + name);
    }
    auto name = argument.substr(0, argument.find('='));
    return usage("`sextant " + command.path + "` has no option '" + name + "'", command.path,
                 didYouMean(nearNames(name, names)));
}

/// CLI11's findings in our words.
Error usageError(const CLI::ParseError& error, const Command& command, const CLI::App& app)
{
    std::string what = error.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&error))
        return unexpected(app.remaining().front(), command, app);
    if (dynamic_cast<const CLI::RequiredError*>(&error)) {
        auto name = what.substr(0, what.find(' '));
        return usage("`sextant " + command.path + "` needs " + name, command.path);
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
        return usage(what.substr(0, what.find(':')) + " needs a value", command.path);
    std::replace(what.begin(), what.end(), '\n', ' ');
    return usage(what, command.path);
}

int failWith(const Error& error, const Streams& streams, bool verbose)
{
    streams.err << errorText(error, verbose);
    streams.err.flush();
    return kFailed;
}

Result<int> perform(const Action& action, Context& context)
{
    SEXTANT_CHECK(context.openSink());
    SEXTANT_TRY(int code, action(context));
    SEXTANT_CHECK(context.finish());
    return code;
}

int runCommand(const Invocation& invocation, const Streams& streams, const Hooks& hooks)
{
    const auto& command = *invocation.command;
    CLI::App app;
    app.set_help_flag("-h,--help", "This help");
    app.set_version_flag("--version", SEXTANT_VERSION, "The version");
    CommonOptions common;
    auto action = command.prepare(app);
    addCommonOptions(app, common);
    try {
        auto arguments = shielded(invocation.rest);
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        streams.out << commandHelp(command, app);
        return kDone;
    } catch (const CLI::CallForVersion&) {
        streams.out << "sextant " SEXTANT_VERSION "\n";
        return kDone;
    } catch (const CLI::ParseError& error) {
        return failWith(usageError(error, command, app), streams, common.verbose);
    }
    Context context(common, streams, hooks);
    auto code = perform(action, context);
    return code ? *code : failWith(code.error(), streams, common.verbose);
}

Error unknownCommand(const Invocation& invocation)
{
    std::vector<std::string> names;
    if (invocation.family) {
        auto verbs = verbsOf(invocation.family->name);
        if (invocation.words.size() > 1)
            return usage("`sextant " + invocation.family->name + "` has no command '" + invocation.words[1] +
                             "'",
                         invocation.family->name, didYouMean(nearNames(invocation.words[1], verbs)));
        std::string list;
        for (const auto& verb : verbs)
            list += (list.empty() ? "" : ", ") + verb;
        return usage("`sextant " + invocation.family->name + "` needs a command: " + list,
                     invocation.family->name);
    }
    for (const auto& family : families())
        names.push_back(family.name);
    return usage("'" + invocation.words.front() + "' is neither a command nor a store", "",
                 didYouMean(nearNames(invocation.words.front(), names)));
}

int runWindow(const Invocation& invocation, const Streams& streams, const Hooks& hooks)
{
    CLI::App app;
    std::string store = invocation.words.empty() ? "" : invocation.words.front();
    addText(app, "--store", "URI", store, "");
    try {
        app.parse(std::vector<std::string>(invocation.rest.rbegin(), invocation.rest.rend()));
    } catch (const CLI::ParseError&) {
        auto sentence = app.remaining().empty()
                            ? std::string("--store needs a value")
                            : "There is no option '" + app.remaining().front() + "' without a command";
        return failWith(usage(sentence, ""), streams, false);
    }
    if (!hooks.openWindow)
        return failWith({ErrorCode::Unsupported,
                         "This build has no window",
                         "`sextant --help` shows the commands",
                         {},
                         {}},
                        streams, false);
    return hooks.openWindow(store);
}

} // namespace

int run(const std::vector<std::string>& given, const Streams& streams, const Hooks& hooks)
{
    auto arguments = given;
    if (!arguments.empty() &&
        arguments.front() == "help") { // `sextant help runs list`, as other programs have it
        arguments.erase(arguments.begin());
        arguments.push_back("--help");
    }
    auto invocation = takeApart(arguments);
    if (invocation.command)
        return runCommand(invocation, streams, hooks);
    bool help = contains(invocation.rest, "--help") || contains(invocation.rest, "-h");
    if (help && (invocation.words.empty() || (invocation.family && invocation.words.size() == 1))) {
        streams.out << (invocation.family ? familyHelp(*invocation.family) : programHelp());
        return kDone;
    }
    if (contains(invocation.rest, "--version")) {
        streams.out << "sextant " SEXTANT_VERSION "\n";
        return kDone;
    }
    if (invocation.words.empty() ||
        (!invocation.family && invocation.words.size() == 1 && looksLikeStore(invocation.words.front())))
        return runWindow(invocation, streams, hooks);
    return failWith(unknownCommand(invocation), streams, false);
}

} // namespace sextant::cli
