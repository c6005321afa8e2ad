#include "core/store/files/file_marks.h"

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string_view>
#include <sys/stat.h>

namespace sextant::files {

namespace {

std::uint64_t mixTime(std::uint64_t hash, const timespec& time)
{
    return mixMarks(mixMarks(hash, static_cast<std::uint64_t>(time.tv_sec)),
                    static_cast<std::uint64_t>(time.tv_nsec));
}

} // namespace

std::uint64_t mixMarks(std::uint64_t hash, std::uint64_t value)
{
    hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
    return hash * 0xFF51AFD7ED558CCDULL;
}

std::uint64_t markOf(int folder, const char* name, FilesSeen* seen)
{
    struct stat status;
    if (fstatat(folder, name, &status, 0) != 0)
        return 0;
    if (seen)
        seen->newest = std::max({seen->newest, static_cast<std::int64_t>(status.st_mtim.tv_sec),
                                 static_cast<std::int64_t>(status.st_ctim.tv_sec)});
    // The time of change as well: a copy that keeps the time of writing cannot set it.
    auto hash = mixTime(mixTime(1, status.st_mtim), status.st_ctim);
    return mixMarks(mixMarks(hash, static_cast<std::uint64_t>(status.st_size)), status.st_ino);
}

std::uint64_t markOfTree(const FileHandle& parent, const char* name, FilesSeen& seen, int depth)
{
    constexpr int kMostDepth = 48;
    auto folder = openFolder(parent.get(), name, false);
    if (!folder || depth > kMostDepth) {
        seen.plain = seen.plain && !folder && errno == ENOENT;
        return 0;
    }
    FolderListing listing;
    seen.plain = listFolder(folder, listing) == 0 && seen.plain;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < listing.size(); ++i) {
        auto kind = listing.kind(i);
        if (listing.name(i) == "artifacts" && kind == EntryKind::Folder)
            continue;
        seen.plain = seen.plain && (kind == EntryKind::Folder || kind == EntryKind::File);
        auto hash = mixMarks(1, std::hash<std::string_view>()(listing.name(i)));
        hash = kind == EntryKind::Folder
                   ? mixMarks(hash, markOfTree(folder, listing.cName(i), seen, depth + 1))
                   : mixMarks(hash, markOf(folder.get(), listing.cName(i), &seen));
        sum += hash;
        ++seen.count;
    }
    return sum;
}

} // namespace sextant::files
