// Promotion: one request (or emergency) of a log and what became of it, as people read it. Values.
#pragma once

#include "core/ledger/replay.h"
#include "core/registry/change.h"

namespace sextant::registry {

/// An entry of a log as it was judged.
struct LoggedAct
{
    ledger::Act act;
    std::string person; // who signed it; empty when the key is not known
    Digest leaf{};
    bool counts = false;
    std::string remark; // what a reader says of it; may be empty
};

enum class PromotionState : std::uint8_t {
    Open,       // something is missing: `obstacles`
    Ready,      // may be applied
    Unfinished, // in the log, and the registry does not have it yet: to be resumed
    Applied,
    Rejected,
    Withdrawn,
    Expired,
};
std::string_view toText(PromotionState state); // "open"
inline bool isPending(PromotionState state)
{
    return state == PromotionState::Open || state == PromotionState::Ready;
}

struct GateStanding
{
    std::string name;
    bool required = false;
    std::optional<bool> passed;         // the last verdict that counts
    std::optional<std::uint64_t> entry; // of that
    std::optional<EpochMs> waivedUntil;
};

struct Promotion
{
    std::string model;
    std::uint64_t number = 0; // of the entry that asked, or did it in an emergency
    PromotionState state = PromotionState::Open;
    bool emergency = false;
    std::optional<std::uint64_t> rollbackOf; // the transition that it takes back
    Change change;
    ledger::Act act;       // the request, or the emergency
    std::string requester; // person
    std::size_t approvalsNeeded = 0;
    std::map<std::string, std::uint64_t, std::less<>> approvals; // person -> entry
    std::vector<GateStanding> gates;                             // the required ones first
    std::vector<std::string> obstacles;                          // why it can't be applied now, in sentences
    std::optional<std::uint64_t> applied;                        // the transition
    std::vector<LoggedAct> history; // all entries that belong to it, its own first

    /// "fraud#3".
    std::string id() const { return model + "#" + std::to_string(number); }
};

/// The parts of "fraud#3". Error: InvalidArgument.
Result<std::pair<std::string, std::uint64_t>> parsePromotionId(std::string_view id);

/// A file that speaks for a promotion: its digest is signed, the file kept beside the log.
struct Evidence
{
    std::string name;
    std::string content;
};

struct PromotionRequest
{
    std::int64_t version = 0;
    Target target; // None or Archived: the version leaves the stage it has
    bool archiveExisting = true;
    std::string reason;
    std::vector<Evidence> evidence;
    std::optional<EpochMs> expires;
};

/// The verdict of one gate, to be recorded.
struct GateVerdict
{
    std::string gate;
    bool passed = false;
    std::vector<ledger::Subject> inputs; // what it was about; the definition goes by the gate's own name
    std::string details;                 // in-toto's test-result and the clauses, a JSON object
    std::string facts;                   // what was looked at, kept beside the log; may be empty
};

} // namespace sextant::registry
