// Page: one place of the window, reached from the rail. Pages do not know each other; they meet in the
// Window.
#pragma once

#include "ui/jobs/jobs.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/registry_feed.h"
#include "ui/shell/session.h"
#include "ui/shell/settings.h"
#include "ui/shell/workspace.h"

#include <QWidget>

#include <functional>

namespace sextant {

/// What every page is given. Outlives the pages.
struct PageContext
{
    Session& session;
    Jobs& jobs;
    ActionRegistry& actions;
    WorkspaceHistory& workspaces;
    Settings& settings;
    std::function<void(const QString& pageId, const QString& subject)>
        navigate; // ("run", run id), ("registry", "model/version"), ("store", URI or link)
    RegistryFeed* registry = nullptr; // the registered models; null where a page is drawn without a window
};

class Page : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual QString id() const = 0;    // "runs"
    virtual QString title() const = 0; // "Runs"
    virtual QString icon() const = 0;  // rail icon, empty: the page is not in the rail
    /// Shows the given subject (a run's id), or the page as it is when empty.
    virtual void open(const QString& subject) { Q_UNUSED(subject); }
    /// What shows the selection; may be null. One that has a place inside the page stays there, the window
    /// only shows and hides it; any other one is taken over and stands at the right of the page.
    virtual QWidget* inspector() { return nullptr; }
    /// Parts of the status line: "30,412 runs", "25 match".
    virtual QStringList status() const { return {}; }
    /// True when nothing is being loaded or animated: what is drawn now stays.
    virtual bool settled() const { return true; }
    /// What Ctrl+K lists beside actions: runs, columns, models of this page.
    struct PaletteEntry
    {
        QString kind;                       // "@" runs, "#" models, ":" columns
        QString icon, title, detail, right; // matched against `title` alone
        std::function<void()> activate;
    };
    /// `text`: what was typed, without a prefix. Best matches first, at most `limit` of each kind. Called on
    /// each key: must be done within 20 ms.
    virtual std::vector<PaletteEntry> paletteEntries(const QString& text, int limit)
    {
        Q_UNUSED(text);
        Q_UNUSED(limit);
        return {};
    }

signals:
    void statusChanged();
};

} // namespace sextant
