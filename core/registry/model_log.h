// ModelLog: where a store keeps the log of a registered model, and what the log is compared with: who is at
// the model's aliases and stages, and the files of its versions. Threads as the stores.
#pragma once

#include "core/ledger/log.h"
#include "core/registry/change.h"
#include "core/store/tracking_store.h"

namespace sextant::registry {

inline constexpr const char* kGovernanceExperiment = "sextant-governance";
/// On the run that holds the log: the model's name.
inline constexpr const char* kModelTag = "sextant.governance.model";
/// Beside it: the log's origin.
inline constexpr const char* kOriginTag = "sextant.governance.origin";
inline constexpr const char* kLogFolder = "log";
// Pointers, never evidence: on the model the last checkpoint, on a version its last entry, "12 9f86d0…".
inline constexpr const char* kCheckpointTag = "sextant.governance.checkpoint";
inline constexpr const char* kEntryTag = "sextant.governance.entry";
inline constexpr std::size_t kLongestPointer = 1'000;

class ModelLog
{
public:
    ModelLog(TrackingStore& tracking, RegistryStore& registry, std::string model)
        : m_tracking(tracking), m_registry(registry), m_model(std::move(model))
    {
    }

    const std::string& model() const { return m_model; }

    /// The folder of the log on this machine. Errors: NotFound when the model has none; Unsupported when it
    /// is elsewhere.
    Result<std::string> folder();
    /// The folder that holds it, and what belongs to it: reports, gates.
    Result<std::string> artifactFolder();
    /// Makes the place for a log where there is none: experiment, run, tags. The origin it is to have: the
    /// one that was chosen first. Errors: NotFound when there is no such model; those of writing the store.
    Result<std::string> prepare(const std::string& origin);
    /// Writes the pointers on the model and, unless it is 0, on a version.
    Result<void> point(const ledger::Log& log, std::int64_t version, std::uint64_t entry);

    Result<std::vector<ModelVersion>> versions() { return m_registry.modelVersions(m_model); }
    /// The versions at "alias:NAME", "stage:Staging" and "stage:Production" now.
    Result<ledger::Holders> holders();
    /// The folder of a version's files; need not exist. Errors: NotFound; Unsupported when it is elsewhere.
    Result<std::string> filesOf(const std::string& subject);
    /// The digest of a version's files as they are now. Errors: NotFound; Unsupported when they are
    /// elsewhere.
    Result<Digest> digestOf(const std::string& subject, const Operation& operation);
    /// Who made a version, as far as the store says: of its run, else of itself.
    Result<std::string> authorOf(const std::string& subject);

private:
    Result<std::string> experiment();
    Result<std::string> governanceRun();
    Result<ModelVersion> version(const std::string& subject);

    TrackingStore& m_tracking;
    RegistryStore& m_registry;
    std::string m_model;
};

} // namespace sextant::registry
