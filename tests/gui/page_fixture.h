// What a page needs to run as in the window: a store in memory, a session, actions, a workspace, settings of
// its own.
#pragma once

#include "tests/gui/runs_store.h"
#include "ui/charts/history_cache.h"
#include "ui/shell/page.h"
#include "ui/theme/theme_control.h"

#include <QTemporaryDir>
#include <QVBoxLayout>

#include <memory>

namespace sextant::test {

struct PageFixture
{
    explicit PageFixture(RunTablePtr table)
    {
        state->table = std::move(table);
        window.resize(1400, 800);
        session.setFollowing(false);
        context.navigate = [this](const QString& page, const QString& subject) {
            navigated = page + u'/' + subject;
        };
        layout->setContentsMargins(0, 0, 0, 0);
    }

    /// The pages are in the window: shows it and reads the store.
    void start()
    {
        window.show();
        session.open(QStringLiteral("memory"));
    }

    QAction* action(const char* id) const { return actions.find(QLatin1String(id)); }
    void run(const char* id) const { action(id)->trigger(); }
    const Workspace& workspace() const { return workspaces.current(); }

    QTemporaryDir folder;
    std::shared_ptr<RunsStoreState> state = std::make_shared<RunsStoreState>();
    ThemeControl theme{ThemeControl::Choice::Light, Theme::Families::bundled()};
    Jobs jobs;
    QWidget window;
    QVBoxLayout* layout = new QVBoxLayout(&window);
    Session session{jobs, [this](const std::string&) -> Result<Store> {
                        return Store{std::make_shared<RunsStore>(state), nullptr};
                    }};
    HistoryCache histories{session, nullptr};
    ActionRegistry actions{&window};
    WorkspaceHistory workspaces;
    Settings settings{folder.path()};
    PageContext context{session, jobs, actions, workspaces, settings, {}};
    QString navigated;
};

} // namespace sextant::test
