// The task tray and the status line of the window over a store that is slow, big or failing at will:
// progress, cancel, a newer request in place of an older one, and sentences about what was read.
#include "tests/gui/generated_store.h"
#include "tests/gui/widget_walk.h"
#include "ui/runs/run_page.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/overlay.h"
#include "ui/shell/status_line.h"
#include "ui/shell/window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_panel.h"

#include <QClipboard>
#include <QProgressBar>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace sextant;
using namespace sextant::test;

namespace {

/// The real pages over a store in memory.
struct Bench
{
    Bench()
        : settings(folder.path()), theme(ThemeControl::Choice::Light, Theme::Families::bundled()),
          window({settings, theme, opener(control), {}, true})
    {
        auto* runs = new RunsPage(window.context());
        window.addPage(runs);
        window.addPage(new RunPage(window.context(), *runs));
        window.finish();
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
    }
    ~Bench() { control->blocked = false; }
    bool rest()
    {
        return QTest::qWaitFor([this] { return window.settled(); }, 20'000);
    }
    StatusLine& status() { return window.statusLine(); }
    /// Starts a task that ends when it is released or cancelled.
    quint64 start(const QString& title, const QString& lane, quint64 done, quint64 total)
    {
        return window.context().jobs.start<int>(
            title, lane, &window,
            [this, done, total](const Operation& operation) -> Result<int> {
                operation.progress("Reading histories", done, total);
                while (!operation.cancelled() && !released)
                    QThread::yieldCurrentThread();
                return operation.cancelled() ? Result<int>(cancelledError()) : Result<int>(1);
            },
            [this](Result<int> result) {
                ended << (result ? "done" : QString::fromStdString(result.error().message));
            });
    }

    QTemporaryDir folder;
    std::shared_ptr<StoreControl> control = std::make_shared<StoreControl>();
    std::atomic<bool> released = false;
    QStringList ended;
    Settings settings;
    ThemeControl theme;
    Window window;
};

QAbstractButton* taskButton(StatusLine& status)
{
    for (auto* button : status.findChildren<QAbstractButton*>())
        if (button->isVisible() && button->text().contains("Reading"))
            return button;
    return nullptr;
}

} // namespace

class WindowTasksTest : public QObject
{
    Q_OBJECT
private slots:
    void shortTasksDoNotShow();
    void longTaskShowsProgress();
    void cancelStopsTheFirst();
    void severalTasksAreListed();
    void newerTaskTakesTheLane();
    void rowsBeforeValues();
    void cancelledReadingKeepsTheRows();
    void statusLineCounts();
    void statusLineFitsANarrowWindow();
    void warningsAreCounted();
    void readTimeIsShown();
    void failureOfAReadingHasAWayOut();
    void recoveryTakesTheBannerAway();
    void switchingStoresWhileReading();
    void closingTheWindowWhileReading();
};

void WindowTasksTest::shortTasksDoNotShow()
{
    Bench bench;
    QVERIFY(bench.rest());
    bench.released = true;
    bench.start("Quick", {}, 1, 2);
    QTRY_COMPARE(bench.ended, QStringList{"done"});
    QVERIFY(!buttonNamed(bench.status(), "Cancel task")->isVisible());
}

void WindowTasksTest::longTaskShowsProgress()
{
    Bench bench;
    QVERIFY(bench.rest());
    bench.start("Reading curves", {}, 3000, 12000);
    QTRY_VERIFY(taskButton(bench.status()));
    QCOMPARE(taskButton(bench.status())->text(), QString("Reading histories, 3,000 of 12,000"));
    auto* bar = named<QProgressBar>(bench.status(), "Progress of the task");
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->value(), 250);
    QVERIFY(inSight<Spinner>(bench.status()));
    bench.released = true;
    QTRY_VERIFY(!taskButton(bench.status()));
    QVERIFY(!bar->isVisible());
    QCOMPARE(bench.ended, QStringList{"done"});
}

void WindowTasksTest::cancelStopsTheFirst()
{
    Bench bench;
    QVERIFY(bench.rest());
    bench.start("Reading curves", {}, 1, 0);
    QTRY_VERIFY(taskButton(bench.status()));
    QVERIFY2(!named<QProgressBar>(bench.status(), "Progress of the task")->isVisible(),
             "A bar without an end");
    buttonNamed(bench.status(), "Cancel task")->click();
    QTRY_COMPARE(bench.ended.size(), 1);
    QVERIFY(bench.ended[0] != "done");
    QTRY_VERIFY(!taskButton(bench.status()));
}

void WindowTasksTest::severalTasksAreListed()
{
    Bench bench;
    QVERIFY(bench.rest());
    bench.start("Reading <b>curves</b>", {}, 1, 2);
    bench.start("Second", {}, 1, 2);
    bench.start("Third", {}, 1, 2);
    QTRY_VERIFY(taskButton(bench.status()) && taskButton(bench.status())->text().endsWith("and 2 more"));
    taskButton(bench.status())->click();
    QTRY_COMPARE(openPopups().size(), 1);
    QWidget* list = openPopups()[0];
    QVERIFY(says(*list, "Reading <b>curves</b>"));
    QCOMPARE(unnamed(*list).join("; "), QString());
    auto* cancel = buttonNamed(*list, "Cancel Second");
    QVERIFY(cancel);
    cancel->click();
    QTRY_COMPARE(bench.ended.size(), 1);
    QTRY_VERIFY(taskButton(bench.status()) && taskButton(bench.status())->text().endsWith("and 1 more"));
    bench.released = true;
    QTRY_COMPARE(bench.ended.size(), 3);
    QCOMPARE(bench.ended.count("done"), 2);
}

void WindowTasksTest::newerTaskTakesTheLane()
{
    Bench bench;
    QVERIFY(bench.rest());
    bench.start("Reading the old", "lane", 1, 2);
    QTRY_VERIFY(taskButton(bench.status()));
    bench.start("Reading the new", "lane", 1, 2);
    QTRY_VERIFY(taskButton(bench.status()) && !taskButton(bench.status())->text().contains("more"));
    bench.released = true;
    QTRY_COMPARE(bench.ended, QStringList{"done"}); // the older one is not heard of again
    QVERIFY(bench.rest());
    QCOMPARE(bench.ended.size(), 1);
}

void WindowTasksTest::rowsBeforeValues()
{
    Bench bench;
    bench.control->blocked = true;
    bench.window.openStore("/slow.db");
    QTRY_VERIFY(bench.window.session().table());
    QTRY_VERIFY(bench.status().accessibleName().contains("values are being read"));
    QVERIFY(bench.window.currentPage()->isVisible());
    QTRY_VERIFY(taskButton(bench.status()));
    QCOMPARE(taskButton(bench.status())->text(), QString("Reading metrics, 1 of 2"));
    bench.control->blocked = false;
    QVERIFY(bench.rest());
    QVERIFY(!bench.status().accessibleName().contains("values are being read"));
}

void WindowTasksTest::cancelledReadingKeepsTheRows()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QVERIFY(bench.rest());
    const RunTablePtr before = bench.window.session().table();
    bench.control->blocked = true;
    bench.control->runs = 5;
    bench.window.actions().find("store.reload")->trigger();
    QTRY_VERIFY(buttonNamed(bench.status(), "Cancel task")->isVisible());
    QCOMPARE(bench.window.session().table(), before);
    buttonNamed(bench.status(), "Cancel task")->click();
    QTRY_VERIFY(!bench.window.session().reading());
    bench.control->blocked = false;
    bench.window.actions().find("store.reload")->trigger();
    QVERIFY(bench.rest());
    QCOMPARE(bench.window.session().table()->size(), std::size_t(5));
}

void WindowTasksTest::statusLineCounts()
{
    Bench bench;
    QVERIFY(bench.rest());
    QCOMPARE(bench.status().accessibleName(), QString("No store open"));
    bench.control->runs = 1234;
    bench.window.openStore("/a.db");
    QVERIFY(bench.rest());
    QVERIFY2(bench.status().accessibleName().startsWith("1,234 runs"),
             qPrintable(bench.status().accessibleName()));
    Workspace next = bench.window.workspaces().current();
    next.filter = "params.lr = '3'";
    bench.window.workspaces().change("filter", next);
    QTRY_VERIFY2(bench.status().accessibleName().contains("176 match"),
                 qPrintable(bench.status().accessibleName()));
    bench.control->runs = 1;
    bench.control->version = 2;
    bench.window.session().refresh(true);
    QVERIFY(bench.rest());
    QVERIFY2(bench.status().accessibleName().startsWith("1 run,"),
             qPrintable(bench.status().accessibleName()));
}

void WindowTasksTest::statusLineFitsANarrowWindow()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QVERIFY(bench.rest());
    QStringList parts;
    for (int i = 0; i < 40; ++i)
        parts << QString("part number %1").arg(i);
    bench.status().setParts(parts);
    for (int width : {1400, 700, 320, 60, 1}) {
        bench.status().resize(width, bench.status().height());
        QVERIFY(!bench.status().grab().isNull());
    }
    QCOMPARE(bench.status().accessibleName().count("part number"), 40); // read out whole though drawn in part
}

void WindowTasksTest::warningsAreCounted()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QVERIFY(bench.rest());
    auto* skipped = buttonNamed(bench.status(), "1 skipped");
    QVERIFY(skipped && skipped->isVisible());
    skipped->click();
    auto* sheet = inSight<Overlay>(bench.window);
    QVERIFY(sheet);
    QVERIFY(says(*sheet, "1 skipped: everything else was read"));
    buttonNamed(*sheet, "Copy all")->click();
    QCOMPARE(QApplication::clipboard()->text(), QString("runs/7\tA line was torn\n"));
    QTest::keyClick(sheet, Qt::Key_Escape);
    bench.window.actions().find("store.close")->trigger();
    QVERIFY(!skipped->isVisible());
}

void WindowTasksTest::readTimeIsShown()
{
    Bench bench;
    QVERIFY(says(bench.status(), "Sextant "));
    bench.window.openStore("/a.db");
    QVERIFY(bench.rest());
    QVERIFY(says(bench.status(), "Read " + bench.window.session().readAt().toString("HH:mm:ss")));
    bench.status().setShowsTime(false);
    QVERIFY(!says(bench.status(), "Read "));
}

void WindowTasksTest::failureOfAReadingHasAWayOut()
{
    Bench bench;
    bench.control->failing = true;
    bench.window.openStore("/a.db");
    QVERIFY(bench.rest());
    QVERIFY(!bench.window.session().table());
    StatePanel* panel = nullptr;
    for (auto* candidate : bench.window.findChildren<StatePanel*>())
        if (candidate->isVisible() && candidate->accessibleName() == "The store is locked by a writer")
            panel = candidate;
    QVERIFY2(panel, qPrintable(textsOf(bench.window).join(" | ")));
    bench.control->failing = false;
    buttonNamed(*panel, "Try again")->click();
    QVERIFY(bench.rest());
    QCOMPARE(bench.window.session().table()->size(), std::size_t(1000));
    QVERIFY(!inSight<Banner>(bench.window));
}

void WindowTasksTest::recoveryTakesTheBannerAway()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QVERIFY(bench.rest());
    bench.control->failing = true;
    bench.window.session().refresh(true);
    QTRY_VERIFY(inSight<Banner>(bench.window));
    QCOMPARE(inSight<Banner>(bench.window)->accessibleName(),
             QString("The store is locked by a writer Try again"));
    bench.control->failing = false;
    bench.window.session().refresh(true);
    QTRY_VERIFY(!inSight<Banner>(bench.window));
}

void WindowTasksTest::switchingStoresWhileReading()
{
    Bench bench;
    bench.control->blocked = true;
    bench.window.openStore("/first.db");
    QTRY_VERIFY(bench.window.session().table());
    bench.control->runs = 7;
    bench.window.openStore("/second.db");
    QTRY_COMPARE(bench.window.session().info().name, std::string("second.db"));
    bench.control->blocked = false;
    QVERIFY(bench.rest());
    QCOMPARE(bench.window.session().table()->size(), std::size_t(7));
    bench.window.openStore("/first.db"); // its reading was given up half-way and begins anew
    QCOMPARE(bench.window.session().info().name, std::string("first.db"));
    QTRY_VERIFY(bench.window.session().table() && bench.window.session().table()->complete());
}

void WindowTasksTest::closingTheWindowWhileReading()
{
    auto bench = std::make_unique<Bench>();
    bench->control->blocked = true;
    bench->window.openStore("/slow.db");
    QTRY_VERIFY(bench->window.session().table());
    auto control = bench->control;
    bench->window.close();
    bench.reset(); // ends the reading and waits for it
    QCOMPARE(control->readings.load(), 1);
}

QTEST_MAIN(WindowTasksTest)
#include "window_tasks_test.moc"
