#include "ui/registry/desk_text.h"

#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QObject>

#include <algorithm>

namespace sextant {

using ledger::ActKind;
using registry::Promotion;
using registry::PromotionState;

namespace {

constexpr std::size_t kLongest = 400;

QString tr(const char* text)
{
    return QObject::tr(text);
}

} // namespace

ColoredText deskState(const DeskItem& item)
{
    const auto& promotion = item.promotion;
    switch (promotion.state) {
    case PromotionState::Applied:
        return promotion.emergency ? ColoredText{tr("Emergency"), "warning.fg"}
                                   : ColoredText{tr("Applied"), "success.fg"};
    case PromotionState::Rejected:
        return {tr("Rejected"), "error.fg"};
    case PromotionState::Withdrawn:
        return {tr("Withdrawn"), "text.muted"};
    case PromotionState::Expired:
        return {tr("Expired"), "text.muted"};
    case PromotionState::Unfinished:
        return {tr("Unfinished"), "warning.fg"};
    case PromotionState::Ready:
        return {tr("Ready"), "success.fg"};
    case PromotionState::Open:
        break;
    }
    auto failing = std::count_if(promotion.gates.begin(), promotion.gates.end(), [](const auto& gate) {
        return gate.required && !gate.waivedUntil && gate.passed == std::optional(false);
    });
    if (failing > 0)
        return {counted(quint64(failing), tr("1 gate fails"), tr("%1 gates fail")), "error.fg"};
    if (item.failingGates > 0)
        return {counted(item.failingGates, tr("1 gate open"), tr("%1 gates open")), "warning.fg"};
    return {tr("%1 of %2").arg(promotion.approvals.size()).arg(promotion.approvalsNeeded), "info.fg"};
}

QString deskLine(const Promotion& promotion, EpochMs reference)
{
    return tr("%1, to %2, %3")
        .arg(QString::number(promotion.number), deskTarget(promotion.change.asked),
             formatRelativeTime(promotion.act.time, reference));
}

QString boxTitle(DeskBox box)
{
    switch (box) {
    case DeskBox::Mine:
        return tr("Waiting for you");
    case DeskBox::Others:
        return tr("Waiting for others");
    case DeskBox::Closed:
        break;
    }
    return tr("Closed");
}

QString deskTarget(const registry::Target& target)
{
    if (!target.isStage())
        return tr("alias %1").arg(oneName(target.alias, 40));
    auto word = toText(target.stage);
    return QString::fromUtf8(word.data(), qsizetype(word.size()));
}

Badge deskTargetBadge(const registry::Target& target)
{
    return target.isStage() ? Badge::stage(target.stage) : Badge::alias(oneName(target.alias, 40));
}

Badge evidenceBadge(EvidenceState state)
{
    switch (state) {
    case EvidenceState::Verified:
        return Badge::evidence(Evidence::Verified);
    case EvidenceState::Recorded:
        return Badge::evidence(Evidence::Recorded);
    case EvidenceState::Claimed:
        return Badge::evidence(Evidence::Claimed);
    case EvidenceState::Missing:
        return Badge::evidence(Evidence::Missing);
    case EvidenceState::Changed:
        break;
    }
    auto badge = Badge::evidence(Evidence::Missing);
    badge.icon = QStringLiteral("circle-x");
    badge.text = tr("Changed");
    return badge;
}

QString evidenceIcon(const std::string& kind)
{
    static const std::map<std::string, const char*, std::less<>> kIcons = {
        {"fairness", "scale"}, {"drift", "activity"},           {"quality", "table-2"}, {"card", "file-text"},
        {"files", "package"},  {"performance", "chart-column"}, {"data", "database"}};
    auto found = kIcons.find(kind);
    return QLatin1String(found == kIcons.end() ? "file-text" : found->second);
}

ColoredText reviewerState(DeskReviewer::Standing standing)
{
    switch (standing) {
    case DeskReviewer::Standing::Approved:
        return {tr("Approved"), "success.fg"};
    case DeskReviewer::Standing::Rejected:
        return {tr("Rejected"), "error.fg"};
    case DeskReviewer::Standing::YourTurn:
        return {tr("Your turn"), "info.fg"};
    case DeskReviewer::Standing::Waiting:
        return {tr("Waiting"), "text.muted"};
    case DeskReviewer::Standing::CannotDecide:
        break;
    }
    return {tr("Cannot decide"), "text.muted"};
}

QString reviewerIcon(DeskReviewer::Standing standing)
{
    const char* const icons[] = {"check", "x", "arrow-right", "clock", "lock"};
    return QLatin1String(icons[int(standing)]);
}

ActText actText(const registry::LoggedAct& logged, const std::string& model)
{
    const auto& act = logged.act;
    auto reason = oneLine(act.reason, kLongest);
    auto version = act.to.starts_with(model + "/")
                       ? QLatin1Char('v') + oneName(act.to.substr(model.size() + 1), 24)
                       : oneName(act.to, 60);
    auto passed = act.passed.value_or(false);
    switch (act.kind) {
    case ActKind::Request:
        return {QStringLiteral("git-pull-request-arrow"), tr("Asked for"), reason, "info.fg"};
    case ActKind::Decision:
        return passed ? ActText{QStringLiteral("check"), tr("Approved"), reason, "success.fg"}
                      : ActText{QStringLiteral("x"), tr("Rejected"), reason, "error.fg"};
    case ActKind::Gate:
        return {QStringLiteral("scale"),
                (passed ? tr("Gate %1 passes") : tr("Gate %1 fails")).arg(oneName(act.gate, 40)), reason,
                passed ? "success.fg" : "error.fg"};
    case ActKind::Waiver:
        return {QStringLiteral("triangle-alert"), tr("Gate %1 waived").arg(oneName(act.gate, 40)), reason,
                "warning.fg"};
    case ActKind::Withdrawal:
        return {QStringLiteral("undo-2"), tr("Withdrawn"), reason, "text.muted"};
    case ActKind::Transition:
        return {act.emergency ? QStringLiteral("triangle-alert") : QStringLiteral("rocket"),
                act.emergency ? tr("Emergency: %1 applied").arg(version) : tr("%1 applied").arg(version),
                reason, act.emergency ? "warning.fg" : "success.fg"};
    default:
        return {QStringLiteral("quote"), tr("Comment"), reason, "text.muted"};
    }
}

QString joinSentences(const std::vector<std::string>& sentences)
{
    QStringList parts;
    for (const auto& sentence : sentences)
        parts << oneLine(sentence, 200);
    return parts.join(QStringLiteral(", "));
}

QString capital(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace sextant
