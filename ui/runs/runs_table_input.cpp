// Mouse and keys of RunsTableView.
#include "ui/runs/runs_table_view.h"

#include <QMouseEvent>

namespace sextant {

namespace {

constexpr std::size_t kMostShown = 1000; // open eyes by one click on a group

RunsColumnKind kindAt(const RunsModel& model, const QModelIndex& index)
{
    return model.columns()[static_cast<std::size_t>(index.column())].kind;
}

} // namespace

void RunsTableView::toggleEyes(int row, bool range)
{
    auto shown = !m_model.shown(row);
    auto from = range && !m_lastEye.empty() ? m_model.rowOf(m_lastEye) : row;
    if (from < 0)
        from = row;
    if (range && from != row)
        shown = m_model.shown(from); // the range follows the eye that was clicked first
    std::vector<std::string> runs;
    for (int i = std::min(from, row); i <= std::max(from, row); ++i) {
        for (auto run : m_model.isHead(i) && from != row ? std::span<const RowIndex>() : m_model.runsAt(i)) {
            if (!shown || runs.size() < kMostShown)
                runs.emplace_back(m_model.arrangement()->table->runId(run));
        }
    }
    m_lastEye = m_model.runId(row);
    emit eyeToggled(runs, shown);
}

void RunsTableView::toggleFold(int row, bool open)
{
    if (m_model.isHead(row))
        emit groupToggled(groupKey(row), open);
    else
        emit foldToggled(std::string(m_model.runId(row)), open);
}

bool RunsTableView::handleSpecialColumn(QMouseEvent* event, const QModelIndex& index)
{
    auto row = index.row();
    std::string run(m_model.runId(row));
    switch (kindAt(m_model, index)) {
    case RunsColumnKind::Eye:
        toggleEyes(row, event->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    case RunsColumnKind::Fold:
        if (!m_model.inPinnedPart(row) && m_model.fold(row) != RunsModel::Fold::None)
            toggleFold(row, m_model.fold(row) == RunsModel::Fold::Closed);
        else
            emit pinToggled(run);
        return true;
    case RunsColumnKind::Dot:
        if (m_model.isHead(row))
            return false;
        emit dotClicked(run, event->globalPosition().toPoint());
        return true;
    case RunsColumnKind::Best:
        if (!m_model.isHead(row) || m_model.bestRun(row) == kNoRow)
            return false;
        emit bestRequested(m_model.groupOf(row));
        return true;
    default:
        if (!event->modifiers().testFlag(Qt::AltModifier))
            return false;
        emit cellFilterRequested(row, index.column());
        return true;
    }
}

void RunsTableView::mousePressEvent(QMouseEvent* event)
{
    m_keyboardFocus = false;
    auto index = indexAt(event->position().toPoint());
    m_pressHandled =
        event->button() == Qt::LeftButton && index.isValid() && handleSpecialColumn(event, index);
    if (m_pressHandled)
        event->accept();
    else
        QTableView::mousePressEvent(event);
}

void RunsTableView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!std::exchange(m_pressHandled, false))
        QTableView::mouseReleaseEvent(event);
}

void RunsTableView::mouseDoubleClickEvent(QMouseEvent* event)
{
    auto index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !index.isValid())
        return;
    if (kindAt(m_model, index) < RunsColumnKind::Name)
        mousePressEvent(event); // two quick clicks on an eye are two clicks
    else if (m_model.isHead(index.row()))
        toggleFold(index.row(), m_model.fold(index.row()) == RunsModel::Fold::Closed);
    else
        emit openRequested(std::string(m_model.runId(index.row())));
}

void RunsTableView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressHandled)
        QTableView::mouseMoveEvent(event);
    auto row = rowAt(event->position().toPoint().y());
    if (row == m_painting.hoveredRow)
        return;
    setHovered(row);
    emit hoveredRunChanged(lineAt(row));
}

void RunsTableView::leaveEvent(QEvent* event)
{
    QTableView::leaveEvent(event);
    setHovered(-1);
    emit hoveredRunChanged({});
}

void RunsTableView::focusInEvent(QFocusEvent* event)
{
    m_keyboardFocus = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    QTableView::focusInEvent(event);
    if (m_model.rowCount() > 0 && m_model.arrangement()->table->complete())
        selectFirst();
}

bool RunsTableView::foldByKey(QKeyEvent* event)
{
    auto row = currentIndex().row();
    auto fold = row >= 0 && !m_model.inPinnedPart(row) ? m_model.fold(row) : RunsModel::Fold::None;
    auto opens = event->key() == Qt::Key_Right && fold == RunsModel::Fold::Closed;
    auto closes = event->key() == Qt::Key_Left && fold == RunsModel::Fold::Open;
    if (opens || closes)
        toggleFold(row, opens);
    return opens || closes || (event->key() == Qt::Key_Left && goToHead());
}

bool RunsTableView::goToHead()
{
    auto row = currentIndex().row();
    if (row < 0 || !m_model.groups() || m_model.inPinnedPart(row) || m_model.isHead(row) ||
        currentIndex().column() > int(RunsColumnKind::Name))
        return false;
    selectGroup(m_model.groups()->groups[static_cast<std::size_t>(m_model.groupOf(row))].key);
    return true;
}

void RunsTableView::keyPressEvent(QKeyEvent* event)
{
    m_keyboardFocus = true;
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        event->modifiers() == Qt::NoModifier) {
        auto row = currentIndex().row();
        if (row >= 0 && m_model.isHead(row))
            toggleFold(row, m_model.fold(row) == RunsModel::Fold::Closed);
        else if (row >= 0)
            emit openRequested(currentRun());
        return;
    }
    if (event->key() == Qt::Key_Space && currentIndex().isValid()) {
        selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        viewport()->update();
        return;
    }
    if (foldByKey(event))
        return;
    auto before = currentIndex();
    QTableView::keyPressEvent(event);
    if (currentIndex() != before)
        scrollTo(currentIndex()); // only keys: a click never moves what is under the mouse
    viewport()->update();
}

void RunsTableView::contextMenuEvent(QContextMenuEvent* event)
{
    auto byKey = event->reason() == QContextMenuEvent::Keyboard;
    auto index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto place = byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    emit menuRequested(index.row(), index.column(), place);
}

} // namespace sextant
