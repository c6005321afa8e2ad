// A store of 100,000 runs in the real window with the real Runs page: the GUI thread is never busy for long, neither while
// opening nor while sorting, filtering and scrolling.
#include "tests/gui/generated_store.h"
#include "tests/gui/watchdog.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/palette.h"
#include "ui/shell/window.h"

#include <QApplication>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace sextant;
using sextant::test::StoreControl;

class BigStoreTest : public QObject
{
    Q_OBJECT
private slots:
    void staysResponsive();
};

void BigStoreTest::staysResponsive()
{
    QTemporaryDir folder;
    auto control = std::make_shared<StoreControl>();
    control->runs = 100'000;
    control->metrics = 20;
    Settings settings(folder.path());
    ThemeControl theme(ThemeControl::Choice::Light, Theme::Families::bundled());
    Window window({settings, theme, test::opener(control), {}, true});
    window.addPage(new RunsPage(window.context()));
    window.finish();
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));

    test::Watchdog watchdog;
    const auto rest = [&](const char* what) {
        QTRY_VERIFY_WITH_TIMEOUT(window.settled() && watchdog.turns() > 3, 60'000);
        qInfo("%s: %.1f ms", what, watchdog.longestMs());
        QVERIFY2(watchdog.longestMs() <= test::kMostMs, qPrintable(QString("%1: %2 ms").arg(what).arg(watchdog.longestMs())));
        watchdog.restart();
    };
    window.openStore("/big.db");
    QTRY_VERIFY_WITH_TIMEOUT(window.session().table() && window.session().table()->complete(), 60'000);
    rest("opening");

    Workspace workspace = window.workspaces().current();
    workspace.order = {{{ColumnKind::Metric, "metric/3"}, true, false}};
    window.workspaces().change("sort", workspace);
    rest("sorting");
    workspace.filter = "metrics.`metric/1` > 0.5 AND params.lr = '3'";
    window.workspaces().change("filter", workspace);
    rest("filtering");
    workspace.filter.clear();
    window.workspaces().change("no filter", workspace);
    rest("clearing the filter");
    for (auto* view : window.findChildren<QTableView*>())
        if (view->verticalScrollBar()->maximum() > 1000)
            view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum() / 2);
    rest("scrolling");
    window.palette().openWith("run-99", {});
    rest("searching in the palette");
}

QTEST_MAIN(BigStoreTest)
#include "big_store_test.moc"
