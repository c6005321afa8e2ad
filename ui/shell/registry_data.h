// RegistryData: the registered models of one store at one moment: versions, deleted ones, logs. Immutable and
// shared; pages draw from it.
#pragma once

#include "core/ledger/verify.h"
#include "core/table/run_table.h"
#include "core/tracking/registry.h"

#include <memory>

namespace sextant {

inline constexpr const char* kChampion = "champion";

/// One entry of a model's log.
struct LoggedAct
{
    ledger::Act act;
    std::string person; // who holds the key; empty when no trusted key signed
    ledger::Standing standing = ledger::Standing::Passed; // the worst that verifying said of it
};

/// What the log of a model says, as verified on this machine with the user's own list of trusted keys.
struct ModelLogState
{
    std::string folder;
    std::string mark;      // other than before when something was added
    bool trusting = false; // there is a list of trusted keys
    ledger::Verification verification;
    std::vector<LoggedAct> acts;  // by index
    std::optional<Error> problem; // why the log can't be read

    /// Requests that nobody has closed.
    std::vector<const ledger::RequestState*> openRequests() const;
    /// True when the log's rules name the target ("alias:champion", "stage:Production").
    bool governs(std::string_view target) const;
};

struct RegistryEntry
{
    RegisteredModel model;
    std::vector<ModelVersion> versions;       // greatest number first
    std::vector<ModelVersion> deleted;        // greatest number first
    std::string logRun;                       // the run that keeps the log; empty: there is none
    std::shared_ptr<const ModelLogState> log; // null while it is read, and without one

    const ModelVersion* version(std::int64_t number) const;
    /// At the alias champion, else the newest in Production; null when nobody is.
    const ModelVersion* champion() const;
    /// The newest in Production, or null.
    const ModelVersion* production() const;
    /// The open request for a version, or null.
    const ledger::RequestState* openRequest(std::int64_t version) const;
    /// Where the registry is not as the log says, a sentence each: "alias champion is at v3, the log says
    /// v2".
    std::vector<std::string> changedOutside() const;
    std::size_t pending() const { return log ? log->openRequests().size() : 0; }
};

struct RegistryData
{
    std::vector<RegistryEntry> entries; // by name
    RunTablePtr runs;                   // of the source runs
    std::string whyNone;                // a store without a registry: the reason
    bool logsRead = false;

    const RegistryEntry* find(std::string_view model) const;
    std::size_t versionCount() const;
    std::size_t pending() const;
    /// Versions made from a run: entry and version, by name and number.
    std::vector<const ModelVersion*> versionsOfRun(std::string_view runId) const;
};

using RegistryDataPtr = std::shared_ptr<const RegistryData>;

/// The model that owns the subject of an act: "fraud" of "fraud/5", and the number.
std::optional<std::pair<std::string, std::int64_t>> versionOfSubject(std::string_view subject);

} // namespace sextant
