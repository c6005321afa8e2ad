#include "ui/registry/desk_head.h"

#include "ui/registry/desk_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

namespace sextant {

using registry::PromotionState;

namespace {

constexpr int kMostReasonLines = 3;

Badge gatesBadge(const DeskCase& made)
{
    quint64 denying = 0, warnings = 0;
    for (const auto& clause : made.clauses) {
        denying += clause.result.denies() && !clause.waived;
        warnings += !clause.result.passed() && !clause.result.denies();
    }
    for (const auto& gate : made.gates)
        denying += !gate.now && !gate.allows();
    auto all = quint64(made.clauses.size());
    if (made.gates.empty())
        return Badge::neutral(QStringLiteral("circle-minus"), DeskHead::tr("No gates"));
    if (denying > 0)
        return Badge::error(
            (denying == 1 ? DeskHead::tr("%1 of %2 clauses fails") : DeskHead::tr("%1 of %2 clauses fail"))
                .arg(denying)
                .arg(std::max(all, denying)));
    return warnings > 0 ? Badge::success(DeskHead::tr("All gates pass, %1")
                                             .arg(counted(warnings, DeskHead::tr("1 warning"),
                                                          DeskHead::tr("%1 warnings"))))
                        : Badge::success(DeskHead::tr("All gates pass"));
}

Badge stateBadge(const DeskItem& item)
{
    const auto& promotion = item.promotion;
    auto state = deskState(item);
    switch (promotion.state) {
    case PromotionState::Applied:
        return promotion.emergency ? Badge::warning(state.text) : Badge::success(state.text);
    case PromotionState::Rejected:
        return Badge::error(state.text);
    case PromotionState::Unfinished:
        return Badge::warning(state.text);
    case PromotionState::Withdrawn:
    case PromotionState::Expired:
        return Badge::neutral(QStringLiteral("circle-minus"), state.text);
    default:
        break;
    }
    auto badge = Badge::info(
        DeskHead::tr("%1 of %2 approvals").arg(promotion.approvals.size()).arg(promotion.approvalsNeeded));
    badge.icon = QStringLiteral("users");
    return badge;
}

QString leavingText(const registry::Change& change)
{
    QStringList versions;
    for (auto number : change.leave)
        versions << QStringLiteral("v%1").arg(number);
    return versions.isEmpty() ? DeskHead::tr("nobody is there")
                              : DeskHead::tr("replaces %1").arg(versions.join(QStringLiteral(", ")));
}

} // namespace

DeskHead::DeskHead(QWidget* parent)
    : QWidget(parent), m_title(new ElidedLabel(Theme::Text::Heading, "text", Qt::ElideMiddle)),
      m_from(new BadgeLabel), m_to(new BadgeLabel),
      m_arrow(new TextLabel(QStringLiteral("→"), Theme::Text::Body, "text.muted")),
      m_replaces(new TextLabel({}, Theme::Text::Body, "text.muted")), m_gates(new BadgeLabel),
      m_approvals(new BadgeLabel), m_more(new IconButton(QStringLiteral("ellipsis"), tr("More acts"))),
      m_who(new TextLabel({}, Theme::Text::Body, "text.muted")),
      m_reason(new TextLabel({}, Theme::Text::Body))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 12, 9);
    column->setSpacing(5);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title);
    for (QWidget* part : std::initializer_list<QWidget*>{m_from, m_arrow, m_to, m_replaces})
        first->addWidget(part);
    first->addStretch(1);
    first->addWidget(m_gates);
    first->addWidget(m_approvals);
    first->addWidget(m_more);
    column->addLayout(first);
    auto* second = new QHBoxLayout;
    second->setSpacing(10);
    second->addWidget(m_who, 0, Qt::AlignTop);
    m_reason->setWordWrap(true);
    m_reason->setMaximumHeight(kMostReasonLines * m_reason->fontMetrics().lineSpacing());
    m_reason->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    second->addWidget(m_reason, 1);
    column->addLayout(second);
}

void DeskHead::setMenu(QMenu* menu)
{
    connect(m_more, &QToolButton::clicked, menu,
            [this, menu] { menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
}

void DeskHead::setCase(const DeskCasePtr& made)
{
    if (!made)
        return;
    const auto& promotion = made->item.promotion;
    const auto& change = promotion.change;
    m_title->setText(tr("%1 v%2").arg(oneName(promotion.model, 120)).arg(change.subject()));
    auto stage = change.target.isStage();
    m_from->setVisible(stage);
    m_from->setBadge(Badge::stage(change.comesFrom));
    m_arrow->setVisible(stage);
    m_to->setBadge(deskTargetBadge(change.asked));
    m_replaces->setText(leavingText(change));
    m_gates->setBadge(gatesBadge(*made));
    m_approvals->setBadge(stateBadge(made->item));
    m_who->setText(
        tr("%1, %2").arg(oneName(promotion.requester, 60), formatTime(promotion.act.time).left(17)));
    m_who->setToolTip(tr("The time is what the key's holder claims"));
    auto reason = promotion.rollbackOf ? tr("Rollback: ") : QString();
    m_reason->setText(reason + oneLine(promotion.act.reason, 1200));
    m_reason->setToolTip(plainToolTip(manyLines(promotion.act.reason, 4000)));
    setAccessibleName(tr("Request %1: %2 to %3")
                          .arg(QString::number(promotion.number), m_title->text(), deskTarget(change.asked)));
}

void DeskHead::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(0, height() - 1, width(), 1, theme.color("border.hairline"));
}

} // namespace sextant
