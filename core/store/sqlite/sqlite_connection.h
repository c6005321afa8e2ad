// SqliteConnection: one open database. Reads wait for a busy file with growing pauses, until their patience
// ends or they are cancelled. One thread at a time.
#pragma once

#include "core/base/operation.h"
#include "core/store/sqlite/sqlite_statement.h"

#include <chrono>
#include <memory>
#include <string>

namespace sextant::sqlite {

/// How long a call waits for another process's lock. A training loop's commits take less; the real client
/// waits 20 s.
inline constexpr std::chrono::milliseconds kLockPatience{20'000};

class SqliteConnection
{
public:
    /// Opens `path` with the URI parameters given ("mode=ro"). Nothing is read yet.
    static Result<SqliteConnection> open(const std::string& path, const std::string& parameters,
                                         std::chrono::milliseconds patience = kLockPatience);

    /// From now on waiting and long statements end when `stop` is requested.
    void stopWith(std::stop_token stop);

    Result<SqliteStatement> prepare(const std::string& sql);
    Result<void> execute(const std::string& sql);
    /// First column of the first row, empty when there is none.
    Result<std::string> text(const std::string& sql);
    Result<std::int64_t> integer(const std::string& sql);

    /// Bytes of the main file by SQLite's own handle: opening the file once more and closing it would drop
    /// all of this process's locks on it. Fewer bytes than asked for at the end of the file.
    std::string bytesAt(std::int64_t offset, int size) const;
    std::int64_t fileSize() const;

private:
    struct Close
    {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    struct Waiting
    {
        std::chrono::milliseconds patience{};
        std::stop_token stop;
        static int onBusy(void* waiting, int count);
        static int onProgress(void* waiting);
        std::chrono::steady_clock::time_point since;
    };
    SqliteConnection() = default;

    std::unique_ptr<Waiting> m_waiting; // outlives the database, which calls it
    std::unique_ptr<sqlite3, Close> m_database;
    bool m_utf8 = true; // how text is stored; asked of the database at the first prepare
    bool m_encodingKnown = false;
};

/// The Error for what SQLite last said about `database`.
Error sqliteError(sqlite3* database);

} // namespace sextant::sqlite
