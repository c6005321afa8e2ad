// RunsModel: the heads of groups.
#include "ui/charts/run_colors.h"
#include "ui/runs/group_text.h"
#include "ui/runs/runs_model.h"
#include "ui/widgets/store_text.h"

namespace sextant {

void RunsModel::addGroups(const RunArrangement& arrangement, const Workspace& workspace,
                          std::vector<Entry>& entries)
{
    const auto& groups = arrangement.groups->groups;
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
        entries.push_back({kNoRow, group});
        if (!workspace.groups.isOpen(groups[group].key))
            continue;
        for (auto place = groups[group].first; place < groups[group].last; ++place)
            entries.push_back({arrangement.rows[place], place});
    }
}

void RunsModel::countShown()
{
    m_groupOfRun.assign(groups() ? m_arrangement->table->size() : 0, -1);
    m_shownInGroup.assign(groups() ? groups()->groups.size() : 0, 0);
    for (std::size_t group = 0; group < m_shownInGroup.size(); ++group) {
        const auto& places = groups()->groups[group];
        for (auto place = places.first; place < places.last; ++place) {
            auto row = m_arrangement->rows[place];
            m_shownInGroup[group] += m_shown[row];
            m_groupOfRun[row] = static_cast<std::int32_t>(group);
        }
    }
}

int RunsModel::groupOf(int row) const
{
    const auto& entry = m_entries[static_cast<std::size_t>(row)];
    if (!groups() || entry.position == kPinnedPart)
        return -1;
    return static_cast<int>(entry.row == kNoRow ? entry.position : groups()->groupAt(entry.position));
}

int RunsModel::groupOfRun(RowIndex row) const
{
    return row < m_groupOfRun.size() ? m_groupOfRun[row] : -1;
}

int RunsModel::groupColor(int group) const
{
    return static_cast<int>(groups()->groups[static_cast<std::size_t>(group)].source % kSeriesColors);
}

int RunsModel::groupDash(int group) const
{
    return static_cast<int>(groups()->groups[static_cast<std::size_t>(group)].source / kSeriesColors %
                            kSeriesDashes);
}

int RunsModel::rowOfGroup(std::string_view key) const
{
    for (std::size_t group = 0; group < m_groupRows.size(); ++group) {
        if (groups()->groups[group].key == key)
            return m_groupRows[group];
    }
    return -1;
}

std::span<const RowIndex> RunsModel::runsAt(int row) const
{
    const auto& entry = m_entries[static_cast<std::size_t>(row)];
    if (entry.row != kNoRow)
        return {&entry.row, 1};
    const auto& group = groups()->groups[entry.position];
    return std::span(m_arrangement->rows).subspan(group.first, group.size());
}

int RunsModel::nextRun(int row, int by) const
{
    for (row += by; row >= m_pinnedRows && row < rowCount(); row += by) {
        if (!isHead(row))
            return row;
    }
    return -1;
}

int RunsModel::runPlace(int row) const
{
    if (inPinnedPart(row))
        return -1;
    return groups() ? static_cast<int>(m_entries[static_cast<std::size_t>(row)].position)
                    : row - m_pinnedRows;
}

RunsModel::Eyes RunsModel::eyes(int row) const
{
    if (!isHead(row))
        return shown(row) ? Eyes::All : Eyes::None;
    auto group = static_cast<std::size_t>(groupOf(row));
    auto open = m_shownInGroup[group];
    return open == 0 ? Eyes::None : open < groups()->groups[group].size() ? Eyes::Some : Eyes::All;
}

RowIndex RunsModel::bestRun(int row) const
{
    auto group = groupOf(row);
    return group < 0 ? kNoRow : groups()->groups[static_cast<std::size_t>(group)].best;
}

QString RunsModel::groupName(int group) const
{
    return sextant::groupName(*groups(), static_cast<std::size_t>(group));
}

QString RunsModel::groupRemark(int group, bool* incomplete) const
{
    const auto& grouped = *groups();
    auto size = grouped.groups[static_cast<std::size_t>(group)].size();
    const auto* facts = m_arrangement->facts({ColumnKind::Metric, grouped.request.bestBy});
    if (facts) {
        const auto& cell = grouped.columns[static_cast<std::size_t>(facts - m_arrangement->columns.data())]
                                          [static_cast<std::size_t>(group)];
        if (cell.kind == GroupCell::Kind::Number && cell.count < size) {
            if (incomplete)
                *incomplete = true;
            return tr("n = %1 of %2").arg(formatCount(cell.count), formatCount(size));
        }
    }
    return counted(size, tr("1 run"), tr("%1 runs"));
}

RunCell RunsModel::headCell(int row, const RunsColumn& column) const
{
    auto group = static_cast<std::size_t>(groupOf(row));
    const auto& table = *m_arrangement->table;
    switch (column.kind) {
    case RunsColumnKind::Name:
        return {RunCell::Kind::Text, groupName(static_cast<int>(group))};
    case RunsColumnKind::Value:
    case RunsColumnKind::Delta:
        return column.groups ? column.cell(table, (*column.groups)[group])
                             : RunCell{RunCell::Kind::Missing, QStringLiteral("—")};
    case RunsColumnKind::Best: {
        auto best = groups()->groups[group].best;
        if (best == kNoRow)
            return {RunCell::Kind::Missing, QStringLiteral("—")};
        return {RunCell::Kind::Best, oneLine(table.name(best)).trimmed().isEmpty()
                                         ? shortId(table.runId(best))
                                         : oneLine(table.name(best))};
    }
    default:
        return {RunCell::Kind::Text, {}};
    }
}

QString RunsModel::groupTip(int row, const RunsColumn& column) const
{
    auto group = groupOf(row);
    if (column.kind == RunsColumnKind::Name)
        return groupKeyText(*groups(), static_cast<std::size_t>(group)) + QLatin1Char('\n') +
               groupRemark(group);
    if (column.kind == RunsColumnKind::Best)
        return bestRun(row) == kNoRow ? QString() : tr("Go to the best run");
    if (column.kind != RunsColumnKind::Value || !column.numeric)
        return headCell(row, column).text;
    QStringList lines{tr("%1 of %2").arg(column.title, groupName(group))};
    for (const auto& line : figureLines(summaryOf(*m_arrangement->table, column, runsAt(row)), column))
        lines << line.name + QLatin1Char(' ') + line.value;
    return lines.join(QLatin1Char('\n'));
}

QString RunsModel::groupData(const QModelIndex& index, int role) const
{
    const auto& column = m_columns[static_cast<std::size_t>(index.column())];
    auto row = index.row();
    if (column.kind == RunsColumnKind::Eye && role != Qt::DisplayRole) {
        auto text = eyes(row) == Eyes::All    ? tr("all shown in charts")
                    : eyes(row) == Eyes::Some ? tr("some shown in charts")
                                              : tr("hidden in charts");
        return role == Qt::ToolTipRole ? plainToolTip(text) : text;
    }
    if (column.kind == RunsColumnKind::Fold && role != Qt::DisplayRole)
        return fold(row) == Fold::Open ? tr("open group") : tr("closed group");
    if (role == Qt::ToolTipRole)
        return plainToolTip(groupTip(row, column));
    auto cell = headCell(row, column);
    if (column.kind == RunsColumnKind::Name && role == Qt::AccessibleTextRole)
        return tr("Group %1, %2, %3")
            .arg(cell.text, groupRemark(groupOf(row)), fold(row) == Fold::Open ? tr("open") : tr("closed"));
    return cell.spread.isEmpty() ? cell.text : cell.text + QLatin1Char(' ') + cell.spread;
}

} // namespace sextant
