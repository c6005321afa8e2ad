// What commands that sign and verify share: keys, passphrases, lists of whom to trust, logs and pins.
#pragma once

#include "app/cli/context.h"
#include "core/ledger/key_folder.h"
#include "core/ledger/log.h"
#include "core/ledger/trust.h"

#include <string>

namespace CLI {
class App;
} // namespace CLI

namespace sextant::cli {

/// The passphrase from SEXTANT_PASSPHRASE, else typed at the terminal without echo, twice when it is a new
/// one. It is never taken from the command line, where other users can read it. Errors: NotFound without a
/// terminal; Cancelled.
Result<ledger::Secret> readPassphrase(const Context& context, const std::string& keyName, bool isNew);

/// The user's private key of this name, with its passphrase asked for. Errors: as KeyFolder::open.
Result<ledger::PrivateKey> openKey(const Context& context, const std::string& name);

using ledger::keepPin;
using ledger::pinOf;
using ledger::readTrustedKeys;

/// A whole small text file. Errors: NotFound, Io.
Result<std::string> readTextFile(const std::string& path, std::size_t most);
/// The file appears whole or not at all. Error: Io.
Result<void> writeTextFile(const std::string& path, std::string_view content);

/// Options of commands that write a log.
struct SigningOptions
{
    std::string key, keysFile, reason;
};
void addSigning(CLI::App& app, SigningOptions& options);

struct OpenedLog
{
    ledger::Log log;
    ledger::PrivateKey key;
};
/// The log in a folder, checked against what this user saw of it last, and the key to write it with.
Result<OpenedLog> openLogForWriting(Context& context, const std::string& folder,
                                    const SigningOptions& options);

} // namespace sextant::cli
