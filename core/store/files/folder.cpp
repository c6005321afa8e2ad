#include "core/store/files/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#ifdef __linux__
#include <sys/syscall.h>
#endif

namespace sextant::files {

namespace {

EntryKind kindFromMode(mode_t mode)
{
    if (S_ISREG(mode))
        return EntryKind::File;
    if (S_ISDIR(mode))
        return EntryKind::Folder;
    return S_ISLNK(mode) ? EntryKind::Link : EntryKind::Other;
}

EntryKind entryKind(int folder, const char* name, unsigned char type)
{
    switch (type) {
    case DT_REG:
        return EntryKind::File;
    case DT_DIR:
        return EntryKind::Folder;
    case DT_LNK:
        return EntryKind::Link;
    case DT_UNKNOWN:
        break;
    default:
        return EntryKind::Other;
    }
    struct stat status;
    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? kindFromMode(status.st_mode)
                                                                    : EntryKind::Other;
}

bool isSelfOrParent(const char* name)
{
    return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

ReadResult failureOf(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ESTALE:
        return {ReadOutcome::Missing, error};
    case EACCES:
    case EPERM:
        return {ReadOutcome::Denied, error};
    case ELOOP:
        return {ReadOutcome::Link, error};
    default:
        return {ReadOutcome::Failed, error};
    }
}

} // namespace

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept
{
    if (this != &other) {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = other.release();
    }
    return *this;
}

FileHandle::~FileHandle()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

int FileHandle::release()
{
    return std::exchange(m_descriptor, -1);
}

bool writeAll(int descriptor, std::string_view content)
{
    while (!content.empty()) {
        auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void FolderListing::clear()
{
    m_entries.clear();
    m_names.clear();
}

void FolderListing::add(std::string_view name, EntryKind kind)
{
    m_entries.push_back(
        {static_cast<std::uint32_t>(m_names.size()), static_cast<std::uint32_t>(name.size()), kind});
    m_names.append(name);
    m_names.push_back('\0');
}

bool FolderListing::has(std::string_view name, EntryKind kind) const
{
    for (std::size_t i = 0; i < size(); ++i)
        if (m_entries[i].kind == kind && this->name(i) == name)
            return true;
    return false;
}

void FolderListing::sort()
{
    std::sort(m_entries.begin(), m_entries.end(), [this](const Entry& a, const Entry& b) {
        return std::string_view(&m_names[a.offset], a.length) <
               std::string_view(&m_names[b.offset], b.length);
    });
}

void FileBuffer::clear()
{
    constexpr std::size_t kKept = 32U << 20;
    m_size = 0;
    if (m_capacity > kKept) {
        m_bytes.reset();
        m_capacity = 0;
    }
}

char* FileBuffer::room(std::size_t bytes)
{
    if (m_capacity - m_size < bytes) {
        auto capacity = std::max(m_size + bytes, m_capacity * 2);
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        if (m_size > 0)
            std::memcpy(larger.get(), m_bytes.get(), m_size);
        m_bytes = std::move(larger);
        m_capacity = capacity;
    }
    return m_bytes.get() + m_size;
}

FileHandle openFolder(int parent, const char* name, bool followLink)
{
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK | (followLink ? 0 : O_NOFOLLOW);
    return FileHandle(::openat(parent, name, flags));
}

#ifdef __linux__
int listFolder(const FileHandle& folder, FolderListing& listing)
{
    // The kernel's own record; readdir() would allocate a buffer and ask for the state of each folder.
    struct Record
    {
        std::uint64_t inode;
        std::int64_t offset;
        unsigned short length;
        unsigned char type;
        char name[1];
    };
    listing.clear();
    alignas(Record) thread_local char records[32768];
    while (true) {
        auto bytes = ::syscall(SYS_getdents64, folder.get(), records, sizeof records);
        if (bytes < 0)
            return errno;
        if (bytes == 0)
            return 0;
        for (long at = 0; at < bytes;) {
            auto* record = reinterpret_cast<const Record*>(records + at);
            const char* name = records + at + offsetof(Record, name);
            if (!isSelfOrParent(name))
                listing.add(name, entryKind(folder.get(), name, record->type));
            at += record->length;
        }
    }
}
#else
int listFolder(const FileHandle& folder, FolderListing& listing)
{
    listing.clear();
    int copy = ::dup(folder.get());
    DIR* stream = copy < 0 ? nullptr : ::fdopendir(copy);
    if (!stream) {
        int error = errno;
        if (copy >= 0)
            ::close(copy);
        return error;
    }
    errno = 0;
    while (auto* record = ::readdir(stream))
        if (!isSelfOrParent(record->d_name))
            listing.add(record->d_name, entryKind(folder.get(), record->d_name, record->d_type));
    int error = errno;
    ::closedir(stream);
    return error;
}
#endif

ReadResult readFile(int folder, const char* name, std::uint64_t limit, FileBuffer& buffer)
{
    buffer.clear();
    FileHandle file(::openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (!file)
        return failureOf(errno);
    std::size_t step = 16384;
    std::uint64_t total = 0;
    while (true) {
        char* room = buffer.room(step);
        auto bytes = ::read(file.get(), room, step);
        if (bytes < 0 && errno == EINTR)
            continue;
        if (bytes < 0)
            return failureOf(errno);
        buffer.grow(static_cast<std::size_t>(bytes));
        total += static_cast<std::uint64_t>(bytes);
        if (total > limit)
            return {ReadOutcome::TooLarge, EFBIG};
        // A regular file that gives less than asked for has ended.
        if (static_cast<std::size_t>(bytes) < step)
            return {};
        struct stat status;
        bool known = fstat(file.get(), &status) == 0 && static_cast<std::uint64_t>(status.st_size) > total;
        auto rest =
            known ? std::min<std::uint64_t>(static_cast<std::uint64_t>(status.st_size) - total, limit) : 0;
        step = static_cast<std::size_t>(rest) + 16384;
    }
}

std::string describeError(int error)
{
    return std::generic_category().message(error);
}

std::string describeProblem(const ReadResult& result)
{
    switch (result.outcome) {
    case ReadOutcome::Done:
        return {};
    case ReadOutcome::Missing:
        return "It is missing";
    case ReadOutcome::Denied:
        return "There is no permission to read it";
    case ReadOutcome::Link:
        return "It is a link that leads out of the store or in a circle, and was not followed";
    case ReadOutcome::TooLarge:
        return "It is larger than anything MLflow writes here, and was not read";
    case ReadOutcome::Failed:
        break;
    }
    return "It could not be read: " + describeError(result.error);
}

} // namespace sextant::files
