// Change: what a promotion changes in the registry: which version comes to a target, which leave it, and what
// becomes of those. A value; reading and making it go through the store.
#pragma once

#include "core/ledger/verify.h"
#include "core/registry/target.h"
#include "core/store/registry_store.h"

#include <optional>
#include <set>

namespace sextant::registry {

using Versions = std::set<std::int64_t>;

struct Change
{
    std::string model;
    Target target;
    std::optional<std::int64_t> comes; // nothing when versions only leave
    Versions leave;                    // who is at the target and goes
    Versions stay;                     // who is at the target and stays beside it
    Stage becomes = Stage::Archived;   // of stages: what those that leave become
    Stage comesFrom = Stage::None;     // of stages: what the one that comes was
    Target asked;                      // as it was asked for: Archived, where Production is left for it

    /// The version it is about.
    std::int64_t subject() const { return comes ? *comes : leave.empty() ? 0 : *leave.begin(); }
    bool operator==(const Change&) const = default;
};

/// How far the registry is with a change.
enum class Progression { Before, Between, After, Elsewhere };

/// The versions at "alias:NAME", "stage:Staging" and "stage:Production".
ledger::Holders holdersOf(const std::vector<ModelVersion>& versions);
Versions versionsAt(const std::vector<ModelVersion>& versions, const Target& target);

/// What putting `version` at `target` would change now. A version put to None or Archived leaves the stage it
/// has. Errors: NotFound; InvalidArgument when nothing would change.
Result<Change> planChange(const std::vector<ModelVersion>& versions, const std::string& model,
                          std::int64_t version, const Target& target, bool archiveExisting);

/// A change as an act says it, and the other way. Error: Corrupt for an act that names none.
void describe(const Change& change, ledger::Act& act);
Result<Change> changeOf(const ledger::Act& act, const std::string& model);

Progression progressionOf(const Change& change, const std::vector<ModelVersion>& versions);
/// Nothing when the registry is still as it was when the change was planned; else what is different, in a
/// sentence.
std::string differenceSince(const Change& change, const std::vector<ModelVersion>& versions);

/// Once more does no harm.
Result<void> make(const Change& change, RegistryStore& registry);

/// In words: "Production of fraud moves from v5 to v7", "v5 becomes Archived".
std::vector<std::string> sentences(const Change& change);

} // namespace sextant::registry
