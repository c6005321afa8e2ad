// FileRegistry: the registered models below <root>/models/.
#pragma once

#include "core/store/files/store_layout.h"
#include "core/store/registry_store.h"

#include <memory>

namespace sextant::files {

class FileRegistry final : public RegistryStore
{
public:
    FileRegistry(std::shared_ptr<const StoreLayout> layout, std::shared_ptr<WarningList> warnings)
        : m_layout(std::move(layout)), m_warnings(std::move(warnings))
    {
    }

    Result<std::vector<RegisteredModel>> registeredModels() override;
    Result<std::vector<ModelVersion>> modelVersions(const std::string& name) override;

private:
    std::vector<std::string> modelFolders(const std::string& name) const;
    bool readModel(const std::string& name, RegisteredModel& model);
    void readVersions(const std::string& name, const RegisteredModel& model,
                      std::vector<ModelVersion>& versions);
    bool readVersion(TreeReader& reader, const FileHandle& folder, const Place& place, ModelVersion& version);

    std::shared_ptr<const StoreLayout> m_layout;
    std::shared_ptr<WarningList> m_warnings;
};

} // namespace sextant::files
