// The actions of the Compare page.
#include "ui/compare/compare_list.h"
#include "ui/compare/compare_page.h"
#include "ui/shell/workspace_edits.h"

namespace sextant {

void ComparePage::addActions()
{
    auto add = [this](const char* id, const QString& text, const QString& tip, const char* icon,
                      const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.actions.add(this, {QLatin1String(id), text, tip, QLatin1String(icon), keys, title()},
                              std::move(run));
    };
    auto chosenRuns = [this] {
        return m_current && !m_current->showsRunList() ? m_current->chosenRuns() : m_list->chosenRuns();
    };
    add("compare.hide", tr("Hide or show run"),
        tr("Only on this page and this machine; the store is not changed."), "eye-off",
        {QKeySequence(Qt::Key_H)}, [this, chosenRuns] {
            auto runs = chosenRuns();
            auto anyShown = std::any_of(runs.begin(), runs.end(), [&](const auto& run) {
                return !m_controller->view().hidden.contains(run);
            });
            if (!runs.empty())
                m_controller->setHidden(runs, anyShown);
        });
    add("compare.baseline", tr("Set as baseline"), tr("Shows how every run differs from this one."),
        "bookmark", {QKeySequence(Qt::Key_B)}, [this, chosenRuns] {
            if (auto runs = chosenRuns(); !runs.empty())
                m_controller->toggleBaseline(runs.front());
        });
    add("compare.pin", tr("Pin"), tr("Keeps the run on top of the table of runs."), "pin",
        {QKeySequence(Qt::Key_P)}, [this, chosenRuns] {
            if (auto runs = chosenRuns(); !runs.empty())
                m_controller->changeWorkspace(tr("pin runs"), [&](Workspace& workspace) {
                    workspace = withPinsToggled(std::move(workspace), runs);
                });
        });
    auto hideAll = [this](bool hidden) {
        std::vector<std::string> runs;
        for (const auto& run : m_controller->scene()->runs)
            runs.push_back(run.runId);
        m_controller->setHidden(runs, hidden);
    };
    add("compare.showAll", tr("Show all compared runs"), tr("Opens every eye."), "eye", {},
        [hideAll] { hideAll(false); });
    add("compare.showNone", tr("Show no compared run"), tr("Closes every eye."), "eye-off", {},
        [hideAll] { hideAll(true); });
    add("compare.remove", tr("Remove from comparison"), tr("Takes the chosen runs off this page."), "minus",
        {QKeySequence(Qt::Key_Delete)}, [this, chosenRuns] {
            auto runs = chosenRuns();
            if (runs.empty())
                return;
            m_controller->change(tr("remove runs"), [&](CompareView& view) {
                view.source = CompareView::Source::Runs;
                view.runs.clear();
                for (const auto& look : m_controller->scene()->runs)
                    if (std::find(runs.begin(), runs.end(), look.runId) == runs.end())
                        view.runs.push_back(look.runId);
            });
        });
    add("compare.addRuns", tr("Add runs…"), tr("Chooses runs to compare."), "plus", {},
        [this] { m_list->openAddRuns(); });
    add("compare.group", tr("Group runs…"), tr("By parameters, tags or attributes."), "rows-3",
        {QKeySequence(Qt::CTRL | Qt::Key_G)}, [this] { m_list->openColumns(nullptr, 0); });
    add("compare.plotted", tr("Compare the runs plotted on the Runs page"),
        tr("Follows the eyes of the table."), "eye", {}, [this] {
            m_controller->change(tr("compare the plotted runs"),
                                 [](CompareView& view) { view.source = CompareView::Source::Shown; });
        });
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        auto id = m_tabs[i]->id();
        add(("compare.tab." + id.toStdString()).c_str(), tr("Show %1").arg(m_tabs[i]->title().toLower()), {},
            "chart-spline",
            i < 9    ? QList{QKeySequence(static_cast<int>(Qt::Key_1 + i))}
            : i == 9 ? QList{QKeySequence(Qt::Key_0)}
                     : QList<QKeySequence>(),
            [this, id] { m_controller->replace([&](CompareView& view) { view.tab = id.toStdString(); }); });
    }
}

} // namespace sextant
