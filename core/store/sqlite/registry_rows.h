// The rows of one registered model and its versions, for changes inside a transaction.
#pragma once

#include "core/store/registry_store.h"
#include "core/store/sqlite/write_transaction.h"

#include <string>

namespace sextant::sqlite {

/// One model or one version in a transaction: finds its row, and changes it and its tags. Names as ?1,
/// versions as ?2 of every statement.
class RegistryRows
{
public:
    RegistryRows(SqliteSession session, const std::string& name, std::int64_t version = 0)
        : m_session(session), m_name(name), m_version(version)
    {
    }

    enum class Name { Free, OfModel, OfPrompt };
    Result<Name> name();
    // Errors: NotFound, also for prompts.
    Result<void> mustBeModel();
    Result<void> mustBeVersion();

    /// `assignments` as "a = ?3, b = ?4".
    Result<void> updateModel(const std::string& assignments, const Parameters& values);
    Result<void> updateVersion(const std::string& assignments, const Parameters& values);
    /// The client notes the time of most changes on the model as well.
    Result<void> touchModel(EpochMs time);

    Result<void> putModelTag(const std::string& key, const std::string& value);
    Result<void> putVersionTag(const std::string& key, const std::string& value);
    Result<void> removeModelTag(const std::string& key);
    Result<void> removeVersionTag(const std::string& key);

    Result<std::int64_t> nextVersion();
    /// Where the files of this version are.
    Result<std::string> location();

private:
    std::string where(const std::string& table, bool ofVersion) const;
    Parameters values(const Parameters& more = {}) const;
    Result<void> update(const std::string& table, bool ofVersion, const std::string& assignments,
                        const Parameters& more);
    Result<void> putTag(const std::string& table, bool ofVersion, const std::string& key,
                        const std::string& value);
    Result<void> removeTag(const std::string& table, bool ofVersion, const std::string& key);

    SqliteSession m_session;
    const std::string& m_name;
    std::int64_t m_version;
};

} // namespace sextant::sqlite
