#include "core/ledger/folder_storage.h"

#include "core/store/files/folder.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace sextant::ledger {

namespace {

using files::FileHandle;
using files::writeAll;

constexpr std::string_view kScratch = ".sextant-";
constexpr auto kLockWait = std::chrono::seconds(10);
constexpr auto kLockPause = std::chrono::milliseconds(20);

tl::unexpected<Error> writeError(const std::string& path, int error)
{
    auto why = files::describeError(error);
    if (error == EACCES || error == EPERM)
        return fail(ErrorCode::PermissionDenied, "There is no permission to write " + path,
                    "Ask the owner of the folder", why);
    if (error == EROFS)
        return fail(ErrorCode::ReadOnly, path + " is on a medium that can't be written", {}, why);
    return fail(ErrorCode::Io, "Writing " + path + " failed: " + why,
                error == ENOSPC ? "Free some space on the disk" : "");
}

/// A folder of the log and the name of a file in it.
struct Place
{
    std::string folder, name;
};

Place placeOf(const std::string& root, const std::string& path)
{
    auto slash = path.rfind('/');
    return slash == std::string::npos ? Place{root, path}
                                      : Place{root + "/" + path.substr(0, slash), path.substr(slash + 1)};
}

/// Gives a file its name where none has it: link() refuses to replace on every file system that has it,
/// rename() does not.
bool takeName(int folder, const char* scratch, const char* name, bool mayReplace)
{
    if (mayReplace)
        return ::renameat(folder, scratch, folder, name) == 0;
    if (::linkat(folder, scratch, folder, name, 0) != 0)
        return false;
    ::unlinkat(folder, scratch, 0);
    return true;
}

class FolderLock final : public LogLock
{
public:
    explicit FolderLock(FileHandle folder) : m_folder(std::move(folder)) {}

private:
    FileHandle m_folder; // the lock goes with the descriptor, also when the process is killed
};

} // namespace

Result<std::vector<std::string>> FolderStorage::list(const std::string& folder)
{
    auto path = folder.empty() ? m_folder : m_folder + "/" + folder;
    auto handle = files::openFolder(AT_FDCWD, path.c_str(), folder.empty());
    if (!handle && errno == ENOENT)
        return std::vector<std::string>();
    files::FolderListing listing;
    if (int error = handle ? files::listFolder(handle, listing) : errno)
        return fail(ErrorCode::Io, path + " can't be listed: " + files::describeError(error));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < listing.size(); ++i)
        names.push_back(std::string(listing.name(i)) +
                        (listing.kind(i) == files::EntryKind::Folder ? "/" : ""));
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::string> FolderStorage::read(const std::string& path, std::size_t most)
{
    auto place = placeOf(m_folder, path);
    auto folder = files::openFolder(AT_FDCWD, place.folder.c_str(), place.folder == m_folder);
    files::FileBuffer buffer;
    auto result = folder ? files::readFile(folder.get(), place.name.c_str(), most, buffer)
                         : files::ReadResult{files::ReadOutcome::Missing, errno};
    if (result)
        return std::string(buffer.text());
    if (result.outcome == files::ReadOutcome::Missing)
        return fail(ErrorCode::NotFound, m_folder + " has no file " + path);
    auto code =
        result.outcome == files::ReadOutcome::Denied ? ErrorCode::PermissionDenied : ErrorCode::Corrupt;
    return fail(code, m_folder + "/" + path + " can't be read: " + files::describeProblem(result));
}

Result<void> FolderStorage::put(const std::string& path, std::string_view content, Existing existing)
{
    static std::atomic<unsigned> count = 0;
    auto place = placeOf(m_folder, path);
    std::error_code error;
    std::filesystem::create_directories(place.folder, error);
    auto folder = files::openFolder(AT_FDCWD, place.folder.c_str(), place.folder == m_folder);
    if (!folder)
        return writeError(place.folder, error ? error.value() : errno);
    auto scratch = std::string(kScratch) + std::to_string(::getpid()) + "-" + std::to_string(++count);
    FileHandle file(::openat(folder.get(), scratch.c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, m_mode));
    if (!file)
        return writeError(place.folder + "/" + place.name, errno);
    bool written =
        writeAll(file.get(), content) && ::fsync(file.get()) == 0 &&
        takeName(folder.get(), scratch.c_str(), place.name.c_str(), existing == Existing::Replace) &&
        ::fsync(folder.get()) == 0;
    if (written)
        return {};
    int problem = errno;
    ::unlinkat(folder.get(), scratch.c_str(), 0);
    if (problem == EEXIST)
        return fail(ErrorCode::AlreadyExists, m_folder + " has a file " + path + " already");
    return writeError(place.folder + "/" + place.name, problem);
}

Result<void> FolderStorage::create(const std::string& path, std::string_view content)
{
    return put(path, content, Existing::Refuse);
}

Result<void> FolderStorage::replace(const std::string& path, std::string_view content)
{
    return put(path, content, Existing::Replace);
}

Result<void> FolderStorage::remove(const std::string& path)
{
    auto full = m_folder + "/" + path;
    if (::unlink(full.c_str()) != 0 && errno != ENOENT)
        return writeError(full, errno);
    return {};
}

Result<std::unique_ptr<LogLock>> FolderStorage::lock()
{
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    auto folder = files::openFolder(AT_FDCWD, m_folder.c_str(), true);
    if (!folder)
        return writeError(m_folder, error ? error.value() : errno);
    auto end = std::chrono::steady_clock::now() + kLockWait;
    while (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            break; // a place without locks: names and reading back keep writers apart
        if (std::chrono::steady_clock::now() >= end)
            return fail(ErrorCode::Locked, "Another program is writing the log " + m_folder,
                        "Try again in a moment");
        std::this_thread::sleep_for(kLockPause);
    }
    sweep();
    return std::unique_ptr<LogLock>(std::make_unique<FolderLock>(std::move(folder)));
}

void FolderStorage::sweep()
{
    for (const char* folder : {"", "entries", "witnessed"}) {
        auto names = list(folder);
        if (!names)
            continue; // the writing that follows says what is wrong
        for (const auto& name : *names)
            if (name.starts_with(kScratch))
                ::unlink((m_folder + "/" + folder + "/" + name).c_str());
    }
}

} // namespace sextant::ledger
