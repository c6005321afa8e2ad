// Jobs: work off the GUI thread. The result comes back to the GUI thread unless the context died or a newer
// job of the same lane superseded it. Jobs that last over 300 ms show in the task tray with progress and
// cancel. All functions: GUI thread only; `work` runs on a thread of the pool and must not touch widgets.
#pragma once

#include "core/base/operation.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <exception>
#include <functional>
#include <memory>
#include <vector>

namespace sextant {

/// One running job, as the task tray shows it.
struct JobState
{
    quint64 id = 0;
    QString title;
    QString activity;
    quint64 done = 0;
    quint64 total = 0; // 0 while unknown
    bool operator==(const JobState&) const = default;
};

class Jobs : public QObject
{
    Q_OBJECT
public:
    explicit Jobs(QObject* parent = nullptr);
    ~Jobs() override; // cancels everything and waits

    /// Runs `work` on the pool, then `done` on the GUI thread, never before start() has returned. A non-empty
    /// `lane` lets the newest job cancel and replace the ones before it: their `done` is not called. A job
    /// without a title never shows in the task tray. Returns the job's id.
    template <class T>
    quint64 start(const QString& title, const QString& lane, QObject* context,
                  std::function<Result<T>(const Operation&)> work, std::function<void(Result<T>)> done);

    /// Asks one job to stop; its `done` gets ErrorCode::Cancelled, or the result if that was there first.
    void cancel(quint64 id);
    /// Asks the jobs of a lane to stop and forgets their results.
    void cancelLane(const QString& lane);

    /// Jobs to show: those with a title that have lasted over 300 ms, oldest first.
    std::vector<JobState> visible() const;
    bool idle() const;

    /// Calls `call` on the GUI thread soon if `context` still lives then. From any thread; the guard is made
    /// by guard() on the GUI thread.
    using Guard = std::shared_ptr<void>;
    static Guard guard(QObject* context);
    static void post(const Guard& guard, std::function<void()> call);

signals:
    void changed();     // at most 20 times a second
    void idleReached(); // the last job has ended and its result was delivered

private:
    quint64 startErased(const QString& title, const QString& lane, QObject* context,
                        std::function<std::function<void()>(const Operation&)> work);
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

template <class T>
quint64 Jobs::start(const QString& title, const QString& lane, QObject* context,
                    std::function<Result<T>(const Operation&)> work, std::function<void(Result<T>)> done)
{
    auto run = [work = std::move(work)](const Operation& operation) -> Result<T> {
        try {
            return operation.cancelled() ? Result<T>(cancelledError()) : work(operation);
        } catch (const std::exception& exception) { // memory ran out, most likely
            return fail(ErrorCode::Io, "The task could not be finished", "Try again with less data",
                        exception.what());
        }
    };
    return startErased(title, lane, context, [run, done = std::move(done)](const Operation& operation) {
        auto result = std::make_shared<Result<T>>(run(operation));
        return std::function<void()>([result, done] { done(std::move(*result)); });
    });
}

} // namespace sextant
