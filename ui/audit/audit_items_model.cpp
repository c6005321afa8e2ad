#include "ui/audit/audit_items_model.h"

#include "ui/widgets/number_painter.h"
#include "ui/widgets/store_text.h"

#include <algorithm>

namespace sextant {

using ledger::Standing;

namespace {

constexpr std::size_t kLongestMessage = 600;

/// Failing first, then gaps, then what passed.
int rank(const AuditItem& item)
{
    return item.standing ? int(Standing::Failed) - int(*item.standing) : 0;
}

void count(const AuditItem& item, AuditCounts& counts)
{
    if (!item.standing)
        ++counts.unrecorded;
    else if (*item.standing == Standing::Passed)
        ++counts.verified;
    else if (*item.standing == Standing::Failed)
        ++counts.failed;
    else
        ++(item.word == standingWord(Standing::Gap, "pin") ? counts.unchecked : counts.gaps);
}

} // namespace

void AuditItemsModel::setAudit(const AuditPtr& audit)
{
    beginResetModel();
    m_items.clear();
    m_counts = {};
    if (audit) {
        for (const auto& finding : audit->verification.findings)
            m_items.push_back({groupOf(finding.check), finding.standing,
                               standingWord(finding.standing, finding.check), checkTitle(finding),
                               oneLine(finding.message, kLongestMessage), finding.entry});
        for (const auto& [title, sentence] : unrecorded(*audit))
            m_items.push_back({CheckGroup::Unrecorded, {}, tr("Not recorded"), title, sentence, {}});
    }
    for (const auto& item : m_items)
        count(item, m_counts);
    std::stable_sort(m_items.begin(), m_items.end(), [](const AuditItem& one, const AuditItem& other) {
        return std::pair(one.group, rank(one)) < std::pair(other.group, rank(other));
    });
    m_rows = rowsNow();
    endResetModel();
}

std::vector<AuditItemsModel::Row> AuditItemsModel::rowsNow() const
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        auto group = m_items[i].group;
        if (i == 0 || m_items[i - 1].group != group)
            rows.push_back({group, -1});
        if (!m_folded.contains(group))
            rows.push_back({group, int(i)});
    }
    return rows;
}

void AuditItemsModel::toggle(CheckGroup group)
{
    auto head = std::find_if(m_rows.begin(), m_rows.end(),
                             [&](const Row& row) { return row.group == group && row.item < 0; });
    if (head == m_rows.end())
        return;
    auto place = int(head - m_rows.begin());
    auto members = int(std::count_if(m_items.begin(), m_items.end(),
                                     [&](const AuditItem& item) { return item.group == group; }));
    if (m_folded.contains(group)) {
        beginInsertRows({}, place + 1, place + members);
        m_folded.erase(group);
        m_rows = rowsNow();
        endInsertRows();
    } else {
        beginRemoveRows({}, place + 1, place + members);
        m_folded.insert(group);
        m_rows = rowsNow();
        endRemoveRows();
    }
    emit dataChanged(index(place), index(place));
}

const AuditItem* AuditItemsModel::item(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[std::size_t(row)].item < 0)
        return nullptr;
    return &m_items[std::size_t(m_rows[std::size_t(row)].item)];
}

CheckGroup AuditItemsModel::group(int row) const
{
    return m_rows[std::size_t(row)].group;
}

QString AuditItemsModel::headDetail(CheckGroup group) const
{
    quint64 all = 0, failed = 0, gaps = 0;
    for (const auto& item : m_items)
        if (item.group == group) {
            ++all;
            failed += item.standing == Standing::Failed;
            gaps += item.standing == Standing::Gap;
        }
    if (group == CheckGroup::Unrecorded)
        return counted(all, tr("1 thing"), tr("%1 things"));
    QStringList parts{counted(all, tr("1 item"), tr("%1 items"))};
    if (failed > 0)
        parts << counted(failed, tr("1 fails"), tr("%1 fail"));
    if (gaps > 0)
        parts << counted(gaps, tr("1 open"), tr("%1 open"));
    return parts.join(QStringLiteral(", "));
}

int AuditItemsModel::nextProblem(int row) const
{
    for (int step = 1; step <= rowCount(); ++step) {
        auto next = (std::max(row, -1) + step) % rowCount();
        if (const auto* found = item(next);
            found && found->standing.value_or(Standing::Passed) != Standing::Passed)
            return next;
    }
    return -1;
}

int AuditItemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant AuditItemsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto* found = item(index.row());
    if (!found) {
        auto of = group(index.row());
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return groupTitle(of) + QStringLiteral(", ") + headDetail(of) +
                   (role == Qt::AccessibleTextRole && isFolded(of) ? tr(", folded") : QString());
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QStringList{found->word, found->title, found->message}.join(QStringLiteral(", "));
    case Qt::ToolTipRole:
        return plainToolTip(found->title + u'\n' + found->message);
    default:
        return {};
    }
}

} // namespace sextant
