// What one installation believes and remembers: its list of trusted keys, and the checkpoint that it saw last
// of each log (the pin). Small files of the user's own; any thread.
#pragma once

#include "core/ledger/trusted_keys.h"

namespace sextant::ledger {

/// The list in `file`, or the user's own when that is empty. Errors: NotFound, Corrupt.
Result<TrustedKeys> readTrustedKeys(const std::string& file = {});

/// The checkpoint that this user saw last of a log, as a note; nothing the first time.
std::optional<std::string> pinOf(const std::string& origin);
/// The file in which the pin of a log is kept; need not exist.
std::string pinFile(const std::string& origin);
/// Error: Io.
Result<void> keepPin(const std::string& origin, std::string_view note);

} // namespace sextant::ledger
