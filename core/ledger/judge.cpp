#include "core/ledger/judge.h"

#include "core/base/text.h"

#include <algorithm>

namespace sextant::ledger {

namespace {

std::string join(const std::vector<std::string>& parts, const char* between)
{
    std::string text;
    for (const auto& part : parts)
        text += (text.empty() ? "" : between) + part;
    return text;
}

std::set<std::string> asSet(const std::vector<std::string>& names)
{
    return {names.begin(), names.end()};
}

std::string rolesText(const Roles& roles)
{
    return join({roles.begin(), roles.end()}, " or ");
}

} // namespace

void Replay::Judge::say(Standing standing, std::string check, std::string message)
{
    m_judgement.findings.push_back({standing, std::move(check), m_act.index,
                                    "Entry " + std::to_string(m_act.index) + ": " + toUtf8(message)});
}

std::string Replay::Judge::who() const
{
    const auto& name = m_actor.key.name();
    return m_actor.person == name ? name : m_actor.person + " (key " + name + ")";
}

bool Replay::Judge::mayActAs(const Roles& roles) const
{
    return std::any_of(roles.begin(), roles.end(),
                       [&](const std::string& role) { return m_actor.has(role); });
}

void Replay::Judge::judge()
{
    if (m_act.index == 0 && m_act.kind != ActKind::Rules)
        say(Standing::Gap, "rules", "the log does not begin with rules, so that the built-in ones hold");
    switch (m_act.kind) {
    case ActKind::Rules:
        return judgeRules();
    case ActKind::KeyAdded:
        return judgeKeyAdded();
    case ActKind::KeyRevoked:
        return judgeKeyRevoked();
    case ActKind::Request:
        return judgeRequest();
    case ActKind::Gate:
        return judgeGate();
    case ActKind::Decision:
        return judgeDecision();
    case ActKind::Withdrawal:
        return judgeWithdrawal();
    case ActKind::Waiver:
        return judgeWaiver();
    case ActKind::Transition:
        return judgeTransition();
    case ActKind::Reconciliation:
        return judgeReconciliation();
    case ActKind::Comment:
    case ActKind::Report:
    case ActKind::Card:
        return count();
    }
}

void Replay::Judge::judgeRules()
{
    if (!m_actor.has(kAdmin))
        return say(Standing::Failed, "role",
                   who() + " is no admin and can't set the rules; they stay as they were");
    auto rules = Rules::parse(m_act.details, "the rules");
    if (!rules)
        return say(Standing::Failed, "rules", rules.error().message);
    m_replay.m_rules = std::move(*rules);
    count();
}

void Replay::Judge::judgeKeyAdded()
{
    if (!m_actor.has(kAdmin))
        return say(Standing::Failed, "role",
                   who() + " is no admin and can't add keys; the key is not trusted");
    auto key = parseTrustedKey(m_act.keyLine);
    if (!key)
        return say(Standing::Failed, "keys", "the key that is added can't be read: " + key.error().message);
    auto text = key->key.id() + " as " + rolesText(key->roles);
    key->from = {{"", m_act.index + 1}};
    if (const auto* known = m_replay.m_keys.find(key->key.id())) {
        // The verifier's own file knows the key: it decides, the log adds nothing to it.
        if (known->roles != key->roles || known->person != key->person)
            say(Standing::Gap, "keys",
                "the key " + text + " is trusted already, with other roles or another person; those stay");
        return count();
    }
    if (auto added = m_replay.m_keys.add(std::move(*key)); !added)
        return say(Standing::Failed, "keys", "the key " + text + " can't be added: " + added.error().message);
    say(Standing::Passed, "keys", who() + " added the key " + text);
    count();
}

void Replay::Judge::judgeKeyRevoked()
{
    auto* key = m_replay.m_keys.find(m_act.keyLine);
    bool own = key && key->person == m_actor.person;
    if (!m_actor.has(kAdmin) && !own)
        return say(Standing::Failed, "role",
                   who() + " is no admin and can't revoke keys of others; the key stays");
    if (!key)
        return say(Standing::Gap, "keys", "the key that is revoked is not known: " + m_act.keyLine);
    auto end = m_act.index + 1;
    for (std::string_view log : {std::string_view(), std::string_view(m_replay.m_origin)})
        if (auto earlier = key->until.find(log); earlier != key->until.end())
            end = std::min(end, earlier->second);
    key->until[m_replay.m_origin] = end;
    say(Standing::Passed, "keys",
        who() + " revoked the key " + key->key.id() + "; what it signed before stays");
    count();
}

void Replay::Judge::judgeRequest()
{
    const auto& rules = m_replay.m_rules.of(m_act.target);
    if (!mayActAs(rules.request))
        return say(Standing::Gap, "role",
                   "the request has no effect: " + who() + " is no " + rolesText(rules.request));
    if (m_act.target.empty() || (m_act.to != m_act.subject.name && !m_act.to.empty()))
        return say(Standing::Gap, "form",
                   "the request has no effect: it names no target, or another subject than its own");
    m_replay.m_requests[m_act.index] = {m_act, m_actor.person, {}, {}, {}, {}, {}, {}};
    count();
}

RequestState* Replay::Judge::request(Standing standing)
{
    auto kind = std::string(toText(m_act.kind));
    auto found = m_act.request ? m_replay.m_requests.find(*m_act.request) : m_replay.m_requests.end();
    if (found == m_replay.m_requests.end()) {
        say(standing, "replay", "the " + kind + " belongs to no request of this log");
        return nullptr;
    }
    auto& state = found->second;
    auto place = "request " + std::to_string(*m_act.request);
    if (m_act.subject != state.act.subject) {
        say(standing, "replay",
            "the " + kind + " is about another subject or digest than " + place + ", and does not count");
        return nullptr;
    }
    if (!m_act.target.empty() && m_act.target != state.act.target) {
        say(standing, "replay",
            "the " + kind + " is about another target than " + place + ", and does not count");
        return nullptr;
    }
    return &state;
}

void Replay::Judge::judgeGate()
{
    auto* state = request(Standing::Gap);
    if (!state)
        return;
    const auto& rules = m_replay.m_rules.of(state->act.target);
    if (!mayActAs(rules.request) && !mayActAs(rules.approve))
        return say(Standing::Gap, "role",
                   "the gate's verdict does not count: " + who() + " may neither ask nor approve");
    if (m_act.gate.empty() || !m_act.passed)
        return say(Standing::Gap, "form",
                   "the gate's verdict does not count: it names no gate, or has no verdict");
    auto wanted = rules.definitions.find(m_act.gate);
    if (wanted != rules.definitions.end() &&
        std::find(m_act.inputs.begin(), m_act.inputs.end(), Subject{m_act.gate, wanted->second}) ==
            m_act.inputs.end())
        return say(Standing::Gap, "gate",
                   "the gate's verdict does not count: it is not about the '" + m_act.gate +
                       "' that the rules name");
    state->gates[m_act.gate] = *m_act.passed;
    count();
}

void Replay::Judge::judgeDecision()
{
    auto* state = request(Standing::Gap);
    if (!state)
        return;
    const auto& rules = m_replay.m_rules.of(state->act.target);
    auto ignored = [&](const char* check, const std::string& why) {
        say(Standing::Gap, check, "the decision does not count: " + why);
    };
    if (!m_act.passed)
        return ignored("form", "it neither approves nor rejects");
    if (!state->open())
        return ignored("replay", "request " + std::to_string(*m_act.request) + " is closed");
    if (!mayActAs(rules.approve))
        return ignored("role", who() + " is no " + rolesText(rules.approve));
    if (m_actor.person == state->requester)
        return ignored("four eyes", who() + " made the request");
    if (m_actor.person == state->act.author)
        return ignored("four eyes", who() + " made what is to be approved");
    count();
    if (!*m_act.passed) {
        state->rejected = m_act.index;
        return;
    }
    auto [earlier, first] = state->approvals.emplace(m_actor.person, m_act.index);
    if (first)
        return;
    m_judgement.counts = false;
    ignored("four eyes", who() + " approved already, with entry " + std::to_string(earlier->second));
}

void Replay::Judge::judgeWithdrawal()
{
    auto* state = request(Standing::Gap);
    if (!state)
        return;
    if (m_actor.person != state->requester && !m_actor.has(kAdmin))
        return say(Standing::Gap, "role",
                   "the withdrawal does not count: " + who() + " did not make the request and is no admin");
    if (!state->open())
        return say(Standing::Gap, "replay", "the withdrawal does not count: the request is closed");
    state->withdrawn = m_act.index;
    count();
}

void Replay::Judge::judgeWaiver()
{
    auto* state = request(Standing::Gap);
    if (!state)
        return;
    const auto& rules = m_replay.m_rules.of(state->act.target);
    auto ignored = [&](const char* check, const std::string& why) {
        say(Standing::Gap, check, "the waiver does not count: " + why);
    };
    if (!mayActAs(rules.waive))
        return ignored("role", who() + " is no " + rolesText(rules.waive));
    if (m_actor.person == state->requester)
        return ignored("four eyes", who() + " made the request");
    if (m_act.gate.empty() || m_act.reason.empty() || !m_act.expires)
        return ignored("form", "it names no gate, no reason or no end");
    state->waivers[m_act.gate] = *m_act.expires;
    say(Standing::Gap, "waiver",
        who() + " waived the gate '" + m_act.gate + "' until " + formatIso(*m_act.expires));
    count();
}

bool Replay::Judge::fitsTransition(const RequestState& request)
{
    auto what = "'" + m_act.subject.name + "' came to " + m_act.target;
    if (m_act.to != request.act.to || m_act.target != request.act.target) {
        say(Standing::Failed, "quorum",
            what + ", but request " + std::to_string(request.act.index) + " was about another change");
        return false;
    }
    if (asSet(m_act.from) != asSet(request.act.from) || asSet(m_act.leaves) != asSet(request.act.leaves)) {
        say(Standing::Failed, "quorum",
            what + ", but something else left than request " + std::to_string(request.act.index) +
                " was about");
        return false;
    }
    auto obstacles = m_replay.obstacles(request, m_act.time);
    if (!obstacles.empty())
        say(Standing::Failed, "quorum",
            what + " against the rules: request " + std::to_string(request.act.index) + ": " +
                join(obstacles, "; "));
    return obstacles.empty();
}

/// Takes the effect on the targets.
void Replay::Judge::move()
{
    auto& holders = m_replay.m_holders[m_act.target];
    for (const auto& name : m_act.from)
        if (holders.erase(name) == 0 && m_act.kind == ActKind::Transition)
            say(Standing::Gap, "replay",
                "by this log '" + name + "' was not at " + m_act.target + ": it was changed outside the log");
    if (m_act.to.empty())
        return;
    holders.insert(m_act.to);
    for (const auto& target : m_act.leaves)
        if (target != m_act.target)
            m_replay.m_holders[target].erase(m_act.to);
    if (m_act.subject.digest != Digest{})
        m_replay.m_digests[m_act.to] = m_act.subject.digest;
}

void Replay::Judge::judgeTransition()
{
    const auto& rules = m_replay.m_rules.of(m_act.target);
    auto what = "'" + m_act.subject.name + "' came to " + m_act.target;
    if (m_act.target.empty() || (!m_act.to.empty() && m_act.to != m_act.subject.name))
        return say(Standing::Failed, "form",
                   "the transition names no target, or another subject than its own");
    if (m_act.emergency) {
        if (!mayActAs(rules.emergency))
            say(Standing::Failed, "role",
                what + " as an emergency, but " + who() + " is no " + rolesText(rules.emergency));
        else
            say(Standing::Gap, "emergency",
                what + " as an emergency, without approvals, by " + who() + ": " + m_act.reason);
        m_judgement.counts = mayActAs(rules.emergency);
    } else if (auto* state = request(Standing::Failed)) {
        bool allowed = fitsTransition(*state);
        if (!mayActAs(rules.apply)) {
            say(Standing::Failed, "role", what + ", but " + who() + " is no " + rolesText(rules.apply));
            allowed = false;
        }
        m_judgement.counts = allowed;
        if (!state->applied)
            state->applied = m_act.index;
    }
    // The registry was changed all the same; what is there is compared with it.
    move();
    if (rules.witness)
        m_replay.m_needWitness[m_act.index] = m_actor.person;
}

void Replay::Judge::judgeReconciliation()
{
    if (!m_actor.has(kAdmin))
        return say(Standing::Gap, "role", "the reconciliation does not count: " + who() + " is no admin");
    if (!m_act.target.empty()) {
        move();
        say(Standing::Gap, "reconciliation",
            m_act.target + " was changed outside the log; " + who() + " acknowledged it: " + m_act.reason);
    }
    count();
}

} // namespace sextant::ledger
