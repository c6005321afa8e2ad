// Mouse and keys of RunsTableView.
#include "ui/runs/runs_table_view.h"

#include <QMouseEvent>

namespace sextant {

namespace {

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
    for (int i = std::min(from, row); i <= std::max(from, row); ++i)
        runs.emplace_back(m_model.runId(i));
    m_lastEye = m_model.runId(row);
    emit eyeToggled(runs, shown);
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
            emit foldToggled(run, m_model.fold(row) == RunsModel::Fold::Closed);
        else
            emit pinToggled(run);
        return true;
    case RunsColumnKind::Dot:
        emit dotClicked(run, event->globalPosition().toPoint());
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
    emit hoveredRunChanged(row < 0 ? std::string() : std::string(m_model.runId(row)));
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
        emit foldToggled(std::string(m_model.runId(row)), opens);
    return opens || closes;
}

void RunsTableView::keyPressEvent(QKeyEvent* event)
{
    m_keyboardFocus = true;
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        event->modifiers() == Qt::NoModifier) {
        if (currentIndex().isValid())
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
    QTableView::keyPressEvent(event);
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
