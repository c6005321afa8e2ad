// A store that changes under the real window: written to by another process, locked, replaced, gone and back.
#include "tests/gui/real_window.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/banner.h"

#include <QProcess>
#include <QSignalSpy>

#include <sqlite3.h>

using namespace sextant;
using namespace sextant::test;

namespace {

constexpr int kFollowMs = 15'000;

/// The program as another process.
bool runProgram(const QStringList& arguments)
{
    QProcess program;
    program.start(SEXTANT_PROGRAM, arguments);
    return program.waitForFinished(60'000) && program.exitStatus() == QProcess::NormalExit &&
           program.exitCode() == 0;
}

QString nameOf(const RunTable& table, const QString& id)
{
    const auto row = table.find(id.toStdString());
    return row ? QString::fromStdString(std::string(table.name(*row))) : QString();
}

/// A run that may be written to.
QString firstRun(Session& session)
{
    const RunTable& table = *session.table();
    RowIndex row = 0;
    while (table.lifecycle(row) != Lifecycle::Active)
        ++row;
    return QString::fromStdString(std::string(table.runId(row)));
}

/// A connection that holds the write lock as long as it lives.
struct Locked
{
    explicit Locked(const QString& path)
    {
        sqlite3_open(path.toUtf8().constData(), &database);
        sqlite3_exec(database, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
    }
    ~Locked() { sqlite3_close(database); }
    sqlite3* database = nullptr;
};

} // namespace

class WindowLiveTest : public QObject
{
    Q_OBJECT
private slots:
    void followsAnotherProcess();
    void refreshShowsTheChangeAtOnce();
    void selectionSurvivesAChange();
    void editIsWrittenAndShown();
    void vanishedStoreIsSaid();
    void replacedStoreIsRead();
    void lockedStoreKeepsItsRuns();
    void twoWindowsOnOneStore();
};

void WindowLiveTest::followsAnotherProcess()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/live");
    QVERIFY(real.open(path));
    const QString id = firstRun(real.window.session());
    QVERIFY(runProgram({"runs", "rename", id, "renamed by another", "--store", path}));
    QTRY_COMPARE_WITH_TIMEOUT(nameOf(*real.window.session().table(), id), QString("renamed by another"),
                              kFollowMs);
    QVERIFY(!inSight<Banner>(real.window));
    // And a second time: following goes on.
    QVERIFY(runProgram({"runs", "rename", id, "again", "--store", path}));
    QTRY_COMPARE_WITH_TIMEOUT(nameOf(*real.window.session().table(), id), QString("again"), kFollowMs);
}

void WindowLiveTest::refreshShowsTheChangeAtOnce()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/live");
    QVERIFY(real.open(path));
    real.window.session().setFollowing(false);
    const QString id = firstRun(real.window.session());
    const RunTablePtr before = real.window.session().table();
    real.action("store.refresh")->trigger();
    QVERIFY(real.rest());
    QCOMPARE(real.window.session().table(), before); // nothing changed, nothing is read
    QVERIFY(runProgram({"runs", "tag", id, "owner=ada", "--store", path}));
    real.action("store.refresh")->trigger();
    QVERIFY(real.rest());
    QVERIFY(real.window.session().table() != before);
    QCOMPARE(real.window.session().table()->size(), before->size());
}

void WindowLiveTest::selectionSurvivesAChange()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/live");
    QVERIFY(real.open(path));
    real.window.session().setFollowing(false);
    real.runs().table().selectRow(3);
    const auto chosen = real.runs().chosenRuns();
    QCOMPARE(chosen.size(), std::size_t(1));
    QVERIFY(runProgram({"runs", "rename", QString::fromStdString(chosen[0]), "zzz", "--store", path}));
    real.action("store.refresh")->trigger();
    QVERIFY(real.rest());
    QCOMPARE(real.runs().chosenRuns(), chosen);
}

void WindowLiveTest::editIsWrittenAndShown()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/live");
    QVERIFY(real.open(path));
    real.window.session().unlock();
    QTRY_VERIFY(real.window.session().unlocked());
    real.runs().table().selectRow(0);
    const QString id = QString::fromStdString(real.runs().chosenRuns().at(0));
    real.action("runs.rename")->trigger();
    QTRY_COMPARE(openPopups().size(), 1);
    auto* field = inSight<QLineEdit>(*openPopups()[0]);
    QVERIFY(field);
    field->setText("o'brien 🚀");
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(nameOf(*real.window.session().table(), id), QString("o'brien 🚀"));
    // What the window says is what another program reads.
    QProcess program;
    program.start(SEXTANT_PROGRAM, {"runs", "show", id, "--store", path, "--format", "json"});
    QVERIFY(program.waitForFinished());
    QVERIFY(QString::fromUtf8(program.readAllStandardOutput()).contains("o'brien 🚀"));
}

void WindowLiveTest::vanishedStoreIsSaid()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/live");
    QVERIFY(real.open(path));
    const RunTablePtr table = real.window.session().table();
    QVERIFY(QFile::rename(path, path + ".away"));
    QTRY_VERIFY2_WITH_TIMEOUT(inSight<Banner>(real.window), "Nothing says that the store is gone", kFollowMs);
    QVERIFY(inSight<Banner>(real.window)->accessibleName().contains("mlflow.db"));
    QCOMPARE(real.window.session().table(), table); // what was read stays
    QVERIFY(real.runs().isVisible());
    real.action("store.refresh")->trigger();
    QVERIFY(real.rest());
    QVERIFY(inSight<Banner>(real.window));
    QCOMPARE(real.window.session().table(), table);
    QVERIFY2(!QFile::exists(path), "Looking for it made an empty one");
    QVERIFY(QFile::rename(path + ".away", path));
    QTRY_VERIFY2_WITH_TIMEOUT(!inSight<Banner>(real.window), "Nothing says that it is back", kFollowMs);
    QVERIFY(runProgram({"runs", "rename", firstRun(real.window.session()), "back", "--store", path}));
    QTRY_COMPARE_WITH_TIMEOUT(nameOf(*real.window.session().table(), firstRun(real.window.session())),
                              QString("back"), kFollowMs);
}

void WindowLiveTest::replacedStoreIsRead()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/live");
    const QString other = copyDemo(real.folder.path() + "/other");
    QVERIFY(real.open(path));
    real.window.session().setFollowing(false);
    const QString id = firstRun(real.window.session());
    QVERIFY(runProgram({"runs", "rename", id, "from the backup", "--store", other}));
    QVERIFY(QFile::remove(path) && QFile::rename(other, path));
    real.action("store.refresh")->trigger();
    QVERIFY(real.rest());
    QCOMPARE(nameOf(*real.window.session().table(), id), QString("from the backup"));
}

void WindowLiveTest::lockedStoreKeepsItsRuns()
{
    RealWindow real;
    const QString path = copyDemo(real.folder.path() + "/live");
    QVERIFY(real.open(path));
    real.window.session().setFollowing(false);
    const RunTablePtr table = real.window.session().table();
    auto writer = std::make_unique<Locked>(path);
    real.action("store.reload")->trigger();
    QTRY_VERIFY(real.window.session().reading());
    QCOMPARE(real.window.session().table(), table); // in view while it waits
    // The task is shown, and can be given up.
    auto* cancel = buttonNamed(real.window.statusLine(), "Cancel task");
    QTRY_VERIFY(cancel->isVisible());
    cancel->click();
    writer.reset(); // the wait itself ends sooner or later
    QTRY_VERIFY_WITH_TIMEOUT(!real.window.session().reading(), kPatienceMs);
    QCOMPARE(real.window.session().table(), table);
    if (auto* banner = inSight<Banner>(real.window))
        QFAIL(qPrintable("What was asked for is no fault: " + banner->accessibleName()));
    real.action("store.reload")->trigger();
    QVERIFY(real.rest());
    QVERIFY(real.window.session().table() != table);
}

void WindowLiveTest::twoWindowsOnOneStore()
{
    QTemporaryDir folder;
    const QString path = copyDemo(folder.path());
    RealWindow first, second;
    QVERIFY(first.open(path));
    QVERIFY(second.open(path));
    const QString id = firstRun(first.window.session());
    first.window.session().unlock();
    QTRY_VERIFY(first.window.session().unlocked());
    QVERIFY(!second.window.session().unlocked());
    bool written = false;
    first.window.session().read<bool>(
        "Rename", {}, this,
        [id](Store& store, const Operation&) -> Result<bool> {
            auto renamed = store.tracking->renameRun(id.toStdString(), "written by the first");
            if (!renamed)
                return tl::unexpected(renamed.error());
            return true;
        },
        [&written](Result<bool> done) { written = done.has_value(); });
    QTRY_VERIFY(written);
    QTRY_COMPARE_WITH_TIMEOUT(nameOf(*second.window.session().table(), id), QString("written by the first"),
                              kFollowMs);
}

QTEST_MAIN(WindowLiveTest)
#include "window_live_test.moc"
