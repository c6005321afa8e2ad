#include "core/store/sqlite/private_copy.h"

#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::sqlite {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kPrefix = "sextant-copy-";
constexpr std::time_t kSettled = 60; // seconds after which a folder without a lock is not just being made

int lockedFolder(const std::string& folder)
{
    int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

bool isOursAndSettled(const std::string& folder)
{
    struct stat status = {};
    return ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == ::geteuid() &&
           status.st_mtime + kSettled < std::time(nullptr);
}

/// Copies hold what their databases hold: none is to outlive its process for long.
void removeAbandoned(const fs::path& temporary)
{
    std::error_code error; // what can't be removed now is left for the next time
    for (fs::directory_iterator entries(temporary, error), end; !error && entries != end;
         entries.increment(error)) {
        auto folder = entries->path().string();
        if (!entries->path().filename().string().starts_with(kPrefix) || !isOursAndSettled(folder))
            continue;
        int lock = lockedFolder(folder);
        if (lock < 0)
            continue;
        std::error_code ignored;
        fs::remove_all(folder, ignored);
        ::close(lock);
    }
}

} // namespace

Result<std::shared_ptr<PrivateCopy>> PrivateCopy::make()
{
    std::error_code error;
    auto temporary = fs::temp_directory_path(error);
    auto folder = (temporary / (std::string(kPrefix) + "XXXXXX")).string();
    if (!error)
        removeAbandoned(temporary);
    if (error || !::mkdtemp(folder.data()))
        return fail(ErrorCode::Io, "The database needs recovery, and no copy can be made to recover",
                    "Set TMPDIR to a folder that can be written");
    return std::shared_ptr<PrivateCopy>(new PrivateCopy(folder, lockedFolder(folder)));
}

PrivateCopy::~PrivateCopy()
{
    std::error_code ignored; // what stays is in the folder for temporary files
    fs::remove_all(m_folder, ignored);
    if (m_lock >= 0)
        ::close(m_lock);
}

} // namespace sextant::sqlite
