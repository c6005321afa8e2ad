// DeskData: the promotions of a store as the reviewers of this machine see them, and everything that one
// decision rests on. Immutable values made by a job; the desk draws from them.
#pragma once

#include "core/ledger/trusted_keys.h"
#include "core/registry/gates/evaluate.h"
#include "core/registry/promotions.h"
#include "core/tracking/run.h"

#include <memory>

namespace sextant {

/// A key on this machine.
struct DeskKey
{
    std::string name, id, person;
    ledger::Roles roles;
    bool trusted = false; // it is in the list of trusted keys
};

enum class DeskBox : std::uint8_t { Mine, Others, Closed };

struct DeskItem
{
    registry::Promotion promotion;
    DeskBox box = DeskBox::Others;
    std::size_t failingGates = 0; // required, neither passed nor waived
    std::string myKey;            // one of my keys that may decide; empty: none
};

struct DeskData
{
    std::vector<DeskItem> items;                               // by box, newest first
    std::vector<DeskKey> keys;                                 // of this machine
    std::vector<std::pair<std::string, std::string>> problems; // model, why its log can't be used
    bool trusting = false;                                     // there is a list of trusted keys

    std::size_t count(DeskBox box) const;
    const DeskItem* find(const std::string& promotionId) const;
};
using DeskDataPtr = std::shared_ptr<const DeskData>;

enum class EvidenceState : std::uint8_t {
    Verified, // its bytes were hashed now, and are those that were signed
    Recorded, // the digest is signed; the file is not here
    Claimed,  // a label without a strong digest, as the store says
    Changed,  // the file is another one
    Missing,
};

struct DeskEvidence
{
    std::string name;
    std::string kind; // "fairness", "card", "files", "data" …; chooses the icon
    Digest digest{};
    EpochMs time = kNoTime;
    EvidenceState state = EvidenceState::Recorded;
    std::string remark; // why it is not verified
};

struct DeskClause
{
    std::string gate;
    registry::ClauseResult result;
    bool waived = false;
};

/// What the main button does.
enum class DeskWishKind : std::uint8_t { None, Approve, ApproveAndApply, Apply, Resume, Rollback, Comment };

struct DeskGate
{
    std::string name, digest;
    std::optional<bool> recorded;       // the last signed verdict that counts
    std::optional<std::uint64_t> entry; // of that
    std::optional<EpochMs> waivedUntil;
    std::optional<registry::GateResult> now;      // evaluated while reading
    std::optional<registry::GateVerdict> verdict; // of that, to be signed
    std::string problem;                          // why it could not be
    bool allows() const { return waivedUntil || recorded.value_or(false); }
};

struct DeskReviewer
{
    enum class Standing : std::uint8_t { Approved, Rejected, YourTurn, Waiting, CannotDecide };
    std::string person, keyId;
    std::string role; // "approver, you"
    Standing standing = Standing::Waiting;
    std::string detail; // "19 Nov, entry 213", or why not
    std::optional<std::uint64_t> entry;
    EpochMs time = kNoTime;
};

/// One promotion with all that it rests on.
struct DeskCase
{
    DeskItem item;
    std::optional<ModelVersion> candidate, champion;
    std::optional<Run> candidateRun, championRun;
    std::vector<DeskEvidence> evidence;
    std::vector<DeskGate> gates;
    std::vector<DeskClause> clauses; // those that deny first
    std::vector<DeskReviewer> reviewers;
    ledger::TargetRules rules;
    std::vector<std::string> changed; // since it was asked for: registry or files
    std::vector<std::string> preview; // what applying changes, in sentences
    std::uint64_t entries = 0;        // of the log
    EpochMs readAt = kNoTime;
    std::vector<DeskKey> keys;

    bool lastApproval() const; // one more and it may be applied
};
using DeskCasePtr = std::shared_ptr<const DeskCase>;

} // namespace sextant
