// Session: opening, early rows, following, failing, several stores, reading beside a long load.
#include "tests/gui/generated_store.h"
#include "ui/shell/session.h"

#include <QSignalSpy>
#include <QTest>

using namespace sextant;
using sextant::test::StoreControl;

class SessionTest : public QObject
{
    Q_OBJECT
private slots:
    void opensAndReads();
    void failsWithASentence();
    void failureKeepsTheStoreInView();
    void showsRowsBeforeValues();
    void readsBesideALongLoad();
    void refreshReadsOnlyWhatChanged();
    void followsChanges();
    void switchesBetweenOpenStores();
    void unlocks();
    void readWithoutStore();
};

void SessionTest::opensAndReads()
{
    auto control = std::make_shared<StoreControl>();
    Jobs jobs;
    Session session(jobs, test::opener(control));
    QCOMPARE(session.state(), Session::State::Closed);
    session.open("/data/mlflow.db");
    QCOMPARE(session.state(), Session::State::Opening);
    QTRY_VERIFY(session.table() && session.table()->complete());
    QCOMPARE(session.state(), Session::State::Open);
    QCOMPARE(session.table()->size(), std::size_t(1000));
    QCOMPARE(session.warnings().size(), std::size_t(1));
    QVERIFY(session.readAt().isValid());
    session.close();
    QCOMPARE(session.state(), Session::State::Closed);
    QVERIFY(!session.table());
}

void SessionTest::failsWithASentence()
{
    Jobs jobs;
    Session session(jobs, test::opener(std::make_shared<StoreControl>()));
    QSignalSpy problems(&session, &Session::problem);
    session.open("/nothing");
    QTRY_COMPARE(session.state(), Session::State::Failed);
    QCOMPARE(problems.count(), 1);
    QCOMPARE(session.error().code, ErrorCode::NotAStore);
    QVERIFY(!session.error().hint.empty());
}

void SessionTest::failureKeepsTheStoreInView()
{
    auto control = std::make_shared<StoreControl>();
    Jobs jobs;
    Session session(jobs, test::opener(control));
    session.open("/a.db");
    QTRY_VERIFY(session.table() && session.table()->complete());
    QSignalSpy problems(&session, &Session::problem);
    session.open("/nothing");
    QTRY_COMPARE(problems.count(), 1);
    QCOMPARE(session.state(), Session::State::Open);
    QVERIFY(session.table());
    control->failing = true;
    session.refresh(true);
    QTRY_COMPARE(problems.count(), 2);
    QCOMPARE(session.table()->size(), std::size_t(1000));
}

void SessionTest::showsRowsBeforeValues()
{
    auto control = std::make_shared<StoreControl>();
    control->blocked = true;
    Jobs jobs;
    Session session(jobs, test::opener(control));
    session.open("/a.db");
    QTRY_VERIFY(session.table());
    QVERIFY(!session.table()->complete());
    QCOMPARE(session.table()->size(), std::size_t(1000));
    control->blocked = false;
    QTRY_VERIFY(session.table()->complete());
}

void SessionTest::readsBesideALongLoad()
{
    auto control = std::make_shared<StoreControl>();
    control->blocked = true;
    Jobs jobs;
    Session session(jobs, test::opener(control));
    session.open("/a.db");
    QTRY_VERIFY(session.table());
    std::string id;
    session.read<Run>(
        "Read run", "run", this, [](Store& store, const Operation&) { return store.tracking->run("7"); },
        [&id](Result<Run> run) { id = run->info.id; });
    QTRY_COMPARE(id, std::string("7"));
    QVERIFY(session.reading());
    control->blocked = false;
    QTRY_VERIFY(!session.reading());
}

void SessionTest::refreshReadsOnlyWhatChanged()
{
    auto control = std::make_shared<StoreControl>();
    Jobs jobs;
    Session session(jobs, test::opener(control));
    session.setFollowing(false);
    session.open("/a.db");
    QTRY_VERIFY(session.table() && session.table()->complete());
    const RunTablePtr before = session.table();
    session.refresh();
    QTRY_VERIFY(!session.reading());
    QCOMPARE(control->readings.load(), 1);
    QCOMPARE(session.table(), before);
    session.refresh(true);
    QTRY_VERIFY(!session.reading());
    QCOMPARE(control->readings.load(), 2);
}

void SessionTest::followsChanges()
{
    auto control = std::make_shared<StoreControl>();
    Jobs jobs;
    Session session(jobs, test::opener(control));
    session.open("/a.db");
    QTRY_VERIFY(session.table() && session.table()->complete());
    control->runs = 1234;
    control->version = 2;
    QTRY_COMPARE_WITH_TIMEOUT(session.table()->size(), std::size_t(1234), 15000);
}

void SessionTest::switchesBetweenOpenStores()
{
    auto control = std::make_shared<StoreControl>();
    Jobs jobs;
    Session session(jobs, test::opener(control));
    session.setFollowing(false);
    session.open("/a.db");
    QTRY_VERIFY(session.table() && session.table()->complete());
    const RunTablePtr first = session.table();
    session.open("/b.db");
    QTRY_COMPARE(session.info().name, std::string("b.db"));
    QTRY_VERIFY(session.table() && session.table()->complete());
    QCOMPARE(session.opened().size(), std::size_t(2));
    session.open("/a.db");
    QCOMPARE(session.info().name, std::string("a.db"));
    QCOMPARE(session.table(), first);
}

void SessionTest::unlocks()
{
    auto control = std::make_shared<StoreControl>();
    Jobs jobs;
    Session session(jobs, test::opener(control));
    session.open("/a.db");
    QTRY_VERIFY(session.table());
    QVERIFY(!session.unlocked());
    session.unlock();
    QTRY_VERIFY(session.unlocked());
    QVERIFY(control->unlocked);
}

void SessionTest::readWithoutStore()
{
    Jobs jobs;
    Session session(jobs, test::opener(std::make_shared<StoreControl>()));
    bool told = false;
    session.read<int>(
        "Read", {}, this, [](Store&, const Operation&) -> Result<int> { return 1; },
        [&told](Result<int> value) { told = !value; });
    QTRY_VERIFY(told);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
