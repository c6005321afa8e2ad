#include "ui/runs/runs_table_view.h"

#include "ui/runs/frozen_columns.h"
#include "ui/widgets/store_text.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace sextant {

namespace {

constexpr std::string_view kGroupPrefix = "group:"; // of the line of a group in charts

} // namespace

RunsTableView::RunsTableView(RunsModel& model, QWidget* parent)
    : QTableView(parent), m_model(model), m_painting(model), m_header(new RunsHeader(m_painting, this)),
      m_frozen(new FrozenColumns(*this))
{
    m_delegates = {new FoldDelegate(m_painting, this),   new EyeDelegate(m_painting, this),
                   new DotDelegate(m_painting, this),    new NameDelegate(m_painting, this),
                   new StatusDelegate(m_painting, this), new ValueDelegate(m_painting, this),
                   new DeltaDelegate(m_painting, this),  new BestDelegate(m_painting, this)};
    retheme();
    setHorizontalHeader(m_header);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setAutoScroll(false);
    setAccessibleName(tr("Runs"));
    setModel(&m_model);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &RunsTableView::rememberPlace);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        applyDelegates();
        applyWidths();
        restorePlace();
    });
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, m_frozen, &FrozenColumns::place);
    connect(m_header, &QHeaderView::sectionResized, this, [this](int section, int, int width) {
        m_frozen->place();
        if (m_applyingWidths)
            return;
        if (section == static_cast<int>(RunsColumnKind::Name))
            m_nameWidth = width;
        emit widthsChanged();
    });
}

void RunsTableView::retheme()
{
    m_painting.retheme(Theme::of(this));
    verticalHeader()->setMinimumSectionSize(m_painting.theme->length("row.tableCompact"));
    verticalHeader()->setDefaultSectionSize(m_painting.theme->length("row.table"));
}

void RunsTableView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::FontChange) {
        retheme();
        viewport()->update();
    }
}

void RunsTableView::applyDelegates()
{
    const auto& columns = m_model.columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        setItemDelegateForColumn(static_cast<int>(i), m_delegates[static_cast<std::size_t>(columns[i].kind)]);
}

void RunsTableView::rememberPlace()
{
    if (m_model.rowCount() == 0 || m_place)
        return;
    Place place;
    place.table = m_model.arrangement()->table;
    for (const auto& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (m_model.isHead(row))
                place.selectedGroups.push_back(groupKey(row));
            else
                place.selected.emplace_back(m_model.tableRow(row), m_model.inPinnedPart(row));
        }
    }
    if (currentIndex().isValid()) {
        place.current = m_model.runId(currentIndex().row());
        place.currentGroup = groupKey(currentIndex().row());
        place.currentPinned = m_model.inPinnedPart(currentIndex().row());
        place.currentColumn = currentIndex().column();
    }
    place.atTop = verticalScrollBar()->value() == 0;
    if (auto top = rowAt(0); top >= 0) {
        place.top = m_model.runId(top);
        place.topGroup = groupKey(top);
        place.topOffset = rowViewportPosition(top);
    }
    place.horizontal = horizontalScrollBar()->value();
    m_place = std::move(place);
}

std::string RunsTableView::groupKey(int row) const
{
    return m_model.isHead(row) ? m_model.groups()->groups[static_cast<std::size_t>(m_model.groupOf(row))].key
                               : std::string();
}

int RunsTableView::rowToReturnTo(const std::string& runId, const std::string& group, bool pinned) const
{
    if (!group.empty())
        return m_model.rowOfGroup(group);
    return runId.empty() ? -1 : modelRow(runId, pinned);
}

int RunsTableView::modelRow(const std::string& runId, bool pinned) const
{
    if (pinned) {
        for (int row = 0; row < m_model.pinnedRows(); ++row) {
            if (m_model.runId(row) == runId)
                return row;
        }
    }
    return m_model.rowOf(runId);
}

void RunsTableView::restoreSelection(const Place& place)
{
    const auto& table = *m_model.arrangement()->table;
    std::vector<int> rows;
    rows.reserve(place.selected.size());
    for (auto [before, pinned] : place.selected) {
        auto id = place.table->runId(before);
        // Snapshots of one store mostly keep their rows: comparing one id is cheaper than a search.
        auto kept = before < table.size() && table.runId(before) == id;
        auto row = pinned ? modelRow(std::string(id), true)
                   : kept ? m_model.rowOf(before)
                          : m_model.rowOf(id);
        if (row >= 0)
            rows.push_back(row);
    }
    if (const auto* groups = m_model.groups(); groups && !place.selectedGroups.empty()) {
        const std::set<std::string_view> wanted(place.selectedGroups.begin(), place.selectedGroups.end());
        for (int row = m_model.pinnedRows(); row < m_model.rowCount(); ++row) {
            if (m_model.isHead(row) &&
                wanted.contains(groups->groups[static_cast<std::size_t>(m_model.groupOf(row))].key))
                rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QItemSelection selection;
    auto last = m_model.columnCount() - 1;
    for (std::size_t i = 0; i < rows.size();) {
        auto end = i + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        selection.append(QItemSelectionRange(m_model.index(rows[i], 0), m_model.index(rows[end - 1], last)));
        i = end;
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void RunsTableView::restorePlace()
{
    if (!m_place || m_model.rowCount() == 0)
        return;
    auto place = *std::exchange(m_place, std::nullopt);
    m_restoring = true;
    if (auto row = rowToReturnTo(place.current, place.currentGroup, place.currentPinned); row >= 0)
        selectionModel()->setCurrentIndex(
            m_model.index(row, std::min(place.currentColumn, m_model.columnCount() - 1)),
            QItemSelectionModel::NoUpdate);
    restoreSelection(place);
    updateGeometries();
    if (auto top = place.atTop ? -1 : rowToReturnTo(place.top, place.topGroup, false); top >= 0)
        verticalScrollBar()->setValue(top * verticalHeader()->defaultSectionSize() - place.topOffset);
    horizontalScrollBar()->setValue(place.horizontal);
    m_restoring = false;
    emit selectedRunsChanged();
}

void RunsTableView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (!m_restoring)
        emit selectedRunsChanged();
}

std::vector<int> RunsTableView::selectedRows(std::size_t limit) const
{
    std::vector<int> rows;
    for (const auto& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    std::set<RowIndex> pinned; // a pinned run may be selected in both of its places
    std::erase_if(rows, [&](int row) {
        if (m_model.inPinnedPart(row))
            return !pinned.insert(m_model.tableRow(row)).second;
        return !pinned.empty() && pinned.contains(m_model.tableRow(row));
    });
    rows.resize(std::min(rows.size(), limit));
    return rows;
}

std::vector<std::string> RunsTableView::selectedRuns(std::size_t limit) const
{
    std::vector<std::string> runs;
    auto rows = selectedRows();
    std::vector<char> taken(rows.empty() || !m_model.groups() ? 0 : m_model.arrangement()->table->size());
    for (auto row : rows) {
        for (auto run : m_model.runsAt(row)) {
            if (runs.size() == limit)
                return runs;
            if (taken.empty() ||
                !std::exchange(taken[run], 1)) // a group may be selected together with its runs
                runs.emplace_back(m_model.arrangement()->table->runId(run));
        }
    }
    return runs;
}

int RunsTableView::selectedCount() const
{
    int count = 0;
    if (!m_model.groups()) {
        for (const auto& range : selectionModel()->selection())
            count += range.height();
        return count;
    }
    std::vector<char> taken(m_model.arrangement()->table->size());
    for (auto row : selectedRows()) {
        for (auto run : m_model.runsAt(row))
            count += !std::exchange(taken[run], 1);
    }
    return count;
}

std::string RunsTableView::currentRun() const
{
    return currentIndex().isValid() ? std::string(m_model.runId(currentIndex().row())) : std::string();
}

void RunsTableView::selectRun(std::string_view runId)
{
    if (auto row = m_model.rowOf(runId); row >= 0) {
        setCurrentIndex(m_model.index(row, int(RunsColumnKind::Name)));
        selectRow(row);
        scrollTo(currentIndex());
    }
}

std::string RunsTableView::selectedGroup() const
{
    if (!m_model.groups() || !currentIndex().isValid())
        return {};
    const auto& ranges = selectionModel()->selection();
    auto isOne = ranges.size() == 1 && ranges.front().height() == 1;
    if (!ranges.isEmpty() && !isOne)
        return {};
    return groupKey(isOne ? ranges.front().top() : currentIndex().row());
}

void RunsTableView::selectGroup(std::string_view key)
{
    if (auto row = m_model.rowOfGroup(key); row >= 0) {
        setCurrentIndex(m_model.index(row, int(RunsColumnKind::Name)));
        selectRow(row);
        scrollTo(currentIndex());
    }
}

void RunsTableView::selectFirst()
{
    // A view that gets the focus makes its first row the current one without selecting it.
    auto chosen = currentIndex().isValid() && (selectionModel()->hasSelection() || currentIndex().row() > 0);
    if (chosen || m_model.rowCount() == 0)
        return;
    selectionModel()->setCurrentIndex(m_model.index(0, int(RunsColumnKind::Name)),
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void RunsTableView::highlightRun(std::string_view runId)
{
    setHovered(runId.empty()                     ? -1
               : runId.starts_with(kGroupPrefix) ? rowOfGroupNamed(runId.substr(kGroupPrefix.size()))
                                                 : m_model.rowOf(runId));
}

int RunsTableView::rowOfGroupNamed(std::string_view name) const
{
    const auto* groups = m_model.groups();
    for (std::size_t group = 0; groups && group < groups->groups.size(); ++group) {
        if (toStdString(m_model.groupName(static_cast<int>(group))) == name)
            return m_model.rowOfGroup(groups->groups[group].key);
    }
    return -1;
}

std::string RunsTableView::lineAt(int row) const
{
    if (row < 0)
        return {};
    auto group = m_model.drawsGroups() ? m_model.groupOf(row) : -1;
    return group < 0 ? std::string(m_model.runId(row))
                     : std::string(kGroupPrefix) + toStdString(m_model.groupName(group));
}

void RunsTableView::setHovered(int row)
{
    if (row == m_painting.hoveredRow)
        return;
    for (auto changed : {std::exchange(m_painting.hoveredRow, row), row}) {
        if (changed >= 0)
            viewport()->update(0, rowViewportPosition(changed), viewport()->width(), rowHeight(changed));
    }
}

void RunsTableView::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    paintBeyond(painter, event->rect());
    paintFocus(painter, viewport()->rect());
    if (m_frozen->isVisible())
        m_frozen->update();
}

/// Rows go on where the columns end.
void RunsTableView::paintBeyond(QPainter& painter, const QRect& area) const
{
    const int left = m_header->length() - m_header->offset();
    if (left > area.right() || m_model.rowCount() == 0)
        return;
    const int last = rowAt(area.bottom());
    for (int row = std::max(rowAt(area.top()), 0); row < m_model.rowCount(); ++row) {
        const QRect rest(left, rowViewportPosition(row), viewport()->width() - left, rowHeight(row));
        m_delegates.front()->paintGround(&painter, rest, row, selectionModel()->isRowSelected(row),
                                         hasFocus());
        if (row == last)
            break;
    }
}

void RunsTableView::paintFocus(QPainter& painter, const QRect& area) const
{
    auto current = currentIndex();
    if (!hasFocus() || !m_keyboardFocus || !current.isValid())
        return;
    auto isViewport = area.top() == 0;
    auto top = rowViewportPosition(current.row()) + area.top();
    auto width = isViewport ? viewport()->width() : area.width() + 8; // goes on below the line
    painter.setPen(QPen(m_painting.theme->color("focus.ring"), m_painting.theme->number("border.focus")));
    painter.drawRect(QRect(area.left() + 1, top + 1, width - 2, rowHeight(current.row()) - 2));
    // The cell that commands for one value mean.
    if (m_model.columns()[static_cast<std::size_t>(current.column())].kind < RunsColumnKind::Status)
        return;
    auto left = columnViewportPosition(current.column()) + (isViewport ? 0 : m_header->offset());
    if (isViewport || current.column() < m_frozen->count())
        painter.fillRect(
            QRect(left + 2, top + rowHeight(current.row()) - 4, columnWidth(current.column()) - 4, 2),
            m_painting.theme->color("focus.ring"));
}

void RunsTableView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitName();
    m_frozen->place();
}

void RunsTableView::updateGeometries()
{
    QTableView::updateGeometries();
    m_frozen->place();
}

void RunsTableView::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    auto* bar = horizontalScrollBar();
    auto before = bar->value();
    QTableView::scrollTo(index, hint);
    if (!index.isValid())
        return;
    if (index.column() < m_frozen->count())
        return bar->setValue(before); // it is in sight wherever the others are
    auto hidden = m_frozen->frozenWidth() - columnViewportPosition(index.column());
    if (m_frozen->count() > 0 && hidden > 0)
        bar->setValue(bar->value() - hidden);
}

} // namespace sextant
