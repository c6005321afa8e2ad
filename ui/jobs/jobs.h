// Jobs: work off the GUI thread. The result comes back to the GUI thread unless the context died or a newer job of the
// same lane superseded it. Jobs that last over 300 ms show in the task tray with progress and cancel.
#pragma once

#include "core/base/operation.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

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
};

class Jobs : public QObject
{
    Q_OBJECT
public:
    explicit Jobs(QObject* parent = nullptr);
    ~Jobs() override; // cancels everything and waits

    /// Runs `work` on the pool, then `done` on the GUI thread. A non-empty `lane` lets the newest job cancel and replace
    /// the ones before it. Returns the job's id.
    template <class T>
    quint64 start(const QString& title, const QString& lane, QObject* context, std::function<Result<T>(const Operation&)> work,
                  std::function<void(Result<T>)> done);

    void cancel(quint64 id);
    void cancelLane(const QString& lane);

    /// Jobs to show: those that have lasted over 300 ms.
    std::vector<JobState> visible() const;
    bool idle() const;

signals:
    void changed(); // at most 20 times a second

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
    return startErased(title, lane, context, [work = std::move(work), done = std::move(done)](const Operation& operation) {
        auto result = std::make_shared<Result<T>>(work(operation));
        return std::function<void()>([result, done] { done(std::move(*result)); });
    });
}

} // namespace sextant
