#include "core/registry/change.h"

#include "core/base/strict_json.h"

#include <algorithm>

namespace sextant::registry {

namespace {

constexpr const char* kAsked = "asked";
constexpr const char* kBecomes = "becomes";
constexpr const char* kStay = "stay";

bool isHeld(Stage stage)
{
    return stage == Stage::Staging || stage == Stage::Production;
}

std::string name(std::int64_t version)
{
    return "v" + std::to_string(version);
}

/// "v3", "v3 and v4", "v3, v4 and v5".
std::string names(const Versions& versions)
{
    std::string text;
    std::size_t left = versions.size();
    for (auto version : versions) {
        if (!text.empty())
            text += left == 1 ? " and " : ", ";
        text += name(version);
        --left;
    }
    return text;
}

std::string capital(std::string text)
{
    text.front() = text.front() >= 'a' && text.front() <= 'z' ? static_cast<char>(text.front() - 'a' + 'A')
                                                              : text.front();
    return text;
}

const ModelVersion* find(const std::vector<ModelVersion>& versions, std::int64_t number)
{
    auto found = std::find_if(versions.begin(), versions.end(),
                              [&](const ModelVersion& version) { return version.version == number; });
    return found == versions.end() ? nullptr : &*found;
}

/// Who leaves and who stays when `change.comes` comes.
void planStage(Change& change, const Versions& there, bool archiveExisting)
{
    (archiveExisting || !change.target.isStage() ? change.leave : change.stay) = there;
}

} // namespace

Versions versionsAt(const std::vector<ModelVersion>& versions, const Target& target)
{
    Versions found;
    for (const auto& version : versions)
        if (target.isStage() ? version.stage == target.stage
                             : std::find(version.aliases.begin(), version.aliases.end(), target.alias) !=
                                   version.aliases.end())
            found.insert(version.version);
    return found;
}

ledger::Holders holdersOf(const std::vector<ModelVersion>& versions)
{
    ledger::Holders holders;
    for (const auto& version : versions) {
        auto subject = subjectName(version.name, version.version);
        for (const auto& alias : version.aliases)
            holders[Target::of(alias).text()].insert(subject);
        if (isHeld(version.stage))
            holders[Target::of(version.stage).text()].insert(subject);
    }
    return holders;
}

Result<Change> planChange(const std::vector<ModelVersion>& versions, const std::string& model,
                          std::int64_t number, const Target& target, bool archiveExisting)
{
    const auto* version = find(versions, number);
    if (!version)
        return fail(ErrorCode::NotFound, model + " has no version " + std::to_string(number),
                    "`sextant models versions " + model + "` shows them");
    Change change{.model = model, .target = target, .asked = target};
    if (target.isStage() && !isHeld(target.stage)) {
        if (!isHeld(version->stage))
            return fail(ErrorCode::InvalidArgument,
                        model + " " + name(number) + " is " + std::string(toText(version->stage)) +
                            ": there is no stage to leave",
                        "Versions leave Staging and Production");
        change.target = Target::of(version->stage);
        change.leave = {number};
        change.stay = versionsAt(versions, change.target);
        change.stay.erase(number);
        change.becomes = target.stage;
        return change;
    }
    auto there = versionsAt(versions, target);
    if (there.contains(number) && (there.size() == 1 || !archiveExisting))
        return fail(ErrorCode::InvalidArgument,
                    capital(target.words()) + " of " + model + " is " + name(number) + " already",
                    "Nothing would change");
    there.erase(number);
    change.comes = number;
    change.comesFrom = version->stage;
    planStage(change, there, archiveExisting);
    return change;
}

void describe(const Change& change, ledger::Act& act)
{
    act.target = change.target.text();
    act.from.clear();
    act.leaves.clear();
    for (auto version : change.leave)
        act.from.push_back(subjectName(change.model, version));
    act.to = change.comes ? subjectName(change.model, *change.comes) : "";
    if (change.comes && change.target.isStage() && isHeld(change.comesFrom) &&
        change.comesFrom != change.target.stage)
        act.leaves.push_back(Target::of(change.comesFrom).text());
    auto details = nlohmann::ordered_json::object();
    if (!act.details.empty())
        details = nlohmann::ordered_json::parse(act.details, nullptr, false);
    if (change.target.isStage())
        details[kBecomes] = toText(change.becomes);
    if (change.asked != change.target)
        details[kAsked] = change.asked.text();
    for (auto version : change.stay)
        details[kStay].push_back(version);
    act.details = details.empty() ? "" : details.dump();
}

Result<Change> changeOf(const ledger::Act& act, const std::string& model)
{
    Change change{.model = model};
    SEXTANT_TRY(change.target, Target::parse(act.target));
    change.asked = change.target;
    for (const auto& subject : act.from) {
        SEXTANT_TRY(auto version, versionOf(model, subject));
        change.leave.insert(version);
    }
    if (!act.to.empty()) {
        SEXTANT_TRY(change.comes, versionOf(model, act.to));
    }
    for (const auto& left : act.leaves) {
        SEXTANT_TRY(auto target, Target::parse(left));
        change.comesFrom = target.stage;
    }
    if (act.details.empty())
        return change;
    SEXTANT_TRY(auto details, parseStrictJson(act.details, "What the entry says in detail"));
    auto text = [&](const char* key) {
        auto found = details.find(key);
        return found != details.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (auto stage = stageFrom(text(kBecomes)))
        change.becomes = *stage;
    if (auto asked = text(kAsked); !asked.empty()) {
        SEXTANT_TRY(change.asked, Target::parse(asked));
    }
    if (auto stay = details.find(kStay); stay != details.end() && stay->is_array())
        for (const auto& version : *stay)
            if (version.is_number_unsigned())
                change.stay.insert(version.get<std::int64_t>());
    return change;
}

Progression progressionOf(const Change& change, const std::vector<ModelVersion>& versions)
{
    auto now = versionsAt(versions, change.target);
    auto left = std::count_if(change.leave.begin(), change.leave.end(),
                              [&](std::int64_t version) { return !now.contains(version); });
    bool came = !change.comes || now.contains(*change.comes);
    bool alone = change.comes && change.stay.empty();
    for (auto version : now)
        if (alone && version != *change.comes && !change.leave.contains(version))
            return Progression::Elsewhere;
    if (came && left == static_cast<std::ptrdiff_t>(change.leave.size()))
        return Progression::After;
    bool notYet = left == 0 && (!change.comes || !came);
    return notYet ? Progression::Before : Progression::Between;
}

std::string differenceSince(const Change& change, const std::vector<ModelVersion>& versions)
{
    auto now = versionsAt(versions, change.target);
    auto at = capital(change.target.words()) + " of " + change.model;
    auto expected = change.leave;
    expected.insert(change.stay.begin(), change.stay.end());
    auto others = now;
    if (change.comes)
        others.erase(*change.comes);
    if (others != expected)
        return at + " is " + (now.empty() ? "nobody" : names(now)) + " now, and was " +
               (expected.empty() ? "nobody" : names(expected)) + " when this was asked for";
    if (!change.comes)
        return {};
    const auto* version = find(versions, *change.comes);
    if (!version)
        return change.model + " has no version " + std::to_string(*change.comes) + " any more";
    if (now.contains(*change.comes) && change.leave.empty())
        return at + " is " + name(*change.comes) + " already";
    auto held = [](Stage stage) { return isHeld(stage) ? stage : Stage::None; };
    if (change.target.isStage() && held(version->stage) != held(change.comesFrom) &&
        version->stage != change.target.stage)
        return name(*change.comes) + " of " + change.model + " is " + std::string(toText(version->stage)) +
               " now, and was " + std::string(toText(change.comesFrom)) + " when this was asked for";
    return {};
}

Result<void> make(const Change& change, RegistryStore& registry)
{
    if (!change.target.isStage())
        return change.comes ? registry.setAlias(change.model, change.target.alias, *change.comes)
                            : registry.deleteAlias(change.model, change.target.alias);
    if (change.comes)
        return registry.transition(change.model, *change.comes, change.target.stage, !change.leave.empty());
    for (auto version : change.leave)
        SEXTANT_CHECK(registry.transition(change.model, version, change.becomes, false));
    return {};
}

std::vector<std::string> sentences(const Change& change)
{
    std::vector<std::string> all;
    auto at = capital(change.target.words()) + " of " + change.model;
    if (change.comes && change.leave.empty())
        all.push_back(at + " becomes " + name(*change.comes));
    else if (change.comes)
        all.push_back(at + " moves from " + names(change.leave) + " to " + name(*change.comes));
    else
        all.push_back(names(change.leave) + " of " + change.model + " leaves " + change.target.words());
    if (change.target.isStage())
        for (auto version : change.leave)
            all.push_back(name(version) + " becomes " + std::string(toText(change.becomes)));
    if (change.comes && change.target.isStage() && isHeld(change.comesFrom) &&
        change.comesFrom != change.target.stage)
        all.push_back(name(*change.comes) + " leaves " + std::string(toText(change.comesFrom)));
    if (!change.stay.empty())
        all.push_back(names(change.stay) + (change.stay.size() == 1 ? " stays" : " stay") + " in " +
                      change.target.words());
    return all;
}

} // namespace sextant::registry
