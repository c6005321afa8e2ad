// A store of 100,000 runs in the real window with the real Runs page: the GUI thread is never busy for long,
// neither while opening nor while sorting, filtering and scrolling.
#include "tests/gui/generated_store.h"
#include "tests/gui/watchdog.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/runs_table_view.h"
#include "ui/shell/palette.h"
#include "ui/shell/window.h"
#include "ui/shell/workspace_edits.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace sextant;
using sextant::test::StoreControl;

namespace {

/// The real window on a store of 100,000 runs, watched.
struct BigWindow
{
    BigWindow()
    {
        control->runs = 100'000;
        control->metrics = 20;
        control->points = 2000;
        window.addPage(runs = new RunsPage(window.context()));
        window.finish();
        window.resize(1440, 900);
        window.show();
    }
    Workspace workspace() { return window.workspaces().current(); }
    void run(const char* action) { window.actions().find(QLatin1String(action))->trigger(); }

    QTemporaryDir folder;
    std::shared_ptr<StoreControl> control = std::make_shared<StoreControl>();
    Settings settings{folder.path()};
    ThemeControl theme{ThemeControl::Choice::Light, Theme::Families::bundled()};
    Window window{{settings, theme, test::opener(control), {}, true}};
    RunsPage* runs = nullptr;
    test::Watchdog watchdog;
};

} // namespace

class BigStoreTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<BigWindow> m_big;

    /// Waits until all is done; then no slice of the GUI thread may have been long.
    void rest(const char* what)
    {
        auto& watchdog = m_big->watchdog;
        QTRY_VERIFY_WITH_TIMEOUT(m_big->window.settled() && watchdog.turns() > 3, 60'000);
        qInfo("%s: %.1f ms", what, watchdog.longestMs());
        QVERIFY2(watchdog.longestMs() <= test::kMostMs,
                 qPrintable(QString("%1: %2 ms").arg(what).arg(watchdog.longestMs())));
        watchdog.restart();
    }
    void newSnapshot()
    {
        auto readings = m_big->control->readings.load();
        ++m_big->control->version;
        m_big->window.session().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(m_big->control->readings > readings && !m_big->window.session().reading(),
                                 60'000);
    }

private slots:
    void initTestCase()
    {
        m_big = std::make_unique<BigWindow>();
        QVERIFY(QTest::qWaitForWindowExposed(&m_big->window));
        m_big->watchdog.restart();
        m_big->window.openStore("/big.db");
        QTRY_VERIFY_WITH_TIMEOUT(
            m_big->window.session().table() && m_big->window.session().table()->complete(), 60'000);
        rest("opening");
        QVERIFY(!m_big->workspace().charts.empty());
    }
    void cleanupTestCase() { m_big.reset(); }

    void sortsAndFilters()
    {
        auto& workspaces = m_big->window.workspaces();
        Workspace workspace = m_big->workspace();
        workspace.order = {{{ColumnKind::Metric, "metric/3"}, true, false}};
        workspaces.change("sort", workspace);
        rest("sorting");
        workspace.filter = "metrics.`metric/1` > 0.5 AND params.lr = '3'";
        workspaces.change("filter", workspace);
        rest("filtering");
        workspace.filter.clear();
        workspaces.change("no filter", workspace);
        rest("clearing the filter");
    }

    void scrollsAndSearches()
    {
        auto* bar = m_big->runs->table().verticalScrollBar();
        bar->setValue(bar->maximum() / 2);
        rest("scrolling");
        m_big->window.palette().openWith("run-99", {});
        rest("searching in the palette");
        m_big->window.palette().hide();
    }

    void groupsAndScrolls()
    {
        auto& workspaces = m_big->window.workspaces();
        auto& table = m_big->runs->table();
        auto before = m_big->workspace();
        auto workspace =
            withGrouping(before, {{ColumnKind::Param, "lr"}}, m_big->runs->controller().matchingRuns());
        workspaces.change("group", workspace);
        rest("grouping");
        QCOMPARE(table.model()->rowCount(), 7);
        m_big->run("runs.openGroups");
        rest("opening all groups");
        QCOMPARE(table.model()->rowCount(), 100'007);
        for (int i = 1; i <= 5; ++i) {
            table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum() / 5 * i);
            rest("scrolling in groups");
        }
        table.horizontalScrollBar()->setValue(200);
        rest("scrolling sideways");
        table.verticalScrollBar()->setValue(1000);
        rest("scrolling with frozen columns");
        table.horizontalScrollBar()->setValue(0);
        workspace = m_big->workspace();
        workspace.order = {{{ColumnKind::Metric, "metric/3"}, true, false}};
        workspace.directions["metric/3"] = 1;
        workspaces.change("sort", workspace);
        rest("sorting groups");
        table.selectGroup(m_big->runs->controller().model().groups()->groups.front().key);
        m_big->run("runs.hide");
        rest("showing a group");
        m_big->run("runs.bestOfGroup");
        rest("going to the best run");
        m_big->run("runs.closeGroups");
        rest("closing all groups");
        newSnapshot();
        rest("a new snapshot with groups");
        workspace.groups.columns = {{ColumnKind::Attribute, "run_name"}};
        workspaces.change("group by name", workspace);
        rest("a group for every run");
        workspaces.change("as before", before);
        rest("ungrouping");
    }

    void handlesAllRunsAtOnce()
    {
        auto& table = m_big->runs->table();
        table.selectAll();
        QCOMPARE(table.selectedCount(), 100'000);
        rest("selecting all");
        QGuiApplication::clipboard()->clear();
        m_big->run("runs.copy");
        rest("copying all");
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text().count(u'\n'), 100'001, 60'000);
        m_big->watchdog.restart(); // what the test itself looks at does not count
        m_big->run("runs.hide");
        rest("hiding all");
        QVERIFY(m_big->workspace().shown.empty());
        m_big->run("runs.hide");
        rest("showing all");
        QVERIFY(!m_big->workspace().shown.empty());
        m_big->run("runs.pin");
        rest("pinning all");
        m_big->window.workspaces().undo();
        rest("undoing");
        m_big->run("runs.copyIds");
        rest("copying all ids");
    }

    void followsTheStoreWhileEverythingIsSelected()
    {
        auto& table = m_big->runs->table();
        table.selectAll();
        rest("selecting all");
        newSnapshot();
        rest("a new snapshot");
        QCOMPARE(table.selectedCount(), 100'000);
        m_big->control->runs = 100'010;
        newSnapshot();
        rest("ten runs more");
        QCOMPARE(table.selectedCount(), 100'000);
        auto* model = table.model();
        QItemSelection most(model->index(1, 0), model->index(80'000, model->columnCount() - 1));
        table.selectionModel()->select(most, QItemSelectionModel::ClearAndSelect);
        newSnapshot();
        rest("a new snapshot with most selected");
        QCOMPARE(table.selectedCount(), 80'000);
    }

    void savesWhatItShows()
    {
        QTest::qWait(1000); // the workspace is written a moment after each change
        rest("saving the workspace");
    }
};

QTEST_MAIN(BigStoreTest)
#include "big_store_test.moc"
