// Every registered action, run by its id in the real window on the demo store: what it is for happens, it
// comes to rest, and one that can't be run says why.
#include "tests/gui/real_window.h"
#include "ui/runs/filter_bar.h"
#include "ui/runs/filter_field.h"
#include "ui/shell/palette.h"
#include "ui/shell/sheets.h"
#include "ui/shell/start_page.h"
#include "ui/shell/store_dialog.h"

#include <QClipboard>
#include <QFileDialog>

using namespace sextant;
using namespace sextant::test;

namespace {

/// One action: what to do before, and what must hold afterwards (it may take a moment).
struct Expectation
{
    std::function<void(RealWindow&)> before;
    std::function<bool(RealWindow&)> after;
};

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

void changeWorkspace(RealWindow& real, const std::function<void(Workspace&)>& edit)
{
    Workspace next = real.window.workspaces().current();
    edit(next);
    real.window.workspaces().change("test", next);
}

bool popupOpen(RealWindow&)
{
    return !openPopups().isEmpty();
}

/// The name cell of the first row is current, its row selected.
void selectFirst(RealWindow& real)
{
    auto& table = real.runs().table();
    table.selectRow(0);
    for (int column = 0; column < table.model()->columnCount(); ++column)
        if (table.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() == "Name")
            table.setCurrentIndex(table.model()->index(0, column));
}

std::map<QString, Expectation> windowExpectations()
{
    const auto workspaceChanged = [](RealWindow& real) {
        changeWorkspace(real, [](Workspace& next) { next.nested = !next.nested; });
    };
    return {
        {"palette.open", {{}, [](RealWindow& real) { return real.window.palette().isVisible(); }}},
        {"store.open",
         {{},
          [](RealWindow& real) {
              return real.part<StoreDialog>() && real.part<StoreDialog>()->isVisible();
          }}},
        {"store.close",
         {{},
          [](RealWindow& real) {
              return real.window.session().state() == Session::State::Closed &&
                     real.part<StartPage>()->isVisible();
          }}},
        {"store.refresh",
         {{},
          [](RealWindow& real) {
              return !real.window.session().reading() && real.window.session().table();
          }}},
        {"store.reload",
         {{},
          [](RealWindow& real) {
              return !real.window.session().reading() && real.window.session().table();
          }}},
        {"store.demo",
         {{}, [](RealWindow& real) { return real.window.session().info().path.ends_with("mlflow.db"); }}},
        {"edit.undo",
         {workspaceChanged, [](RealWindow& real) { return real.window.workspaces().canRedo(); }}},
        {"edit.redo",
         {[=](RealWindow& real) {
              workspaceChanged(real);
              real.window.workspaces().undo();
          },
          [](RealWindow& real) {
              return !real.window.workspaces().canRedo() && real.window.workspaces().canUndo();
          }}},
        {"view.inspector",
         {{},
          [](RealWindow& real) {
              return !real.settings.inspectorShown() && !real.runs().inspector()->isVisible();
          }}},
        {"theme.dark", {{}, [](RealWindow&) { return Theme::current().isDark(); }}},
        {"theme.light", {{}, [](RealWindow&) { return !Theme::current().isDark(); }}},
        {"help.keys", {{}, [](RealWindow& real) { return real.part<KeySheet>()->isVisible(); }}},
        {"help.about", {{}, [](RealWindow& real) { return real.part<AboutSheet>()->isVisible(); }}},
        {"window.quit", {{}, [](RealWindow& real) { return !real.window.isVisible(); }}},
        {"page.runs",
         {[](RealWindow& real) { real.window.navigate("run", {}); },
          [](RealWindow& real) { return real.window.currentPage()->id() == "runs"; }}},
    };
}

std::map<QString, Expectation> runsExpectations()
{
    const auto shown = [](std::size_t count) {
        return Expectation{{}, [count](RealWindow& real) { return real.workspace().shown.size() == count; }};
    };
    const auto layout = [](Workspace::Layout wanted) {
        return Expectation{{}, [wanted](RealWindow& real) { return real.workspace().layout == wanted; }};
    };
    const auto view = [](ViewType wanted) {
        return Expectation{[wanted](RealWindow& real) {
                               changeWorkspace(real, [&](Workspace& next) {
                                   next.view = wanted == ViewType::All ? ViewType::ActiveOnly : ViewType::All;
                               });
                           },
                           [wanted](RealWindow& real) { return real.workspace().view == wanted; }};
    };
    return {
        {"runs.open", {{}, [](RealWindow& real) { return real.window.currentPage()->id() == "run"; }}},
        {"runs.pin", {{}, [](RealWindow& real) { return real.workspace().pinned.size() == 1; }}},
        {"runs.baseline", {{}, [](RealWindow& real) { return !real.workspace().baseline.empty(); }}},
        {"runs.columns", {{}, popupOpen}},
        {"runs.experiments", {{}, popupOpen}},
        {"runs.nested", {{}, [](RealWindow& real) { return !real.workspace().nested; }}},
        {"runs.newestFirst",
         {[](RealWindow& real) {
              changeWorkspace(real, [](Workspace& next) {
                  next.order = {{{ColumnKind::Attribute, "run_name"}, true, false}};
              });
          },
          [](RealWindow& real) {
              const auto& order = real.workspace().order;
              return order.empty() || order.front().column.key == "start_time";
          }}},
        {"runs.showFirst10", shown(10)},
        {"runs.showFirst20", shown(20)},
        {"runs.showSelected", shown(1)},
        {"runs.showNone", shown(0)},
        {"runs.filter", {{}, [](RealWindow& real) { return real.runs().filterBar().field().hasFocus(); }}},
        {"runs.clearFilter",
         {[](RealWindow& real) {
              changeWorkspace(real, [](Workspace& next) { next.filter = "params.x = '1'"; });
          },
          [](RealWindow& real) { return real.workspace().filter.empty(); }}},
        {"runs.onlyThis",
         {{}, [](RealWindow& real) { return real.workspace().filter.find(" = ") != std::string::npos; }}},
        {"runs.notThis",
         {{}, [](RealWindow& real) { return real.workspace().filter.find(" != ") != std::string::npos; }}},
        {"runs.layoutTable", layout(Workspace::Layout::Table)},
        {"runs.layoutSplit", layout(Workspace::Layout::Split)},
        {"runs.layoutCharts", layout(Workspace::Layout::Charts)},
        {"runs.viewActive", view(ViewType::ActiveOnly)},
        {"runs.viewDeleted", view(ViewType::DeletedOnly)},
        {"runs.viewAll", view(ViewType::All)},
        {"runs.copy",
         {{}, [](RealWindow&) { return clipboard().contains('\t') && clipboard().contains('\n'); }}},
        {"runs.copyCsv",
         {{}, [](RealWindow&) { return clipboard().contains(',') && !clipboard().contains('\t'); }}},
        {"runs.copyMarkdown",
         {{}, [](RealWindow&) { return clipboard().startsWith('|') && clipboard().contains("---"); }}},
        {"runs.copyIds", {{}, [](RealWindow&) { return clipboard().trimmed().size() == 32; }}},
        {"runs.rename", {{}, popupOpen}},
        {"runs.setTag", {{}, popupOpen}},
        {"runs.editNote", {{}, popupOpen}},
        {"runs.delete", {{}, popupOpen}},
    };
}

std::map<QString, Expectation> runExpectations()
{
    return {
        {"run.back", {{}, [](RealWindow& real) { return real.window.currentPage()->id() == "runs"; }}},
        {"run.rename", {{}, popupOpen}},
        {"run.editNote", {{}, popupOpen}},
    };
}

} // namespace

class WindowActionsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void runsById_data();
    void runsById();
    void disabledOnesSayWhy_data();
    void disabledOnesSayWhy();
    void disabledEntriesOfMenusSayWhy();
    void stepsThroughRuns();
    void tabsOfARun();
    void panesTakeTurns();
    void undoNamesWhatItTakesBack();
    void keysReachThePageInView();
    void lettersStayInFields();

private:
    QTemporaryDir m_folder;
    QString m_demo;
};

void WindowActionsTest::initTestCase()
{
    m_demo = copyDemo(m_folder.path(), true);
    QVERIFY(QFile::exists(m_demo));
}

void WindowActionsTest::init()
{
    QGuiApplication::clipboard()->clear();
}

void WindowActionsTest::runsById_data()
{
    QTest::addColumn<QString>("id");
    RealWindow real(m_demo);
    for (QAction* action : real.window.actions().all())
        QTest::newRow(qPrintable(action->objectName())) << action->objectName();
}

void WindowActionsTest::runsById()
{
    QFETCH(QString, id);
    auto expectations = windowExpectations();
    expectations.merge(runsExpectations());
    expectations.merge(runExpectations());
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    real.window.session().unlock();
    QTRY_VERIFY(real.window.session().unlocked());
    QTRY_VERIFY(real.runs().table().model()->rowCount() > 0);
    selectFirst(real);
    if (id.startsWith("run.")) {
        real.action("runs.open")->trigger();
        QVERIFY(real.rest());
    }
    const Expectation expectation = expectations[id];
    if (expectation.before)
        expectation.before(real);
    QVERIFY(real.rest());
    QAction* action = real.action(id);
    const QByteArray before = bytesOf(m_demo);
    if (!action->isEnabled()) {
        QVERIFY2(!ActionRegistry::reason(action).isEmpty(), "disabled without a reason");
        QVERIFY2(!expectation.after, "disabled though the test expects it to do something");
        return;
    }
    action->trigger();
    if (expectation.after)
        QTRY_VERIFY2(expectation.after(real), qPrintable(id));
    QVERIFY(real.rest());
    QVERIFY2(bytesOf(m_demo) == before, "An action changed the store without being confirmed");
}

void WindowActionsTest::disabledOnesSayWhy_data()
{
    QTest::addColumn<bool>("open");
    QTest::newRow("no store") << false;
    QTest::newRow("store open for reading") << true;
}

void WindowActionsTest::disabledOnesSayWhy()
{
    QFETCH(bool, open);
    RealWindow real(m_demo);
    if (open)
        QVERIFY(real.open(m_demo));
    int disabled = 0;
    for (QAction* action : real.window.actions().all()) {
        if (action->isEnabled())
            continue;
        ++disabled;
        const QString why = ActionRegistry::reason(action);
        QVERIFY2(!why.isEmpty(), qPrintable(action->objectName()));
        QVERIFY2(action->toolTip().contains(why.toHtmlEscaped()), qPrintable(action->objectName()));
    }
    QVERIFY(disabled >= 4);
}

void WindowActionsTest::disabledEntriesOfMenusSayWhy()
{
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    auto& table = real.runs().table();
    QTRY_VERIFY(table.model()->rowCount() > 0);
    selectFirst(real);
    QContextMenuEvent ask(QContextMenuEvent::Keyboard, table.visualRect(table.currentIndex()).center(),
                          table.viewport()->mapToGlobal(table.visualRect(table.currentIndex()).center()));
    QApplication::sendEvent(table.viewport(), &ask);
    QTRY_VERIFY(openMenu());
    QMenu* menu = openMenu();
    QAction* pin = entry(menu, "Pin");
    QVERIFY(pin && pin->isEnabled());
    QCOMPARE(tipAt(*menu, *pin), QString()); // its text says what it does
    QAction* rename = entry(menu, "Rename run");
    QVERIFY(rename && !rename->isEnabled());
    QCOMPARE(tipAt(*menu, *rename), rename->toolTip());
    QVERIFY(rename->toolTip().contains("unlock it first"));
}

void WindowActionsTest::stepsThroughRuns()
{
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    selectFirst(real);
    real.action("runs.open")->trigger();
    QVERIFY(real.rest());
    const std::string first = real.run().runId();
    QVERIFY(!first.empty());
    real.action("run.next")->trigger();
    QVERIFY(real.rest());
    QVERIFY(real.run().runId() != first);
    real.action("run.previous")->trigger();
    QVERIFY(real.rest());
    QCOMPARE(real.run().runId(), first);
    real.action("run.previous")->trigger(); // there is none before the first
    QVERIFY(real.rest());
    QCOMPARE(real.run().runId(), first);
    real.action("run.back")->trigger();
    QCOMPARE(real.window.currentPage(), static_cast<Page*>(&real.runs()));
}

void WindowActionsTest::tabsOfARun()
{
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    selectFirst(real);
    real.action("runs.open")->trigger();
    QVERIFY(real.rest());
    auto* tabs = named<QTabBar>(real.run(), "Parts of the run");
    QVERIFY(tabs);
    for (const auto& [id, tab] : {std::pair{"run.metrics", 1}, {"run.artifacts", 2}, {"run.overview", 0}}) {
        real.action(id)->trigger();
        QVERIFY(real.rest());
        QCOMPARE(tabs->currentIndex(), tab);
    }
}

void WindowActionsTest::panesTakeTurns()
{
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    QList<QWidget*> seen;
    for (int i = 0; i < 3; ++i) {
        real.action("view.nextPane")->trigger();
        QVERIFY(QApplication::focusWidget());
        seen << QApplication::focusWidget();
    }
    QVERIFY(QSet<QWidget*>(seen.begin(), seen.end()).size() >= 2);
    QWidget* last = QApplication::focusWidget();
    real.action("view.nextPane")->trigger();
    real.action("view.previousPane")->trigger();
    QCOMPARE(QApplication::focusWidget(), last);
}

void WindowActionsTest::undoNamesWhatItTakesBack()
{
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    selectFirst(real);
    QAction* undo = real.action("edit.undo");
    QAction* redo = real.action("edit.redo");
    QCOMPARE(undo->text(), QString("Undo"));
    QCOMPARE(redo->text(), QString("Redo"));
    real.action("runs.pin")->trigger();
    QCOMPARE(undo->text(), QString("Undo: pin runs"));
    real.action("runs.baseline")->trigger();
    QCOMPARE(undo->text(), QString("Undo: set baseline"));
    undo->trigger();
    QCOMPARE(undo->text(), QString("Undo: pin runs"));
    QCOMPARE(redo->text(), QString("Redo: set baseline"));
    redo->trigger();
    QVERIFY(!redo->isEnabled());
    QCOMPARE(redo->text(), QString("Redo"));
    QVERIFY(!real.workspace().baseline.empty());
    // The buttons of the top bar speak along.
    QVERIFY(buttonNamed(real.window, "Undo: set baseline"));
    real.action("store.close")->trigger();
    QVERIFY2(!undo->isEnabled(), "What was done in one store can't be taken back in another");
}

void WindowActionsTest::keysReachThePageInView()
{
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    selectFirst(real);
    real.runs().table().setFocus();
    QTest::keyClick(&real.runs().table(), Qt::Key_P);
    QCOMPARE(real.workspace().pinned.size(), std::size_t(1));
    QTest::keyClick(&real.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(real.workspace().pinned.size(), std::size_t(0));
    QTest::keyClick(&real.window, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(real.workspace().pinned.size(), std::size_t(1));
    QTest::keyClick(&real.window, Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!real.settings.inspectorShown());
}

void WindowActionsTest::lettersStayInFields()
{
    RealWindow real(m_demo);
    QVERIFY(real.open(m_demo));
    selectFirst(real);
    auto& field = real.runs().filterBar().field();
    field.setFocus();
    QTest::keyClicks(&field, "p?h");
    QCOMPARE(field.text(), QString("p?h"));
    QVERIFY(real.workspace().pinned.empty());
    QVERIFY(!real.part<KeySheet>()->isVisible());
}

QTEST_MAIN(WindowActionsTest)
#include "window_actions_test.moc"
