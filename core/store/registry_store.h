// RegistryStore: reading and writing the registered models of one store. Threads as TrackingStore.
#pragma once

#include "core/base/error.h"
#include "core/tracking/registry.h"

#include <string>
#include <vector>

namespace sextant {

/// What a new version of a model is made from; all but `model` and `source` may be empty.
struct NewVersion
{
    std::string model;
    std::string source; // a path or URI, models:/m-… (a logged model) or models:/NAME/VERSION
    std::string runId;  // when empty: of the logged model, if the source is one
    std::string runLink;
    std::string description;
    std::string modelId; // of the logged model; only folders keep it
    TagMap tags;
};

class RegistryStore
{
public:
    virtual ~RegistryStore() = default;

    /// All registered models by name, prompts left out as the real client does.
    virtual Result<std::vector<RegisteredModel>> registeredModels() = 0;

    /// Versions of one model, or of all when the name is empty: newest update first, then name, then newest
    /// version, as the real client. Deleted versions are left out.
    virtual Result<std::vector<ModelVersion>> modelVersions(const std::string& name) = 0;

    /// Versions that were deleted, in the same order, with what the store still holds of them: databases
    /// overwrite source and run, folders keep everything.
    virtual Result<std::vector<ModelVersion>> deletedVersions(const std::string& name) = 0;

    // Writing: refused until unlocked; side effects are the real client's. Errors: ReadOnly, InvalidArgument,
    // NotFound (also for a prompt), AlreadyExists, Unsupported where the store is older than the thing asked
    // for, Corrupt when a change does not read back (it was undone).
    virtual Result<void> unlock() = 0;
    virtual Result<void> createModel(const std::string& name, const std::string& description,
                                     const TagMap& tags) = 0;
    virtual Result<void> describeModel(const std::string& name, const std::string& description) = 0;
    virtual Result<void> setModelTag(const std::string& name, const std::string& key,
                                     const std::string& value) = 0;
    /// What is not there is no error, here and for versions and aliases, as with the real client.
    virtual Result<void> deleteModelTag(const std::string& name, const std::string& key) = 0;

    /// Gets the number after the greatest there ever was. The model must exist.
    virtual Result<ModelVersion> createVersion(const NewVersion& version) = 0;
    virtual Result<void> describeVersion(const std::string& name, std::int64_t version,
                                         const std::string& description) = 0;
    virtual Result<void> setVersionTag(const std::string& name, std::int64_t version, const std::string& key,
                                       const std::string& value) = 0;
    virtual Result<void> deleteVersionTag(const std::string& name, std::int64_t version,
                                          const std::string& key) = 0;
    /// `archiveExisting` moves the other versions of that stage to Archived; only for Staging and Production.
    virtual Result<void> transition(const std::string& name, std::int64_t version, Stage stage,
                                    bool archiveExisting) = 0;
    virtual Result<void> setAlias(const std::string& name, const std::string& alias,
                                  std::int64_t version) = 0;
    virtual Result<void> deleteAlias(const std::string& name, const std::string& alias) = 0;
    /// Its aliases go with it; its number is never used again.
    virtual Result<void> deleteVersion(const std::string& name, std::int64_t version) = 0;
    /// A new version of `destination`, which is made when there is none, with source models:/NAME/VERSION.
    virtual Result<ModelVersion> copyVersion(const std::string& sourceName, std::int64_t sourceVersion,
                                             const std::string& destination) = 0;
};

/// What the real client makes of a version that is copied.
inline NewVersion copyOf(const ModelVersion& source, const std::string& destination)
{
    return {destination,        "models:/" + source.name + "/" + std::to_string(source.version),
            source.runId,       source.runLink,
            source.description, source.modelId,
            source.tags};
}

} // namespace sextant
