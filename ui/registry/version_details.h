// VersionDetails: what is known of a version once its files were read: size, digest, library, signature. Read
// in a job.
#pragma once

#include "core/base/operation.h"
#include "core/ledger/folder_digest.h"
#include "core/registry/model_file.h"
#include "core/tracking/registry.h"

#include <optional>
#include <string>
#include <vector>

namespace sextant {

struct SignaturePart
{
    enum class Kind { Input, Output, Parameter };
    Kind kind = Kind::Input;
    std::string name; // empty: known by its place
    std::string type;
    bool required = true;
    bool operator==(const SignaturePart&) const = default;
};

struct VersionDetails
{
    std::string folder; // of its files on this machine
    bool missing = false;
    std::optional<Error> problem; // why the files can't be looked at
    std::uint64_t files = 0, bytes = 0;
    std::optional<registry::ModelFile> modelFile;
    std::vector<SignaturePart> signature;
    std::string whyNoSignature; // one sentence
    std::optional<ledger::FolderDigest> digest;
    std::optional<Error> digestProblem;

    std::size_t count(SignaturePart::Kind kind) const;
};

/// Files beyond this many bytes are read only when asked for.
inline constexpr std::uint64_t kMostReadUnasked = std::uint64_t{256} << 20;

/// `storePath`: of the store, for places relative to it. The digest is made when `all` or the files are
/// small. Errors: Cancelled; else what could not be read is noted in the result.
Result<VersionDetails> readVersionDetails(const std::string& storePath, const ModelVersion& version, bool all,
                                          const Operation& operation);

} // namespace sextant
