// OpenView: which saved view is open, and what is in its file. One for each history of workspaces, shared by
// the View buttons of all pages. GUI thread only.
#pragma once

#include "ui/shell/workspace.h"

#include <optional>

namespace sextant {

class OpenView final : public QObject
{
    Q_OBJECT
public:
    /// The one of this history, which owns it.
    static OpenView& of(WorkspaceHistory& workspaces);

    const QString& name() const { return m_name; } // empty: none is open
    /// What is shown is no longer what was saved. False when none is open.
    bool isModified() const { return m_saved && *m_saved != m_workspaces.current(); }

    void open(const QString& name, Workspace saved);
    void rename(const QString& name);
    void close();

signals:
    void changed();

private:
    explicit OpenView(WorkspaceHistory& workspaces) : QObject(&workspaces), m_workspaces(workspaces) {}

    WorkspaceHistory& m_workspaces;
    QString m_name;
    std::optional<Workspace> m_saved;
};

} // namespace sextant
