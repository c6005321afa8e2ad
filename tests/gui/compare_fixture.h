// The Compare page on a store in memory, as the window puts it together.
#pragma once

#include "tests/gui/runs_store.h"
#include "ui/charts/history_cache.h"
#include "ui/compare/compare_list.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_grid.h"
#include "ui/compare/curves_tab.h"
#include "ui/theme/theme_control.h"

#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

namespace sextant::test {

struct CompareFixture
{
    explicit CompareFixture(const RunsSpec& spec, std::size_t shown = 8)
        : CompareFixture(makeRuns(spec), shown)
    {
    }
    CompareFixture(RunTablePtr table, std::size_t shown) : settings(folder.path())
    {
        Workspace workspace;
        for (RowIndex row = 0; row < std::min(shown, table->size()); ++row)
            workspace.shown.emplace(table->runId(row));
        state->table = std::move(table);
        window.resize(1400, 800);
        session.setFollowing(false);
        context.navigate = [this](const QString& where, const QString& subject) {
            navigated = where + u'/' + subject;
        };
        page = new ComparePage(context, histories);
        auto* layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(page);
        workspaces.reset(workspace);
        window.show();
        session.open(QStringLiteral("memory"));
    }
    ~CompareFixture() { delete page; }

    bool rests() const { return session.table() && page->settled(); }
    void run(const char* id) const { actions.find(QLatin1String(id))->trigger(); }
    const CompareScene& scene() { return *page->controller().scene(); }
    CompareListModel& list() { return page->list().model(); }
    CurvesTab& curves() { return *qobject_cast<CurvesTab*>(page->tab(QStringLiteral("curves"))); }
    CurvesGrid& grid() { return curves().grid(); }
    const CompareView& view() const { return workspaces.current().compare; }
    void change(const std::function<void(CompareView&)>& edit)
    {
        page->controller().change(QStringLiteral("change"), edit);
    }

    QTemporaryDir folder;
    std::shared_ptr<RunsStoreState> state = std::make_shared<RunsStoreState>();
    ThemeControl theme{ThemeControl::Choice::Light, Theme::Families::bundled()};
    Jobs jobs;
    QWidget window;
    Session session{jobs, [this](const std::string&) -> Result<Store> {
                        return Store{std::make_shared<RunsStore>(state), nullptr};
                    }};
    HistoryCache histories{session, nullptr};
    ActionRegistry actions{&window};
    WorkspaceHistory workspaces;
    Settings settings;
    PageContext context{session, jobs, actions, workspaces, settings, {}};
    QString navigated;
    ComparePage* page = nullptr;
};

} // namespace sextant::test
