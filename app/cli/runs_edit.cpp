// `sextant runs tag|untag|rename|delete|restore`: the commands that write. Naming one is the consent to
// write.
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/find.h"
#include "app/cli/options.h"
#include "app/cli/tag_words.h"
#include "core/store/tag_rules.h"

#include <optional>
#include <set>

namespace sextant::cli {

namespace {

using Text = std::optional<std::string>;

/// One thing that is to be written, and how.
struct Change
{
    std::string runId;
    std::string what; // "tag"
    std::string key;  // of a tag
    Text before, after;
    std::function<Result<void>(TrackingStore&)> apply;
};

struct EditOptions
{
    std::vector<std::string> words; // after the verb
    bool dryRun = false;
};

/// What a command makes of its words; runs are resolved before anything is written.
using Plan = std::function<Result<std::vector<Change>>(RunFinder&, const std::vector<std::string>&)>;

nlohmann::ordered_json jsonOf(const Text& text)
{
    return text ? nlohmann::ordered_json(*text) : nlohmann::ordered_json();
}

void print(Context& context, const std::vector<Change>& changes, bool dryRun)
{
    RecordList output{
        dryRun ? "change, not made (--dry-run)" : "change",
        dryRun ? "changes, not made (--dry-run)" : "changes",
        {{"run_id", "RUN"}, {"change", "CHANGE"}, {"key", "KEY"}, {"before", "BEFORE"}, {"after", "AFTER"}},
        {}};
    for (const auto& change : changes)
        output.records.push_back({{"run_id", change.runId},
                                  {"change", change.what},
                                  {"key", textOrNull(change.key)},
                                  {"before", jsonOf(change.before)},
                                  {"after", jsonOf(change.after)},
                                  {"dry_run", dryRun}});
    output.write(context.sink(), context.format(), context.screenWidth());
}

/// What can be known to be refused is refused before the first change is made.
Result<void> check(const TrackingStore& store, const std::vector<Change>& changes)
{
    bool isDatabase = store.info().kind == StoreKind::Sqlite;
    for (const auto& change : changes) {
        if (change.what != "tag")
            continue;
        SEXTANT_CHECK(checkTagKey(change.key, isDatabase ? kLongestKey : std::string::npos));
        SEXTANT_CHECK(checkTagValue(change.after.value_or("")));
    }
    return {};
}

Result<void> apply(Context& context, TrackingStore& store, const std::vector<Change>& changes)
{
    SEXTANT_CHECK(store.unlock());
    for (std::size_t made = 0; made < changes.size(); ++made) {
        auto applied = context.cancelled() ? Result<void>(cancelledError()) : changes[made].apply(store);
        if (applied)
            continue;
        auto& error = applied.error();
        if (made > 0)
            error.hint += (error.hint.empty() ? "" : "\n") + std::string("Before that ") +
                          counted(made, "change was", "changes were") + " made, of " +
                          std::to_string(changes.size());
        return applied;
    }
    return {};
}

Result<int> edit(Context& context, const EditOptions& options, const Plan& plan)
{
    SEXTANT_TRY(auto* store, context.tracking());
    RunFinder finder(*store, context.operation());
    SEXTANT_TRY(auto changes, plan(finder, options.words));
    SEXTANT_CHECK(check(*store, changes));
    if (!options.dryRun)
        SEXTANT_CHECK(apply(context, *store, changes));
    print(context, changes, options.dryRun);
    return kDone;
}

Text tagOf(const Run& run, const std::string& key)
{
    auto found = run.tags.find(key);
    return found == run.tags.end() ? Text() : Text(found->second);
}

Result<std::vector<Change>> planTag(RunFinder& finder, const std::vector<std::string>& words)
{
    SEXTANT_TRY(auto pairs, tagPairs({words.begin() + 1, words.end()}));
    SEXTANT_TRY(auto run, finder.find(words.front()));
    std::vector<Change> changes;
    for (const auto& [key, value] : pairs) {
        auto apply = [id = run.info.id, key = key, value = value](TrackingStore& s) {
            return s.setTag(id, key, value);
        };
        changes.push_back({run.info.id, "tag", key, tagOf(run, key), value, apply});
    }
    return changes;
}

Result<std::vector<Change>> planUntag(RunFinder& finder, const std::vector<std::string>& words)
{
    SEXTANT_TRY(auto run, finder.find(words.front()));
    std::vector<Change> changes;
    std::vector<std::string> names;
    for (const auto& [key, value] : run.tags)
        names.push_back(key);
    std::set<std::string> seen;
    for (auto key = words.begin() + 1; key != words.end(); ++key) {
        if (!seen.insert(*key).second)
            continue;
        if (!run.tags.contains(*key)) {
            auto near = didYouMean(nearNames(*key, names));
            return fail(ErrorCode::NotFound, "Run " + run.info.id + " has no tag '" + *key + "'",
                        near.empty() ? "`sextant runs show " + run.info.id + "` shows its tags" : near);
        }
        auto apply = [id = run.info.id, key = *key](TrackingStore& s) { return s.deleteTag(id, key); };
        changes.push_back({run.info.id, "untag", *key, tagOf(run, *key), {}, apply});
    }
    return changes;
}

Result<std::vector<Change>> planRename(RunFinder& finder, const std::vector<std::string>& words)
{
    SEXTANT_TRY(auto run, finder.find(words.front()));
    auto apply = [id = run.info.id, name = words.back()](TrackingStore& s) { return s.renameRun(id, name); };
    return std::vector<Change>{{run.info.id, "rename", "", run.info.name, words.back(), apply}};
}

Result<std::vector<Change>> planLifecycle(RunFinder& finder, const std::vector<std::string>& words,
                                          bool restore)
{
    std::vector<Change> changes;
    std::set<std::string> seen;
    for (const auto& named : words) {
        SEXTANT_TRY(auto run, finder.find(named));
        if (!seen.insert(run.info.id).second)
            continue;
        auto apply = [id = run.info.id, restore](TrackingStore& s) {
            return restore ? s.restoreRun(id) : s.deleteRun(id);
        };
        auto after = toText(restore ? Lifecycle::Active : Lifecycle::Deleted);
        changes.push_back({run.info.id, restore ? "restore" : "delete", "",
                           std::string(toText(run.info.lifecycle)), std::string(after), apply});
    }
    return changes;
}

struct EditHelp
{
    std::string verb, arguments, argumentHelp, summary, details;
    std::vector<std::string> examples;
    std::size_t fewest = 1, most = 0; // words; 0: any number
};

Command editCommand(EditHelp help, Plan plan)
{
    auto details = (help.details.empty() ? "" : help.details + "\n") +
                   std::string("Prints what changed: run_id, change, key, before, after.");
    auto prepare = [help, plan](CLI::App& app) -> Action {
        auto options = std::make_shared<EditOptions>();
        addArguments(app, "RUN", help.arguments, options->words, help.argumentHelp);
        addSwitch(app, "--dry-run", options->dryRun, "Show what would change and write nothing");
        return [options, help, plan](Context& context) -> Result<int> {
            auto count = options->words.size();
            if (count < help.fewest || (help.most > 0 && count > help.most))
                return fail(ErrorCode::InvalidArgument,
                            "`sextant runs " + help.verb + "` takes " + help.arguments,
                            "`sextant runs " + help.verb + " --help` shows examples");
            return edit(context, *options, plan);
        };
    };
    return {"runs " + help.verb, help.arguments, help.summary, details, help.examples, prepare};
}

} // namespace

void addRunWritingCommands(std::vector<Command>& commands)
{
    commands.push_back(editCommand(
        {"tag",
         "RUN KEY=VALUE…",
         "A run, then the tags to set; `RUN KEY VALUE` sets one",
         "Sets tags of a run",
         "The tag mlflow.note.content is the note of a run.",
         {"sextant runs tag 598c team=risk stage=final", "sextant runs tag 598c note \"a = b\" --dry-run"},
         2},
        planTag));
    commands.push_back(editCommand({"untag",
                                    "RUN KEY…",
                                    "A run, then the tags to take away",
                                    "Takes tags off a run",
                                    "",
                                    {"sextant runs untag 598c team stage"},
                                    2},
                                   planUntag));
    commands.push_back(editCommand({"rename",
                                    "RUN NAME",
                                    "A run, then its new name",
                                    "Gives a run another name",
                                    "",
                                    {"sextant runs rename 598c baseline"},
                                    2,
                                    2},
                                   planRename));
    commands.push_back(
        editCommand({"delete",
                     "RUN…",
                     "Runs to delete",
                     "Marks runs as deleted; `runs restore` takes it back",
                     "No file and no row is removed, as with the MLflow client.",
                     {"sextant runs delete 598c", "sextant runs delete 598c 4ea2 --dry-run"}},
                    [](RunFinder& f, const auto& words) { return planLifecycle(f, words, false); }));
    commands.push_back(editCommand(
        {"restore", "RUN…", "Runs to restore", "Restores deleted runs", "", {"sextant runs restore 598c"}},
        [](RunFinder& f, const auto& words) { return planLifecycle(f, words, true); }));
}

} // namespace sextant::cli
