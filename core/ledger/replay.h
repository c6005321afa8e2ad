// Replay: reads the entries of a log one after the other as a verifier must: who signed, whether they might,
// and what is in force afterwards. The same judgement refuses an act before it is written. One thread.
#pragma once

#include "core/ledger/act.h"
#include "core/ledger/envelope.h"
#include "core/ledger/finding.h"
#include "core/ledger/rules.h"

namespace sextant::ledger {

/// A request and what became of it.
struct RequestState
{
    Act act;
    std::string requester;                                       // person
    std::map<std::string, std::uint64_t, std::less<>> approvals; // person -> entry
    std::map<std::string, bool, std::less<>> gates;              // the last verdict of each
    std::map<std::string, EpochMs, std::less<>> waivers;         // gate -> until when
    std::optional<std::uint64_t> rejected, withdrawn, applied;   // entries

    bool open() const { return !rejected && !withdrawn && !applied; }
};

struct Judgement
{
    bool counts = false; // the act takes effect
    std::optional<Act> act;
    std::vector<Finding> findings; // empty when there is nothing to say
};

class Replay
{
public:
    Replay(std::string origin, TrustedKeys keys) : m_origin(std::move(origin)), m_keys(std::move(keys)) {}

    /// Judges the next entry and lets it take effect when it counts. `leaf` is its hash in the tree.
    Judgement take(std::string_view entry, const Digest& leaf);

    std::uint64_t size() const { return m_size; }
    const Digest& lastLeaf() const { return m_lastLeaf; }
    const std::string& origin() const { return m_origin; }
    /// With those the log added and the ends it set.
    const TrustedKeys& keys() const { return m_keys; }
    const Rules& rules() const { return m_rules; }
    const std::map<std::uint64_t, RequestState>& requests() const { return m_requests; }
    /// Who is at each target, by the log: target -> names of subjects.
    const std::map<std::string, std::set<std::string>, std::less<>>& holders() const { return m_holders; }
    /// The digest that a subject had when it last came to a target.
    const std::map<std::string, Digest, std::less<>>& digests() const { return m_digests; }
    /// Transitions that a witness must have seen: entry -> person who applied.
    const std::map<std::uint64_t, std::string>& needWitness() const { return m_needWitness; }

    /// Why the request can't be applied now, each in a sentence; empty when it can.
    std::vector<std::string> obstacles(const RequestState& request, EpochMs time) const;

private:
    class Judge;

    bool checkSignatures(const Envelope& envelope, Judgement& judgement) const;
    bool checkPlace(const Act& act, const Envelope& envelope, Judgement& judgement) const;

    std::string m_origin;
    TrustedKeys m_keys;
    Rules m_rules;
    std::uint64_t m_size = 0;
    Digest m_lastLeaf{};
    std::map<std::uint64_t, RequestState> m_requests;
    std::map<std::string, std::set<std::string>, std::less<>> m_holders;
    std::map<std::string, Digest, std::less<>> m_digests;
    std::map<std::uint64_t, std::string> m_needWitness;
};

} // namespace sextant::ledger
