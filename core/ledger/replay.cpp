#include "core/ledger/replay.h"

#include "core/base/text.h"
#include "core/ledger/judge.h"

#include <algorithm>

namespace sextant::ledger {

namespace {

std::string entryName(std::uint64_t index)
{
    return "Entry " + std::to_string(index);
}

} // namespace

Judgement Replay::take(std::string_view entry, const Digest& leaf)
{
    Judgement judgement;
    auto what = entryName(m_size);
    auto say = [&](Standing standing, const char* check, std::string message) {
        judgement.findings.push_back({standing, check, m_size, std::move(message)});
    };
    auto envelope = parseEnvelope(entry, what);
    if (!envelope) {
        say(Standing::Failed, "form", envelope.error().message);
    } else if (envelope->payloadType != kStatementPayload) {
        say(Standing::Failed, "form",
            what + " holds something else than a statement: " + toUtf8(envelope->payloadType));
    } else if (checkSignatures(*envelope, judgement)) {
        // Only what was signed is read.
        auto act = parseAct(envelope->payload, what);
        if (!act)
            say(act.error().code == ErrorCode::Unsupported ? Standing::Gap : Standing::Failed, "form",
                act.error().message);
        else if (checkPlace(*act, *envelope, judgement))
            Judge(*this, *act, *m_keys.find(act->actor), judgement).judge();
        if (act)
            judgement.act = std::move(*act);
    }
    ++m_size;
    m_lastLeaf = leaf;
    return judgement;
}

bool Replay::checkSignatures(const Envelope& envelope, Judgement& judgement) const
{
    std::set<std::string> seen;
    for (const auto& signature : envelope.signatures) {
        auto refuse = [&](const std::string& why) {
            judgement.findings.push_back(
                {Standing::Failed, "signature", m_size, entryName(m_size) + ": " + why});
            return false;
        };
        auto id = toUtf8(signature.keyId);
        const auto* key = m_keys.find(signature.keyId);
        if (!key)
            return refuse("signed with a key that is not trusted: " + id);
        if (!seen.insert(signature.keyId).second)
            return refuse("signed twice with one key: " + id);
        if (!key->validAt(m_origin, m_size))
            return refuse("signed with the key " + id +
                          ", which was not valid there: it was revoked, or not yet added");
        if (!verify(envelope, signature, key->key))
            return refuse("the signature of " + id +
                          " does not fit: the entry was changed after it was signed");
    }
    return true;
}

bool Replay::checkPlace(const Act& act, const Envelope& envelope, Judgement& judgement) const
{
    auto refuse = [&](const std::string& why) {
        judgement.findings.push_back({Standing::Failed, "place", m_size, entryName(m_size) + " " + why});
        return false;
    };
    if (act.origin != m_origin)
        return refuse("was signed for another log: " + toUtf8(act.origin));
    if (act.index != m_size)
        return refuse("was signed as entry " + std::to_string(act.index) + ": it was moved, or used again");
    if (act.previous != m_lastLeaf)
        return refuse("was signed after another entry than the one before it");
    if (act.actor != envelope.signatures.front().keyId)
        return refuse("names another key as its actor than the one that signed it");
    return true;
}

std::vector<std::string> Replay::obstacles(const RequestState& request, EpochMs time) const
{
    std::vector<std::string> all;
    const auto& rules = m_rules.of(request.act.target);
    if (request.applied)
        all.push_back("it was applied already, by entry " + std::to_string(*request.applied));
    if (request.rejected)
        all.push_back("it was rejected by entry " + std::to_string(*request.rejected));
    if (request.withdrawn)
        all.push_back("it was withdrawn by entry " + std::to_string(*request.withdrawn));
    if (request.act.expires && time >= *request.act.expires)
        all.push_back("it expired " + formatIso(*request.act.expires));
    if (request.approvals.size() < rules.approvals)
        all.push_back("it has " + std::to_string(request.approvals.size()) + " of " +
                      std::to_string(rules.approvals) + " approvals");
    for (const auto& gate : rules.gates) {
        auto verdict = request.gates.find(gate);
        auto waiver = request.waivers.find(gate);
        bool passed = verdict != request.gates.end() && verdict->second;
        if (passed || (waiver != request.waivers.end() && time < waiver->second))
            continue;
        all.push_back("the gate '" + gate + "' " +
                      (verdict == request.gates.end() ? "was not checked" : "failed") +
                      (waiver == request.waivers.end() ? "" : ", and its waiver has expired"));
    }
    for (const auto& freeze : rules.freezes)
        if (time >= freeze.from && time < freeze.to)
            all.push_back("nothing may change until " + formatIso(freeze.to) +
                          (freeze.why.empty() ? "" : ": " + freeze.why));
    return all;
}

} // namespace sextant::ledger
