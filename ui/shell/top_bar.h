// TopBar: mark, store switcher, lock, the way into the palette, and the actions that work on every page.
#pragma once

#include "ui/shell/session.h"

#include <QWidget>

namespace sextant {

class ActionRegistry;

class TopBar final : public QWidget
{
    Q_OBJECT
public:
    /// Places the actions store.open, palette.open, edit.undo, edit.redo, store.refresh, view.inspector,
    /// which exist. `demo`: the path of the demo store, which is called by its name.
    TopBar(Session& session, ActionRegistry& actions, const QString& demo, QWidget* parent = nullptr);

    /// What is asked before the store may be written to opens below it.
    QWidget* lockAnchor() const;

signals:
    void storeMenuWanted(QWidget* anchor);
    void unlockWanted(QWidget* anchor);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class StoreButton;
    class LockButton;
    class SearchButton;
    void update();

    Session& m_session;
    QString m_demo;
    StoreButton* m_store;
    LockButton* m_lock;
};

/// A path for people: the user's folder as ~.
QString shortPath(const QString& path);

} // namespace sextant
