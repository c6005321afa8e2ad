// What is no store, or a broken one, given to the real window: one sentence and a hint in place, nothing
// written, and what was in view stays there. Odd but good paths open.
#include "tests/gui/real_window.h"
#include "ui/shell/start_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_panel.h"

#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QUrl>

#include <sqlite3.h>
#include <unistd.h>

using namespace sextant;
using namespace sextant::test;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void runSql(const QString& path, const char* sql)
{
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
}

/// What a path names once it was made; the name of the row says what it is.
QString made(const QString& kind, const QString& folder)
{
    const QString path = folder + "/in/store.db";
    QDir().mkpath(folder + "/in");
    if (kind == "missing file")
        return path;
    if (kind == "missing folder")
        return folder + "/in/nowhere/mlruns";
    if (kind == "below a file") {
        write(path, "x");
        return path + "/mlflow.db";
    }
    if (kind == "empty file")
        write(path, {});
    if (kind == "text")
        write(path, "run_uuid,name\n1,2\n");
    if (kind == "binary garbage")
        write(path, QByteArray(70'000, '\xfe'));
    if (kind == "only the magic")
        write(path, QByteArray("SQLite format 3\0", 16));
    if (kind == "truncated database")
        write(path, bytesOf(demoSource() + "/mlflow.db").left(20'000));
    if (kind == "damaged pages") {
        QByteArray bytes = bytesOf(demoSource() + "/mlflow.db");
        for (qsizetype at = 4096; at < bytes.size(); ++at)
            bytes[at] = char(at * 31);
        write(path, bytes);
    }
    if (kind == "alien schema")
        runSql(path,
               "CREATE TABLE songs(id INTEGER PRIMARY KEY, title TEXT); INSERT INTO songs VALUES (1, 'x')");
    if (kind == "alien tables of the same names")
        runSql(path, "CREATE TABLE runs(id INTEGER); CREATE TABLE experiments(title TEXT)");
    if (kind == "markup in the name") {
        write(folder + "/in/<b>bold<&amp;.db", "x");
        return folder + "/in/<b>bold<&amp;.db";
    }
    if (kind == "empty folder") {
        QDir().mkpath(folder + "/in/empty");
        return folder + "/in/empty";
    }
    if (kind == "folder named as a database") {
        QDir().mkpath(path);
        return path;
    }
    if (kind == "link to itself") {
        QFile::link(path, path);
        return path;
    }
    if (kind == "very long name")
        return folder + "/in/" + QString(5000, 'x') + ".db";
    if (kind == "line break in the name")
        return folder + "/in/a\nb.db";
    if (kind == "device")
        return "/dev/null";
    if (kind == "server")
        return "http://127.0.0.1:9/mlflow";
    if (kind == "scheme nobody knows")
        return "gopher://x/y";
    if (kind == "no permission") {
        write(path, bytesOf(demoSource() + "/mlflow.db"));
        QFile::setPermissions(path, {});
    }
    return path;
}

const char* const kBad[] = {"missing file",
                            "missing folder",
                            "below a file",
                            "empty file",
                            "text",
                            "binary garbage",
                            "only the magic",
                            "truncated database",
                            "damaged pages",
                            "alien schema",
                            "alien tables of the same names",
                            "markup in the name",
                            "empty folder",
                            "folder named as a database",
                            "link to itself",
                            "very long name",
                            "line break in the name",
                            "device",
                            "server",
                            "scheme nobody knows",
                            "no permission"};

void addBadRows()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : kBad)
        QTest::newRow(kind) << QString(kind);
}

bool isSentence(const QString& text)
{
    return text.size() > 8 && text.size() < 400 && text[0] == text[0].toUpper() && !text.endsWith('.') &&
           !text.contains('\n');
}

void drop(QWidget& on, const QMimeData& data)
{
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&on, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&on, &event);
}

} // namespace

class WindowInputTest : public QObject
{
    Q_OBJECT
private slots:
    void badInputIsSaidInPlace_data() { addBadRows(); }
    void badInputIsSaidInPlace();
    void badInputLeavesTheStoreInView_data() { addBadRows(); }
    void badInputLeavesTheStoreInView();
    void oddPathsOpen_data();
    void oddPathsOpen();
    void tryAgainReadsWhatWasMended();
    void dropsOfStores_data();
    void dropsOfStores();
    void dropsOfOtherThingsAreRefused_data();
    void dropsOfOtherThingsAreRefused();
    void dragsShowWhereToDrop();
    void fixturesOfRealClientsOpen_data();
    void fixturesOfRealClientsOpen();
};

void WindowInputTest::badInputIsSaidInPlace()
{
    QFETCH(QString, kind);
    if (kind == "no permission" && geteuid() == 0)
        QSKIP("The super-user may read everything");
    RealWindow real;
    const QString path = made(kind, real.folder.path());
    const QByteArray before = QFileInfo(path).isFile() ? bytesOf(path) : QByteArray();
    real.window.openStore(path);
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().state(), Session::State::Failed);
    auto* panel = inSight<StatePanel>(real.window);
    QVERIFY(panel);
    QVERIFY2(isSentence(panel->accessibleName()), qPrintable(panel->accessibleName()));
    QVERIFY2(panel->accessibleDescription().size() > 8, "no hint");
    QVERIFY(buttonNamed(*panel, "Try again")->isVisible());
    QVERIFY(real.settings.recentStores().empty());
    if (!before.isEmpty())
        QCOMPARE(bytesOf(path), before);
    QVERIFY2(!QFile::exists(path + "-wal") && !QFile::exists(path + "-journal") &&
                 !QFile::exists(path + "-shm"),
             "Something was written beside it");
    // The way out: everything can still be opened.
    QVERIFY(real.open(copyDemo(real.folder.path() + "/good")));
    QVERIFY(!panel->isVisible());
}

void WindowInputTest::badInputLeavesTheStoreInView()
{
    QFETCH(QString, kind);
    if (kind == "no permission" && geteuid() == 0)
        QSKIP("The super-user may read everything");
    RealWindow real;
    const QString demo = copyDemo(real.folder.path() + "/good");
    QVERIFY(real.open(demo));
    const RunTablePtr table = real.window.session().table();
    const QSize size = real.window.size();
    real.window.openStore(made(kind, real.folder.path()));
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().state(), Session::State::Open);
    QCOMPARE(real.window.session().info().path, demo.toStdString());
    QCOMPARE(real.window.session().table(), table);
    QVERIFY(real.runs().isVisible());
    auto* banner = inSight<Banner>(real.window);
    QVERIFY(banner);
    QVERIFY(banner->accessibleName().size() > 16 && banner->accessibleName().size() < 600);
    QCOMPARE(real.window.size(), size);
    QVERIFY2(real.window.minimumSizeHint().width() <= 900, "A long sentence makes the window wide");
    auto* close = buttonNamed(*banner, "Close");
    QVERIFY(close && close->isVisible());
    QVERIFY2(real.window.rect().contains(close->mapTo(&real.window, close->rect().center())),
             "The way to close it is out of sight");
    close->click();
    QVERIFY(!banner->isVisible());
}

void WindowInputTest::oddPathsOpen_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("name");
    QTest::newRow("space") << "my runs"
                           << "ml flow.db";
    QTest::newRow("emoji") << "🚀 launch"
                           << "🧪.db";
    QTest::newRow("quotes") << "it's \"mine\""
                            << "o'clock.db";
    QTest::newRow("percent and question") << "100%3F"
                                          << "a?b#c.db";
    QTest::newRow("umlaut and kanji") << "größe"
                                      << "実験.sqlite";
    QTest::newRow("backslash") << "back\\slash"
                               << "a\\b.db";
    QTest::newRow("leading dash") << "-o"
                                  << "--store.db";
    QTest::newRow("no suffix") << "plain"
                               << "store";
    QTest::newRow("ampersand") << "R&D"
                               << "a&b.db";
}

void WindowInputTest::oddPathsOpen()
{
    QFETCH(QString, folder);
    QFETCH(QString, name);
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + '/' + folder, false, name);
    QVERIFY(QFile::exists(path));
    QVERIFY(real.open(path));
    QCOMPARE(QString::fromStdString(real.window.session().info().name), name);
    QCOMPARE(real.settings.recentStores().at(0).path, path);
    QVERIFY(real.window.windowTitle().contains(name));
    // Remembered, and opened again from what was remembered.
    const QString remembered = Settings(real.settings.folder()).recentStores().at(0).path;
    real.action("store.close")->trigger();
    QVERIFY(real.open(remembered));
}

void WindowInputTest::tryAgainReadsWhatWasMended()
{
    RealWindow real;
    const QString path = real.folder.path() + "/late/mlflow.db";
    real.window.openStore(path);
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().state(), Session::State::Failed);
    copyDemo(real.folder.path() + "/late");
    buttonNamed(*inSight<StatePanel>(real.window), "Try again")->click();
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().state(), Session::State::Open);
    QVERIFY(real.runs().isVisible());
}

void WindowInputTest::dropsOfStores_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("database") << "mlflow.db";
    QTest::newRow("folder with a database") << "";
    QTest::newRow("several: the first") << "mlflow.db+";
}

void WindowInputTest::dropsOfStores()
{
    QFETCH(QString, what);
    RealWindow real;
    const QString folder = real.folder.path() + "/my store";
    const QString path = copyDemo(folder);
    QMimeData data;
    QList<QUrl> urls{QUrl::fromLocalFile(what.isEmpty() ? folder : path)};
    if (what.endsWith('+'))
        urls << QUrl::fromLocalFile("/nowhere/else.db");
    data.setUrls(urls);
    drop(real.window, data);
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().info().path, path.toStdString());
    QVERIFY(real.rest());
    QVERIFY(real.runs().table().model()->rowCount() > 0);
}

void WindowInputTest::dropsOfOtherThingsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QUrl>("url");
    QTest::newRow("text") << "mlflow.db" << QUrl();
    QTest::newRow("web page") << QString() << QUrl("https://example.org/mlflow.db");
    QTest::newRow("nothing") << QString() << QUrl();
}

void WindowInputTest::dropsOfOtherThingsAreRefused()
{
    QFETCH(QString, text);
    QFETCH(QUrl, url);
    RealWindow real;
    QMimeData data;
    if (!text.isEmpty())
        data.setText(text);
    if (url.isValid())
        data.setUrls({url});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(&real.window, &enter);
    QVERIFY(!enter.isAccepted());
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&real.window, &event);
    QCOMPARE(real.window.session().state(), Session::State::Closed);
    QVERIFY(real.part<StartPage>()->isVisible());
}

void WindowInputTest::dragsShowWhereToDrop()
{
    RealWindow real;
    auto* start = real.part<StartPage>();
    QVERIFY(real.rest());
    const QImage calm = start->grab().toImage();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/x.db")});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&real.window, &enter);
    const QImage over = start->grab().toImage();
    QVERIFY(over != calm);
    QCOMPARE(over.pixelColor(40, over.height() / 2), Theme::current().color("accent.subtle"));
    QDragLeaveEvent leave;
    QApplication::sendEvent(&real.window, &leave);
    QCOMPARE(start->grab().toImage(), calm);
}

void WindowInputTest::fixturesOfRealClientsOpen_data()
{
    QTest::addColumn<QString>("archive");
    for (const QString& name :
         QDir(SEXTANT_SOURCE_DIR "/tests/fixtures/stores").entryList({"*.tar.gz"}, QDir::Files))
        QTest::newRow(qPrintable(name)) << name;
}

void WindowInputTest::fixturesOfRealClientsOpen()
{
    QFETCH(QString, archive);
    RealWindow real;
    QProcess tar;
    tar.start("tar",
              {"xzf", SEXTANT_SOURCE_DIR "/tests/fixtures/stores/" + archive, "-C", real.folder.path()});
    QVERIFY(tar.waitForFinished() && tar.exitCode() == 0);
    const QString folder = real.folder.path() + '/' + archive.chopped(7);
    QString store = folder;
    for (const char* name : {"/mlruns", "/mlflow.db"}) // a database has its artifacts in the other
        if (QFileInfo::exists(folder + name))
            store = folder + name;
    QVERIFY(real.open(store));
    const RunTablePtr table = real.window.session().table();
    QVERIFY(table->complete() && table->size() > 0);
    QVERIFY(real.runs().table().model()->rowCount() > 0);
    // Every run's page can be shown.
    for (RowIndex row = 0; row < std::min<std::size_t>(table->size(), 12); ++row) {
        real.window.navigate("run", QString::fromStdString(std::string(table->runId(row))));
        QVERIFY(real.rest());
        QCOMPARE(real.run().runId(), std::string(table->runId(row)));
        QVERIFY(!real.run().findChild<Banner*>()->isVisible());
    }
}

QTEST_MAIN(WindowInputTest)
#include "window_input_test.moc"
