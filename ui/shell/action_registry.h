// ActionRegistry: every command of the program, registered once. Feeds menus, tool bars, palette, shortcuts
// and the key sheet. GUI thread only.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace sextant {

struct ActionSpec
{
    QString id;   // "runs.hide"
    QString text; // "Hide run"; a verb, … when more input follows
    QString tip;  // one sentence that teaches
    QString icon; // Lucide name, may be empty
    QList<QKeySequence> keys;
    QString context; // "Runs": where it works; empty: everywhere
};

class ActionRegistry : public QObject
{
    Q_OBJECT
public:
    explicit ActionRegistry(QWidget* window);

    /// The action lives as long as `scope`. Its keys work while a page or window as `scope` is visible, any
    /// other `scope` while it or a child of it has the focus (single letters never while a text field has
    /// it). A second living action with the same id is a programming error.
    QAction* add(QWidget* scope, const ActionSpec& spec, std::function<void()> run);

    /// Enables or disables; a disabled action says why in its tooltip.
    void enable(QAction* action, bool enabled, const QString& whyNot = {});

    /// Why a disabled action can't be run now; may be empty.
    static QString reason(const QAction* action);

    QAction* find(const QString& id) const;
    const ActionSpec& spec(const QAction* action) const;
    /// All living actions in the order of registration.
    std::vector<QAction*> all() const;

    /// Tooltip as rich text: strong title, keys, a sentence. Plain texts in, markup in them is shown as it
    /// is.
    static QString tip(const QString& title, const QKeySequence& keys, const QString& sentence);

signals:
    void changed();
    void ran(const QString& id); // after an action ran, however it was started

private:
    QWidget* m_window;
    struct Entry
    {
        ActionSpec spec;
        QAction* action;
    };
    std::vector<Entry> m_entries;
};

} // namespace sextant
