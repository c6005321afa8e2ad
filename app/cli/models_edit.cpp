// `sextant models create|describe|tag|untag|alias|unalias|stage|delete-version`: the commands that write the
// registry, but for those that make versions.
#include "app/cli/command.h"
#include "app/cli/options.h"
#include "app/cli/registry_change.h"
#include "app/cli/tag_words.h"
#include "core/store/registry_rules.h"

#include <CLI/CLI.hpp>

#include <set>

namespace sextant::cli {

namespace {

using Version = RegistryChange::Version;
using Text = RegistryChange::Text;

struct EditOptions
{
    std::string model, version, alias, stage, text;
    std::vector<std::string> words; // tags
    std::string description;
    bool archive = false;
    bool dryRun = false;
};

using Plan = std::function<Result<RegistryChanges>(RegistryStore&, const EditOptions&)>;

Result<Version> done(Result<void> result, Version version = {})
{
    return result ? Result<Version>(version) : forward(result);
}

Text valueOf(const TagMap& tags, const std::string& key)
{
    auto found = tags.find(key);
    return found == tags.end() ? Text() : Text(found->second);
}

/// What tags and descriptions are of: a model, or one of its versions.
struct Described
{
    std::string model;
    Version version;
    std::string description;
    TagMap tags;
};

Result<Described> described(RegistryStore& registry, const EditOptions& options)
{
    SEXTANT_TRY(auto view, modelInView(registry, options.model));
    if (options.version.empty())
        return Described{view.model.name, {}, view.model.description, view.model.tags};
    SEXTANT_TRY(auto version, view.version(options.version));
    return Described{view.model.name, version.version, version.description, version.tags};
}

Result<RegistryChanges> planCreate(RegistryStore&, const EditOptions& options)
{
    SEXTANT_CHECK(checkModelName(options.model));
    SEXTANT_TRY(auto pairs, tagPairs(options.words));
    TagMap tags(pairs.begin(), pairs.end());
    return RegistryChanges{
        {options.model, {}, "create", "", {}, options.description, [options, tags](RegistryStore& r) {
             return done(r.createModel(options.model, options.description, tags));
         }}};
}

Result<RegistryChanges> planDescribe(RegistryStore& registry, const EditOptions& options)
{
    SEXTANT_TRY(auto what, described(registry, options));
    auto apply = [what, text = options.text](RegistryStore& r) {
        return done(what.version ? r.describeVersion(what.model, *what.version, text)
                                 : r.describeModel(what.model, text));
    };
    return RegistryChanges{{what.model, what.version, "describe", "", what.description, options.text, apply}};
}

Result<RegistryChanges> planTag(RegistryStore& registry, const EditOptions& options)
{
    SEXTANT_TRY(auto pairs, tagPairs(options.words));
    SEXTANT_TRY(auto what, described(registry, options));
    RegistryChanges changes;
    for (const auto& [key, value] : pairs) {
        SEXTANT_CHECK(checkRegistryTag(key, value, kLongestRegistryTag));
        auto apply = [what, key = key, value = value](RegistryStore& r) {
            return done(what.version ? r.setVersionTag(what.model, *what.version, key, value)
                                     : r.setModelTag(what.model, key, value));
        };
        changes.push_back({what.model, what.version, "tag", key, valueOf(what.tags, key), value, apply});
    }
    return changes;
}

Result<RegistryChanges> planUntag(RegistryStore& registry, const EditOptions& options)
{
    SEXTANT_TRY(auto what, described(registry, options));
    RegistryChanges changes;
    std::set<std::string> seen;
    for (const auto& key : options.words) {
        if (!seen.insert(key).second)
            continue;
        if (!what.tags.contains(key))
            return fail(ErrorCode::NotFound,
                        (what.version ? "Version " + std::to_string(*what.version) + " of the model '"
                                      : "The model '") +
                            what.model + "' has no tag '" + key + "'",
                        "`sextant models list` and `sextant models versions` show tags with --format json");
        auto apply = [what, key](RegistryStore& r) {
            return done(what.version ? r.deleteVersionTag(what.model, *what.version, key)
                                     : r.deleteModelTag(what.model, key));
        };
        changes.push_back({what.model, what.version, "untag", key, valueOf(what.tags, key), {}, apply});
    }
    return changes;
}

Text holderOf(const ModelInView& view, const std::string& alias)
{
    auto found = view.model.aliases.find(alias);
    return found == view.model.aliases.end() ? Text() : Text(std::to_string(found->second));
}

Result<RegistryChanges> planAlias(RegistryStore& registry, const EditOptions& options)
{
    SEXTANT_CHECK(checkAlias(options.alias));
    SEXTANT_TRY(auto view, modelInView(registry, options.model));
    SEXTANT_TRY(auto version, view.version(options.version));
    auto apply = [name = view.model.name, alias = options.alias, number = version.version](RegistryStore& r) {
        return done(r.setAlias(name, alias, number));
    };
    return RegistryChanges{{view.model.name, version.version, "alias", options.alias,
                            holderOf(view, options.alias), std::to_string(version.version), apply}};
}

Result<RegistryChanges> planUnalias(RegistryStore& registry, const EditOptions& options)
{
    SEXTANT_TRY(auto view, modelInView(registry, options.model));
    auto held = view.model.aliases.find(options.alias);
    if (held == view.model.aliases.end())
        return fail(ErrorCode::NotFound,
                    "The model '" + view.model.name + "' has no alias '" + options.alias + "'",
                    "`sextant models list` shows the aliases");
    auto apply = [name = view.model.name, alias = options.alias](RegistryStore& r) {
        return done(r.deleteAlias(name, alias));
    };
    return RegistryChanges{
        {view.model.name, held->second, "unalias", options.alias, std::to_string(held->second), {}, apply}};
}

Result<RegistryChanges> planStage(RegistryStore& registry, const EditOptions& options)
{
    auto stage = stageFrom(options.stage);
    if (!stage || *stage == Stage::DeletedInternal)
        return fail(ErrorCode::InvalidArgument, "'" + options.stage + "' is no stage",
                    "The stages are None, Staging, Production and Archived");
    SEXTANT_CHECK(checkTransition(*stage, options.archive));
    SEXTANT_TRY(auto view, modelInView(registry, options.model));
    SEXTANT_TRY(auto version, view.version(options.version));
    auto apply = [name = view.model.name, number = version.version, stage = *stage,
                  archive = options.archive](RegistryStore& r) {
        return done(r.transition(name, number, stage, archive));
    };
    RegistryChanges changes{{view.model.name, version.version, "stage", "",
                             std::string(toText(version.stage)), std::string(toText(*stage)), apply}};
    for (const auto& other : view.versions)
        if (options.archive && other.stage == *stage && other.version != version.version)
            changes.push_back({view.model.name,
                               other.version,
                               "stage",
                               "",
                               std::string(toText(*stage)),
                               std::string(toText(Stage::Archived)),
                               {}});
    return changes;
}

Result<RegistryChanges> planDelete(RegistryStore& registry, const EditOptions& options)
{
    SEXTANT_TRY(auto view, modelInView(registry, options.model));
    SEXTANT_TRY(auto version, view.version(options.version));
    auto apply = [name = view.model.name, number = version.version](RegistryStore& r) {
        return done(r.deleteVersion(name, number));
    };
    RegistryChanges changes{{view.model.name, version.version, "delete", "", version.source, {}, apply}};
    for (const auto& alias : version.aliases)
        changes.push_back(
            {view.model.name, version.version, "unalias", alias, std::to_string(version.version), {}, {}});
    return changes;
}

struct EditHelp
{
    std::string verb, arguments, summary, details;
    std::vector<std::string> examples;
};

constexpr const char* kVersionHelp = "Its number, or @ALIAS";

/// `declare` adds the command's own arguments.
Command editCommand(EditHelp help, Plan plan, std::function<void(CLI::App&, EditOptions&)> declare)
{
    auto details = (help.details.empty() ? "" : help.details + "\n") +
                   std::string("Prints what changed: name, version, change, key, before, after.");
    auto prepare = [plan, declare](CLI::App& app) -> Action {
        auto options = std::make_shared<EditOptions>();
        addArgument(app, "NAME", options->model, "A registered model");
        declare(app, *options);
        addSwitch(app, "--dry-run", options->dryRun, "Show what would change and write nothing");
        return [options, plan](Context& context) -> Result<int> {
            SEXTANT_TRY(auto* registry, context.registry());
            SEXTANT_TRY(auto changes, plan(*registry, *options));
            return changeRegistry(context, std::move(changes), options->dryRun);
        };
    };
    return {"models " + help.verb, help.arguments, help.summary, details, help.examples, prepare};
}

void addVersionOption(CLI::App& app, EditOptions& options)
{
    addText(app, "--on", "VERSION", options.version, "Of this version (number or @ALIAS), not of the model");
}

Command createCommand()
{
    return editCommand({"create",
                        "NAME",
                        "Makes a registered model, as yet without versions",
                        "",
                        {"sextant models create fraud --description \"Card fraud\" --tag team=risk"}},
                       planCreate, [](CLI::App& app, EditOptions& options) {
                           addText(app, "--description", "TEXT", options.description, "What it is for");
                           addTexts(app, "--tag", "KEY=VALUE", options.words, "A tag; may be repeated");
                       });
}

Command describeCommand()
{
    return editCommand({"describe",
                        "NAME TEXT",
                        "Describes a model or a version",
                        "The text may be Markdown; an empty one takes the description away.",
                        {"sextant models describe digits-recognizer \"Reads **one** digit\"",
                         "sextant models describe digits-recognizer \"The first\" --on 1"}},
                       planDescribe, [](CLI::App& app, EditOptions& options) {
                           addArgument(app, "TEXT", options.text, "The description");
                           addVersionOption(app, options);
                       });
}

Command tagCommand()
{
    return editCommand({"tag",
                        "NAME KEY=VALUE…",
                        "Sets tags of a model or a version",
                        "",
                        {"sextant models tag digits-recognizer team=vision",
                         "sextant models tag digits-recognizer --on @champion checked=yes"}},
                       planTag, [](CLI::App& app, EditOptions& options) {
                           addArguments(app, "KEY", "KEY=VALUE…", options.words,
                                        "The tags to set; `KEY VALUE` sets one");
                           addVersionOption(app, options);
                       });
}

Command untagCommand()
{
    return editCommand({"untag",
                        "NAME KEY…",
                        "Takes tags off a model or a version",
                        "",
                        {"sextant models untag digits-recognizer team"}},
                       planUntag, [](CLI::App& app, EditOptions& options) {
                           addArguments(app, "KEY", "KEY…", options.words, "The tags to take away");
                           addVersionOption(app, options);
                       });
}

Command aliasCommand()
{
    return editCommand({"alias",
                        "NAME VERSION ALIAS",
                        "Puts an alias on a version; it leaves the version it was on",
                        "This changes the registry at once. A promotion that is reviewed and signed is\n"
                        "`sextant promotions request`.",
                        {"sextant models alias digits-recognizer 3 shadow",
                         "sextant models alias digits-recognizer @challenger champion --dry-run"}},
                       planAlias, [](CLI::App& app, EditOptions& options) {
                           addArgument(app, "VERSION", options.version, kVersionHelp);
                           addArgument(app, "ALIAS", options.alias, "Letters, digits, _ and -");
                       });
}

Command unaliasCommand()
{
    return editCommand({"unalias",
                        "NAME ALIAS",
                        "Takes an alias away",
                        "",
                        {"sextant models unalias digits-recognizer shadow"}},
                       planUnalias, [](CLI::App& app, EditOptions& options) {
                           addArgument(app, "ALIAS", options.alias, "One that the model has");
                       });
}

Command stageCommand()
{
    return editCommand(
        {"stage",
         "NAME VERSION STAGE",
         "Moves a version to a stage: None, Staging, Production or Archived",
         "This changes the registry at once. A promotion that is reviewed and signed is\n"
         "`sextant promotions request`.",
         {"sextant models stage digits-recognizer 2 Staging",
          "sextant models stage breast-cancer-screening 3 Production --archive-existing --dry-run"}},
        planStage, [](CLI::App& app, EditOptions& options) {
            addArgument(app, "VERSION", options.version, kVersionHelp);
            addArgument(app, "STAGE", options.stage, "In capitals or not");
            addSwitch(app, "--archive-existing", options.archive,
                      "Archive the versions that are there; for Staging and Production");
        });
}

Command deleteCommand()
{
    return editCommand({"delete-version",
                        "NAME VERSION",
                        "Deletes a version and its aliases; there is no way back",
                        "Its number is not used again. A database forgets its source and run, as with the\n"
                        "MLflow client; its files stay.",
                        {"sextant models delete-version diabetes-progression 3 --dry-run"}},
                       planDelete, [](CLI::App& app, EditOptions& options) {
                           addArgument(app, "VERSION", options.version, kVersionHelp);
                       });
}

} // namespace

void addModelWritingCommands(std::vector<Command>& commands)
{
    commands.push_back(createCommand());
    addVersionMakingCommands(commands);
    commands.push_back(describeCommand());
    commands.push_back(tagCommand());
    commands.push_back(untagCommand());
    commands.push_back(aliasCommand());
    commands.push_back(unaliasCommand());
    commands.push_back(stageCommand());
    commands.push_back(deleteCommand());
}

} // namespace sextant::cli
