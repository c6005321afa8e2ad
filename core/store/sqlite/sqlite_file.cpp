#include "core/store/sqlite/sqlite_file.h"

#include <algorithm>
#include <array>
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
constexpr std::size_t kLogHeaderSize = 32; // eight numbers, the last two a checksum

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

/// The beginning of the write-ahead log of `path`, which changes with every restart of it.
std::string logHeader(const std::string& path)
{
    std::string bytes(kLogHeaderSize, '\0');
    std::ifstream log(path + "-wal", std::ios::binary);
    log.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(log.gcount()));
    return bytes;
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
        if (static_cast<std::int64_t>(bytes.size()) < std::min<std::int64_t>(chunk, size - offset))
            return fail(ErrorCode::Io, "The database needs recovery, and can't be read to its end",
                        "Check the disk or the network share, and try again");
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    out.close();
    if (!out)
        return fail(ErrorCode::Io, "The database needs recovery, and there is no room for a copy to recover",
                    "Free some space in the folder for temporary files, or set TMPDIR");
    return {};
}

} // namespace

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

bool SqliteFile::usesLog(const SqliteConnection& connection) const
{
    auto header = connection.bytesAt(0, kHeaderSize);
    return header.size() == kHeaderSize && header[kWriteVersion] == 2;
}

/// A log that begins as SQLite writes them. For any other one SQLite would make the index beside it anew, and
/// so write.
bool SqliteFile::hasWholeLog() const
{
    auto header = logHeader(m_path);
    std::array<std::uint32_t, 8> words{};
    for (std::size_t i = 0; i < header.size(); ++i)
        words[i / 4] = words[i / 4] << 8 | static_cast<unsigned char>(header[i]);
    constexpr std::uint32_t magic = 0x377F0682,
                            format = 3007000; // the magic's last bit: sums of big-endian words
    if (header.size() != kLogHeaderSize || (words[0] & ~1U) != magic || words[1] != format)
        return false;
    bool bigEndian = words[0] & 1;
    auto word = [&](std::size_t i) { return bigEndian ? words[i] : __builtin_bswap32(words[i]); };
    std::uint32_t first = 0, second = 0;
    for (std::size_t i = 0; i < 6; i += 2) {
        first += word(i) + second;
        second += word(i + 1) + first;
    }
    return first == words[6] && second == words[7];
}

Result<OpenedDatabase> SqliteFile::open(std::chrono::milliseconds patience) const
{
    SEXTANT_TRY(auto plain, SqliteConnection::open(m_path, "mode=ro", patience));
    auto header = plain.bytesAt(0, kHeaderSize);
    if (!std::string_view(header).starts_with(kMagic))
        return fail(ErrorCode::NotAStore,
                    "The file " + nameOf(m_path) + " is not a SQLite database, or it is encrypted",
                    "Choose an mlflow.db, or the mlruns folder of a file store");
    if (!usesLog(plain)) {
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
    std::error_code ignored; // an index that can't be seen can't be used
    if (hasWholeLog() && fs::exists(m_path + "-shm", ignored)) {
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
    SEXTANT_TRY(auto copy, PrivateCopy::make());
    SEXTANT_CHECK(copyDatabase(source, copy->database()));
    std::error_code error;
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
    if (usesLog(connection)) {
        text += "/" + timesOf(m_path + "-wal") + "/" + hexOf(logHeader(m_path));
    }
    return text;
}

std::string SqliteFile::identity() const
{
    auto times = timesOf(m_path);
    return times.substr(0, times.find(':', times.find(':') + 1));
}

} // namespace sextant::sqlite
