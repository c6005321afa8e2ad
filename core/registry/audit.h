// Audit: what a verification of one log found, together with the log as people read it: entry by entry. The
// store is read once, quickly; verifying, which hashes files, needs it no more.
#pragma once

#include "core/ledger/verify.h"
#include "core/store/registry_store.h"
#include "core/store/tracking_store.h"

namespace sextant::registry {

/// Where a log is and what it is compared with. A value.
struct AuditSubject
{
    std::string model; // empty: a log by itself, without the store it speaks of
    std::string folder;
    std::optional<ledger::Holders> holders;
    std::map<std::string, Result<std::string>, std::less<>> files; // "fraud/5" -> folder of its files
    EpochMs registered = kNoTime;                                  // the model, as the store says
};

struct AuditEntry
{
    std::uint64_t index = 0;
    Digest leaf{};
    std::optional<ledger::Act> act; // only what a trusted key signed, for this place
    std::string person;             // who holds that key
    ledger::Standing standing = ledger::Standing::Passed;
    std::string remark; // why it did not pass; sentences
};

struct Audit
{
    AuditSubject subject;
    ledger::Verification verification;
    std::vector<AuditEntry> entries; // by index
    ledger::TrustedKeys keys;        // of the file, without those the log added
    std::string keysFile;            // empty: none could be read
    std::optional<ledger::Checkpoint> pin;
    EpochMs pinnedAt = kNoTime;
    EpochMs verifiedAt = kNoTime; // when it was done
    std::int64_t tookMs = 0;
};

/// The models of a store that have a log, by name.
Result<std::vector<std::string>> modelsWithLog(TrackingStore& tracking, const Operation& operation);

/// Errors: NotFound when the model has no log.
Result<AuditSubject> auditSubject(TrackingStore& tracking, RegistryStore& registry, const std::string& model);

/// Verifies the log as `audit verify` does, against the pin of this installation. `keysFile`: whom to trust,
/// else the user's own list; a list of the user's own that is not there is an empty one. Errors: NotFound
/// without a log; Corrupt for a list of keys that is none; Cancelled.
Result<Audit> auditLog(AuditSubject subject, const std::string& keysFile, const Operation& operation);

} // namespace sextant::registry
