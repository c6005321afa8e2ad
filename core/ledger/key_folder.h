// KeyFolder: the keys of one user: NAME.pem, encrypted, and NAME.pub, the line that others trust. Never in a
// store.
#pragma once

#include "core/ledger/private_key.h"
#include "core/ledger/trusted_keys.h"

namespace sextant::ledger {

class KeyFolder
{
public:
    explicit KeyFolder(std::string folder) : m_folder(std::move(folder)) {}

    const std::string& path() const { return m_folder; }

    /// Makes a key; the folder and its files are for the user alone. Names have no '/' here.
    /// Errors: AlreadyExists; InvalidArgument for a name, role or passphrase that does not do.
    Result<TrustedKey> create(const std::string& name, const Roles& roles, const std::string& person,
                              const Secret& passphrase) const;
    /// The public halves, by name. A file that can't be read is left out.
    Result<std::vector<TrustedKey>> list() const;
    /// Errors: NotFound.
    Result<TrustedKey> publicKey(const std::string& name) const;
    /// Errors: NotFound; PermissionDenied when the passphrase is wrong, or others may read the file.
    Result<PrivateKey> open(const std::string& name, const Secret& passphrase) const;

private:
    std::string m_folder;
};

/// SEXTANT_KEYS, else XDG_CONFIG_HOME or ~/.config, /sextant/keys.
std::string defaultKeyFolder();
/// The user's own list of whom to trust: trusted-keys beside that folder.
std::string defaultTrustedKeysFile();
/// Where checkpoints are remembered by log: XDG_STATE_HOME or ~/.local/state, /sextant/pins.
std::string defaultPinFolder();

} // namespace sextant::ledger
