#include "ui/audit/audit_head.h"

#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace sextant {

using ledger::Standing;

namespace {

constexpr int kHeight = 66;
constexpr int kIcon = 32;
constexpr int kText = 64;

QString joined(const QStringList& sentences)
{
    return sentences.join(QStringLiteral(". ")) + (sentences.isEmpty() ? "" : ".");
}

QString headlineOf(const registry::Audit& audit, const AuditCounts& counts)
{
    auto all = formatCount(quint64(counts.checked()));
    switch (audit.verification.verdict) {
    case Standing::Passed:
        return AuditHead::tr("Verified: all %1 items").arg(all);
    case Standing::Gap:
        return AuditHead::tr("Verified with gaps: %1 of %2 items")
            .arg(formatCount(quint64(counts.gaps + counts.unchecked)), all);
    case Standing::Failed:
        break;
    }
    if (audit.keys.empty())
        return AuditHead::tr("Not verified: no key is trusted here");
    return (counts.failed == 1 ? AuditHead::tr("Not verified: %1 of %2 items fails")
                               : AuditHead::tr("Not verified: %1 of %2 items fail"))
        .arg(formatCount(quint64(counts.failed)), all);
}

/// The first thing that fails, then what is open: what to read first.
QString detailOf(const registry::Audit& audit, const AuditCounts& counts)
{
    QStringList sentences;
    const auto& findings = audit.verification.findings;
    auto first = std::find_if(findings.begin(), findings.end(), [](const ledger::Finding& finding) {
        return finding.standing == Standing::Failed;
    });
    if (audit.keys.empty())
        sentences << AuditHead::tr("Choose whom to trust; then signatures can be checked");
    else if (first != findings.end())
        sentences << oneLine(first->message, 160);
    else
        sentences << AuditHead::tr("Recomputed on this machine, without a network");
    if (counts.unchecked > 0)
        sentences << counted(quint64(counts.unchecked), AuditHead::tr("1 item could not be checked"),
                             AuditHead::tr("%1 items could not be checked"));
    if (counts.unrecorded > 0)
        sentences << counted(quint64(counts.unrecorded), AuditHead::tr("1 thing is not recorded"),
                             AuditHead::tr("%1 things are not recorded"));
    return joined(sentences);
}

} // namespace

AuditHead::AuditHead(QWidget* parent)
    : QWidget(parent), m_headline(new ElidedLabel(Theme::Text::Heading)),
      m_detail(new ElidedLabel(Theme::Text::Body, "text.muted")), m_cancel(new QPushButton(tr("Cancel")))
{
    setFixedHeight(kHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kText, 8, Theme::of(this).length("space.4"), 9);
    row->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_headline);
    words->addWidget(m_detail);
    row->addLayout(words, 1);
    for (int i = 0; i < 5; ++i) {
        m_badges.push_back(new BadgeLabel);
        m_badges.back()->hide();
        row->addWidget(m_badges.back());
    }
    row->addWidget(m_cancel);
    m_cancel->setAccessibleName(tr("Cancel the verification"));
    m_cancel->hide();
    connect(m_cancel, &QPushButton::clicked, this, &AuditHead::cancelWanted);
}

QString AuditHead::headline() const
{
    return m_headline->text();
}

void AuditHead::show(const QString& icon, const char* color, const QString& headline, const QString& detail)
{
    m_icon = icon;
    m_color = color;
    m_headline->setText(headline);
    m_detail->setText(detail);
    setAccessibleName(headline);
    setAccessibleDescription(detail);
    m_share = -1;
    update();
}

void AuditHead::showVerdict(const registry::Audit& audit, const AuditCounts& counts)
{
    auto verdict = audit.verification.verdict;
    auto failed = verdict == Standing::Failed;
    show(failed                     ? QStringLiteral("shield-alert")
         : verdict == Standing::Gap ? QStringLiteral("shield-check")
                                    : QStringLiteral("shield-check"),
         failed                     ? "error.fg"
         : verdict == Standing::Gap ? "warning.fg"
                                    : "success.fg",
         headlineOf(audit, counts), detailOf(audit, counts));
    m_cancel->hide();
    auto unchecked = Badge::warning(tr("%1 not checked").arg(formatCount(quint64(counts.unchecked))));
    unchecked.icon = QStringLiteral("circle-help");
    const std::pair<int, Badge> badges[] = {
        {counts.verified, Badge::success(tr("%1 verified").arg(formatCount(quint64(counts.verified))))},
        {counts.failed, Badge::error(counted(quint64(counts.failed), tr("1 fails"), tr("%1 fail")))},
        {counts.unchecked, unchecked},
        {counts.gaps, Badge::warning(counted(quint64(counts.gaps), tr("1 gap"), tr("%1 gaps")))},
        {counts.unrecorded,
         Badge::neutral(QStringLiteral("circle-dashed"),
                        tr("%1 not recorded").arg(formatCount(quint64(counts.unrecorded))))}};
    for (std::size_t i = 0; i < m_badges.size(); ++i) {
        m_badges[i]->setBadge(badges[i].second);
        m_badges[i]->setVisible(badges[i].first > 0);
    }
}

void AuditHead::showStale(const QString& why)
{
    show(QStringLiteral("clock"), "text.muted", tr("Not verified as it is now"), why);
    for (auto* badge : m_badges)
        badge->hide();
    m_cancel->hide();
}

void AuditHead::showBusy(const QString& activity, quint64 done, quint64 total)
{
    show(QStringLiteral("loader-circle"), "text.muted", tr("Verifying"),
         total > 0 ? tr("%1, %2 of %3").arg(activity, formatCount(done), formatCount(total)) : activity);
    for (auto* badge : m_badges)
        badge->hide();
    m_cancel->show();
    if (total > 0)
        m_share = double(done) / double(total);
}

void AuditHead::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.1"));
    painter.fillRect(0, height() - 1, width(), 1, theme.color("border.hairline"));
    if (m_share >= 0)
        painter.fillRect(QRectF(0, height() - 3, width() * m_share, 3), theme.color("accent"));
    if (!m_icon.isEmpty())
        theme.drawIcon(&painter, QRect(16, 0, kIcon, height() - 2), m_icon, kIcon,
                       theme.color(m_color.constData()));
}

} // namespace sextant
