#include "ui/runs/runs_table_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace sextant {

namespace {

constexpr int kNameWidth = 190;
constexpr int kNarrowest = 64;
constexpr int kWidest = 200;

} // namespace

RunsTableView::RunsTableView(RunsModel& model, QWidget* parent)
    : QTableView(parent), m_model(model), m_painting(model), m_header(new RunsHeader(m_painting, this))
{
    m_delegates = {new FoldDelegate(m_painting, this),   new EyeDelegate(m_painting, this),
                   new DotDelegate(m_painting, this),    new NameDelegate(m_painting, this),
                   new StatusDelegate(m_painting, this), new ValueDelegate(m_painting, this),
                   new DeltaDelegate(m_painting, this)};
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
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        if (!m_applyingWidths)
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

void RunsTableView::setWidths(std::map<ColumnRef, int> widths)
{
    m_widths = std::move(widths);
    applyWidths();
}

std::map<ColumnRef, int> RunsTableView::widths() const
{
    auto widths = m_widths;
    const auto& columns = m_model.columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto index = static_cast<int>(i);
        if (columns[i].kind == RunsColumnKind::Value && columnWidth(index) != widthByContent(index))
            widths[columns[i].ref] = columnWidth(index);
    }
    return widths;
}

int RunsTableView::widthByContent(int column) const
{
    static constexpr std::array kFixed = {24, 26, 22, kNameWidth, 30};
    const auto& definition = m_model.columns()[static_cast<std::size_t>(column)];
    auto kind = static_cast<std::size_t>(definition.kind);
    if (kind < kFixed.size())
        return kFixed[kind];
    if (definition.kind == RunsColumnKind::Delta)
        return 96;
    if (auto chosen = m_widths.find(definition.ref); chosen != m_widths.end() && chosen->second > 0)
        return chosen->second;
    auto font = m_painting.theme->font(Theme::Text::Small);
    font.setWeight(QFont::DemiBold);
    auto width = QFontMetrics(font).horizontalAdvance(definition.title) + 18;
    constexpr int kSample = 30;
    QFontMetrics body(m_painting.theme->font(Theme::Text::Body));
    for (int row = 0; row < std::min(kSample, m_model.rowCount()); ++row)
        width = std::max(width, body.horizontalAdvance(m_model.cell(row, column).text.left(40)) + 4);
    return std::clamp(width + 2 * m_painting.padding, kNarrowest, kWidest);
}

void RunsTableView::applyWidths()
{
    m_applyingWidths = true;
    for (int column = 0; column < m_model.columnCount(); ++column)
        setColumnWidth(column, widthByContent(column));
    for (int column = 0; column < m_model.columnCount(); ++column) {
        if (m_header->visualIndex(column) != column)
            m_header->moveSection(m_header->visualIndex(column), column);
    }
    m_applyingWidths = false;
}

void RunsTableView::rememberPlace()
{
    if (m_model.rowCount() == 0 || m_place)
        return;
    Place place;
    place.table = m_model.arrangement()->table;
    for (const auto& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            place.selected.emplace_back(m_model.tableRow(row), m_model.inPinnedPart(row));
    }
    if (currentIndex().isValid()) {
        place.current = m_model.runId(currentIndex().row());
        place.currentPinned = m_model.inPinnedPart(currentIndex().row());
        place.currentColumn = currentIndex().column();
    }
    place.atTop = verticalScrollBar()->value() == 0;
    if (auto top = rowAt(0); top >= 0) {
        place.top = m_model.runId(top);
        place.topOffset = rowViewportPosition(top);
    }
    place.horizontal = horizontalScrollBar()->value();
    m_place = std::move(place);
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
    if (auto row = place.current.empty() ? -1 : modelRow(place.current, place.currentPinned); row >= 0)
        selectionModel()->setCurrentIndex(
            m_model.index(row, std::min(place.currentColumn, m_model.columnCount() - 1)),
            QItemSelectionModel::NoUpdate);
    restoreSelection(place);
    updateGeometries();
    if (auto top = place.atTop ? -1 : m_model.rowOf(place.top); top >= 0)
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
    for (auto row : selectedRows(limit))
        runs.emplace_back(m_model.runId(row));
    return runs;
}

int RunsTableView::selectedCount() const
{
    int count = 0;
    for (const auto& range : selectionModel()->selection())
        count += range.height();
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
    setHovered(runId.empty() ? -1 : m_model.rowOf(runId));
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
    if (!hasFocus() || !m_keyboardFocus || !currentIndex().isValid())
        return;
    auto row = currentIndex().row();
    QPainter painter(viewport());
    painter.setPen(QPen(m_painting.theme->color("focus.ring"), m_painting.theme->number("border.focus")));
    auto width = std::min(viewport()->width(), m_header->length() - m_header->offset());
    painter.drawRect(QRect(1, rowViewportPosition(row) + 1, width - 2, rowHeight(row) - 2));
}

} // namespace sextant
