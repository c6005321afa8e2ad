// WorkspaceStore: keeps the workspace of each store as a small JSON file in the user's configuration folder.
// GUI thread only; the files are a few kilobytes.
#pragma once

#include "ui/shell/workspace.h"

#include <QTimer>

#include <optional>

namespace sextant {

class WorkspaceStore final : public QObject
{
    Q_OBJECT
public:
    /// Saves `history` a moment after each change, into `folder`, under the store in view.
    WorkspaceStore(WorkspaceHistory& history, const QString& folder, QObject* parent = nullptr);
    ~WorkspaceStore() override; // saves what is still to be saved

    /// Saves the one before and loads the workspace of this store; the default one where none was kept.
    void open(const QString& storeUri);
    void save();

    static QString fileFor(const QString& folder, const QString& storeUri);
    static std::optional<Workspace> load(const QString& file);

private:
    WorkspaceHistory& m_history;
    QString m_folder, m_uri;
    QTimer m_later;
};

} // namespace sextant
