#include "ui/runs/runs_model.h"

#include "ui/charts/run_colors.h"
#include "ui/widgets/store_text.h"

namespace sextant {

namespace {

bool sameLayout(const std::vector<RunsColumn>& a, const std::vector<RunsColumn>& b)
{
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [](const RunsColumn& left, const RunsColumn& right) {
            return left.kind == right.kind && left.ref == right.ref && left.better == right.better &&
                   left.absoluteTimes == right.absoluteTimes && left.percent == right.percent &&
                   left.frozen == right.frozen && left.spread == right.spread && left.figure == right.figure;
        });
}

} // namespace

std::vector<RunsModel::Entry> RunsModel::makeEntries(const RunArrangement& arrangement,
                                                     const Workspace& workspace, int& pinnedRows)
{
    std::vector<Entry> entries;
    const auto& table = *arrangement.table;
    auto pinRun = [&](const std::string& id) {
        if (auto row = table.find(id); row && shows(workspace.view, table.lifecycle(*row)))
            entries.push_back({*row, kPinnedPart});
    };
    if (!workspace.baseline.empty())
        pinRun(workspace.baseline);
    for (const auto& id : workspace.pinned) {
        if (id != workspace.baseline)
            pinRun(id);
    }
    pinnedRows = static_cast<int>(entries.size());
    entries.reserve(entries.size() + arrangement.rows.size());
    if (arrangement.groups) {
        addGroups(arrangement, workspace, entries);
        return entries;
    }
    for (std::uint32_t i = 0; i < arrangement.rows.size();) {
        entries.push_back({arrangement.rows[i], i});
        auto closed = arrangement.nested() && arrangement.ends[i] > i + 1 && !workspace.collapsed.empty() &&
                      workspace.collapsed.contains(std::string(table.runId(arrangement.rows[i])));
        i = closed ? arrangement.ends[i] : i + 1;
    }
    return entries;
}

std::vector<bool> RunsModel::shownRows(const Workspace& workspace) const
{
    std::vector<bool> rows(m_arrangement->table->size());
    for (const auto& id : workspace.shown) {
        if (auto row = m_arrangement->table->find(id))
            rows[*row] = true;
    }
    return rows;
}

bool RunsModel::choosePlotted(const Workspace& workspace)
{
    std::vector<std::string> plotted;
    for (const auto& id : workspace.shown) {
        if (plotted.size() == kMostLines)
            break;
        if (auto row = m_arrangement->table->find(id); row && listed(*row))
            plotted.push_back(id);
    }
    auto dashes = runDashes(plotted, workspace.colors);
    auto dashed = [](const std::vector<int>& all) {
        return std::any_of(all.begin(), all.end(), [](int dash) { return dash != 0; });
    };
    auto changed = (plotted != m_plotted || dashes != m_dashes) && (dashed(dashes) || dashed(m_dashes));
    m_plotted = std::move(plotted);
    m_dashes = std::move(dashes);
    return changed;
}

bool RunsModel::sameRuns(const std::vector<Entry>& entries, const RunArrangement& next) const
{
    if (!m_arrangement)
        return false;
    const auto& before = *m_arrangement->table;
    return std::equal(
        entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
        [&](const Entry& now, const Entry& old) {
            if (now.row == kNoRow || old.row == kNoRow)
                return now == old && groups() &&
                       groups()->groups[old.position].key == next.groups->groups[now.position].key;
            return now.position == old.position && next.table->runId(now.row) == before.runId(old.row);
        });
}

void RunsModel::setArrangement(RunArrangementPtr arrangement, const Workspace& workspace)
{
    int pinnedRows = 0;
    auto entries = makeEntries(*arrangement, workspace, pinnedRows);
    auto columns = makeColumns(*arrangement, workspace);
    auto nothingMoves = sameLayout(columns, m_columns) && sameRuns(entries, *arrangement);
    // Views look at what was there until the model says that it changes.
    auto take = [&] {
        m_arrangement = std::move(arrangement);
        m_columns = std::move(columns);
        m_entries = std::move(entries);
        m_pinnedRows = pinnedRows;
        m_shown = shownRows(workspace);
        m_collapsed = workspace.collapsed;
        m_groupView = workspace.groups;
        m_baseline = workspace.baseline;
        m_colors = workspace.colors;
        countShown();
        indexEntries();
        choosePlotted(workspace);
    };
    // A live store changes values far more often than the list of runs: then nothing moves, and all is merely
    // drawn anew.
    if (nothingMoves) {
        take();
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    take();
    endResetModel();
}

void RunsModel::applyWorkspace(const Workspace& workspace)
{
    if (!m_arrangement)
        return;
    auto columns = makeColumns(*m_arrangement, workspace);
    auto colorsChanged = m_colors != workspace.colors;
    auto shownBefore = std::exchange(m_shown, shownRows(workspace));
    auto baselineChanged = m_baseline != workspace.baseline;
    m_colors = workspace.colors;
    m_collapsed = workspace.collapsed;
    m_groupView = workspace.groups;
    m_baseline = workspace.baseline;
    countShown();
    int pinnedRows = 0;
    auto entries = makeEntries(*m_arrangement, workspace, pinnedRows);
    if (baselineChanged || !sameLayout(columns, m_columns)) {
        beginResetModel();
        m_columns = std::move(columns);
        m_entries = std::move(entries);
        m_pinnedRows = pinnedRows;
        indexEntries();
        choosePlotted(workspace);
        endResetModel();
        return;
    }
    replaceEntries(std::move(entries), pinnedRows);
    auto dashesChanged = choosePlotted(workspace);
    if ((colorsChanged || dashesChanged) && rowCount() > 0)
        emit dataChanged(index(0, int(RunsColumnKind::Dot)), index(rowCount() - 1, int(RunsColumnKind::Dot)));
    repaintChangedEyes(shownBefore);
}

void RunsModel::replaceEntries(std::vector<Entry> entries, int pinnedRows)
{
    auto [oldEnd, newEnd] = std::mismatch(m_entries.begin(), m_entries.end(), entries.begin(), entries.end());
    auto prefix = oldEnd - m_entries.begin();
    auto longest = std::min(m_entries.end() - oldEnd, entries.end() - newEnd);
    std::ptrdiff_t suffix = 0;
    while (suffix < longest && *(m_entries.end() - 1 - suffix) == *(entries.end() - 1 - suffix))
        ++suffix;
    auto removed = static_cast<std::ptrdiff_t>(m_entries.size()) - prefix - suffix;
    auto added = static_cast<std::ptrdiff_t>(entries.size()) - prefix - suffix;
    auto take = [&] {
        m_entries = std::move(entries);
        m_pinnedRows = pinnedRows;
        indexEntries();
    };
    if (removed == 0 && added == 0)
        return;
    auto first = static_cast<int>(prefix);
    if (removed == 0) {
        beginInsertRows({}, first, first + static_cast<int>(added) - 1);
        take();
        endInsertRows();
    } else if (added == 0) {
        beginRemoveRows({}, first, first + static_cast<int>(removed) - 1);
        take();
        endRemoveRows();
    } else {
        beginResetModel();
        take();
        endResetModel();
    }
}

void RunsModel::indexEntries()
{
    m_modelRows.assign(m_arrangement->table->size(), -1);
    m_listed.assign(m_arrangement->table->size(), false);
    m_groupRows.assign(groups() ? groups()->groups.size() : 0, -1);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].row == kNoRow) {
            m_groupRows[m_entries[i].position] = static_cast<int>(i);
            continue;
        }
        m_modelRows[m_entries[i].row] = static_cast<int>(i);
        m_listed[m_entries[i].row] = true;
    }
    for (auto row : m_arrangement->rows)
        m_listed[row] = true;
}

void RunsModel::repaintChangedEyes(const std::vector<bool>& before)
{
    if (groups()) { // heads follow the eyes of runs that may be folded away
        if (before != m_shown && rowCount() > 0)
            emit dataChanged(index(0, int(RunsColumnKind::Eye)),
                             index(rowCount() - 1, int(RunsColumnKind::Name)));
        return;
    }
    int first = -1, last = -1;
    for (int row = 0; row < rowCount(); ++row) {
        auto tableIndex = tableRow(row);
        auto was = tableIndex < before.size() && before[tableIndex];
        if (was == m_shown[tableIndex])
            continue;
        if (first < 0)
            first = row;
        last = row;
    }
    if (first >= 0)
        emit dataChanged(index(first, int(RunsColumnKind::Eye)), index(last, int(RunsColumnKind::Name)));
}

int RunsModel::columnOf(const ColumnRef& ref) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].kind == RunsColumnKind::Value && m_columns[i].ref == ref)
            return static_cast<int>(i);
    }
    return -1;
}

int RunsModel::frozenColumns() const
{
    auto count =
        std::min<std::size_t>(m_columns.size(), static_cast<std::size_t>(RunsColumnKind::Status) + 1);
    while (count < m_columns.size() && m_columns[count].frozen)
        ++count;
    return static_cast<int>(count);
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (isHead(index.row()) && (role == Qt::DisplayRole || role == Qt::ToolTipRole ||
                                role == Qt::AccessibleTextRole || role == ExactTextRole))
        return groupData(index, role);
    const auto& column = m_columns[static_cast<std::size_t>(index.column())];
    const auto& table = *m_arrangement->table;
    switch (role) {
    case Qt::DisplayRole:
        return cell(index.row(), index.column()).text;
    case Qt::ToolTipRole:
        if (column.kind == RunsColumnKind::Dot)
            return dash(index.row()) == 0
                       ? QString()
                       : plainToolTip(tr("Drawn as a dashed line: another run has this colour"));
        if (column.kind == RunsColumnKind::Eye)
            return plainToolTip(shown(index.row()) ? tr("Shown in charts") : tr("Hidden in charts"));
        return plainToolTip(column.kind == RunsColumnKind::Status
                                ? statusText(table.status(tableRow(index.row())))
                                : column.exactText(table, tableRow(index.row())));
    case Qt::AccessibleTextRole:
        if (column.kind == RunsColumnKind::Eye)
            return shown(index.row()) ? tr("shown in charts") : tr("hidden in charts");
        return cell(index.row(), index.column()).text;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft)));
    case RunIdRole:
        return QString::fromUtf8(runId(index.row()).data(),
                                 static_cast<qsizetype>(runId(index.row()).size()));
    case ExactTextRole:
        return column.exactText(table, tableRow(index.row()));
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto& column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::AccessibleTextRole && column.kind == RunsColumnKind::Delta)
        return tr("%1, difference from the baseline").arg(columnTitle(column.ref));
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return column.title;
    if (role == Qt::ToolTipRole &&
        (column.kind == RunsColumnKind::Delta || column.kind == RunsColumnKind::Best))
        return plainToolTip(column.kind == RunsColumnKind::Best
                                ? tr("The run with the best %1 of each group").arg(columnTitle(column.ref))
                                : tr("%1: difference from the baseline").arg(columnTitle(column.ref)));
    if (role == Qt::ToolTipRole && column.kind == RunsColumnKind::Value)
        return plainToolTip(columnKindName(column.ref.kind) + QLatin1Char(' ') + column.title);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (column.numeric ? Qt::AlignRight : Qt::AlignLeft)));
    return {};
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

RunCell RunsModel::cell(int row, int column) const
{
    const auto& definition = m_columns[static_cast<std::size_t>(column)];
    if (isHead(row))
        return headCell(row, definition);
    if (definition.kind == RunsColumnKind::Best)
        return bestRun(row) == tableRow(row) ? RunCell{RunCell::Kind::Best, tr("best")}
                                             : RunCell{RunCell::Kind::Text, {}};
    if (definition.kind == RunsColumnKind::Delta && pin(row) == Pin::Baseline)
        return {RunCell::Kind::Baseline, tr("baseline")};
    return definition.cell(*m_arrangement->table, tableRow(row));
}

std::string_view RunsModel::runId(int row) const
{
    return isHead(row) ? std::string_view() : m_arrangement->table->runId(tableRow(row));
}

int RunsModel::depth(int row) const
{
    auto position = m_entries[static_cast<std::size_t>(row)].position;
    if (groups())
        return isHead(row) || position == kPinnedPart ? 0 : 1;
    return position == kPinnedPart || !m_arrangement->nested() ? 0 : m_arrangement->depths[position];
}

int RunsModel::descendants(int row) const
{
    auto position = m_entries[static_cast<std::size_t>(row)].position;
    if (isHead(row))
        return static_cast<int>(groups()->groups[position].size());
    if (position == kPinnedPart || !m_arrangement->nested())
        return 0;
    return static_cast<int>(m_arrangement->ends[position] - position - 1);
}

RunsModel::Fold RunsModel::fold(int row) const
{
    if (isHead(row))
        return m_groupView.isOpen(groups()->groups[static_cast<std::size_t>(groupOf(row))].key)
                   ? Fold::Open
                   : Fold::Closed;
    if (descendants(row) == 0)
        return Fold::None;
    return m_collapsed.contains(std::string(runId(row))) ? Fold::Closed : Fold::Open;
}

RunsModel::Pin RunsModel::pin(int row) const
{
    if (!m_baseline.empty() && runId(row) == m_baseline)
        return Pin::Baseline;
    return inPinnedPart(row) ? Pin::Pinned : Pin::None;
}

bool RunsModel::shown(int row) const
{
    return isHead(row) ? m_shownInGroup[static_cast<std::size_t>(groupOf(row))] > 0 : m_shown[tableRow(row)];
}

int RunsModel::color(int row) const
{
    return runColor(runId(row), m_colors);
}

int RunsModel::dash(int row) const
{
    auto id = runId(row);
    auto found = std::lower_bound(m_plotted.begin(), m_plotted.end(), id);
    return found == m_plotted.end() || *found != id
               ? 0
               : m_dashes[static_cast<std::size_t>(found - m_plotted.begin())];
}

int RunsModel::rowOf(std::string_view runId) const
{
    if (!m_arrangement)
        return -1;
    auto row = m_arrangement->table->find(runId);
    return row ? rowOf(*row) : -1;
}

int RunsModel::rowOf(RowIndex row) const
{
    return row < m_modelRows.size() ? m_modelRows[row] : -1;
}

} // namespace sextant
