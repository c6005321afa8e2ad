// Jobs: delivery on the GUI thread, supersession, cancelling, progress, dead contexts.
#include "ui/jobs/jobs.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace sextant;

class JobsTest : public QObject
{
    Q_OBJECT
private slots:
    void deliversOnTheGuiThread();
    void newerJobOfALaneReplacesTheOlder();
    void cancelledJobSaysSo();
    void deadContextGetsNothing();
    void longJobsShowWithProgress();
    void exceptionsBecomeErrors();
    void endOfAllCancelsAll();
    void postReachesOnlyTheLiving();
};

void JobsTest::deliversOnTheGuiThread()
{
    Jobs jobs;
    int result = 0;
    QThread* worker = nullptr;
    jobs.start<int>(
        "Count", {}, this,
        [&worker](const Operation&) -> Result<int> {
            worker = QThread::currentThread();
            return 42;
        },
        [&result](Result<int> value) {
            QCOMPARE(QThread::currentThread(), QCoreApplication::instance()->thread());
            result = *value;
        });
    QCOMPARE(result, 0);
    QTRY_COMPARE(result, 42);
    QVERIFY(worker != QCoreApplication::instance()->thread());
    QVERIFY(jobs.idle());
}

void JobsTest::newerJobOfALaneReplacesTheOlder()
{
    Jobs jobs;
    QSemaphore started, release;
    std::atomic<bool> stopped = false;
    QList<int> results;
    auto keep = [&results](Result<int> value) { results << *value; };
    jobs.start<int>(
        "First", "lane", this,
        [&](const Operation& operation) -> Result<int> {
            started.release();
            release.acquire();
            stopped = operation.cancelled();
            return 1;
        },
        keep);
    started.acquire();
    jobs.start<int>(
        "Second", "lane", this, [](const Operation&) -> Result<int> { return 2; }, keep);
    jobs.start<int>(
        "Third", "other lane", this, [](const Operation&) -> Result<int> { return 3; }, keep);
    release.release();
    QTRY_VERIFY(jobs.idle());
    QVERIFY(stopped);
    std::sort(results.begin(), results.end());
    QCOMPARE(results, (QList<int>{2, 3}));
}

void JobsTest::cancelledJobSaysSo()
{
    Jobs jobs;
    QSemaphore started;
    bool told = false;
    const quint64 id = jobs.start<int>(
        "Long", {}, this,
        [&](const Operation& operation) -> Result<int> {
            started.release();
            while (!operation.cancelled())
                QThread::yieldCurrentThread();
            return cancelledError();
        },
        [&](Result<int> value) { told = !value && value.error().code == ErrorCode::Cancelled; });
    started.acquire();
    jobs.cancel(id);
    QTRY_VERIFY(told);
}

void JobsTest::deadContextGetsNothing()
{
    Jobs jobs;
    QSemaphore started;
    std::atomic<bool> stopped = false;
    bool delivered = false;
    auto context = std::make_unique<QObject>();
    jobs.start<int>(
        "Orphan", {}, context.get(),
        [&](const Operation& operation) -> Result<int> {
            started.release();
            while (!operation.cancelled())
                QThread::yieldCurrentThread();
            stopped = true;
            return 1;
        },
        [&](Result<int>) { delivered = true; });
    started.acquire();
    context.reset();
    QTRY_VERIFY(jobs.idle());
    QVERIFY(stopped);
    QVERIFY(!delivered);
}

void JobsTest::longJobsShowWithProgress()
{
    Jobs jobs;
    QSignalSpy changes(&jobs, &Jobs::changed);
    QSemaphore release;
    auto work = [&](const Operation& operation) -> Result<int> {
        operation.progress("Reading metrics", 3, 10);
        release.acquire();
        return 1;
    };
    jobs.start<int>("Read runs", {}, this, work, [](Result<int>) {});
    jobs.start<int>({}, {}, this, work, [](Result<int>) {});
    QVERIFY(jobs.visible().empty());
    QTRY_COMPARE(jobs.visible().size(), std::size_t(1));
    QTRY_COMPARE(jobs.visible()[0].done, quint64(3));
    QCOMPARE(jobs.visible()[0].activity, QString("Reading metrics"));
    QTRY_VERIFY(changes.count() > 0);
    release.release(2);
    QTRY_VERIFY(jobs.idle());
    QVERIFY(jobs.visible().empty());
}

void JobsTest::exceptionsBecomeErrors()
{
    Jobs jobs;
    std::string detail;
    jobs.start<int>(
        "Fails", {}, this, [](const Operation&) -> Result<int> { throw std::bad_alloc(); },
        [&](Result<int> value) { detail = value.error().detail; });
    QTRY_VERIFY(!detail.empty());
}

void JobsTest::endOfAllCancelsAll()
{
    std::atomic<int> ended = 0;
    bool delivered = false;
    {
        Jobs jobs;
        QSemaphore started;
        for (int i = 0; i < 3; ++i)
            jobs.start<int>(
                "Endless", {}, this,
                [&](const Operation& operation) -> Result<int> {
                    started.release();
                    while (!operation.cancelled())
                        QThread::yieldCurrentThread();
                    ++ended;
                    return 1;
                },
                [&](Result<int>) { delivered = true; });
        started.acquire(3);
    }
    QCOMPARE(ended.load(), 3);
    QVERIFY(!delivered);
}

void JobsTest::postReachesOnlyTheLiving()
{
    auto context = std::make_unique<QObject>();
    int calls = 0;
    const auto guard = Jobs::guard(context.get());
    std::unique_ptr<QThread> thread(QThread::create([&] { Jobs::post(guard, [&calls] { ++calls; }); }));
    thread->start();
    QVERIFY(thread->wait());
    QTRY_COMPARE(calls, 1);
    context.reset();
    bool later = false;
    Jobs::post(guard, [&calls] { ++calls; });
    QMetaObject::invokeMethod(
        this, [&later] { later = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(later);
    QCOMPARE(calls, 1);
}

QTEST_GUILESS_MAIN(JobsTest)
#include "jobs_test.moc"
