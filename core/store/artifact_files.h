// Artifacts on this machine: from the URI that a store recorded to a folder, and safely from there to files.
// Pure functions over the file system; any thread. Paths are bytes as the system gives them, UTF-8 by
// convention.
#pragma once

#include "core/store/tracking_store.h"

#include <string>
#include <string_view>
#include <vector>

namespace sextant {

/// Whose artifacts are looked for, so that they are found again when the store was copied elsewhere.
struct ArtifactOwner
{
    std::string storeFolder; // the folder of the database, or the root of the file store; absolute
    std::string id;          // the run's id or the logged model's
};

/// Path of a file: URI, percent-decoded. Error: Unsupported when it names another host.
Result<std::string> pathFromFileUri(std::string_view uri);

/// Text before "://" or ":" where that is a scheme (two letters at least: "C:" is a drive), in lower case;
/// else empty.
std::string uriScheme(std::string_view uri);

/// The folder named by `artifactUri` (a path, file:, a path relative to the store's folder). When there is
/// none, the same tail is looked for in the store's folder, as after copying a store. The folder need not
/// exist: nothing was logged then. Errors: Unsupported when the artifacts live elsewhere (s3:,
/// mlflow-artifacts: …), NotFound when the URI is empty.
Result<std::string> artifactFolder(std::string_view artifactUri, const ArtifactOwner& owner);

/// What is under `path` of an artifact folder: each folder sorted by name, a folder before what it holds.
/// Nothing, as with the real client, when there is no such folder. Links that lead out or in circles are left
/// out, and what is neither file nor folder. Errors: InvalidArgument when `path` leads out of the folder,
/// PermissionDenied and Io when a folder can't be listed.
Result<std::vector<Artifact>> listArtifactFiles(const std::string& folder, std::string_view path,
                                                bool recursive);

/// The full path of one file. Errors: InvalidArgument when it leads out of the folder or is no file,
/// NotFound, PermissionDenied.
Result<std::string> artifactFilePath(const std::string& folder, std::string_view path);

} // namespace sextant
