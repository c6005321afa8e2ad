// SqliteRegistry: the registered models of one database, as the real client lists them.
#pragma once

#include "core/store/registry_store.h"
#include "core/store/sqlite/sqlite_source.h"

#include <memory>

namespace sextant::sqlite {

class RegistryWriter;

class SqliteRegistry final : public RegistryStore
{
public:
    SqliteRegistry(std::shared_ptr<SqliteSource> source, std::chrono::milliseconds patience)
        : m_source(std::move(source)), m_patience(patience)
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
    template <class Change>
    auto write(const Change& change) -> decltype(change(std::declval<RegistryWriter&>()));
    Result<ModelVersion> version(const std::string& name, std::int64_t number);

    std::shared_ptr<SqliteSource> m_source;
    std::chrono::milliseconds m_patience;
    bool m_unlocked = false;
};

} // namespace sextant::sqlite
