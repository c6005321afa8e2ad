#include "ui/audit/audit_text.h"

#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QObject>

#include <set>

namespace sextant {

using namespace ledger;
using registry::Audit;
using registry::AuditEntry;

namespace {

constexpr std::size_t kLongestReason = 240;

QString tr(const char* text)
{
    return QObject::tr(text);
}

QString requestNumber(const Act& act)
{
    return act.request ? QString::number(*act.request) : QStringLiteral("?");
}

QString reasonOr(const Act& act, const QString& otherwise)
{
    return act.reason.empty() ? otherwise : oneLine(act.reason, kLongestReason);
}

QString keyName(const std::string& keyLine)
{
    return oneName(keyLine.substr(0, keyLine.find('+')), 40);
}

QString leaving(const Act& act, const std::string& model)
{
    QStringList names;
    for (const auto& name : act.from)
        names << subjectText(name, model);
    return names.isEmpty() ? QString() : tr("in place of %1").arg(names.join(QStringLiteral(", ")));
}

void readRequest(const Act& act, const std::string& model, EntryText& text)
{
    text.icon = QStringLiteral("git-pull-request-arrow");
    text.color = "info.fg";
    text.title = act.to.empty() ? tr("Request %1: clear %2").arg(act.index).arg(targetText(act.target))
                                : tr("Request %1: %2 to %3")
                                      .arg(QString::number(act.index), subjectText(act.to, model),
                                           targetText(act.target));
    text.detail = reasonOr(act, leaving(act, model));
}

void readTransition(const Act& act, const std::string& model, EntryText& text)
{
    text.icon = act.emergency ? QStringLiteral("triangle-alert") : QStringLiteral("rocket");
    text.color = act.emergency ? "warning.fg" : "success.fg";
    auto done = act.to.empty()
                    ? tr("%1 cleared").arg(targetText(act.target))
                    : tr("%1 applied to %2").arg(subjectText(act.to, model), targetText(act.target));
    text.title = act.emergency ? tr("Emergency: %1").arg(done) : done;
    auto before = leaving(act, model);
    text.detail = act.emergency ? reasonOr(act, before) : before.isEmpty() ? reasonOr(act, {}) : before;
}

void readDecision(const Act& act, EntryText& text)
{
    auto approved = act.passed.value_or(false);
    text.icon = approved ? QStringLiteral("check") : QStringLiteral("x");
    text.color = approved ? "success.fg" : "error.fg";
    text.title = (approved ? tr("Request %1 approved") : tr("Request %1 rejected")).arg(requestNumber(act));
    text.detail = reasonOr(act, tr("no reason given"));
}

void readGate(const Act& act, EntryText& text)
{
    auto passed = act.passed.value_or(false);
    text.icon = QStringLiteral("scale");
    text.color = passed ? "success.fg" : "error.fg";
    text.title = (passed ? tr("Gate %1 passes") : tr("Gate %1 fails")).arg(oneName(act.gate, 40));
    text.detail = reasonOr(act, tr("for request %1").arg(requestNumber(act)));
}

void readKey(const Act& act, EntryText& text)
{
    auto added = act.kind == ActKind::KeyAdded;
    text.icon = QStringLiteral("key-round");
    text.color = added ? "text.muted" : "warning.fg";
    text.title = (added ? tr("Key %1 added") : tr("Key %1 revoked")).arg(keyName(act.keyLine));
    text.detail = reasonOr(act, added ? tr("may sign from here on") : tr("signs nothing from here on"));
}

void readOther(const Act& act, const std::string& model, EntryText& text)
{
    auto subject = subjectText(act.subject.name, model);
    switch (act.kind) {
    case ActKind::Rules:
        text.icon = QStringLiteral("scale");
        text.title = tr("Rules set");
        text.detail = reasonOr(act, tr("who may ask, who must agree, which gates must pass"));
        return;
    case ActKind::Withdrawal:
        text.icon = QStringLiteral("undo-2");
        text.title = tr("Request %1 withdrawn").arg(requestNumber(act));
        text.detail = reasonOr(act, {});
        return;
    case ActKind::Comment:
        text.icon = QStringLiteral("quote");
        text.title = act.request ? tr("Comment on request %1").arg(requestNumber(act)) : tr("Comment");
        text.detail = reasonOr(act, subject);
        return;
    case ActKind::Waiver:
        text.icon = QStringLiteral("triangle-alert");
        text.color = "warning.fg";
        text.title = tr("Gate %1 waived").arg(oneName(act.gate, 40));
        text.detail = reasonOr(act, {});
        return;
    case ActKind::Report:
        text.icon = QStringLiteral("file-text");
        text.title = tr("Report recorded");
        text.detail = tr("%1, sha256 %2").arg(subject, shortDigest(act.subject.digest));
        return;
    case ActKind::Card:
        text.icon = QStringLiteral("file-text");
        text.title = tr("Model card of %1").arg(subject);
        text.detail = reasonOr(act, shortDigest(act.subject.digest));
        return;
    default:
        text.icon = QStringLiteral("eye");
        text.color = "warning.fg";
        text.title = tr("Change outside the log acknowledged");
        text.detail = reasonOr(act, targetText(act.target));
    }
}

void readAct(const Act& act, const std::string& model, EntryText& text)
{
    switch (act.kind) {
    case ActKind::Request:
        return readRequest(act, model, text);
    case ActKind::Transition:
        return readTransition(act, model, text);
    case ActKind::Decision:
        return readDecision(act, text);
    case ActKind::Gate:
        return readGate(act, text);
    case ActKind::KeyAdded:
    case ActKind::KeyRevoked:
        return readKey(act, text);
    default:
        return readOther(act, model, text);
    }
}

void addOpenTargets(const Audit& audit, std::vector<std::pair<QString, QString>>& all)
{
    const auto& state = audit.verification.state;
    if (!state || !audit.subject.holders)
        return;
    for (const auto& [target, names] : *audit.subject.holders) {
        if (state->holders().contains(target) || state->rules().govern(target))
            continue;
        QStringList held;
        for (const auto& name : names)
            held << subjectText(name, audit.subject.model);
        auto title = targetText(target);
        title[0] = title[0].toUpper();
        all.emplace_back(title, tr("%1, as the store says; neither rules nor entries speak of it")
                                    .arg(held.join(QStringLiteral(", "))));
    }
}

} // namespace

QString subjectText(const std::string& subject, const std::string& model)
{
    if (!model.empty() && subject.starts_with(model + "/"))
        return QLatin1Char('v') + oneName(subject.substr(model.size() + 1), 24);
    return oneName(subject, 60);
}

QString targetText(const std::string& target)
{
    if (target.starts_with("alias:"))
        return tr("alias %1").arg(oneName(target.substr(6), 60));
    if (target.starts_with("stage:"))
        return oneName(target.substr(6), 60);
    return oneName(target, 60);
}

QString shortDigest(const Digest& digest)
{
    auto hex = QString::fromStdString(toHex(digest));
    return hex.left(6) + QStringLiteral("…") + hex.right(2);
}

EntryText entryText(const Audit& audit, const AuditEntry& entry)
{
    EntryText text;
    if (entry.act) {
        readAct(*entry.act, audit.subject.model, text);
        text.who = oneName(entry.person, 60);
        text.keyId = oneName(entry.act->actor, 40);
    } else {
        text.icon = QStringLiteral("circle-x");
        text.color = "error.fg";
        text.title = tr("Entry that can't be believed");
    }
    switch (entry.standing) {
    case Standing::Passed:
        text.state = tr("Signed");
        text.stateIcon = QStringLiteral("shield-check");
        text.stateColor = "evidence.verified";
        return text;
    case Standing::Gap:
        text.state = tr("Signed, to be seen");
        text.stateIcon = QStringLiteral("triangle-alert");
        text.stateColor = "warning.fg";
        break;
    case Standing::Failed:
        text.state = entry.act ? tr("Not allowed") : tr("Not believed");
        text.stateIcon = QStringLiteral("shield-alert");
        text.stateColor = "error.fg";
        break;
    }
    text.detail = oneLine(entry.remark, kLongestReason);
    return text;
}

QString standingWord(Standing standing, const std::string& check)
{
    static const std::set<std::string, std::less<>> kUnchecked = {"pin", "digest", "registry", "evidence"};
    switch (standing) {
    case Standing::Passed:
        return tr("Verified");
    case Standing::Gap:
        return kUnchecked.contains(check) ? tr("Not checked") : tr("Gap");
    case Standing::Failed:
        break;
    }
    return tr("Fails");
}

QString checkTitle(const Finding& finding)
{
    static const std::map<std::string, const char*, std::less<>> kTitles = {
        {"tree", "Tree"},
        {"checkpoint", "Checkpoint"},
        {"pin", "Against your pin"},
        {"witness", "Witness"},
        {"fork", "Fork"},
        {"files", "Files of the log"},
        {"form", "Form"},
        {"place", "Order and links"},
        {"replay", "Belongs together"},
        {"signature", "Signatures"},
        {"keys", "Keys"},
        {"role", "Roles"},
        {"rules", "Rules"},
        {"quorum", "Quorum"},
        {"four eyes", "Four eyes"},
        {"waiver", "Waiver"},
        {"emergency", "Emergency"},
        {"reconciliation", "Changed outside"},
        {"digest", "Model files"},
        {"evidence", "Evidence and gates"},
        {"change", "Stopped half way"},
        {"registry", "Stages and aliases"}};
    auto found = kTitles.find(finding.check);
    auto title = found == kTitles.end() ? oneLine(finding.check, 40) : tr(found->second);
    return finding.entry ? tr("%1, entry %2").arg(title).arg(*finding.entry) : title;
}

CheckGroup groupOf(const std::string& check)
{
    static const std::set<std::string, std::less<>> kLog = {"tree", "checkpoint", "pin",  "witness",
                                                            "fork", "files",      "form", "place"};
    if (check == "registry" || check == "reconciliation" || check == "change")
        return CheckGroup::Registry;
    if (check == "digest" || check == "evidence")
        return CheckGroup::Files;
    return kLog.contains(check) ? CheckGroup::Log : CheckGroup::Signatures;
}

QString groupTitle(CheckGroup group)
{
    switch (group) {
    case CheckGroup::Registry:
        return tr("Registry against log");
    case CheckGroup::Log:
        return tr("Log");
    case CheckGroup::Signatures:
        return tr("Signatures, roles and quorum");
    case CheckGroup::Files:
        return tr("Files");
    case CheckGroup::Unrecorded:
        break;
    }
    return tr("Not recorded");
}

std::vector<std::pair<QString, QString>> unrecorded(const Audit& audit)
{
    std::vector<std::pair<QString, QString>> all;
    addOpenTargets(audit, all);
    auto first =
        audit.entries.empty() || !audit.entries.front().act ? kNoTime : audit.entries.front().act->time;
    if (isKnown(audit.subject.registered) && isKnown(first) && audit.subject.registered < first)
        all.emplace_back(tr("Changes before entry 0"),
                         tr("the store has the model since %1, the log begins %2")
                             .arg(formatTime(audit.subject.registered).left(11), formatTime(first).left(17)));
    all.emplace_back(tr("Deployments"),
                     tr("the log says what was at each stage and alias, not where it ran"));
    all.emplace_back(tr("Times"), tr("those of entries are claims; only a witness bounds them"));
    return all;
}

QString verdictReport(const Audit& audit)
{
    const auto& verification = audit.verification;
    auto verdict = verdictText(verification.verdict);
    QStringList lines{QString::fromUtf8(verdict.data(), qsizetype(verdict.size()))};
    if (verification.checkpoint)
        lines << tr("log %1 as of %2 entries, root %3")
                     .arg(oneLine(verification.checkpoint->origin))
                     .arg(verification.checkpoint->size)
                     .arg(QString::fromStdString(toHex(verification.checkpoint->root)));
    lines << tr("recomputed %1").arg(formatTime(audit.verifiedAt)) << QString();
    for (auto standing : {Standing::Failed, Standing::Gap, Standing::Passed})
        for (const auto& finding : verification.findings)
            if (finding.standing == standing)
                lines << standingWord(standing, finding.check) + u'\t' + checkTitle(finding) + u'\t' +
                             oneLine(finding.message);
    for (const auto& [title, sentence] : unrecorded(audit))
        lines << tr("Not recorded") + u'\t' + title + u'\t' + sentence;
    return lines.join(u'\n') + u'\n';
}

} // namespace sextant
