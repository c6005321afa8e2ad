#include "ui/shell/open_view.h"

namespace sextant {

OpenView& OpenView::of(WorkspaceHistory& workspaces)
{
    auto* found = workspaces.findChild<OpenView*>(QString(), Qt::FindDirectChildrenOnly);
    return found ? *found : *new OpenView(workspaces);
}

void OpenView::open(const QString& name, Workspace saved)
{
    m_name = name;
    m_saved = std::move(saved);
    emit changed();
}

void OpenView::rename(const QString& name)
{
    m_name = name;
    emit changed();
}

void OpenView::close()
{
    m_name.clear();
    m_saved.reset();
    emit changed();
}

} // namespace sextant
