#include "app/cli/signing.h"

#include "app/cli/options.h"
#include "core/ledger/folder_storage.h"

#include <filesystem>

namespace sextant::cli {

namespace fs = std::filesystem;

namespace {

/// Folder and name of a file, as the storage wants them.
std::pair<std::string, std::string> partsOf(const std::string& path)
{
    fs::path whole(path);
    auto folder = whole.parent_path().string();
    return {folder.empty() ? "." : folder, whole.filename().string()};
}

} // namespace

Result<std::string> readTextFile(const std::string& path, std::size_t most)
{
    auto [folder, name] = partsOf(path);
    auto text = ledger::FolderStorage(folder).read(name, most);
    if (!text && text.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "There is no file " + path,
                    "Check its name; `ls` shows what is there");
    return text;
}

Result<void> writeTextFile(const std::string& path, std::string_view content)
{
    auto [folder, name] = partsOf(path);
    return ledger::FolderStorage(folder).replace(name, content);
}

Result<ledger::PrivateKey> openKey(const Context& context, const std::string& name)
{
    ledger::KeyFolder keys(ledger::defaultKeyFolder());
    SEXTANT_CHECK(keys.publicKey(name)); // before the passphrase is asked for
    SEXTANT_TRY(auto passphrase, readPassphrase(context, name, false));
    return keys.open(name, passphrase);
}

void addSigning(CLI::App& app, SigningOptions& options)
{
    addText(app, "--key", "NAME", options.key, "The key to sign with; its passphrase is asked for");
    addText(app, "--keys", "FILE", options.keysFile, "Whom to trust; else the list that `keys trust` keeps");
    addText(app, "--reason", "TEXT", options.reason, "Why; it is part of what is signed");
}

Result<OpenedLog> openLogForWriting(Context& context, const std::string& folder,
                                    const SigningOptions& options)
{
    if (options.key.empty())
        return fail(ErrorCode::InvalidArgument, "This is signed: name your key with --key",
                    "`sextant keys list` shows yours");
    SEXTANT_TRY(auto trusted, readTrustedKeys(options.keysFile));
    ledger::LogAccess access{std::make_shared<ledger::FolderStorage>(folder), std::move(trusted), {}, {}};
    SEXTANT_TRY(auto seen, ledger::Log::open(access, context.operation()));
    access.origin = seen.checkpoint().origin;
    access.pin = pinOf(access.origin);
    SEXTANT_TRY(auto log, ledger::Log::open(access, context.operation()));
    SEXTANT_TRY(auto key, openKey(context, options.key));
    return OpenedLog{std::move(log), std::move(key)};
}

} // namespace sextant::cli
