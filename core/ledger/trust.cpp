#include "core/ledger/trust.h"

#include "core/ledger/folder_storage.h"
#include "core/ledger/key_folder.h"
#include "core/ledger/note.h"

#include <filesystem>

namespace sextant::ledger {

namespace {

constexpr std::size_t kMostKeysBytes = std::size_t{1} << 20;
constexpr std::size_t kPinDigits = 32;

/// One file for each log; an origin is no file name.
std::string pinName(const std::string& origin)
{
    return toHex(sha256(origin)).substr(0, kPinDigits) + ".checkpoint";
}

} // namespace

Result<TrustedKeys> readTrustedKeys(const std::string& file)
{
    std::filesystem::path path(file.empty() ? defaultTrustedKeysFile() : file);
    auto folder = path.parent_path().string();
    auto text = FolderStorage(folder.empty() ? "." : folder).read(path.filename().string(), kMostKeysBytes);
    if (!text && text.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "There is no list of trusted keys at " + path.string(),
                    "Name one with --keys, or begin one with `sextant keys trust`");
    if (!text)
        return forward(text);
    return TrustedKeys::parse(*text, path.string());
}

std::optional<std::string> pinOf(const std::string& origin)
{
    auto text = FolderStorage(defaultPinFolder()).read(pinName(origin), kMostNoteBytes);
    return text ? std::optional(std::move(*text)) : std::nullopt;
}

std::string pinFile(const std::string& origin)
{
    return defaultPinFolder() + "/" + pinName(origin);
}

Result<void> keepPin(const std::string& origin, std::string_view note)
{
    return FolderStorage(defaultPinFolder()).replace(pinName(origin), note);
}

} // namespace sextant::ledger
