// Act: what one entry of a log says was done, by whom, to what: an in-toto Statement with a predicate of our
// own. A value. Whatever it is about is a subject with a name and a digest; what those are the ledger does
// not know.
#pragma once

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/base/time.h"

#include <optional>
#include <string>
#include <vector>

namespace sextant::ledger {

enum class ActKind : std::uint8_t {
    Rules,      // `details`: the rules from here on; signed by an admin
    KeyAdded,   // `keyLine`: a key to trust from here on; signed by an admin
    KeyRevoked, // `keyLine`: the id of a key that signs nothing from here on; signed by an admin
    Request,    // that `to` be put at `target`, in place of `from`
    Gate,       // the verdict of one gate on a request
    Decision,   // approval or rejection of a request
    Withdrawal, // of a request, by who asked
    Comment,
    Waiver,         // of one gate for a request, until `expires`
    Transition,     // it was done: `to` is at `target`, `from` is not any more
    Report,         // evidence: its digest
    Card,           // a description of the subject: its digest
    Reconciliation, // what was found changed outside the log
};

struct Subject
{
    std::string name; // "fraud/5"
    Digest digest{};
    bool operator==(const Subject&) const = default;
};

struct Act
{
    ActKind kind = ActKind::Comment;
    // Where it stands; set by the log.
    std::uint64_t index = 0;
    Digest previous{}; // the leaf before; zeros for the first
    std::string origin;
    std::string actor; // PublicKey::id()
    EpochMs time = 0;  // a claim

    Subject subject;
    std::vector<Subject> inputs; // evidence
    std::string reason;
    std::optional<std::uint64_t> request; // the entry of the request this belongs to
    std::string target;                   // "alias:champion"
    std::vector<std::string> from;        // names of subjects that leave the target
    std::string to;                       // name of the subject that comes; empty when none does
    std::vector<std::string> leaves;      // other targets that the subject can't be at as well, and leaves
    std::string author;                   // person who made the subject, as far as known
    std::string gate;
    std::optional<bool> passed; // of gates; of decisions: approved
    std::optional<EpochMs> expires;
    bool emergency = false;
    std::string keyLine;
    std::string details; // JSON of who wrote it, an object; may be empty
};

std::string_view toText(ActKind kind); // "decision"
std::string predicateType(ActKind kind);

/// The statement, compact. Errors: InvalidArgument for texts that are not UTF-8 or details that are no JSON
/// object.
Result<std::string> formatAct(const Act& act);
/// Errors: Corrupt; Unsupported for a statement of a kind, or with a field, that is not known.
Result<Act> parseAct(std::string_view statement, std::string_view what);

} // namespace sextant::ledger
