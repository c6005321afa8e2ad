#include "ui/registry/version_details.h"

#include "core/registry/gates/model_signature.h"
#include "core/store/artifact_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace sextant {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostModelFile = std::size_t{1} << 22;

Result<std::string> folderOf(const std::string& storePath, const ModelVersion& version)
{
    std::error_code ignored;
    auto store =
        fs::is_directory(storePath, ignored) ? storePath : fs::path(storePath).parent_path().string();
    return artifactFolder(version.storageLocation.empty() ? version.source : version.storageLocation,
                          {store, version.runId});
}

std::string readSmallFile(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text(kMostModelFile, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    return text;
}

void readModel(VersionDetails& details)
{
    auto text = readSmallFile(fs::path(details.folder) / registry::kModelFileName);
    if (text.empty()) {
        details.whyNoSignature = "There is no MLmodel file";
        return;
    }
    auto file = registry::readModelFile(text);
    if (!file) {
        details.whyNoSignature = file.error().message;
        return;
    }
    details.modelFile = std::move(*file);
    auto signature = registry::readModelSignature(text);
    if (!signature) {
        details.whyNoSignature = signature.error().message;
        return;
    }
    auto add = [&](SignaturePart::Kind kind, const std::vector<registry::SignatureField>& fields) {
        for (const auto& field : fields)
            details.signature.push_back({kind, field.name, field.type, field.required});
    };
    add(SignaturePart::Kind::Input, signature->inputs);
    add(SignaturePart::Kind::Output, signature->outputs);
    add(SignaturePart::Kind::Parameter, signature->params);
}

} // namespace

std::size_t VersionDetails::count(SignaturePart::Kind kind) const
{
    return static_cast<std::size_t>(std::count_if(
        signature.begin(), signature.end(), [&](const SignaturePart& part) { return part.kind == kind; }));
}

Result<VersionDetails> readVersionDetails(const std::string& storePath, const ModelVersion& version, bool all,
                                          const Operation& operation)
{
    VersionDetails details;
    auto folder = folderOf(storePath, version);
    if (!folder) {
        details.problem = folder.error();
        return details;
    }
    details.folder = *folder;
    std::error_code ignored;
    if (!fs::exists(details.folder, ignored)) {
        details.missing = true;
        return details;
    }
    auto files = listArtifactFiles(details.folder, {}, true);
    if (!files) {
        details.problem = files.error();
        return details;
    }
    for (const auto& file : *files) {
        details.files += file.isDirectory ? 0 : 1;
        details.bytes += file.size;
    }
    readModel(details);
    if (all || details.bytes <= kMostReadUnasked) {
        auto digest = ledger::digestFolder(details.folder, operation);
        if (digest)
            details.digest = std::move(*digest);
        else if (digest.error().code == ErrorCode::Cancelled)
            return cancelledError();
        else
            details.digestProblem = digest.error();
    }
    return details;
}

} // namespace sextant
