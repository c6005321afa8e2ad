#include "core/store/sqlite/sqlite_file.h"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::sqlite {
namespace fs = std::filesystem;
namespace {

constexpr int kHeaderSize = 100;
constexpr const char* kImmutable = "mode=ro&immutable=1";
constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kWriteVersion = 18;  // header byte: 2 in WAL mode
constexpr std::size_t kChangeCounter = 24; // four bytes

std::string nameOf(const std::string& path)
{
    return "'" + fs::path(path).filename().string() + "'";
}

std::string timesOf(const std::string& path)
{
    struct stat status
    {
    };
    if (::stat(path.c_str(), &status) != 0)
        return "-";
    return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) + ":" +
           std::to_string(status.st_size) + ":" + std::to_string(status.st_mtim.tv_sec) + "." +
           std::to_string(status.st_mtim.tv_nsec);
}

std::string hexOf(std::string_view bytes)
{
    std::string text;
    for (unsigned char byte : bytes)
        text.append({"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]});
    return text;
}

std::uintmax_t sizeOf(const std::string& path)
{
    std::error_code error;
    auto size = fs::file_size(path, error);
    return error ? 0 : size;
}

/// A first read, which is where SQLite finds out that a journal has to be replayed.
Result<void> probe(SqliteConnection& connection)
{
    auto tables = connection.integer("SELECT count(*) FROM sqlite_master");
    if (!tables)
        return forward(tables);
    return {};
}

Result<void> copyDatabase(const SqliteConnection& source, const std::string& target)
{
    constexpr int chunk = 4 << 20;
    std::ofstream out(target, std::ios::binary);
    for (std::int64_t offset = 0, size = source.fileSize(); out && offset < size; offset += chunk) {
        auto bytes = source.bytesAt(offset, chunk);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    out.close();
    if (!out)
        return fail(ErrorCode::Io, "The database needs recovery, and there is no room for a copy to recover",
                    "Free some space in the folder for temporary files, or set TMPDIR");
    return {};
}

} // namespace

PrivateCopy::~PrivateCopy()
{
    std::error_code ignored; // what stays is in the folder for temporary files
    fs::remove_all(m_folder, ignored);
}

Result<SqliteFile> SqliteFile::locate(const std::string& path)
{
    std::error_code error;
    auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        return fail(ErrorCode::NotFound, "There is no file " + nameOf(path), "Check the path: " + path);
    if (error)
        return fail(ErrorCode::PermissionDenied, "The file " + nameOf(path) + " can't be reached",
                    "Check that you may enter its folder: " + path, error.message());
    if (fs::is_directory(status))
        return fail(ErrorCode::NotAStore, nameOf(path) + " is a folder, not a database",
                    "Name the database file in it, or open the folder itself if it is an mlruns folder");
    if (!fs::is_regular_file(status))
        return fail(ErrorCode::NotAStore, nameOf(path) + " is not a regular file", "Choose an mlflow.db");
    if (::access(path.c_str(), R_OK) != 0)
        return fail(ErrorCode::PermissionDenied, "You may not read " + nameOf(path),
                    "Ask its owner for permission, or copy it to a place of yours");
    auto file = fs::canonical(path, error);
    if (error)
        return fail(ErrorCode::PermissionDenied, "The file " + nameOf(path) + " can't be reached", {},
                    error.message());
    if (sizeOf(file) == 0)
        return fail(ErrorCode::NotAStore, "The file " + nameOf(path) + " is empty",
                    "MLflow fills it when something is logged for the first time");
    return SqliteFile(file);
}

bool SqliteFile::hasLog() const
{
    return sizeOf(m_path + "-wal") > 0;
}

Result<OpenedDatabase> SqliteFile::open(std::chrono::milliseconds patience) const
{
    SEXTANT_TRY(auto plain, SqliteConnection::open(m_path, "mode=ro", patience));
    auto header = plain.bytesAt(0, kHeaderSize);
    if (!std::string_view(header).starts_with(kMagic))
        return fail(ErrorCode::NotAStore,
                    "The file " + nameOf(m_path) + " is not a SQLite database, or it is encrypted",
                    "Choose an mlflow.db, or the mlruns folder of a file store");
    bool usesLog = header.size() == kHeaderSize && header[kWriteVersion] == 2;
    if (!usesLog) {
        auto probed = probe(plain);
        if (probed)
            return OpenedDatabase{std::move(plain), SqliteAccess::ReadOnly, "mode=ro", nullptr};
        // A writer was killed in the middle: its journal is left, and read-only connections may not replay
        // it.
        if (sizeOf(m_path + "-journal") > 0 && probed.error().code != ErrorCode::Locked)
            return recoverCopy(plain, "-journal", patience);
        return forward(probed);
    }
    if (!hasLog()) {
        SEXTANT_TRY(auto still, SqliteConnection::open(m_path, kImmutable, patience));
        SEXTANT_CHECK(probe(still));
        return OpenedDatabase{std::move(still), SqliteAccess::Immutable, kImmutable, nullptr};
    }
    if (fs::exists(m_path + "-shm")) {
        for (const char* parameters : {"mode=ro&readonly_shm=1", "mode=ro"}) {
            SEXTANT_TRY(auto shared, SqliteConnection::open(m_path, parameters, patience));
            if (probe(shared))
                return OpenedDatabase{std::move(shared), SqliteAccess::SharedWal, parameters, nullptr};
        }
    }
    return recoverCopy(plain, "-wal", patience);
}

Result<OpenedDatabase> SqliteFile::recoverCopy(const SqliteConnection& source, const char* journal,
                                               std::chrono::milliseconds patience) const
{
    std::error_code error;
    auto pattern = (fs::temp_directory_path(error) / "sextant-XXXXXX").string();
    if (error || !::mkdtemp(pattern.data()))
        return fail(ErrorCode::Io, "The database needs recovery, and no copy can be made to recover",
                    "Set TMPDIR to a folder that can be written");
    auto copy = std::make_shared<PrivateCopy>(pattern);
    SEXTANT_CHECK(copyDatabase(source, copy->database()));
    fs::copy_file(m_path + journal, copy->database() + journal, error);
    if (error)
        return fail(ErrorCode::Io, "The journal of " + nameOf(m_path) + " can't be read",
                    "Check that you may read all files beside the database", error.message());
    SEXTANT_TRY(auto connection, SqliteConnection::open(copy->database(), "mode=rw", patience));
    SEXTANT_CHECK(probe(connection));
    return OpenedDatabase{std::move(connection), SqliteAccess::RecoveredCopy, "mode=ro", std::move(copy)};
}

Result<SqliteConnection> SqliteFile::openAlike(const OpenedDatabase& other,
                                               std::chrono::milliseconds patience) const
{
    return SqliteConnection::open(other.copy ? other.copy->database() : m_path, other.parameters, patience);
}

std::string SqliteFile::stamp(const SqliteConnection& connection) const
{
    auto header = connection.bytesAt(0, kHeaderSize);
    auto counter =
        header.size() == kHeaderSize ? hexOf(std::string_view(header).substr(kChangeCounter, 4)) : "-";
    auto text = timesOf(m_path) + "/" + counter;
    if (header.size() == kHeaderSize && header[kWriteVersion] == 2) {
        constexpr int logHeader = 32;
        std::string start(logHeader, '\0');
        std::ifstream(m_path + "-wal", std::ios::binary).read(start.data(), logHeader);
        text += "/" + timesOf(m_path + "-wal") + "/" + hexOf(start);
    }
    return text;
}

std::string SqliteFile::identity() const
{
    auto times = timesOf(m_path);
    return times.substr(0, times.find(':', times.find(':') + 1));
}

} // namespace sextant::sqlite
