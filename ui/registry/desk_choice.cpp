// What can be decided about a promotion, and why not, in words.
#include "ui/registry/desk_decision.h"
#include "ui/registry/desk_text.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <QObject>

namespace sextant {

using registry::PromotionState;

namespace {

QString tr(const char* text)
{
    return QObject::tr(text);
}

QStringList deniedBy(const DeskCase& made)
{
    QStringList why;
    for (const auto& clause : made.clauses)
        if (clause.result.denies() && !clause.waived)
            why << oneLine(clause.result.message, 120);
    for (const auto& gate : made.gates)
        if (!gate.now && !gate.allows())
            why << tr("gate %1: %2").arg(oneName(gate.name, 40), oneLine(gate.problem, 120));
    return why;
}

QString spoiled(const DeskCase& made)
{
    for (const auto& evidence : made.evidence)
        if (evidence.state == EvidenceState::Changed || evidence.state == EvidenceState::Missing)
            return tr("%1: %2").arg(oneName(evidence.name, 80), oneLine(evidence.remark, 160));
    return {};
}

bool frozen(const DeskCase& made)
{
    const auto& obstacles = made.item.promotion.obstacles;
    return std::any_of(obstacles.begin(), obstacles.end(),
                       [](const std::string& why) { return why.starts_with("nothing may change"); });
}

bool mayApply(const DeskCase& made, const std::string& keyName)
{
    for (const auto& key : made.keys)
        if (key.name == keyName || keyName.empty())
            for (const auto& role : made.rules.apply)
                if (key.trusted && key.roles.contains(role))
                    return true;
    return false;
}

void problem(DeskChoice& choice, const QString& headline, const QString& text)
{
    choice.headline = headline;
    choice.text = text;
    choice.isProblem = true;
    choice.whyNot = headline + u' ' + text;
}

QString rereading(const DeskCase& made)
{
    const auto& change = made.item.promotion.change;
    QStringList leaving;
    for (auto number : change.leave)
        leaving << QStringLiteral("v%1").arg(number);
    auto target = deskTarget(change.target);
    return leaving.isEmpty()
               ? tr("The registry is read again first; if %1 is held by anybody then, nothing is changed.")
                     .arg(target)
               : tr("The registry is read again first; if %1 is no longer at %2, nothing is changed.")
                     .arg(leaving.join(QStringLiteral(", ")), target);
}

/// Why nobody can approve it as it is; empty when nothing stands against it.
bool findObstacle(const DeskCase& made, const DeskSituation& situation, DeskChoice& choice)
{
    auto denied = deniedBy(made);
    if (!made.changed.empty()) {
        problem(choice, tr("Approve is off because something changed outside."),
                capital(joinSentences(made.changed)) +
                    tr(". Withdraw it, and ask again for what is there now."));
    } else if (auto why = spoiled(made); !why.isEmpty()) {
        problem(choice, tr("Approve is off because evidence does not hold."), why);
    } else if (!denied.isEmpty()) {
        auto headline = denied.size() == 1 ? tr("Approve is off because 1 clause fails.")
                                           : tr("Approve is off because %1 clauses fail.").arg(denied.size());
        problem(choice, headline,
                denied.mid(0, 3).join(QStringLiteral("; ")) +
                    tr(". It can be rejected, waived, or withdrawn and requested again with new evidence."));
    } else if (situation.unseen > 0) {
        problem(choice, tr("Approve is off until all evidence was shown."),
                counted(quint64(situation.unseen), tr("1 row is further down in the list."),
                        tr("%1 rows are further down in the list.")));
    }
    return choice.isProblem;
}

void previewApproval(const DeskCase& made, DeskChoice& choice, bool applies)
{
    const auto& promotion = made.item.promotion;
    auto key = oneName(made.item.myKey, 40);
    auto unsigned_ = std::count_if(made.gates.begin(), made.gates.end(), [](const DeskGate& gate) {
        return gate.now && gate.now->allow && !gate.recorded.value_or(false);
    });
    auto first = made.entries, last = made.entries + std::uint64_t(unsigned_) + (applies ? 1 : 0);
    auto entries =
        first == last
            ? tr("Entry %1 is signed with %2 and added to the log.").arg(first).arg(key)
            : tr("Entries %1 to %2 are signed with %3 and added to the log.").arg(first).arg(last).arg(key);
    choice.headline = tr("If you approve:");
    if (applies) {
        choice.text =
            capital(joinSentences(made.preview)) + QStringLiteral(". ") + entries + u' ' + rereading(made);
        return;
    }
    auto missing =
        promotion.approvalsNeeded - std::min(promotion.approvalsNeeded, promotion.approvals.size() + 1);
    auto then = missing > 0
                    ? counted(missing, tr("1 more approval is needed"), tr("%1 more approvals are needed"))
                    : tr("It can be applied then");
    choice.text = entries + u' ' + then + tr("; nothing changes in the registry yet.");
}

void forPending(const DeskCase& made, const DeskSituation& situation, DeskChoice& choice)
{
    auto applies = made.lastApproval() && mayApply(made, made.item.myKey) && !frozen(made);
    choice.kind = applies ? DeskWishKind::ApproveAndApply : DeskWishKind::Approve;
    choice.primary = applies ? tr("Approve and apply…") : tr("Approve…");
    choice.showsReject = true;
    auto written = situation.reason > 0 && situation.reason <= kLongestReason;
    choice.canReject = situation.unlocked && written && !situation.acting;
    if (findObstacle(made, situation, choice)) {
        if (!choice.canReject && !written)
            choice.whyNot += u' ' + tr("To reject it, write a reason first.");
        return;
    }
    previewApproval(made, choice, applies);
    choice.canPrimary = choice.canReject;
    choice.whyNot = situation.reason > kLongestReason ? tr("The reason is too long")
                    : situation.acting                ? tr("An act is being signed")
                                                      : tr("Write a reason first; it is kept in the log");
}

QString whyNotMine(const DeskCase& made)
{
    QStringList why;
    for (const auto& reviewer : made.reviewers)
        for (const auto& key : made.keys)
            if (key.id == reviewer.keyId && reviewer.standing == DeskReviewer::Standing::CannotDecide)
                why << oneLine(reviewer.detail, 120);
            else if (key.id == reviewer.keyId && reviewer.standing == DeskReviewer::Standing::Approved)
                why << tr("you approved it already");
    if (made.keys.empty())
        return tr("You have no key on this machine; `sextant keys create NAME --role approver` makes one.");
    return why.isEmpty() ? tr("None of your keys has a role that may approve it.")
                         : capital(why.join(QStringLiteral("; "))) + QLatin1Char('.');
}

void forClosed(const DeskCase& made, DeskChoice& choice, bool writable)
{
    const auto& promotion = made.item.promotion;
    auto state = deskState(made.item).text;
    choice.headline = tr("%1.").arg(state);
    choice.text = promotion.applied ? tr("The transition is entry %1.").arg(*promotion.applied) : QString();
    if (promotion.state == PromotionState::Applied && !promotion.change.leave.empty()) {
        choice.kind = DeskWishKind::Rollback;
        choice.primary = tr("Roll back…");
        choice.text += tr(" A rollback asks for the holder before it, as a promotion of its own.");
    } else {
        choice.kind = DeskWishKind::Comment;
        choice.primary = tr("Comment…");
        choice.text += tr(" A comment can be added; nothing else changes.");
    }
    choice.canPrimary = writable;
    choice.whyNot = tr("Write a reason first; it is kept in the log");
}

} // namespace

DeskChoice choiceOf(const DeskCase& made, const DeskSituation& situation)
{
    DeskChoice choice;
    const auto& promotion = made.item.promotion;
    auto written = situation.reason > 0 && situation.reason <= kLongestReason;
    auto writable = situation.unlocked && written && !situation.acting;
    if (promotion.state == PromotionState::Unfinished) {
        choice.kind = DeskWishKind::Resume;
        choice.primary = tr("Complete…");
        choice.headline = tr("It was stopped half way.");
        choice.text = tr("The log has it, the registry does not yet: %1.").arg(joinSentences(made.preview));
        choice.isProblem = true;
        choice.canPrimary = situation.unlocked && !situation.acting;
    } else if (!isPending(promotion.state)) {
        forClosed(made, choice, writable);
    } else if (promotion.state == PromotionState::Ready && mayApply(made, {}) && made.changed.empty()) {
        choice.kind = DeskWishKind::Apply;
        choice.primary = tr("Apply…");
        choice.headline = tr("If you apply:");
        choice.text = capital(joinSentences(made.preview)) + QStringLiteral(". ") + rereading(made);
        choice.canPrimary = situation.unlocked && !situation.acting;
        choice.showsReject = !made.item.myKey.empty();
        choice.canReject = writable;
        choice.whyNot = tr("Write a reason first; it is kept in the log");
    } else if (made.item.myKey.empty()) {
        choice.kind = DeskWishKind::Comment;
        choice.primary = tr("Comment…");
        choice.headline = tr("This is not yours to decide.");
        choice.text = whyNotMine(made);
        choice.canPrimary = writable;
        choice.whyNot = tr("Write a comment first; it is kept in the log");
    } else {
        forPending(made, situation, choice);
    }
    if (!situation.unlocked) {
        choice.canPrimary = choice.canReject = false;
        choice.text += (choice.text.isEmpty() ? QString() : QStringLiteral(" ")) +
                       tr("Writing to %1 is locked.").arg(situation.storeName);
        choice.whyNot =
            situation.whyNotWritable.isEmpty()
                ? tr("Unlock writing to %1 first, at the top of the window").arg(situation.storeName)
                : situation.whyNotWritable;
    }
    return choice;
}

} // namespace sextant
