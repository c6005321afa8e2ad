// What the window remembers between starts, and what happens when the memory is damaged, locked or not
// wanted.
#include "tests/gui/real_window.h"
#include "ui/widgets/splitter.h"

#include <QProcess>
#include <QSplitter>

using namespace sextant;
using namespace sextant::test;

namespace {

struct Ran
{
    int code = -1;
    QByteArray out, err;
};

/// The program without a display, in a home of its own.
Ran run(const QStringList& arguments, const QString& home, const QStringList& unset = {})
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : unset)
        environment.remove(name);
    environment.insert("XDG_CACHE_HOME", home + "/cache");
    environment.insert("XDG_CONFIG_HOME", home + "/config");
    program.setProcessEnvironment(environment);
    program.start(SEXTANT_PROGRAM, arguments);
    if (!program.waitForFinished(60'000))
        return {};
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

} // namespace

class WindowMemoryTest : public QObject
{
    Q_OBJECT
private slots:
    void geometryComesBack();
    void themeComesBack();
    void inspectorAndSplittersComeBack();
    void viewOfAStoreComesBack();
    void recentActionsComeFirst();
    void damagedSettingsAreNoHarm_data();
    void damagedSettingsAreNoHarm();
    void settingsThatCannotBeWrittenAreNoHarm();
    void settingsAreTyped();
    void compositionHasThePages();
    void withoutADisplayItSaysSo();
    void screenshotsSayWhatIsWrong_data();
    void screenshotsSayWhatIsWrong();
    void screenshotsRememberNothing();
};

void WindowMemoryTest::geometryComesBack()
{
    QTemporaryDir folder;
    QSize size;
    {
        RealWindow real({}, folder.path());
        QCOMPARE(real.window.size(), QSize(1440, 900).boundedTo(real.window.size()));
        real.window.resize(900, 620);
        real.window.close();
        size = real.window.size();
    }
    RealWindow again({}, folder.path());
    QCOMPARE(again.window.size(), size);
    QVERIFY(again.window.screen()->availableGeometry().intersects(again.window.frameGeometry()));
}

void WindowMemoryTest::themeComesBack()
{
    QTemporaryDir folder;
    {
        RealWindow real({}, folder.path());
        real.action("theme.dark")->trigger();
        QVERIFY(real.action("theme.dark")->isChecked());
        QVERIFY(!real.action("theme.light")->isChecked());
        QTRY_COMPARE(real.window.grab().toImage().pixelColor(4, 4), Theme::current().color("bg.2"));
    }
    QCOMPARE(Settings(folder.path()).theme(), ThemeControl::Choice::Dark);
    RealWindow again({}, folder.path());
    QVERIFY(Theme::current().isDark());
    QVERIFY(again.action("theme.dark")->isChecked());
    again.action("theme.system")->trigger();
    QCOMPARE(Settings(folder.path()).theme(), ThemeControl::Choice::System);
}

void WindowMemoryTest::inspectorAndSplittersComeBack()
{
    QTemporaryDir folder;
    const QString demo = copyDemo(folder.path() + "/store");
    {
        RealWindow real({}, folder.path());
        QVERIFY(real.open(demo));
        real.action("view.inspector")->trigger();
        QVERIFY(!real.action("view.inspector")->isChecked());
    }
    RealWindow again({}, folder.path());
    QVERIFY(again.open(demo));
    QVERIFY(!again.runs().inspector()->isVisible());
    QVERIFY(!again.action("view.inspector")->isChecked());
    again.action("view.inspector")->trigger();
    QVERIFY(again.runs().inspector()->isVisible());
    again.settings.setSplitter("window", {700, 300});
    QCOMPARE(Settings(folder.path()).splitter("window"), (QList<int>{700, 300}));
}

void WindowMemoryTest::viewOfAStoreComesBack()
{
    QTemporaryDir folder;
    const QString demo = copyDemo(folder.path() + "/store with space");
    std::string filter = "metrics.accuracy > 0.9 AND tags.note = '🚀'";
    {
        RealWindow real({}, folder.path());
        QVERIFY(real.open(demo));
        Workspace next = real.workspace();
        next.filter = filter;
        next.layout = Workspace::Layout::Table;
        real.window.workspaces().change("filter", next);
        real.window.close();
    }
    RealWindow again({}, folder.path());
    QVERIFY(again.open(demo));
    QCOMPARE(again.workspace().filter, filter);
    QCOMPARE(again.workspace().layout, Workspace::Layout::Table);
    QVERIFY2(!again.action("edit.undo")->isEnabled(), "What was done before the start can't be taken back");
}

void WindowMemoryTest::recentActionsComeFirst()
{
    QTemporaryDir folder;
    {
        RealWindow real({}, folder.path());
        real.action("theme.dark")->trigger();
        real.action("theme.light")->trigger();
        real.action("theme.dark")->trigger();
    }
    const QStringList recent = Settings(folder.path()).recentActions();
    QCOMPARE(recent.mid(0, 2), (QStringList{"theme.dark", "theme.light"}));
    QCOMPARE(recent.count("theme.dark"), 1);
    Settings settings(folder.path());
    for (int i = 0; i < 50; ++i)
        settings.addRecentAction(QString("a%1").arg(i));
    QVERIFY(settings.recentActions().size() <= 30);
    QCOMPARE(settings.recentActions().first(), QString("a49"));
}

void WindowMemoryTest::damagedSettingsAreNoHarm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("garbage") << QByteArray(3000, '\xfe');
    QTest::newRow("wrong types") << QByteArray(
        "theme=7\nrecentStores=one\nrecentActions=@Invalid()\n[window]\ngeometry=abc\ninspector=maybe\n"
        "[splitters]\nwindow=a, b\n[pages]\nopenFolder=@Variant(x)\n");
    QTest::newRow("odd list") << QByteArray("recentStores=/a.db, a.db, /b.db\n");
    QTest::newRow("a window of another desk")
        << QByteArray("[window]\ngeometry=@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3)\n");
}

void WindowMemoryTest::damagedSettingsAreNoHarm()
{
    QFETCH(QByteArray, text);
    QTemporaryDir folder;
    QFile file(folder.path() + "/settings.ini");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    RealWindow real({}, folder.path());
    QVERIFY(real.rest());
    QVERIFY(real.window.width() >= 400 && real.window.height() >= 300);
    QVERIFY(real.settings.recentStores().size() <= 1);
    QVERIFY(real.open(copyDemo(folder.path() + "/store")));
}

void WindowMemoryTest::settingsThatCannotBeWrittenAreNoHarm()
{
    QTemporaryDir folder;
    QFile file(folder.path() + "/config"); // a file where a folder should be
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    RealWindow real({}, folder.path() + "/config");
    real.action("theme.dark")->trigger();
    QVERIFY(Theme::current().isDark());
    QVERIFY(real.open(copyDemo(folder.path() + "/store")));
    real.window.close();
    QCOMPARE(QFileInfo(file).size(), 0);
}

void WindowMemoryTest::settingsAreTyped()
{
    QTemporaryDir folder;
    Settings settings(folder.path());
    QCOMPARE(settings.theme(), ThemeControl::Choice::System);
    QVERIFY(settings.inspectorShown());
    QVERIFY(settings.geometry().isEmpty());
    QVERIFY(settings.splitter("any").isEmpty());
    settings.setValue("runs/x", 7);
    QCOMPARE(settings.value("runs/x").toInt(), 7);
    QCOMPARE(settings.value("runs/y", "other").toString(), QString("other"));
    settings.setGeometry("abc");
    QCOMPARE(Settings(folder.path()).geometry(), QByteArray("abc"));
    QCOMPARE(settings.folder(), folder.path());
}

void WindowMemoryTest::compositionHasThePages()
{
    RealWindow real;
    QVERIFY(real.part<RunsPage>() && real.part<RunPage>());
    QVERIFY(real.action("page.runs"));
    describeApplication();
    QCOMPARE(QCoreApplication::applicationName(), QString("sextant"));
    QVERIFY(!QCoreApplication::applicationVersion().isEmpty());
    const auto opened = storeOpener()((demoSource() + "/mlflow.db").toStdString());
    QVERIFY(opened.has_value());
    QVERIFY(!storeOpener()("/nowhere").has_value());
}

void WindowMemoryTest::withoutADisplayItSaysSo()
{
    QTemporaryDir home;
    const Ran ran = run({}, home.path(), {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"});
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.err.startsWith("sextant: There is no display to open a window on\n"));
    QVERIFY(ran.err.contains("--help"));
    QCOMPARE(ran.out, QByteArray());
}

void WindowMemoryTest::screenshotsSayWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("folder that is not there") << QStringList{"empty", "/nowhere/at/all/x.png"};
    QTest::newRow("a folder as the file") << QStringList{"empty", "/tmp"};
    QTest::newRow("store that is not there") << QStringList{"runs", "%/x.png", "--store", "/nowhere.db"};
    QTest::newRow("view that is not there") << QStringList{"runs", "%/x.png", "--state", "/nowhere.json"};
    QTest::newRow("page nobody knows") << QStringList{"nothing", "%/x.png"};
}

void WindowMemoryTest::screenshotsSayWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QTemporaryDir home;
    QStringList all{"screenshot"};
    for (QString argument : arguments)
        all << argument.replace('%', home.path());
    const Ran ran = run(all, home.path());
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.startsWith("sextant: "), ran.err.constData());
    QVERIFY2(ran.err.count('\n') >= 2, "no hint");
    QVERIFY(!QFile::exists(home.path() + "/x.png"));
}

void WindowMemoryTest::screenshotsRememberNothing()
{
    QTemporaryDir home;
    const QString demo = copyDemo(home.path() + "/store");
    const QByteArray before = bytesOf(demo);
    const Ran ran = run({"screenshot", "runs", home.path() + "/x.png", "--store", demo}, home.path());
    QVERIFY2(ran.code == 0, ran.err.constData());
    QVERIFY(QFile::exists(home.path() + "/x.png"));
    QVERIFY2(!QDir(home.path() + "/config").exists(), "A drawing left settings behind");
    QCOMPARE(bytesOf(demo), before);
    QCOMPARE(QDir(home.path() + "/store").entryList(QDir::Files), QStringList{"mlflow.db"});
}

QTEST_MAIN(WindowMemoryTest)
#include "window_memory_test.moc"
