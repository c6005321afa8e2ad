// RunWriter: the few changes to runs that Sextant makes, each as the real client would: one short
// transaction, read back before it is committed. Never DDL, never a schema revision that is not known.
#pragma once

#include "core/store/sqlite/sqlite_source.h"

#include <functional>
#include <string>

namespace sextant::sqlite {

class RunWriter
{
public:
    RunWriter(const SqliteFile& file, std::chrono::milliseconds patience) : m_file(file), m_patience(patience)
    {
    }

    /// Whether the file and its folder can be written now. Errors: ReadOnly, PermissionDenied.
    Result<void> check() const;

    Result<void> setTag(const std::string& runId, const std::string& key, const std::string& value);
    Result<void> deleteTag(const std::string& runId, const std::string& key);
    Result<void> rename(const std::string& runId, const std::string& name);
    Result<void> remove(const std::string& runId);
    Result<void> restore(const std::string& runId);

private:
    using Change = std::function<Result<void>(SqliteSession)>;
    Result<void> inTransaction(const Change& change);

    SqliteFile m_file;
    std::chrono::milliseconds m_patience;
};

} // namespace sextant::sqlite
