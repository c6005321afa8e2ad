#include "ui/jobs/jobs.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <mutex>

namespace sextant {

namespace {

constexpr int kTickMs = 50;       // 20 times a second
constexpr int kShowAfterMs = 300; // shorter jobs would only flicker in the tray
constexpr int kSpareThreads = 6;  // jobs may wait for a store; the others go on meanwhile

/// What a job and the thread that runs it share.
struct Shared
{
    std::stop_source stop;
    std::mutex mutex;
    QString activity;
    quint64 done = 0, total = 0;

    void report(const Progress& progress)
    {
        std::scoped_lock lock(mutex);
        if (activity.toUtf8() !=
            QByteArrayView(progress.activity.data(), qsizetype(progress.activity.size())))
            activity = QString::fromUtf8(progress.activity.data(), qsizetype(progress.activity.size()));
        done = progress.done;
        total = progress.total;
    }
};

struct Job
{
    quint64 id = 0;
    QString title, lane;
    QPointer<QObject> context;
    QMetaObject::Connection contextGone;
    bool forgotten = false;
    QElapsedTimer clock;
    std::shared_ptr<Shared> shared;
};

} // namespace

struct Jobs::Impl
{
    QThreadPool pool;
    QTimer tick;
    quint64 nextId = 1;
    std::vector<Job> jobs; // in order of their start
    std::vector<JobState> shown;

    auto find(quint64 id)
    {
        return std::find_if(jobs.begin(), jobs.end(), [id](const Job& job) { return job.id == id; });
    }
    void forget(Job& job)
    {
        job.forgotten = true;
        job.shared->stop.request_stop();
    }
};

Jobs::Jobs(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>())
{
    m_impl->pool.setMaxThreadCount(QThread::idealThreadCount() + kSpareThreads);
    m_impl->tick.setInterval(kTickMs);
    connect(&m_impl->tick, &QTimer::timeout, this, [this] {
        auto now = visible();
        if (now == m_impl->shown)
            return;
        m_impl->shown = std::move(now);
        emit changed();
    });
}

Jobs::~Jobs()
{
    for (Job& job : m_impl->jobs)
        m_impl->forget(job);
    m_impl->pool.waitForDone();
}

quint64 Jobs::startErased(const QString& title, const QString& lane, QObject* context,
                          std::function<std::function<void()>(const Operation&)> work)
{
    if (!lane.isEmpty())
        cancelLane(lane);
    Job job;
    job.id = m_impl->nextId++;
    job.title = title;
    job.lane = lane;
    job.context = context;
    job.shared = std::make_shared<Shared>();
    job.clock.start();

    const quint64 id = job.id;
    // A dead context stops the work at once; its result is dropped when it arrives.
    if (context)
        job.contextGone = connect(context, &QObject::destroyed, this, [this, id] {
            if (auto found = m_impl->find(id); found != m_impl->jobs.end())
                m_impl->forget(*found);
        });

    auto shared = job.shared;
    m_impl->jobs.push_back(std::move(job));
    m_impl->tick.start();
    // The pool is emptied before this object dies, so the thread may name it.
    m_impl->pool.start([this, id, shared, work = std::move(work)] {
        Operation operation;
        operation.stop = shared->stop.get_token();
        operation.report = [shared](const Progress& progress) { shared->report(progress); };
        auto deliver = work(operation);
        QMetaObject::invokeMethod(
            this,
            [this, id, deliver = std::move(deliver)] {
                auto found = m_impl->find(id);
                const bool wanted = found->context && !found->forgotten;
                const bool wasShown = std::any_of(m_impl->shown.begin(), m_impl->shown.end(),
                                                  [id](const JobState& state) { return state.id == id; });
                disconnect(found->contextGone);
                m_impl->jobs.erase(found);
                if (m_impl->jobs.empty())
                    m_impl->tick.stop();
                if (wasShown) {
                    m_impl->shown = visible();
                    emit changed();
                }
                if (wanted)
                    deliver();
                if (idle())
                    emit idleReached();
            },
            Qt::QueuedConnection);
    });
    return id;
}

void Jobs::cancel(quint64 id)
{
    if (auto found = m_impl->find(id); found != m_impl->jobs.end())
        found->shared->stop.request_stop();
}

void Jobs::cancelLane(const QString& lane)
{
    for (Job& job : m_impl->jobs)
        if (job.lane == lane)
            m_impl->forget(job);
}

std::vector<JobState> Jobs::visible() const
{
    std::vector<JobState> states;
    for (const Job& job : m_impl->jobs) {
        if (job.title.isEmpty() || job.forgotten || job.clock.elapsed() < kShowAfterMs)
            continue;
        std::scoped_lock lock(job.shared->mutex);
        states.push_back({job.id, job.title, job.shared->activity, job.shared->done, job.shared->total});
    }
    return states;
}

bool Jobs::idle() const
{
    return m_impl->jobs.empty();
}

Jobs::Guard Jobs::guard(QObject* context)
{
    return std::make_shared<QPointer<QObject>>(context);
}

void Jobs::post(const Guard& guard, std::function<void()> call)
{
    // The pointer is looked at on the GUI thread only.
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [guard, call = std::move(call)] {
            if (*std::static_pointer_cast<QPointer<QObject>>(guard))
                call();
        },
        Qt::QueuedConnection);
}

} // namespace sextant
