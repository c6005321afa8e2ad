// RegistryWriter: the changes to registered models that the real client makes, with its side effects: each is
// one short transaction, read back before it is committed.
#pragma once

#include "core/store/registry_store.h"
#include "core/store/sqlite/write_transaction.h"

#include <string>

namespace sextant::sqlite {

class RegistryWriter
{
public:
    RegistryWriter(const SqliteFile& file, std::chrono::milliseconds patience) : m_transaction(file, patience)
    {
    }

    Result<void> createModel(const std::string& name, const std::string& description, const TagMap& tags);
    Result<void> describeModel(const std::string& name, const std::string& description);
    Result<void> setModelTag(const std::string& name, const std::string& key, const std::string& value);
    Result<void> deleteModelTag(const std::string& name, const std::string& key);

    /// The number of the new version.
    Result<std::int64_t> createVersion(const NewVersion& version);
    /// The same for a model that may have to be made.
    Result<std::int64_t> copyVersion(const ModelVersion& source, const std::string& destination);
    Result<void> describeVersion(const std::string& name, std::int64_t version,
                                 const std::string& description);
    Result<void> setVersionTag(const std::string& name, std::int64_t version, const std::string& key,
                               const std::string& value);
    Result<void> deleteVersionTag(const std::string& name, std::int64_t version, const std::string& key);
    Result<void> transition(const std::string& name, std::int64_t version, Stage stage, bool archiveExisting);
    Result<void> setAlias(const std::string& name, const std::string& alias, std::int64_t version);
    Result<void> deleteAlias(const std::string& name, const std::string& alias);
    Result<void> deleteVersion(const std::string& name, std::int64_t version);

private:
    WriteTransaction m_transaction;
};

} // namespace sextant::sqlite
