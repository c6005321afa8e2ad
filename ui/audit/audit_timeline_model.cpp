#include "ui/audit/audit_timeline_model.h"

#include "ui/widgets/number_format.h"
#include "ui/widgets/store_text.h"

#include <algorithm>

namespace sextant {

using ledger::ActKind;
using ledger::Standing;

void AuditTimelineModel::setAudit(AuditPtr audit)
{
    beginResetModel();
    m_audit = std::move(audit);
    fill();
    endResetModel();
}

void AuditTimelineModel::setShown(Show show)
{
    beginResetModel();
    m_show = show;
    fill();
    endResetModel();
}

bool AuditTimelineModel::shows(const registry::AuditEntry& entry) const
{
    auto is = [&](std::initializer_list<ActKind> kinds) {
        return entry.act && std::find(kinds.begin(), kinds.end(), entry.act->kind) != kinds.end();
    };
    switch (m_show) {
    case Show::All:
        return true;
    case Show::Promotions:
        return is({ActKind::Request, ActKind::Transition, ActKind::Withdrawal, ActKind::Reconciliation});
    case Show::Decisions:
        return is({ActKind::Decision, ActKind::Gate, ActKind::Waiver});
    case Show::KeysAndRules:
        return is({ActKind::KeyAdded, ActKind::KeyRevoked, ActKind::Rules});
    case Show::Problems:
        break;
    }
    return entry.standing != Standing::Passed;
}

void AuditTimelineModel::fill()
{
    m_rows.clear();
    m_entries = 0;
    if (!m_audit)
        return;
    auto pinned = m_audit->pin ? m_audit->pin->size : 0;
    for (auto i = m_audit->entries.size(); i-- > 0;) {
        const auto& entry = m_audit->entries[i];
        if (pinned > 0 && entry.index < pinned) {
            m_rows.push_back(-1);
            pinned = 0;
        }
        if (shows(entry)) {
            m_rows.push_back(int(i));
            ++m_entries;
        }
    }
}

const registry::AuditEntry* AuditTimelineModel::entry(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[std::size_t(row)] < 0)
        return nullptr;
    return &m_audit->entries[std::size_t(m_rows[std::size_t(row)])];
}

QString AuditTimelineModel::pinText() const
{
    if (!m_audit || !m_audit->pin)
        return {};
    auto entries = counted(m_audit->pin->size, tr("1 entry"), tr("%1 entries"));
    return isKnown(m_audit->pinnedAt) ? tr("Your pin, %1, %2").arg(entries, formatTime(m_audit->pinnedAt))
                                      : tr("Your pin, %1").arg(entries);
}

int AuditTimelineModel::rowOf(std::uint64_t wanted) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (const auto* found = entry(row); found && found->index == wanted)
            return row;
    return -1;
}

int AuditTimelineModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant AuditTimelineModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto* found = entry(index.row());
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        if (!found)
            return pinText();
        auto words = text(index.row());
        QStringList parts{tr("Entry %1").arg(found->index), words.title, words.detail, words.who,
                          words.state};
        if (found->act)
            parts << formatTime(found->act->time);
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    if (role == Qt::ToolTipRole && found) {
        auto words = text(index.row());
        QStringList lines{words.title, words.detail};
        if (found->act) {
            lines << tr("%1 with the key %2").arg(words.who, oneLine(found->act->actor))
                  << tr("Claimed time: %1").arg(formatTime(found->act->time));
            for (const auto& input : found->act->inputs)
                lines
                    << tr("Evidence: %1, sha256 %2").arg(oneLine(input.name, 80), shortDigest(input.digest));
        }
        lines << tr("Leaf %1").arg(QString::fromStdString(toHex(found->leaf)));
        return plainToolTip(lines.join(u'\n'));
    }
    return {};
}

} // namespace sextant
