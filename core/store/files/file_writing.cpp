#include "core/store/files/file_writing.h"

#include "core/store/files/folder.h"
#include "core/store/files/store_layout.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::files {

namespace fs = std::filesystem;

namespace {

std::string scratchName(const std::string& folder)
{
    static std::atomic<unsigned> count = 0;
    return folder + "/.sextant-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

} // namespace

tl::unexpected<Error> writeError(const std::string& path, int error)
{
    if (error == EACCES || error == EPERM)
        return fail(ErrorCode::PermissionDenied, "There is no permission to write " + path,
                    "Ask the owner of the folder", describeError(error));
    if (error == EROFS)
        return fail(ErrorCode::ReadOnly, "The store is on a medium that can't be written",
                    "Copy the store to a place where you may write", describeError(error));
    if (error == ENAMETOOLONG)
        return fail(ErrorCode::InvalidArgument, "The name is too long for a file of this disk",
                    "Choose a shorter one; nothing was changed", describeError(error));
    return fail(ErrorCode::Io, "Writing " + path + " failed: " + describeError(error),
                error == ENOSPC ? "Free some space on the disk; nothing was changed" : "Nothing was changed");
}

Result<void> replaceFile(const std::string& file, const std::string& scratchFolder, std::string_view content)
{
    auto scratch = scratchName(scratchFolder);
    FileHandle handle(::open(scratch.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!handle)
        return writeError(file, errno);
    struct stat existing;
    bool replaces = ::stat(file.c_str(), &existing) == 0;
    bool written = writeAll(handle.get(), content) &&
                   (!replaces || ::fchmod(handle.get(), existing.st_mode & 07777) == 0) &&
                   ::fsync(handle.get()) == 0 && ::rename(scratch.c_str(), file.c_str()) == 0;
    if (written)
        return {};
    int error = errno;
    ::unlink(scratch.c_str());
    return writeError(file, error);
}

Result<void> changeMeta(const std::string& folder, const std::vector<MetaChange>& changes)
{
    auto file = folder + "/" + kMetaFile;
    FileBuffer buffer;
    if (auto read = readFile(AT_FDCWD, file.c_str(), kMostMetaBytes, buffer); !read)
        return fail(ErrorCode::Io, "The meta.yaml can't be changed: " + describeProblem(read),
                    "Look at " + file);
    SEXTANT_TRY(auto edited, editMeta(buffer.text(), changes));
    return replaceFile(file, folder, edited);
}

/// Refused where a link in the store would lead the writing out of it.
Result<std::string> KeyFiles::file(const std::string& key) const
{
    std::error_code error;
    auto real = fs::canonical(m_folder, error);
    auto parent = fs::weakly_canonical(fs::path(m_folder) / m_below / key, error).parent_path();
    auto inside = (real / m_below).string();
    if (error)
        return writeError(inside, error.value());
    if (!(parent.string() + "/").starts_with(inside + "/"))
        return fail(ErrorCode::InvalidArgument,
                    "The " + std::string(m_below) + " are kept outside of " + m_folder +
                        ", and are not changed",
                    "Change them where they are, or put a folder in place of the link");
    return (parent / fs::path(key).filename()).string();
}

Result<void> KeyFiles::write(const std::string& key, std::string_view value) const
{
    SEXTANT_TRY(auto target, file(key));
    std::error_code error;
    fs::create_directories(fs::path(target).parent_path(), error);
    if (error)
        return writeError(target, error.value());
    if (fs::is_directory(target, error))
        return fail(ErrorCode::AlreadyExists,
                    "There are " + std::string(m_below) + " whose keys begin with '" + key +
                        "/', so that none can be called that",
                    "Choose another key");
    return replaceFile(target, m_folder, value);
}

Result<bool> KeyFiles::remove(const std::string& key) const
{
    SEXTANT_TRY(auto target, file(key));
    struct stat status;
    bool isThere = ::lstat(target.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
    if (isThere && ::unlink(target.c_str()) != 0)
        return writeError(target, errno);
    return isThere;
}

Result<NewFolder> NewFolder::create(const std::string& root)
{
    auto path = scratchName(root);
    if (::mkdir(path.c_str(), 0777) != 0)
        return writeError(path, errno);
    return NewFolder(path);
}

NewFolder::~NewFolder()
{
    std::error_code ignored; // what can't be removed is a folder without a meaning
    if (!m_path.empty())
        fs::remove_all(m_path, ignored);
}

Result<void> NewFolder::addFolder(const char* name) const
{
    auto path = m_path + "/" + name;
    return ::mkdir(path.c_str(), 0777) == 0 ? Result<void>() : Result<void>(writeError(path, errno));
}

Result<void> NewFolder::write(const char* name, std::string_view content) const
{
    return replaceFile(m_path + "/" + name, m_path, content);
}

Result<void> NewFolder::appearAs(const std::string& path)
{
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    if (error)
        return writeError(path, error.value());
    if (::rename(m_path.c_str(), path.c_str()) != 0) {
        bool taken = errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR;
        return taken ? Result<void>(fail(ErrorCode::AlreadyExists, "There is a folder " + path + " already",
                                         "Another program may have made it just now: try again"))
                     : Result<void>(writeError(path, errno));
    }
    m_path.clear();
    return {};
}

} // namespace sextant::files
