#include "core/ledger/key_folder.h"

#include "core/base/text.h"
#include "core/ledger/folder_storage.h"

#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>

namespace sextant::ledger {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFileBytes = 16 * 1024;
constexpr unsigned kPrivateFile = 0600;
constexpr unsigned kOthers = 0077;

Result<void> checkName(const std::string& name)
{
    if (isKeyName(name) && name.find('/') == std::string::npos)
        return {};
    return fail(ErrorCode::InvalidArgument, "'" + toUtf8(name) + "' can't name a key",
                "Use letters, digits and . _ @ -, 64 at most, beginning with a letter or digit");
}

std::string userFolder(const char* variable, const char* below)
{
    const char* named = std::getenv(variable);
    if (named && *named == '/')
        return std::string(named) + "/sextant";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : ".") + below + "/sextant";
}

/// Others could copy the file and try passphrases at leisure.
Result<void> checkPrivate(const std::string& file)
{
    struct stat status;
    if (::stat(file.c_str(), &status) != 0 || (status.st_mode & kOthers) == 0)
        return {};
    return fail(ErrorCode::PermissionDenied, "Others may read the private key " + file,
                "Take that away with: chmod 600 " + file);
}

} // namespace

Result<TrustedKey> KeyFolder::create(const std::string& name, const Roles& roles, const std::string& person,
                                     const Secret& passphrase) const
{
    SEXTANT_CHECK(checkName(name));
    if (person.find_first_of(" \t\r\n") != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "A person is one word",
                    "An address will do: ann.lee@example.org");
    SEXTANT_TRY(auto key, PrivateKey::generate(name));
    SEXTANT_TRY(auto pem, key.toPem(passphrase));
    TrustedKey trusted{key.publicKey(), roles, person.empty() ? name : person, {}, {}};
    if (roles.empty())
        trusted.roles.emplace(kRequester);
    SEXTANT_CHECK(parseTrustedKey(formatTrustedKey(trusted))); // roles are words
    std::error_code error;
    if (fs::create_directories(m_folder, error))
        fs::permissions(m_folder, fs::perms::owner_all, error);
    FolderStorage files(m_folder, kPrivateFile);
    auto written = files.create(name + ".pem", pem);
    if (!written && written.error().code == ErrorCode::AlreadyExists)
        return fail(ErrorCode::AlreadyExists, "There is a key '" + name + "' already",
                    "Choose another name; a key is never replaced");
    if (!written)
        return forward(written);
    SEXTANT_CHECK(files.replace(name + ".pub", formatTrustedKey(trusted) + "\n"));
    return trusted;
}

Result<TrustedKey> KeyFolder::publicKey(const std::string& name) const
{
    SEXTANT_CHECK(checkName(name));
    auto text = FolderStorage(m_folder).read(name + ".pub", kMostFileBytes);
    if (!text)
        return fail(ErrorCode::NotFound, "There is no key '" + name + "' in " + m_folder,
                    "`sextant keys list` shows all");
    SEXTANT_TRY(auto key, parseTrustedKey(trim(*text)));
    if (key.key.name() != name)
        return fail(ErrorCode::Corrupt, m_folder + "/" + name + ".pub holds another key: " + key.key.name());
    return key;
}

Result<std::vector<TrustedKey>> KeyFolder::list() const
{
    constexpr std::string_view kSuffix = ".pub";
    SEXTANT_TRY(auto names, FolderStorage(m_folder).list(""));
    std::vector<TrustedKey> keys;
    for (const auto& name : names) {
        auto key = name.ends_with(kSuffix) ? publicKey(name.substr(0, name.size() - kSuffix.size()))
                                           : Result<TrustedKey>(fail(ErrorCode::NotFound, ""));
        if (key)
            keys.push_back(std::move(*key));
    }
    return keys;
}

Result<PrivateKey> KeyFolder::open(const std::string& name, const Secret& passphrase) const
{
    SEXTANT_CHECK(checkName(name));
    auto pem = FolderStorage(m_folder).read(name + ".pem", kMostFileBytes);
    if (!pem && pem.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "There is no private key '" + name + "' in " + m_folder,
                    "`sextant keys list` shows all; `sextant keys create " + name + "` makes one");
    if (!pem)
        return forward(pem);
    SEXTANT_CHECK(checkPrivate(m_folder + "/" + name + ".pem"));
    return PrivateKey::fromPem(name, *pem, passphrase);
}

std::string defaultKeyFolder()
{
    const char* named = std::getenv("SEXTANT_KEYS");
    return named && *named ? std::string(named) : userFolder("XDG_CONFIG_HOME", "/.config") + "/keys";
}

std::string defaultTrustedKeysFile()
{
    return fs::path(defaultKeyFolder()).parent_path() / "trusted-keys";
}

std::string defaultPinFolder()
{
    return userFolder("XDG_STATE_HOME", "/.local/state") + "/pins";
}

} // namespace sextant::ledger
