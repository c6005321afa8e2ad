#include "core/store/files/tree_reader.h"

#include "core/base/text.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

namespace sextant::files {

namespace {
constexpr std::size_t kMostDepth = 48;
}

bool isLitter(std::string_view name)
{
    return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini" || name.starts_with("._") ||
           name.starts_with(".nfs");
}

/// The path without links when it is below the store, else empty.
std::string TreeReader::insideStore(const std::string& path) const
{
    std::error_code error;
    auto real = std::filesystem::canonical(path, error).string();
    bool inside = !error && real.size() > m_canonicalRoot.size() && real.starts_with(m_canonicalRoot) &&
                  (m_canonicalRoot.ends_with('/') || real[m_canonicalRoot.size()] == '/');
    return inside ? real : std::string();
}

FileHandle TreeReader::open(const FileHandle& parent, const char* name, const Place& place)
{
    auto folder = openFolder(parent.get(), name, false);
    if (folder)
        return folder;
    int error = errno;
    m_missing = error == ENOENT;
    if (m_missing)
        return folder;
    auto path = place.path(name);
    struct stat status;
    if ((error == ENOTDIR || error == ELOOP) &&
        fstatat(parent.get(), name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode)) {
        if (auto real = insideStore(path); !real.empty())
            folder = openFolder(AT_FDCWD, real.c_str(), false);
        if (!folder)
            m_warnings.add(path, describeProblem({ReadOutcome::Link, ELOOP}));
        return folder;
    }
    if (error == ENOTDIR)
        m_warnings.add(path, "A folder is expected here, and was not found");
    else if (error == EACCES || error == EPERM)
        m_warnings.add(path, describeProblem({ReadOutcome::Denied, error}));
    else
        m_warnings.add(path, "It could not be read: " + describeError(error));
    return folder;
}

ReadResult TreeReader::readOne(const FileHandle& folder, const char* name, const std::string& fullPath,
                               std::uint64_t limit, FileBuffer& buffer)
{
    auto result = readFile(folder.get(), name, limit, buffer);
    if (result.outcome != ReadOutcome::Link)
        return result;
    auto real = insideStore(fullPath);
    return real.empty() ? result : readFile(AT_FDCWD, real.c_str(), limit, buffer);
}

bool TreeReader::read(const FileHandle& parent, const char* name, const Place& place, std::uint64_t limit,
                      const Take& take)
{
    auto folder = open(parent, name, place);
    if (!folder)
        return !m_missing;
    m_key.clear();
    walk(folder, {place, name, limit, take}, 0);
    return true;
}

void TreeReader::walk(const FileHandle& folder, const Walk& walk, std::size_t depth)
{
    while (m_listings.size() <= depth)
        m_listings.push_back(std::make_unique<FolderListing>());
    auto& listing = *m_listings[depth];
    if (int error = listFolder(folder, listing); error != 0 && error != ENOENT)
        m_warnings.add(walk.place.path(walk.top, m_key), "It could not be listed: " + describeError(error));
    auto prefix = m_key.size();
    for (std::size_t i = 0; i < listing.size(); ++i) {
        if (prefix > 0)
            m_key.push_back('/');
        m_key.append(listing.name(i));
        if (listing.kind(i) == EntryKind::Folder) {
            auto child = openFolder(folder.get(), listing.cName(i), false);
            if (depth + 1 >= kMostDepth)
                m_warnings.add(walk.place.path(walk.top, m_key),
                               "Folders are nested too deep here, and were not read");
            else if (child)
                this->walk(child, walk, depth + 1);
            else if (errno != ENOENT)
                m_warnings.add(walk.place.path(walk.top, m_key),
                               "It could not be opened: " + describeError(errno));
        } else if (listing.kind(i) == EntryKind::Other) {
            m_warnings.add(walk.place.path(walk.top, m_key), "It is no file, and was not read");
        } else {
            readEntry(folder, listing.cName(i), walk);
        }
        m_key.resize(prefix);
    }
}

void TreeReader::readEntry(const FileHandle& folder, const char* name, const Walk& walk)
{
    auto path = [&] { return walk.place.path(walk.top, m_key); };
    if (isLitter(name))
        return m_warnings.add(path(), "A file that the system left behind, not one of MLflow's");
    struct stat status;
    auto result = readFile(folder.get(), name, walk.limit, m_buffer);
    if (result.outcome == ReadOutcome::Link)
        result = readOne(folder, name, path(), walk.limit, m_buffer);
    if (result.outcome == ReadOutcome::Missing) {
        // Vanished since the listing: nothing was lost by not reading it. A link that leads nowhere stays.
        if (fstatat(folder.get(), name, &status, AT_SYMLINK_NOFOLLOW) == 0)
            m_warnings.add(path(), "It is a link to a file that does not exist");
        return;
    }
    if (!result)
        return m_warnings.add(path(), describeProblem(result));
    if (isUtf8(m_key))
        return walk.take(m_key, m_buffer.text());
    m_warnings.add(path(), "Its name is not UTF-8; what is wrong in it is shown as \uFFFD");
    walk.take(toUtf8(m_key), m_buffer.text());
}

} // namespace sextant::files
