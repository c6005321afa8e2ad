// Judge: whether one act of a log counts, and its effect on what is in force. Part of Replay.
#pragma once

#include "core/ledger/replay.h"

namespace sextant::ledger {

class Replay::Judge
{
public:
    Judge(Replay& replay, const Act& act, TrustedKey actor, Judgement& judgement)
        : m_replay(replay), m_act(act), m_actor(std::move(actor)), m_judgement(judgement)
    {
    }

    void judge();

private:
    void judgeRules();
    void judgeKeyAdded();
    void judgeKeyRevoked();
    void judgeRequest();
    void judgeGate();
    void judgeDecision();
    void judgeWithdrawal();
    void judgeWaiver();
    void judgeTransition();
    void judgeReconciliation();

    /// The open request that the act belongs to, when subject and target are its own; else null, and said
    /// why.
    RequestState* request(Standing standing);
    bool fitsTransition(const RequestState& request);
    void move();
    bool mayActAs(const Roles& roles) const;
    void count() { m_judgement.counts = true; }
    void say(Standing standing, std::string check, std::string message);
    std::string who() const;

    Replay& m_replay;
    const Act& m_act;
    TrustedKey m_actor; // a copy: keys move when one is added
    Judgement& m_judgement;
};

} // namespace sextant::ledger
