// Verification of a log, offline: its tree, its checkpoint, who signed, whether they might, and whether it is
// the log seen before. Says everything that it could not check. Pure but for what the options ask.
#pragma once

#include "core/ledger/checkpoint.h"
#include "core/ledger/log_files.h"
#include "core/ledger/replay.h"

#include <functional>

namespace sextant::ledger {

/// What is at each target in the world that the log speaks of: target -> names of subjects.
using Holders = std::map<std::string, std::set<std::string>, std::less<>>;

struct VerifyOptions
{
    TrustedKeys keys;
    std::optional<std::string> origin; // the log that is expected
    std::optional<std::string> pin;    // a checkpoint seen before, as a note
    /// The digest a subject's files have now. Errors: Unsupported when they are elsewhere: said as a gap.
    std::function<Result<Digest>(const std::string& subject)> digestOf;
    std::optional<Holders> holders; // compared with the log when given, at targets it knows or its rules name
};

struct Verification
{
    Standing verdict = Standing::Failed;
    std::optional<Checkpoint> checkpoint; // that a trusted key signed and the entries bear out
    std::uint64_t entries = 0;
    EpochMs witnessedAt = kNoTime; // the last time a witness vouched for the checkpoint
    std::vector<Finding> findings; // by check, the passed ones too
    Holders holders;               // by the log
    std::optional<Replay> state;   // what is in force; where a checkpoint could be read
    MerkleTree tree;               // over the entries
    std::optional<std::string>
        note; // the checkpoint's text, to be kept as the next pin; only where nothing failed
};

/// "verified", "verified with gaps", "not verified".
std::string_view verdictText(Standing verdict);

Result<Verification> verifyLog(const LogFiles& files, const VerifyOptions& options,
                               const Operation& operation);

} // namespace sextant::ledger
