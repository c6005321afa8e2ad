// Stores in the real window: the switcher and what it remembers, the dialog that chooses one, the start page
// with what is near.
#include "tests/gui/real_window.h"
#include "ui/shell/start_page.h"
#include "ui/shell/store_dialog.h"
#include "ui/shell/store_finder.h"
#include "ui/shell/top_bar.h"

#include <QSignalSpy>

#include <unistd.h>

using namespace sextant;
using namespace sextant::test;

namespace {

/// The button at the left of the top bar.
QAbstractButton* storeButton(RealWindow& real)
{
    for (auto* button : real.part<TopBar>()->findChildren<QAbstractButton*>())
        if (button->toolTip().contains("Switch or open store"))
            return button;
    return nullptr;
}

QMenu* storeMenu(RealWindow& real)
{
    storeButton(real)->click();
    return openMenu();
}

QStringList entries(const QMenu& menu)
{
    QStringList texts;
    for (QAction* action : menu.actions())
        texts << (action->isSeparator() ? QString("-") : action->text().section('\t', 0, 0));
    return texts;
}

/// Rows of the start page by their titles.
QStringList rowTitles(const StartPage& start)
{
    QStringList titles;
    for (const QString& text : textsOf(start))
        if (text.contains(".db") || text.contains("mlruns"))
            titles << text;
    return titles;
}

/// A dialog opened by the action, with a name typed.
StoreDialog* dialogWith(RealWindow& real, const QString& name)
{
    real.action("store.open")->trigger();
    auto* dialog = real.part<StoreDialog>();
    if (dialog)
        dialog->findChild<QLineEdit*>("fileNameEdit")->setText(name);
    return dialog;
}

void acceptDialog(StoreDialog& dialog)
{
    QTest::keyClick(dialog.findChild<QLineEdit*>("fileNameEdit"), Qt::Key_Return);
}

} // namespace

class WindowStoresTest : public QObject
{
    Q_OBJECT
private slots:
    void switcherListsOpenAndRecent();
    void switcherKeepsWhatWasOpen();
    void switchingKeepsEachView();
    void recentStoresAreTen();
    void closedStoreLeavesNothing();
    void demoIsNotRemembered();
    void dialogChoosesAFile();
    void dialogEntersFoldersAndTakesStores();
    void dialogSaysWhatIsWrong_data();
    void dialogSaysWhatIsWrong();
    void dialogRemembersTheFolder();
    void startPageListsRecent();
    void startPageFindsStoresHere();
    void startPageOpensByKeyboard();
    void finderKnowsStores();
    void finderStopsWhenAsked();
    void timesForPeople_data();
    void timesForPeople();
    void pathsForPeople();
};

void WindowStoresTest::switcherListsOpenAndRecent()
{
    RealWindow real("/demo/mlflow.db");
    const QString first = copyDemo(real.folder.path() + "/first"),
                  second = copyDemo(real.folder.path() + "/second");
    real.settings.addRecentStore({"/before/old.db", "old.db"});
    QMenu* menu = storeMenu(real);
    QVERIFY(menu);
    QCOMPARE(entries(*menu), (QStringList{"old.db", "-", "Open store…", "Open demo store", "Close store"}));
    QVERIFY(!entry(menu, "Close store")->isEnabled());
    menu->close();
    QVERIFY(real.open(first));
    QVERIFY(real.open(second));
    menu = storeMenu(real);
    QCOMPARE(entries(*menu), (QStringList{"mlflow.db", "mlflow.db", "-", "old.db", "-", "Open store…",
                                          "Open demo store", "Close store"}));
    QVERIFY(menu->actions()[0]->text().endsWith("/second"));
    QVERIFY(menu->actions()[1]->text().endsWith("/first"));
    menu->actions()[1]->trigger();
    menu->close();
    QCOMPARE(real.window.session().info().path, first.toStdString());
}

void WindowStoresTest::switcherKeepsWhatWasOpen()
{
    RealWindow real;
    const QString first = copyDemo(real.folder.path() + "/first"),
                  second = copyDemo(real.folder.path() + "/second");
    QVERIFY(real.open(first));
    real.window.session().unlock();
    QTRY_VERIFY(real.window.session().unlocked());
    const RunTablePtr table = real.window.session().table();
    QVERIFY(real.open(second));
    QVERIFY2(!real.window.session().unlocked(), "One store's consent is not another's");
    QVERIFY(says(*real.part<TopBar>(), "Read only"));
    real.window.openStore(first);
    QCOMPARE(real.window.session().table(), table); // at once, from memory
    QVERIFY(real.window.session().unlocked());
    QVERIFY(says(*real.part<TopBar>(), "Writing unlocked"));
}

void WindowStoresTest::switchingKeepsEachView()
{
    RealWindow real;
    const QString first = copyDemo(real.folder.path() + "/first"),
                  second = copyDemo(real.folder.path() + "/second");
    QVERIFY(real.open(first));
    Workspace next = real.workspace();
    next.filter = "metrics.accuracy > 0.9";
    real.window.workspaces().change("filter runs", next);
    QVERIFY(real.open(second));
    QCOMPARE(real.workspace().filter, std::string());
    QVERIFY(!real.action("edit.undo")->isEnabled());
    real.window.openStore(first);
    QVERIFY(real.rest());
    QCOMPARE(real.workspace().filter, next.filter);
}

void WindowStoresTest::recentStoresAreTen()
{
    QTemporaryDir folder;
    Settings settings(folder.path());
    for (int i = 0; i < 14; ++i)
        settings.addRecentStore({QString("/data/%1.db").arg(i), QString("%1.db").arg(i)});
    settings.addRecentStore({"/data/7.db", "7.db"});
    auto stores = settings.recentStores();
    QCOMPARE(stores.size(), std::size_t(10));
    QCOMPARE(stores[0].name, QString("7.db"));
    QCOMPARE(stores[1].name, QString("13.db"));
    settings.removeRecentStore("/data/13.db");
    stores = settings.recentStores();
    QCOMPARE(stores.size(), std::size_t(9));
    QCOMPARE(stores[1].name, QString("12.db"));
    settings.removeRecentStore("/data/never.db");
    QCOMPARE(settings.recentStores(), stores);
}

void WindowStoresTest::closedStoreLeavesNothing()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/first");
    QVERIFY(real.open(path));
    const QByteArray before = bytesOf(path);
    real.action("store.close")->trigger();
    QVERIFY(real.rest());
    QCOMPARE(real.window.windowTitle(), QString("Sextant"));
    QVERIFY(!real.window.session().table());
    QVERIFY(real.window.session().warnings().empty());
    QVERIFY(says(*real.part<TopBar>(), "No store open"));
    QCOMPARE(bytesOf(path), before);
    QCOMPARE(QDir(real.folder.path() + "/first").entryList(QDir::Files), QStringList{"mlflow.db"});
    // The palette has no runs of it.
    QTest::keyClick(&real.window, Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(QApplication::focusWidget());
    QVERIFY(real.open(path));
}

void WindowStoresTest::demoIsNotRemembered()
{
    QTemporaryDir folder;
    const QString demo = copyDemo(folder.path());
    RealWindow real(demo);
    real.action("store.demo")->trigger();
    QVERIFY(real.rest());
    QVERIFY(real.settings.recentStores().empty());
    QVERIFY(says(*real.part<TopBar>(), "Demo store"));
}

void WindowStoresTest::dialogChoosesAFile()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/it's here");
    StoreDialog* dialog = dialogWith(real, path);
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(unnamed(*dialog).join("; "), QString());
    acceptDialog(*dialog);
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().info().path, path.toStdString());
    QTRY_VERIFY(!real.part<StoreDialog>());
}

void WindowStoresTest::dialogEntersFoldersAndTakesStores()
{
    RealWindow real;
    const QString outer = real.folder.path() + "/outer";
    QDir().mkpath(outer + "/plain");
    const QString path = copyDemo(outer + "/project");
    StoreDialog* dialog = dialogWith(real, outer + "/plain");
    acceptDialog(*dialog);
    QVERIFY2(dialog->isVisible(), "A folder that is no store is entered");
    QCOMPARE(dialog->directory().canonicalPath(), QDir(outer + "/plain").canonicalPath());
    QCOMPARE(real.window.session().state(), Session::State::Closed);
    dialog->findChild<QLineEdit*>("fileNameEdit")->setText(outer + "/project");
    acceptDialog(*dialog);
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().info().path, path.toStdString());
}

void WindowStoresTest::dialogSaysWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("part");
    QTest::newRow("missing") << "/nowhere/at/all.db"
                             << "There is no file or folder /nowhere/at/all.db";
    QTest::newRow("markup") << "/<b>x</b>.db"
                            << "/<b>x</b>.db";
    if (geteuid() != 0)
        QTest::newRow("not for us") << "/root"
                                    << "You may not read /root";
}

void WindowStoresTest::dialogSaysWhatIsWrong()
{
    QFETCH(QString, name);
    QFETCH(QString, part);
    RealWindow real;
    StoreDialog* dialog = dialogWith(real, name);
    acceptDialog(*dialog);
    QVERIFY(dialog->isVisible());
    QVERIFY2(says(*dialog, part), qPrintable(textsOf(*dialog).join(" | ")));
    QVERIFY2(openPopups().size() == 1, "A box over the dialog instead of a sentence in it");
    // Typing on takes the sentence away.
    QTest::keyClick(dialog->findChild<QLineEdit*>("fileNameEdit"), Qt::Key_Backspace);
    QVERIFY(!says(*dialog, part));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!real.part<StoreDialog>());
    QCOMPARE(real.window.session().state(), Session::State::Closed);
}

void WindowStoresTest::dialogRemembersTheFolder()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/remembered");
    acceptDialog(*dialogWith(real, path));
    QVERIFY(real.rest());
    QTRY_VERIFY(!real.part<StoreDialog>());
    real.action("store.open")->trigger();
    QCOMPARE(real.part<StoreDialog>()->directory().canonicalPath(), QFileInfo(path).canonicalPath());
}

void WindowStoresTest::startPageListsRecent()
{
    QTemporaryDir folder;
    {
        Settings settings(folder.path());
        for (int i = 0; i < 6; ++i)
            settings.addRecentStore(
                {QString("/data/project %1/mlflow %1.db").arg(i), QString("mlflow %1.db").arg(i)});
    }
    RealWindow real({}, folder.path());
    auto* start = real.part<StartPage>();
    QVERIFY(says(*start, "Recent"));
    for (int i = 2; i < 6; ++i)
        QVERIFY2(says(*start, QString("mlflow %1.db").arg(i)), qPrintable(rowTitles(*start).join(" | ")));
    QVERIFY2(!says(*start, "mlflow 1.db"), "Only the last four");
    QVERIFY(!says(*start, "Found in this folder"));
    // One that is gone says so when it is asked for.
    QSignalSpy picked(start, &StartPage::storePicked);
    for (auto* button : start->findChildren<QAbstractButton*>())
        if (button->accessibleName().contains("mlflow 5.db") ||
            button->accessibleDescription().contains("mlflow 5.db"))
            button->click();
    QCOMPARE(picked.count(), 1);
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().state(), Session::State::Failed);
}

void WindowStoresTest::startPageFindsStoresHere()
{
    QTemporaryDir here;
    copyDemo(here.path());
    QFile::copy(here.path() + "/mlflow.db", here.path() + "/other.sqlite");
    QFile alien(here.path() + "/songs.db");
    QVERIFY(alien.open(QIODevice::WriteOnly));
    alien.write("not a database");
    alien.close();
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(here.path()));
    RealWindow real;
    QDir::setCurrent(before);
    QVERIFY(real.rest());
    auto* start = real.part<StartPage>();
    QVERIFY(says(*start, "Found in this folder"));
    QVERIFY(says(*start, "mlflow.db"));
    QVERIFY(says(*start, "other.sqlite"));
    QVERIFY(!says(*start, "songs.db"));
    QVERIFY(real.open(here.path() + "/mlflow.db"));
    const RunTable& table = *real.window.session().table();
    std::size_t active = 0;
    for (RowIndex row = 0; row < table.size(); ++row)
        active += table.lifecycle(row) == Lifecycle::Active;
    QVERIFY2(says(*start, QString("%1 runs").arg(active)), qPrintable(textsOf(*start).join(" | ")));
}

void WindowStoresTest::startPageOpensByKeyboard()
{
    QTemporaryDir folder;
    RealWindow real(copyDemo(folder.path()));
    QVERIFY(real.rest());
    auto* start = real.part<StartPage>();
    auto* demo = buttonNamed(*start, "Open demo");
    QVERIFY(demo);
    for (int i = 0; i < 30 && QApplication::focusWidget() != demo; ++i)
        QTest::keyClick(&real.window, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(demo));
    QTest::keyClick(demo, Qt::Key_Space);
    QVERIFY(real.rest());
    QVERIFY(real.runs().isVisible());
}

void WindowStoresTest::finderKnowsStores()
{
    QTemporaryDir folder;
    const QString root = folder.path();
    QVERIFY(!isStoreFolder(root));
    QCOMPARE(storeAt(root), root);
    QDir().mkpath(root + "/mlruns/0");
    QFile meta(root + "/mlruns/0/meta.yaml");
    QVERIFY(meta.open(QIODevice::WriteOnly));
    meta.write("artifact_location: x\nexperiment_id: '0'\nlifecycle_stage: active\nname: Default\n");
    meta.close();
    QVERIFY(isStoreFolder(root + "/mlruns"));
    QVERIFY(!isStoreFolder(root));
    QCOMPARE(storeAt(root), root + "/mlruns");
    QCOMPARE(storeAt(root + "/mlruns"), root + "/mlruns");
    copyDemo(root);
    QCOMPARE(storeAt(root), root + "/mlflow.db"); // as the real client prefers
    QCOMPARE(storeAt(root + "/no/such"), root + "/no/such");
    const auto found = findStores(root, [](const std::string& uri) { return openStore(uri); }, {});
    QCOMPARE(found.size(), std::size_t(2));
    for (const FoundStore& store : found) {
        QVERIFY(store.runs.has_value());
        QCOMPARE(*store.runs > 0, !store.isFolder);
        QVERIFY(store.changed.isValid());
    }
}

void WindowStoresTest::finderStopsWhenAsked()
{
    QTemporaryDir folder;
    copyDemo(folder.path());
    std::stop_source stop;
    stop.request_stop();
    Operation operation;
    operation.stop = stop.get_token();
    int opened = 0;
    const auto found = findStores(
        folder.path(),
        [&opened](const std::string& uri) {
            ++opened;
            return openStore(uri);
        },
        operation);
    QVERIFY(found.empty());
    QCOMPARE(opened, 0);
}

void WindowStoresTest::timesForPeople_data()
{
    QTest::addColumn<qint64>("secondsAgo");
    QTest::addColumn<QString>("text");
    QTest::newRow("now") << qint64(20) << "just now";
    QTest::newRow("in the future: another machine's clock") << qint64(-500) << "just now";
    QTest::newRow("a minute") << qint64(61) << "1 minute ago";
    QTest::newRow("minutes") << qint64(59 * 60) << "59 minutes ago";
    QTest::newRow("an hour") << qint64(3600) << "1 hour ago";
    QTest::newRow("a day") << qint64(25 * 3600) << "25 hours ago";
    QTest::newRow("days") << qint64(3 * 24 * 3600) << "3 days ago";
    QTest::newRow("long ago") << qint64(100 * 24 * 3600) << "23 Sep 2025";
}

void WindowStoresTest::timesForPeople()
{
    QFETCH(qint64, secondsAgo);
    QFETCH(QString, text);
    const QDateTime now(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
    QCOMPARE(timeAgo(now.addSecs(-secondsAgo), now), text);
}

void WindowStoresTest::pathsForPeople()
{
    const QString home = QDir::homePath();
    QCOMPARE(shortPath(home + "/a/b"), QString("~/a/b"));
    QCOMPARE(shortPath(home), QString("~"));
    QCOMPARE(shortPath(home + "-other/a"), home + "-other/a");
    QCOMPARE(shortPath("/data"), QString("/data"));
}

QTEST_MAIN(WindowStoresTest)
#include "window_stores_test.moc"
