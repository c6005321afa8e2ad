#include "core/ledger/folder_digest.h"

#include "core/store/files/folder.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::ledger {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
const std::set<std::string, std::less<>> kIgnored = {"model.sig", ".git", ".gitattributes", ".github",
                                                     ".gitignore"};

tl::unexpected<Error> unreadable(const std::string& path, int error)
{
    return fail(error == EACCES ? ErrorCode::PermissionDenied : ErrorCode::Io,
                path + " can't be read: " + files::describeError(error));
}

Result<std::vector<FileDigest>> listFiles(const std::string& folder)
{
    std::vector<FileDigest> found;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, error), end;
    if (error)
        return fail(ErrorCode::NotFound, "The folder " + folder + " can't be read", {}, error.message());
    while (at != end) {
        auto path = at->path().lexically_relative(folder).generic_string();
        auto status = at->symlink_status(error);
        if (kIgnored.contains(at->path().filename().string()))
            at.disable_recursion_pending();
        else if (fs::is_regular_file(status))
            found.push_back({path, {}, at->file_size(error)});
        else if (!fs::is_directory(status))
            return fail(ErrorCode::Corrupt,
                        folder + "/" + path + " is a link or no file, and is not followed");
        at.increment(error);
        if (error)
            return unreadable(folder, error.value());
    }
    std::sort(found.begin(), found.end(),
              [](const FileDigest& a, const FileDigest& b) { return a.path < b.path; });
    return found;
}

} // namespace

Result<FolderDigest> digestFolder(const std::string& folder, const Operation& operation)
{
    FolderDigest result;
    SEXTANT_TRY(result.files, listFiles(folder));
    std::uint64_t total = 0, done = 0;
    for (const auto& file : result.files)
        total += file.size;
    std::vector<char> block(kBlock);
    Sha256 each, all;
    for (auto& file : result.files) {
        auto path = folder + "/" + file.path;
        files::FileHandle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (!handle)
            return unreadable(path, errno);
        for (;;) {
            if (operation.cancelled())
                return cancelledError();
            auto got = ::read(handle.get(), block.data(), block.size());
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return unreadable(path, errno);
            if (got == 0)
                break;
            each.add({block.data(), static_cast<std::size_t>(got)});
            operation.progress("Hashing files", done += static_cast<std::uint64_t>(got), total);
        }
        file.digest = each.finish();
        all.add(bytesOf(file.digest));
    }
    result.root = all.finish();
    return result;
}

} // namespace sextant::ledger
