// TreeReader: the small files below one folder (params, tags, metrics), where a key with slashes is a file in
// folders. Holds its buffers; one for each thread.
#pragma once

#include "core/store/files/folder.h"
#include "core/store/files/warning_list.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::files {

class TreeReader
{
public:
    /// `canonicalRoot`: the store's folder without links; links are followed only to what is below it.
    TreeReader(std::string canonicalRoot, WarningList& warnings)
        : m_canonicalRoot(std::move(canonicalRoot)), m_warnings(warnings)
    {
    }

    /// A key is valid UTF-8; the text is as it is in the file. Views last during the call.
    using Take = std::function<void(std::string_view key, std::string_view text)>;

    /// Reads every file below `name`. What is missing is nothing; what can't be read is warned of.
    /// False when there is no such folder.
    bool read(const FileHandle& parent, const char* name, const Place& place, std::uint64_t limit,
              const Take& take);

    /// Opens `name` below `parent`, through a link only when that stays in the store.
    FileHandle open(const FileHandle& parent, const char* name, const Place& place);

    /// Reads one file below the folder at `place`, following a link that stays in the store.
    ReadResult readOne(const FileHandle& folder, const char* name, const std::string& fullPath,
                       std::uint64_t limit, FileBuffer& buffer);

    WarningList& warnings() { return m_warnings; }

private:
    struct Walk
    {
        const Place& place;
        std::string_view top;
        std::uint64_t limit;
        const Take& take;
    };
    void walk(const FileHandle& folder, const Walk& walk, std::size_t depth);
    void readEntry(const FileHandle& folder, const char* name, const Walk& walk);
    std::string insideStore(const std::string& path) const;

    std::string m_canonicalRoot;
    WarningList& m_warnings;
    std::vector<std::unique_ptr<FolderListing>> m_listings; // one for each depth
    FileBuffer m_buffer;
    std::string m_key;
    bool m_missing = false; // the last folder that could not be opened is not there
};

/// Names that systems and editors leave behind, never keys.
bool isLitter(std::string_view name);

} // namespace sextant::files
