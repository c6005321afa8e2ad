// RegistryWriter: the changes to one registered model below <root>/models/ that the real client makes, with
// its side effects; each file is replaced at once.
#pragma once

#include "core/store/files/file_writing.h"
#include "core/store/files/store_layout.h"
#include "core/store/registry_store.h"

#include <string>
#include <vector>

namespace sextant::files {

class RegistryWriter
{
public:
    /// `model` as it is on the disk now.
    RegistryWriter(const StoreLayout& layout, RegisteredModel model)
        : m_layout(layout), m_model(std::move(model))
    {
    }

    static Result<void> createModel(const StoreLayout& layout, const std::string& name,
                                    const std::string& description, const TagMap& tags);

    Result<void> describe(const std::string& description);
    Result<void> setTag(const std::string& key, const std::string& value);
    Result<void> deleteTag(const std::string& key);

    /// `location`: of the files. The number of the new version.
    Result<std::int64_t> createVersion(const NewVersion& version, const std::string& location);
    Result<void> describeVersion(std::int64_t version, const std::string& description);
    Result<void> setVersionTag(std::int64_t version, const std::string& key, const std::string& value);
    Result<void> deleteVersionTag(std::int64_t version, const std::string& key);
    /// `archived`: versions that are moved to Archived at the same time.
    Result<void> transition(std::int64_t version, Stage stage, const std::vector<std::int64_t>& archived);
    Result<void> setAlias(const std::string& alias, std::int64_t version);
    Result<void> deleteAlias(const std::string& alias);
    Result<void> deleteVersion(std::int64_t version);

private:
    std::string folder() const;
    std::string versionFolder(std::int64_t version) const;
    /// Tags and aliases change the time of the model, and nothing of the version.
    Result<void> touch(EpochMs time, std::vector<MetaChange> more = {});
    Result<void> changeVersion(std::int64_t version, EpochMs time, std::vector<MetaChange> changes);
    Result<std::int64_t> nextVersion() const;
    Result<void> writeVersion(const NewVersion& version, const std::string& location, std::int64_t number,
                              EpochMs time);
    std::size_t longestTag() const;

    const StoreLayout& m_layout;
    RegisteredModel m_model;
};

} // namespace sextant::files
