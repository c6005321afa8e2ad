// Folders and files by descriptor: listing and reading with the fewest system calls, never following a link,
// never waiting on a pipe, never reading more than allowed. Names are bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::files {

/// An open file descriptor, closed with the object.
class FileHandle
{
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor) : m_descriptor(descriptor) {}
    FileHandle(FileHandle&& other) noexcept : m_descriptor(other.release()) {}
    FileHandle& operator=(FileHandle&& other) noexcept;
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle();

    explicit operator bool() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }
    int release();

private:
    int m_descriptor = -1;
};

/// Writes until all is written or an error stands in errno; a signal stops nothing.
bool writeAll(int descriptor, std::string_view content);

enum class EntryKind : std::uint8_t { File, Folder, Link, Other };

/// The names in one folder; reusable, so that listing thousands of folders allocates once.
class FolderListing
{
public:
    struct Entry
    {
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
        EntryKind kind = EntryKind::Other;
    };

    std::size_t size() const { return m_entries.size(); }
    EntryKind kind(std::size_t index) const { return m_entries[index].kind; }
    std::string_view name(std::size_t index) const
    {
        return {&m_names[m_entries[index].offset], m_entries[index].length};
    }
    const char* cName(std::size_t index) const { return &m_names[m_entries[index].offset]; }

    void clear();
    void add(std::string_view name, EntryKind kind);
    bool has(std::string_view name, EntryKind kind) const;
    /// By name, for results that do not depend on the order of the disk.
    void sort();

private:
    std::vector<Entry> m_entries;
    std::string m_names; // each ends with a zero
};

/// A growing buffer that is not cleared before use.
class FileBuffer
{
public:
    std::string_view text() const { return {m_bytes.get(), m_size}; }
    char* room(std::size_t bytes); // space for at least `bytes` more
    void grow(std::size_t bytes) { m_size += bytes; }
    void clear(); // also gives back what only one huge file needed

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

enum class ReadOutcome : std::uint8_t { Done, Missing, Denied, Link, TooLarge, Failed };

struct ReadResult
{
    ReadOutcome outcome = ReadOutcome::Done;
    int error = 0; // errno
    explicit operator bool() const { return outcome == ReadOutcome::Done; }
};

/// Sizes beyond which a file is not what MLflow wrote.
inline constexpr std::uint64_t kMostMetaBytes = 16ULL << 20;
inline constexpr std::uint64_t kMostTextBytes = 64ULL << 20;
inline constexpr std::uint64_t kMostMetricBytes = 2ULL << 30;

/// Opens a folder below `parent` (AT_FDCWD for a path). A link as the last part of the name is followed only
/// when asked.
FileHandle openFolder(int parent, const char* name, bool followLink);

/// Fills `listing`; returns 0 or an errno. "." and ".." are left out; kinds the file system does not tell are
/// asked for.
int listFolder(const FileHandle& folder, FolderListing& listing);

/// Reads a whole regular file.
ReadResult readFile(int folder, const char* name, std::uint64_t limit, FileBuffer& buffer);

/// One sentence about why something could not be read.
std::string describeProblem(const ReadResult& result);
std::string describeError(int error);

} // namespace sextant::files
