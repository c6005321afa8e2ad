// LogProof: that one entry is in a log, in a file of its own: C2SP tlog-proof, "*.tlog-proof". Pure; any
// thread.
#pragma once

#include "core/ledger/checkpoint.h"
#include "core/ledger/merkle.h"

#include <optional>

namespace sextant::ledger {

struct LogProof
{
    std::optional<std::string> extra; // bytes that mean something to who wrote them
    std::uint64_t index = 0;
    std::vector<Digest> hashes;
    Note checkpoint;
};

std::string formatProof(const LogProof& proof);
/// Errors: Corrupt.
Result<LogProof> parseProof(std::string_view text, std::string_view what);

/// That the entry is at the proof's place under the checkpoint, which one of the keys signed. The checkpoint
/// on success. Error: Corrupt with what does not fit.
Result<Checkpoint> verifyProof(const LogProof& proof, std::string_view entry,
                               std::span<const PublicKey> keys);

} // namespace sextant::ledger
