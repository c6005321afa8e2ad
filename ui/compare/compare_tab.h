// CompareTab: one way to look at the compared runs. The page shows the tab's bar above and its widget beside
// the list of runs. Tabs keep what they are set to in the workspace, through the controller. GUI thread only.
#pragma once

#include "ui/compare/compare_controller.h"

#include <QStringList>
#include <QWidget>

namespace sextant {

class HistoryCache;

/// What every tab is given. Outlives the tabs.
struct CompareContext
{
    PageContext& page;
    CompareController& controller;
    HistoryCache& histories;
};

class CompareTab : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual QString id() const = 0;    // "curves": kept in saved views
    virtual QString title() const = 0; // "Curves"

    /// Other runs or looks than before; called when the tab comes into sight and on each change while it is.
    /// Never null, may be without runs.
    virtual void showScene(const CompareScenePtr& scene) = 0;
    /// The run to stress while others fade; empty: none.
    virtual void highlightRun(const std::string& runId) { Q_UNUSED(runId); }
    /// The workspace changed (undo, another saved view): take again what this tab keeps in it.
    virtual void workspaceChanged(const Workspace& before) { Q_UNUSED(before); }

    /// The row of settings above list and tab; may be null. The page takes it over.
    virtual QWidget* bar() { return nullptr; }
    /// Widgets for the right of the page's bar while the tab is in sight.
    virtual QList<QWidget*> pageBarWidgets() { return {}; }
    /// False where the tab has the whole width.
    virtual bool showsRunList() const { return true; }
    /// What actions on runs act on while the list is not shown.
    virtual std::vector<std::string> chosenRuns() const { return {}; }

    /// True when nothing is being loaded: what is drawn now stays.
    virtual bool settled() const { return true; }
    /// Parts of the status line after the count of runs.
    virtual QStringList status() const { return {}; }

    /// What the Export button offers: its text, and what happens.
    struct ExportItem
    {
        QString text;
        std::function<void()> run;
    };
    virtual std::vector<ExportItem> exportItems() { return {}; }

signals:
    void runHovered(const std::string& runId); // empty: none
    void runPicked(const std::string& runId);  // clicked: selected in the list
    void statusChanged();
};

} // namespace sextant
