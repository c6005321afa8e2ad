// Evaluating a gate: each clause passes, fails or misses what it needs, and says so in words. A pure function
// of gate and facts: the same two give the same result on any machine.
#pragma once

#include "core/registry/gates/facts.h"
#include "core/registry/gates/gate.h"

namespace sextant::registry {

enum class Verdict : std::uint8_t {
    Pass,
    Warn,    // does not hold, of a clause that only warns
    Fail,    // does not hold
    Missing, // could not be told: what it needs is not there, or is no number
};

struct ClauseResult
{
    std::string id, title; // title: what is checked, never empty
    Severity severity = Severity::Fail;
    Verdict verdict = Verdict::Missing;
    std::string observed;         // empty when missing
    std::optional<double> number; // observed, where it is one
    std::string expected;         // "≥ 0.8"
    std::string message;          // one sentence without a full stop
    // Where it comes from: metric, champion, param, tag, card, age, dataset, version, signature, digest,
    // policy, or the kind of a report: fairness, drift, quality, performance …
    std::string from;

    bool passed() const { return verdict == Verdict::Pass; }
    /// Speaks against the promotion.
    bool denies() const { return !passed() && severity == Severity::Fail; }
};

struct GateResult
{
    bool allow = false; // no clause denies
    std::vector<ClauseResult> clauses;
    std::string policyName, policyDigest; // of the gate's text, hex
    std::string engineName, engineVersion;
    std::string inputDigest; // of the facts, hex
    std::string provenance;  // JSON an engine said of itself; may be empty
    EpochMs asOf = 0;
    std::vector<std::string> notes; // what was left out while gathering
};

std::string_view toText(Verdict verdict); // "missing"

/// A gate with clauses; for one with `opa` see opa.h.
GateResult evaluate(const Gate& gate, const Facts& facts);

/// "2 of 10 clauses fail, 1 warns: auc-floor, drift-share".
std::string summaryOf(const GateResult& result);

/// {allow, clauses[{id,title,severity,passed,verdict,observed,expected,message,from}],
/// deny[{id,msg,observed,expected}], warn[], policy{name,digest}, engine{name,version}, inputDigest, asOf,
/// notes[]}.
std::string formatGateResult(const GateResult& result);
/// Errors: Corrupt.
Result<GateResult> parseGateResult(std::string_view json, std::string_view what);

} // namespace sextant::registry
