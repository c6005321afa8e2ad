// Rules: who may ask, who must agree and what must hold before something takes a target. Kept in the log
// itself, as JSON:
//     {"schema":"sextant.rules/1","targets":{"alias:champion":{"approvals":2,"gates":["better"]},"*":{}}}
// A gate is a name, or {"name","sha256"} where it must be that very definition.
// A value; pure.
#pragma once

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/ledger/trusted_keys.h"

namespace sextant::ledger {

struct Freeze
{
    EpochMs from = 0;
    EpochMs to = 0; // exclusive
    std::string why;
};

struct TargetRules
{
    Roles request = {std::string(kRequester), std::string(kApprover)};
    Roles approve = {std::string(kApprover)};
    Roles apply = {std::string(kRequester), std::string(kApprover)};
    Roles waive = {std::string(kAdmin)};
    Roles emergency = {std::string(kAdmin)}; // may apply without approvals, loudly
    std::size_t approvals = 1;               // by as many persons; never by who asked, nor by the author
    std::vector<std::string> gates;          // each passed, or waived
    // What a gate must consist of: a verdict counts when an input with the gate's name has this digest.
    std::map<std::string, Digest, std::less<>> definitions;
    std::vector<Freeze> freezes; // nothing is applied then
    bool witness = false;        // a witness who is not the one that applied must have seen it
};

class Rules
{
public:
    /// Errors: Corrupt with the field that is wrong; unknown fields are refused, for they may be meant to
    /// forbid.
    static Result<Rules> parse(std::string_view json, std::string_view what);

    /// The target's own rules, else those of "*", else the defaults above.
    const TargetRules& of(std::string_view target) const;
    /// True when the rules name the target, or "*".
    bool govern(std::string_view target) const;

private:
    std::map<std::string, TargetRules, std::less<>> m_targets;
};

} // namespace sextant::ledger
