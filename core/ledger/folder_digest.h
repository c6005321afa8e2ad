// FolderDigest: one digest for all files of a folder, the one that OpenSSF Model Signing v1.0 makes of a
// model: SHA-256 over the SHA-256 of each file, in the order of their relative paths. Reads files; any
// thread.
#pragma once

#include "core/base/operation.h"
#include "core/base/sha256.h"

#include <string>
#include <vector>

namespace sextant::ledger {

struct FileDigest
{
    std::string path; // relative, '/' between parts
    Digest digest{};
    std::uint64_t size = 0;
};

struct FolderDigest
{
    Digest root{};
    std::vector<FileDigest> files; // by path
};

/// Signatures ("model.sig") and git's own files count for nothing. A link, or anything else that is no file,
/// is refused: what it leads to could be changed unseen. Errors: NotFound, Corrupt, PermissionDenied,
/// Cancelled.
Result<FolderDigest> digestFolder(const std::string& folder, const Operation& operation);

} // namespace sextant::ledger
