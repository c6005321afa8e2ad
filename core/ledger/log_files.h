// LogFiles: everything a log consists of, read once; what is judged is this copy, never the folder again.
// A value.
#pragma once

#include "core/base/operation.h"
#include "core/ledger/log_storage.h"
#include "core/ledger/merkle.h"

#include <map>

namespace sextant::ledger {

struct EntryFile
{
    std::uint64_t index = 0;
    std::string name;    // "00000012-9f86d081884c7d65.json"
    std::string content; // empty when it can't be read
    std::string problem; // why; empty when it was read
    Digest leaf{};       // of the content
};

struct LogFiles
{
    std::vector<EntryFile> entries; // by index, then name
    std::optional<std::string> checkpoint;
    std::map<std::uint64_t, std::string> witnessed; // by size: checkpoints that witnesses signed
    std::vector<std::string> strangers;             // files that belong to no log
};

/// The name an entry has in its folder.
std::string entryFileName(std::uint64_t index, const Digest& leaf);
inline constexpr const char* kCheckpointFile = "checkpoint";
inline constexpr const char* kEntriesFolder = "entries";
inline constexpr const char* kWitnessedFolder = "witnessed";

/// Reads all of it; `from`: only entries from that index on. Torn and strange files are noted, not refused.
/// Errors: NotFound when there is no log; Cancelled.
Result<LogFiles> readLogFiles(LogStorage& storage, const Operation& operation, std::uint64_t from = 0);

} // namespace sextant::ledger
