// FileRegistry: the registered models below <root>/models/.
#pragma once

#include "core/store/files/registry_writer.h"
#include "core/store/files/store_layout.h"
#include "core/store/registry_store.h"

#include <memory>

namespace sextant::files {

/// Prompts live in the registry too; the client leaves them out of its lists by a tag.
bool isPrompt(const TagMap& tags);

class FileRegistry final : public RegistryStore
{
public:
    FileRegistry(std::shared_ptr<const StoreLayout> layout, std::shared_ptr<WarningList> warnings)
        : m_layout(std::move(layout)), m_warnings(std::move(warnings))
    {
    }

    Result<std::vector<RegisteredModel>> registeredModels() override;
    Result<std::vector<ModelVersion>> modelVersions(const std::string& name) override;
    Result<std::vector<ModelVersion>> deletedVersions(const std::string& name) override;

    Result<void> unlock() override;
    Result<void> createModel(const std::string& name, const std::string& description,
                             const TagMap& tags) override;
    Result<void> describeModel(const std::string& name, const std::string& description) override;
    Result<void> setModelTag(const std::string& name, const std::string& key,
                             const std::string& value) override;
    Result<void> deleteModelTag(const std::string& name, const std::string& key) override;
    Result<ModelVersion> createVersion(const NewVersion& version) override;
    Result<void> describeVersion(const std::string& name, std::int64_t version,
                                 const std::string& description) override;
    Result<void> setVersionTag(const std::string& name, std::int64_t version, const std::string& key,
                               const std::string& value) override;
    Result<void> deleteVersionTag(const std::string& name, std::int64_t version,
                                  const std::string& key) override;
    Result<void> transition(const std::string& name, std::int64_t version, Stage stage,
                            bool archiveExisting) override;
    Result<void> setAlias(const std::string& name, const std::string& alias, std::int64_t version) override;
    Result<void> deleteAlias(const std::string& name, const std::string& alias) override;
    Result<void> deleteVersion(const std::string& name, std::int64_t version) override;
    Result<ModelVersion> copyVersion(const std::string& sourceName, std::int64_t sourceVersion,
                                     const std::string& destination) override;

private:
    enum class Which { Present, Deleted };

    std::vector<std::string> modelFolders(const std::string& name) const;
    bool readModel(const std::string& name, RegisteredModel& model);
    void readVersions(const std::string& name, const RegisteredModel& model, Which which,
                      std::vector<ModelVersion>& versions);
    Result<std::vector<ModelVersion>> versionsOf(const std::string& name, Which which);
    bool readVersion(TreeReader& reader, const FileHandle& folder, const Place& place, ModelVersion& version);

    // For writing: what is there now, or why it can't be written.
    Result<RegistryWriter> writer(const std::string& name);
    Result<ModelVersion> version(const std::string& name, std::int64_t number);
    Result<RegistryWriter> writer(const std::string& name, std::int64_t version);
    Result<NewVersion> resolved(NewVersion version, std::string& location);

    std::shared_ptr<const StoreLayout> m_layout;
    std::shared_ptr<WarningList> m_warnings;
    bool m_unlocked = false;
};

} // namespace sextant::files
