// ModelLog: where a store keeps the log of a registered model, and what the log is compared with: who is at
// the model's aliases and stages, and the files of its versions. Reads only. Threads as the stores.
#pragma once

#include "core/ledger/verify.h"
#include "core/store/registry_store.h"
#include "core/store/tracking_store.h"

namespace sextant::registry {

inline constexpr const char* kGovernanceExperiment = "sextant-governance";
/// On the run that holds the log: the model's name.
inline constexpr const char* kModelTag = "sextant.governance.model";
inline constexpr const char* kLogFolder = "log";

/// How a version is named in a log: "fraud/5".
std::string subjectName(const std::string& model, std::int64_t version);

class ModelLog
{
public:
    ModelLog(TrackingStore& tracking, RegistryStore& registry, std::string model)
        : m_tracking(tracking), m_registry(registry), m_model(std::move(model))
    {
    }

    /// The folder of the log on this machine. Errors: NotFound when the model has none; Unsupported when it
    /// is elsewhere.
    Result<std::string> folder();
    /// The versions at "alias:NAME", "stage:Staging" and "stage:Production" now.
    Result<ledger::Holders> holders();
    /// The folder of a version's files; need not exist. Errors: NotFound; Unsupported when it is elsewhere.
    Result<std::string> filesOf(const std::string& subject);
    /// The digest of a version's files as they are now. Errors: NotFound; Unsupported when they are
    /// elsewhere.
    Result<Digest> digestOf(const std::string& subject, const Operation& operation);

private:
    Result<std::string> governanceRun();
    Result<ModelVersion> version(const std::string& subject);

    TrackingStore& m_tracking;
    RegistryStore& m_registry;
    std::string m_model;
};

} // namespace sextant::registry
