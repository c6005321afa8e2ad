// The Runs pages on a store in memory, as the window puts them together.
#pragma once

#include "tests/gui/runs_store.h"
#include "ui/runs/run_page.h"
#include "ui/runs/runs_page.h"
#include "ui/theme/theme_control.h"

#include <QTemporaryDir>
#include <QVBoxLayout>

#include <memory>

namespace sextant::test {

struct RunsPageFixture
{
    explicit RunsPageFixture(const RunsSpec& spec) : RunsPageFixture(makeRuns(spec)) {}
    explicit RunsPageFixture(RunTablePtr table) : settings(folder.path())
    {
        state->table = std::move(table);
        window.resize(1400, 800);
        session.setFollowing(false);
        context.navigate = [this](const QString& page, const QString& subject) {
            navigated = page + u'/' + subject;
            if (page == QLatin1String("run"))
                run->open(subject);
        };
        runs = new RunsPage(context);
        run = new RunPage(context, *runs);
        auto* layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(runs);
        layout->addWidget(run);
        run->hide();
        window.show();
        session.open(QStringLiteral("memory"));
    }
    ~RunsPageFixture() { delete runs->inspector(); }

    QAction* action(const char* id) const { return actions.find(QLatin1String(id)); }
    RunsModel& model() { return runs->controller().model(); }
    const Workspace& workspace() const { return workspaces.current(); }

    QTemporaryDir folder;
    std::shared_ptr<RunsStoreState> state = std::make_shared<RunsStoreState>();
    ThemeControl theme{ThemeControl::Choice::Light, Theme::Families::bundled()};
    Jobs jobs;
    QWidget window;
    Session session{jobs, [this](const std::string&) -> Result<Store> {
                        return Store{std::make_shared<RunsStore>(state), nullptr};
                    }};
    ActionRegistry actions{&window};
    WorkspaceHistory workspaces;
    Settings settings;
    PageContext context{session, jobs, actions, workspaces, settings, {}};
    QString navigated;
    RunsPage* runs = nullptr;
    RunPage* run = nullptr;
};

} // namespace sextant::test
