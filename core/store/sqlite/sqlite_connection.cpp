#include "core/store/sqlite/sqlite_connection.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <thread>

namespace sextant::sqlite {
namespace {

/// SQLite reads '?', '#' and '%' of a path in a URI as its own; every byte that is not plainly safe is
/// escaped.
std::string escapedPath(const std::string& path)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string escaped;
    for (unsigned char byte : path) {
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || byte == '/' || byte == '.' || byte == '-' || byte == '_';
        if (plain)
            escaped += static_cast<char>(byte);
        else
            escaped.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return escaped;
}

struct Explanation
{
    int code;
    ErrorCode error;
    const char* message;
    const char* hint;
};

constexpr std::array kExplanations{
    Explanation{SQLITE_BUSY, ErrorCode::Locked, "The database is locked by another program",
                "Wait until that program has finished its write, or close it, and try again"},
    Explanation{SQLITE_LOCKED, ErrorCode::Locked, "The database is locked by another program",
                "Wait until that program has finished its write, or close it, and try again"},
    Explanation{SQLITE_NOTADB, ErrorCode::NotAStore, "The file is not a SQLite database, or it is encrypted",
                "Choose an mlflow.db, or the mlruns folder of a file store"},
    Explanation{SQLITE_CORRUPT, ErrorCode::Corrupt,
                "The database is damaged: a part of it is missing or makes no sense",
                "Restore it from a backup, or try `sqlite3 FILE .recover`; a copy taken during a write is "
                "incomplete"},
    Explanation{SQLITE_CANTOPEN, ErrorCode::PermissionDenied, "The database can't be opened",
                "Check that you may read the file and its folder"},
    Explanation{SQLITE_PERM, ErrorCode::PermissionDenied, "The database can't be opened",
                "Check that you may read the file and its folder"},
    Explanation{SQLITE_READONLY, ErrorCode::ReadOnly, "The database can't be written",
                "Check that you may write the file and its folder"},
    Explanation{SQLITE_FULL, ErrorCode::Io, "The disk is full", "Free some space and try again"},
    Explanation{SQLITE_IOERR, ErrorCode::Io,
                "The database can't be read: the disk or network reported an error",
                "Check the disk or the network share, and try again"},
    Explanation{SQLITE_INTERRUPT, ErrorCode::Cancelled, "Cancelled", ""},
};

} // namespace

Error sqliteError(sqlite3* database)
{
    auto code = sqlite3_extended_errcode(database);
    Error error{ErrorCode::Io,
                "The database can't be read",
                "Try again; if it stays so the file may be damaged",
                sqlite3_errmsg(database),
                {}};
    for (const auto& known : kExplanations)
        if (known.code == (code & 0xFF))
            error = Error{known.error, known.message, known.hint, error.detail, {}};
    error.detail += " (SQLite " + std::to_string(code) + ")";
    return error;
}

Result<void> SqliteStatement::finish()
{
    Result<void> result;
    if (m_code != SQLITE_ROW && m_code != SQLITE_DONE)
        result = tl::unexpected(sqliteError(sqlite3_db_handle(handle())));
    sqlite3_reset(handle());
    m_code = SQLITE_DONE;
    return result;
}

std::string SqliteStatement::string(int column) const
{
    auto bytes = text(column);
    return isUtf8(bytes) ? std::string(bytes) : toUtf8(bytes);
}

Result<SqliteConnection> SqliteConnection::open(const std::string& path, const std::string& parameters,
                                                std::chrono::milliseconds patience)
{
    SqliteConnection connection;
    sqlite3* database = nullptr;
    auto uri = "file:" + escapedPath(path) + "?" + parameters;
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX; // `mode` in the URI narrows this
    auto code = sqlite3_open_v2(uri.c_str(), &database, flags, nullptr);
    connection.m_database.reset(database);
    if (code != SQLITE_OK)
        return tl::unexpected(database ? sqliteError(database)
                                       : Error{ErrorCode::Io, "Out of memory", {}, {}, {}});
    sqlite3_extended_result_codes(database, 1);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0,
                      nullptr); // views and triggers of strangers run nothing
    connection.m_waiting = std::make_unique<Waiting>();
    connection.m_waiting->patience = patience;
    sqlite3_busy_handler(database, &Waiting::onBusy, connection.m_waiting.get());
    return connection;
}

int SqliteConnection::Waiting::onBusy(void* context, int count)
{
    auto& waiting = *static_cast<Waiting*>(context);
    auto now = std::chrono::steady_clock::now();
    if (count == 0)
        waiting.since = now;
    if (waiting.stop.stop_requested() || now - waiting.since > waiting.patience)
        return 0;
    // Short pauses first, as most commits take a few milliseconds; then seldom enough not to slow the writer
    // down.
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(1 << std::min(count, 7), 100)));
    return 1;
}

int SqliteConnection::Waiting::onProgress(void* context)
{
    return static_cast<Waiting*>(context)->stop.stop_requested();
}

void SqliteConnection::stopWith(std::stop_token stop)
{
    m_waiting->stop = std::move(stop);
    constexpr int instructionsBetweenChecks = 20'000;
    sqlite3_progress_handler(m_database.get(),
                             m_waiting->stop.stop_possible() ? instructionsBetweenChecks : 0,
                             &Waiting::onProgress, m_waiting.get());
}

Result<SqliteStatement> SqliteConnection::prepare(const std::string& sql)
{
    if (!m_encodingKnown) {
        m_encodingKnown = true;
        SEXTANT_TRY(auto encoding, text("PRAGMA encoding"));
        m_utf8 = encoding.empty() || encoding == "UTF-8";
    }
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_database.get(), sql.c_str(), static_cast<int>(sql.size()) + 1, &statement,
                           nullptr) != SQLITE_OK)
        return tl::unexpected(sqliteError(m_database.get()));
    return SqliteStatement(statement, m_utf8);
}

Result<void> SqliteConnection::execute(const std::string& sql)
{
    SEXTANT_TRY(auto statement, prepare(sql));
    while (statement.next()) {
    }
    return statement.finish();
}

Result<std::string> SqliteConnection::text(const std::string& sql)
{
    SEXTANT_TRY(auto statement, prepare(sql));
    auto found = statement.next() ? statement.string(0) : std::string();
    SEXTANT_CHECK(statement.finish());
    return found;
}

Result<std::int64_t> SqliteConnection::integer(const std::string& sql)
{
    SEXTANT_TRY(auto statement, prepare(sql));
    auto found = statement.next() ? statement.integer(0) : 0;
    SEXTANT_CHECK(statement.finish());
    return found;
}

std::int64_t SqliteConnection::fileSize() const
{
    sqlite3_file* file = nullptr;
    sqlite3_file_control(m_database.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    sqlite3_int64 size = 0;
    if (file && file->pMethods)
        file->pMethods->xFileSize(file, &size);
    return size;
}

std::string SqliteConnection::bytesAt(std::int64_t offset, int size) const
{
    sqlite3_file* file = nullptr;
    sqlite3_file_control(m_database.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    auto available = std::clamp<std::int64_t>(fileSize() - offset, 0, size);
    std::string bytes(static_cast<std::size_t>(available), '\0');
    if (!file || !file->pMethods || available == 0 ||
        file->pMethods->xRead(file, bytes.data(), static_cast<int>(available), offset) != SQLITE_OK)
        return {};
    return bytes;
}

} // namespace sextant::sqlite
