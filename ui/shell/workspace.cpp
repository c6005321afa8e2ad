#include "ui/shell/workspace.h"

namespace sextant {

namespace {
constexpr std::size_t kSteps = 200;
}

void WorkspaceHistory::change(const QString& what, Workspace next)
{
    if (next == m_current)
        return;
    m_undo.push_back({what, m_current});
    if (m_undo.size() > kSteps)
        m_undo.erase(m_undo.begin());
    m_redo.clear();
    const Workspace before = std::exchange(m_current, std::move(next));
    emit changed(before);
    emit historyChanged();
}

void WorkspaceHistory::replace(Workspace next)
{
    if (next == m_current)
        return;
    const Workspace before = std::exchange(m_current, std::move(next));
    emit changed(before);
}

void WorkspaceHistory::reset(Workspace initial)
{
    m_undo.clear();
    m_redo.clear();
    const Workspace before = std::exchange(m_current, std::move(initial));
    emit changed(before);
    emit historyChanged();
}

QString WorkspaceHistory::undoText() const
{
    return m_undo.empty() ? tr("Undo") : tr("Undo: %1").arg(m_undo.back().what);
}

QString WorkspaceHistory::redoText() const
{
    return m_redo.empty() ? tr("Redo") : tr("Redo: %1").arg(m_redo.back().what);
}

void WorkspaceHistory::undo()
{
    if (m_undo.empty())
        return;
    Step step = std::move(m_undo.back());
    m_undo.pop_back();
    m_redo.push_back({step.what, m_current});
    const Workspace before = std::exchange(m_current, std::move(step.workspace));
    emit changed(before);
    emit historyChanged();
}

void WorkspaceHistory::redo()
{
    if (m_redo.empty())
        return;
    Step step = std::move(m_redo.back());
    m_redo.pop_back();
    m_undo.push_back({step.what, m_current});
    const Workspace before = std::exchange(m_current, std::move(step.workspace));
    emit changed(before);
    emit historyChanged();
}

} // namespace sextant
