// Session: one opened store and the newest snapshot of its runs. Follows the store while it changes. GUI thread only;
// all reading happens in jobs.
#pragma once

#include "core/store/open.h"
#include "ui/jobs/jobs.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <mutex>

namespace sextant {

class Session : public QObject
{
    Q_OBJECT
public:
    enum class State { Closed, Opening, Open, Failed };

    explicit Session(Jobs& jobs, QObject* parent = nullptr);

    /// Opens a store; the one before stays until the new one is open. Ends in opened() or failed().
    void open(const QString& uri);
    void close();
    /// Reads the runs again; nothing happens when the store has not changed, unless forced.
    void refresh(bool force = false);

    State state() const { return m_state; }
    const StoreInfo& info() const { return m_info; }
    const std::vector<StoreWarning>& warnings() const { return m_warnings; }
    const Error& error() const { return m_error; }
    QDateTime readAt() const { return m_readAt; }

    /// All runs of all views (active and deleted); null until the first part is there.
    RunTablePtr table() const { return m_table; }

    bool unlocked() const { return m_unlocked; }
    void unlock();

    /// Reads from the store in a job; `work` has the store to itself.
    template <class T>
    quint64 read(const QString& title, const QString& lane, QObject* context,
                 std::function<Result<T>(Store&, const Operation&)> work, std::function<void(Result<T>)> done);

signals:
    void stateChanged();
    void tableChanged();   // a new snapshot, possibly partial (table()->complete())
    void unlockedChanged();

private:
    struct Shared; // the store objects with their locks, shared with running jobs
    std::shared_ptr<Shared> shared() const { return m_shared; }
    static Store& acquire(Shared& shared, std::unique_lock<std::mutex>& lock);

    Jobs& m_jobs;
    std::shared_ptr<Shared> m_shared;
    State m_state = State::Closed;
    StoreInfo m_info;
    std::vector<StoreWarning> m_warnings;
    Error m_error;
    QDateTime m_readAt;
    RunTablePtr m_table;
    bool m_unlocked = false;
    QTimer m_follow;
};

template <class T>
quint64 Session::read(const QString& title, const QString& lane, QObject* context,
                      std::function<Result<T>(Store&, const Operation&)> work, std::function<void(Result<T>)> done)
{
    return m_jobs.start<T>(
        title, lane, context,
        [shared = m_shared, work = std::move(work)](const Operation& operation) -> Result<T> {
            std::unique_lock<std::mutex> lock;
            return work(acquire(*shared, lock), operation);
        },
        std::move(done));
}

} // namespace sextant
