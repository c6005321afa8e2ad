#include "ui/widgets/check_list.h"

#include "ui/widgets/number_painter.h"

namespace sextant {

void CheckListModel::setEntries(std::vector<CheckEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    rebuild();
    endResetModel();
}

bool CheckListModel::search(const QString& text, bool regularExpression)
{
    std::optional<QRegularExpression> pattern;
    if (regularExpression && !text.isEmpty()) {
        pattern.emplace(text, QRegularExpression::CaseInsensitiveOption);
        if (!pattern->isValid())
            return false;
        pattern->optimize();
    }
    beginResetModel();
    m_pattern = std::move(pattern);
    m_words = regularExpression ? QStringList() : text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    rebuild();
    endResetModel();
    return true;
}

bool CheckListModel::matches(const QString& text, Row& row) const
{
    if (m_pattern) {
        auto match = m_pattern->match(text);
        row.matchAt = static_cast<int>(match.capturedStart());
        row.matchLength = static_cast<int>(match.capturedLength());
        return match.hasMatch();
    }
    for (const auto& word : m_words) {
        auto at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return false;
        if (row.matchAt < 0) {
            row.matchAt = static_cast<int>(at);
            row.matchLength = static_cast<int>(word.size());
        }
    }
    return true;
}

void CheckListModel::rebuild()
{
    m_rows.clear();
    QString group;
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
        const auto& entry = m_entries[static_cast<std::size_t>(i)];
        Row row{i, false};
        if (!matches(entry.text, row))
            continue;
        if (!entry.group.isEmpty() && entry.group != group) {
            m_rows.push_back({i, true});
            group = entry.group;
        }
        m_rows.push_back(row);
    }
}

void CheckListModel::setChecked(int entry, bool checked)
{
    m_entries[static_cast<std::size_t>(entry)].checked = checked;
    for (int row = 0; row < rowCount(); ++row) {
        const auto& shown = m_rows[static_cast<std::size_t>(row)];
        auto sameGroup = m_entries[static_cast<std::size_t>(shown.entry)].group ==
                         m_entries[static_cast<std::size_t>(entry)].group;
        if (shown.isHead ? sameGroup : shown.entry == entry)
            emit dataChanged(index(row), index(row));
    }
}

std::vector<int> CheckListModel::matching() const
{
    std::vector<int> entries;
    for (const auto& row : m_rows) {
        if (!row.isHead)
            entries.push_back(row.entry);
    }
    return entries;
}

int CheckListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString CheckListModel::headDetail(const QString& group) const
{
    quint64 all = 0, checked = 0;
    for (const auto& entry : m_entries) {
        all += entry.group == group;
        checked += entry.group == group && entry.checked;
    }
    return checked > 0 ? tr("%1 of %2").arg(formatCount(checked), formatCount(all)) : formatCount(all);
}

QVariant CheckListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto& entry = m_entries[static_cast<std::size_t>(row.entry)];
    switch (role) {
    case Qt::DisplayRole:
        return row.isHead ? entry.group : entry.text;
    case Qt::AccessibleTextRole:
        return row.isHead ? entry.group : entry.text + QLatin1String(", ") + entry.detail;
    case Qt::ToolTipRole:
        return row.isHead ? QVariant()
                          : Qt::convertFromPlainText(entry.text.left(1000), Qt::WhiteSpaceNormal);
    case Qt::CheckStateRole:
        return row.isHead ? QVariant() : QVariant(entry.checked ? Qt::Checked : Qt::Unchecked);
    case IsHeadRole:
        return row.isHead;
    case DetailRole:
        return row.isHead ? headDetail(entry.group) : entry.detail;
    case EntryRole:
        return row.entry;
    case MatchRole:
        return QPoint(row.matchAt, row.matchLength);
    default:
        return {};
    }
}

Qt::ItemFlags CheckListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    auto isHead = m_rows[static_cast<std::size_t>(index.row())].isHead;
    return isHead ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable;
}

} // namespace sextant
