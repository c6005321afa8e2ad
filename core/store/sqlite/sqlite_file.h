// SqliteFile: how a database file can be read at this moment without changing a byte, and whether it has
// changed since.
#pragma once

#include "core/store/sqlite/private_copy.h"
#include "core/store/sqlite/sqlite_connection.h"

#include <memory>
#include <string>

namespace sextant::sqlite {

enum class SqliteAccess : std::uint8_t {
    ReadOnly,      // rollback journal: SQLite's locks keep us and the writer apart
    SharedWal,     // a write-ahead log with its index beside it, both only read
    Immutable,     // WAL mode without a log: nobody writes now; must be checked again after each reading
    RecoveredCopy, // the file needs recovery, which would write: a copy was recovered instead
};

struct OpenedDatabase
{
    SqliteConnection connection;
    SqliteAccess access = SqliteAccess::ReadOnly;
    std::string parameters = "mode=ro"; // what it was opened with
    std::shared_ptr<PrivateCopy> copy;
};

class SqliteFile
{
public:
    /// Errors: NotFound, PermissionDenied, NotAStore. Resolves links, as SQLite looks for journals beside the
    /// true file.
    static Result<SqliteFile> locate(const std::string& path);

    const std::string& path() const { return m_path; }

    /// A connection that can read now. Errors as SqliteConnection; Corrupt when an interrupted write can't be
    /// recovered.
    Result<OpenedDatabase> open(std::chrono::milliseconds patience) const;
    /// One more connection with the access of another.
    Result<SqliteConnection> openAlike(const OpenedDatabase& other, std::chrono::milliseconds patience) const;

    /// Size, times and change counter of the file and its log. `connection` is open on it.
    std::string stamp(const SqliteConnection& connection) const;
    /// Device and file number, to notice that the path has got another file.
    std::string identity() const;
    bool hasLog() const;
    /// Whether the file is in WAL mode now. `connection` is open on it.
    bool usesLog(const SqliteConnection& connection) const;

private:
    bool hasWholeLog() const;
    explicit SqliteFile(std::string path) : m_path(std::move(path)) {}
    Result<OpenedDatabase> recoverCopy(const SqliteConnection& source, const char* journal,
                                       std::chrono::milliseconds patience) const;

    std::string m_path;
};

} // namespace sextant::sqlite
