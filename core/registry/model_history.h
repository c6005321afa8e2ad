// What happened to a registered model: entries of its log and what was seen of the registry, in one list. A
// change that was seen and that no entry tells of was made outside of the log. Pure.
#pragma once

#include "core/registry/audit.h"
#include "core/registry/observations.h"

#include <string>
#include <vector>

namespace sextant::registry {

struct HistoryEvent
{
    bool logged = false;                // else seen, and not logged
    EpochMs time = kNoTime;             // as the entry claims; when it was seen
    EpochMs since = kNoTime;            // of what was seen: the look before
    std::string what;                   // kind of the entry; "change", or "first look"
    std::string target;                 // "alias:champion"
    std::vector<std::int64_t> from, to; // versions
    std::string subject;                // of entries: "fraud/5"
    std::string by;                     // the person behind a trusted key, else the key
    std::string reason;
    std::optional<std::uint64_t> entry;
    ledger::Standing standing = ledger::Standing::Passed; // of the entry
    std::string remark;
};

/// Oldest first.
std::vector<HistoryEvent> mergedHistory(const std::string& model, const std::vector<AuditEntry>& entries,
                                        const std::vector<Observation>& observations);

} // namespace sextant::registry
