// SqliteRegistry: the registered models of one database, as the real client lists them.
#pragma once

#include "core/store/registry_store.h"
#include "core/store/sqlite/sqlite_source.h"

#include <memory>

namespace sextant::sqlite {

class SqliteRegistry final : public RegistryStore
{
public:
    explicit SqliteRegistry(std::shared_ptr<SqliteSource> source) : m_source(std::move(source)) {}

    Result<std::vector<RegisteredModel>> registeredModels() override;
    Result<std::vector<ModelVersion>> modelVersions(const std::string& name) override;

private:
    std::shared_ptr<SqliteSource> m_source;
};

} // namespace sextant::sqlite
