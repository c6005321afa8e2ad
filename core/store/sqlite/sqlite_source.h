// SqliteSource: keeps a connection to one database that fits what the file is now: replaced files, migrated
// schemas and writers that come and go are noticed before each reading. Any thread: readings wait for each
// other.
#pragma once

#include "core/store/sqlite/sqlite_file.h"
#include "core/store/sqlite/sqlite_schema.h"

#include <memory>
#include <mutex>
#include <optional>

namespace sextant::sqlite {

/// What a reading works with, for the time of one call.
struct SqliteSession
{
    SqliteConnection& connection;
    const SqliteSchema& schema;
};

class SqliteSource
{
public:
    static Result<std::unique_ptr<SqliteSource>> open(const std::string& path,
                                                      std::chrono::milliseconds patience = kLockPatience);

    /// Runs `reading(session)`, a function that returns a Result. Once more when a writer appeared under a
    /// file that we had taken for untouched.
    template <class Reading>
    auto read(const Reading& reading, const std::stop_token& stop = {})
        -> decltype(reading(std::declval<SqliteSession>()))
    {
        std::scoped_lock lock(m_mutex);
        if (auto ready = prepare(stop); !ready)
            return stop.stop_requested() ? cancelledError() : forward(ready);
        auto result = reading(SqliteSession{m_opened->connection, *m_schema});
        if (!result && stop.stop_requested())
            return cancelledError(); // and not what was being waited for
        if (!wasDisturbed())
            return result;
        if (auto ready = prepare(stop); !ready)
            return forward(ready);
        return reading(SqliteSession{m_opened->connection, *m_schema});
    }

    /// A connection for a second thread, during a reading.
    Result<SqliteConnection> another() const;

    /// Differs after every change, and is the same in another process while there is none.
    Result<std::string> stamp();
    /// Forget the connection, so that nothing of ours stands beside a writer of ours.
    void close();

    const SqliteFile& file() const { return m_file; }
    /// As found when the file was last looked at. These do not wait for readings.
    SqliteAccess access() const;
    SqliteSchema schema() const;

private:
    SqliteSource(SqliteFile file, std::chrono::milliseconds patience)
        : m_file(std::move(file)), m_patience(patience)
    {
    }
    Result<void> prepare(const std::stop_token& stop);
    Result<void> reopen();
    bool wasDisturbed() const;

    std::mutex m_mutex; // held while reading; guards all below
    SqliteFile m_file;
    std::chrono::milliseconds m_patience;
    std::optional<OpenedDatabase> m_opened;
    mutable std::mutex m_stateMutex; // guards changes of these two, which are read without the other mutex
    std::shared_ptr<const SqliteSchema> m_schema;
    SqliteAccess m_access = SqliteAccess::ReadOnly;
    std::int64_t m_schemaVersion = -1;
    std::string m_identity;
    std::string m_stampWhenOpened;
    std::string m_lastStamp;
    std::int64_t m_lastDataVersion = -1; // of the connection; -1: not asked yet
    int m_sameStamps = 0;                // changes since the stamp last changed
};

} // namespace sextant::sqlite
