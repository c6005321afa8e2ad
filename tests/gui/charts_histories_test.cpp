// The histories that charts share: what is read, what is kept, when it is read again. On a real database.
#include "core/store/open.h"
#include "tests/bench/long_store.h"
#include "tests/store/sample_database.h"
#include "ui/charts/history_cache.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace sextant {
namespace {

using bench::longMetric;
using bench::longRunId;

constexpr bench::LongStoreSize kSize{30, 4, 5};
constexpr std::size_t kHistoryBytes = 5 * 24 + 64;

struct Fixture
{
    Fixture()
    {
        bench::LongDatabase(file.toStdString(), SEXTANT_SOURCE_DIR "/tests/bench/schema.sql", kSize);
        session.setFollowing(false);
        session.open(file);
        opened = QTest::qWaitFor([this] { return session.table() && session.table()->complete(); });
    }
    static std::vector<HistoryKey> keys(int metric, int runs = kSize.runs)
    {
        std::vector<HistoryKey> keys;
        for (int run = 0; run < runs; ++run)
            keys.push_back({longRunId(run), longMetric(metric)});
        return keys;
    }
    /// Waits for the answer.
    Result<std::vector<HistoryPtr>> read(std::vector<HistoryKey> keys, std::size_t first)
    {
        std::optional<Result<std::vector<HistoryPtr>>> answer;
        cache.loadFirst(first, QStringLiteral("test"), &cache, std::move(keys), {},
                        [&](Result<std::vector<HistoryPtr>> histories) { answer = std::move(histories); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }))
            return fail(ErrorCode::Io, "No answer came");
        return std::move(*answer);
    }

    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("mlflow.db"));
    Jobs jobs;
    Session session{jobs, [](const std::string& uri) { return openStore(uri); }};
    HistoryCache cache{session, nullptr};
    bool opened = false;
};

} // namespace

class ChartsHistoriesTest : public QObject
{
    Q_OBJECT

private slots:
    void firstOnesComeAlone();
    void allComeWhereTheStoreGoesOverAll();
    void whatIsKeptIsNotReadAgain();
    void oldestLeaveABudget();
    void pointsOfRunningRunsAreReadAgain();
    void unknownRunsAreAnError();
    void newestLoadOfALaneCounts();
};

void ChartsHistoriesTest::firstOnesComeAlone()
{
    Fixture fixture;
    QVERIFY(fixture.opened);
    const auto few = fixture.read(Fixture::keys(1), 6);
    QVERIFY(few);
    QCOMPARE(few->size(), 6U);
    for (std::size_t run = 0; run < few->size(); ++run)
        QCOMPARE((*few)[run]->values[3], bench::longValue(int(run), 1, 3));
    QCOMPARE(fixture.cache.bytes(), 6 * kHistoryBytes);
    QVERIFY(fixture.cache.find({longRunId(5), longMetric(1)}));
    QVERIFY(!fixture.cache.find({longRunId(6), longMetric(1)}));
}

void ChartsHistoriesTest::allComeWhereTheStoreGoesOverAll()
{
    Fixture fixture;
    QVERIFY(fixture.opened);
    const auto all = fixture.read(Fixture::keys(1), 10);
    QVERIFY(all);
    QCOMPARE(all->size(), 30U);
    for (std::size_t run = 0; run < all->size(); ++run)
        QCOMPARE((*all)[run]->values[4], bench::longValue(int(run), 1, 4));
    QCOMPARE(fixture.cache.bytes(), 30 * kHistoryBytes);
}

void ChartsHistoriesTest::whatIsKeptIsNotReadAgain()
{
    Fixture fixture;
    QVERIFY(fixture.opened);
    const auto first = fixture.read(Fixture::keys(0, 4), 4);
    QVERIFY(first);
    const auto second = fixture.read(Fixture::keys(0, 8), 8);
    QVERIFY(second);
    for (std::size_t run = 0; run < 4; ++run)
        QCOMPARE((*second)[run], (*first)[run]);
    bool answered = false; // all are there: before load() returns
    fixture.cache.load(QStringLiteral("test"), &fixture.cache, Fixture::keys(0, 8), {},
                       [&](const Result<std::vector<HistoryPtr>>&) { answered = true; });
    QVERIFY(answered);
}

void ChartsHistoriesTest::oldestLeaveABudget()
{
    Fixture fixture;
    QVERIFY(fixture.opened);
    QVERIFY(fixture.read(Fixture::keys(0, 4), 4));
    QVERIFY(fixture.read(Fixture::keys(1, 4), 4));
    QVERIFY(fixture.cache.find({longRunId(2), longMetric(0)})); // used since
    fixture.cache.setBudget(5 * kHistoryBytes);
    QCOMPARE(fixture.cache.bytes(), 5 * kHistoryBytes);
    QVERIFY(fixture.cache.find({longRunId(2), longMetric(0)}));
    QVERIFY(!fixture.cache.find({longRunId(1), longMetric(0)}));
    QVERIFY(fixture.cache.find({longRunId(3), longMetric(1)}));
}

void ChartsHistoriesTest::pointsOfRunningRunsAreReadAgain()
{
    Fixture fixture;
    QVERIFY(fixture.opened);
    test::OtherWriter writer(fixture.file.toStdString());
    const auto grow = [&](int run, int metric) {
        writer.execute("INSERT INTO metrics(key, value, timestamp, run_uuid, step, is_nan) VALUES ('" +
                       longMetric(metric) + "', 7.5, 4102444800000, '" + longRunId(run) + "', 99, 0)");
    };
    writer.execute("UPDATE runs SET status = 'RUNNING' WHERE run_uuid = '" + longRunId(1) + "'");
    fixture.session.refresh(true);
    QTRY_COMPARE(fixture.session.table()->status(*fixture.session.table()->find(longRunId(1))),
                 RunStatus::Running);
    QVERIFY(fixture.read(Fixture::keys(0, 3), 3));
    QSignalSpy outdated(&fixture.cache, &HistoryCache::outdated);
    grow(1, 0);
    grow(2, 0); // a finished run gets no points; this is not looked for
    fixture.session.refresh(true);
    QTRY_COMPARE(outdated.count(), 1);
    QVERIFY(!fixture.cache.find({longRunId(1), longMetric(0)}));
    QVERIFY(fixture.cache.find({longRunId(2), longMetric(0)}));
    const auto again = fixture.read(Fixture::keys(0, 3), 3);
    QVERIFY(again);
    QCOMPARE((*again)[1]->size(), 6U);
    QCOMPARE((*again)[2]->size(), 5U);
}

void ChartsHistoriesTest::unknownRunsAreAnError()
{
    Fixture fixture;
    QVERIFY(fixture.opened);
    const auto unknown = fixture.read({{std::string(32, 'f'), longMetric(0)}}, 1);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    QCOMPARE(fixture.cache.bytes(), 0U);
}

void ChartsHistoriesTest::newestLoadOfALaneCounts()
{
    Fixture fixture;
    QVERIFY(fixture.opened);
    std::vector<int> answers;
    for (int metric : {0, 1, 2})
        fixture.cache.load(QStringLiteral("lane"), &fixture.cache, Fixture::keys(metric, 3), {},
                           [&answers, metric](const Result<std::vector<HistoryPtr>>& histories) {
                               if (histories)
                                   answers.push_back(metric);
                           });
    QTRY_VERIFY(!answers.empty());
    QTRY_VERIFY(fixture.jobs.idle());
    QCOMPARE(answers, std::vector<int>{2});
}

} // namespace sextant

QTEST_MAIN(sextant::ChartsHistoriesTest)
#include "charts_histories_test.moc"
