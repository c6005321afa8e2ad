// What lies beside a log and belongs to it: evidence, gates, facts, each named by its digest in an entry; and
// the mark of a change that was stopped half way. Reads files; any thread.
#pragma once

#include "core/ledger/verify.h"

namespace sextant::registry {

/// Beside the log while a change is under way.
inline constexpr const char* kMarkFile = "applying.json";

/// Adds what was found of them, and lets the verdict follow: a file that is not what was signed fails, one
/// that is gone is a gap.
void checkKeptFiles(ledger::Verification& verification, const ledger::LogFiles& files,
                    const std::string& logFolder);

} // namespace sextant::registry
