// Copying files to a folder whose names come from a store and are not to be trusted.
#pragma once

#include "core/base/operation.h"

#include <string>
#include <vector>

namespace sextant::cli {

struct Download
{
    std::string source; // a file of this machine
    std::string path;   // where in the folder, '/' between parts
};

/// Copies all or, when something is in the way, nothing. Refused: paths that lead out of the folder, links in
/// the way, and files that are already there unless `overwrite`. Each file appears whole or not at all.
/// Returns the bytes copied.
Result<std::uint64_t> copyInto(const std::string& folder, const std::vector<Download>& files, bool overwrite,
                               const Operation& operation);

/// True when the path has only plain names: no "..", not absolute, no control characters.
bool staysInside(const std::string& path);

} // namespace sextant::cli
