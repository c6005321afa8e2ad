// Marks of files: a number that differs after a file changed, from what the file system says of it without
// opening it.
#pragma once

#include "core/store/files/folder.h"

#include <cstdint>

namespace sextant::files {

/// Folders of a run that hold what it logged.
inline constexpr const char* kValueFolders[] = {"metrics", "params", "tags", "inputs", "outputs"};

/// What a look at many files saw besides their marks.
struct FilesSeen
{
    std::uint64_t count = 0;
    std::int64_t newest = 0; // the last change of any, in seconds since 1970 by the file system's clock
    bool plain = true;       // files and folders alone, all of which could be looked at
};

std::uint64_t mixMarks(std::uint64_t hash, std::uint64_t value);

/// Times, size and identity of a file; 0 when there is none.
std::uint64_t markOf(int folder, const char* name, FilesSeen* seen = nullptr);

/// All files below a folder, whatever the order they are listed in. Artifacts are left out.
std::uint64_t markOfTree(const FileHandle& parent, const char* name, FilesSeen& seen, int depth = 0);

} // namespace sextant::files
