// Session: the opened stores and, of the one in view, the newest snapshot of its runs. Follows that store
// while it changes. GUI thread only; all reading happens in jobs.
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
    using Opener = std::function<Result<Store>(const std::string& uri)>;

    /// `opener` opens stores on a thread of the pool.
    explicit Session(Jobs& jobs, Opener opener, QObject* parent = nullptr);
    ~Session() override;

    /// Shows a store: at once when it was opened before, else it is opened and the one before stays until
    /// then. An error ends in problem(), and in State::Failed when no store is in view.
    void open(const QString& uri);
    void close();
    /// Reads the runs again; nothing happens when the store has not changed, unless forced.
    void refresh(bool force = false);

    State state() const { return m_state; }
    /// What is being opened, empty otherwise; after a failure, what failed.
    QString openingUri() const { return m_openingUri; }
    bool reading() const { return m_reading; }
    const StoreInfo& info() const { return m_view.info; }
    const std::vector<StoreWarning>& warnings() const { return m_view.warnings; }
    const Error& error() const { return m_error; }
    /// When the runs in view were last known to be what the store holds.
    QDateTime readAt() const { return m_view.readAt; }
    /// The stores that can be shown without opening them again.
    std::vector<StoreInfo> opened() const;

    /// All runs of all views (active and deleted); null until the first part is there.
    RunTablePtr table() const { return m_view.table; }

    bool unlocked() const { return m_view.unlocked; }
    void unlock();

    /// Whether the store is looked at for changes while it is open; on from the start.
    void setFollowing(bool following);

    /// Reads from the store in a job; `work` has the store to itself. Never held up by a reading of all runs.
    template <class T>
    quint64 read(const QString& title, const QString& lane, QObject* context,
                 std::function<Result<T>(Store&, const Operation&)> work,
                 std::function<void(Result<T>)> done);

signals:
    void stateChanged();
    void tableChanged(); // a new snapshot, possibly partial (table()->complete())
    void unlockedChanged();
    void storeChanged(); // another store is in view, or none
    void problem(const sextant::Error& error);
    void recovered(); // the store in view can be read again after a problem

private:
    struct Shared; // the store objects with their locks, shared with running jobs
    struct View    // one opened store
    {
        std::shared_ptr<Shared> shared;
        StoreInfo info;
        std::vector<StoreWarning> warnings;
        RunTablePtr table;
        ChangeStamp stamp;
        QDateTime readAt;
        bool unlocked = false;
    };
    struct Reading;
    static Result<Store*> acquire(Shared* shared, std::unique_lock<std::mutex>& lock);
    static Result<Reading> readRuns(Shared& shared, const ChangeStamp& known, const Operation& operation,
                                    const std::function<void(RunTablePtr)>& early);
    static Result<std::shared_ptr<Shared>> openBoth(const Opener& opener, const QString& uri);

    void show(View view);
    void park();
    void load(bool force);
    void onOpened(Result<std::shared_ptr<Shared>> opened);
    void onLoaded(Result<Reading> reading);
    void follow();
    void onLost(const Error& error);
    void scheduleFollow();
    void setState(State state);

    Jobs& m_jobs;
    Opener m_opener;
    State m_state = State::Closed;
    QString m_openingUri;
    Error m_error;
    View m_view;
    std::vector<View> m_parked; // opened before, newest last
    bool m_reading = false;
    bool m_following = true;
    bool m_lost = false;   // the store could not be looked at, and that was said
    bool m_unread = false; // the last reading of all runs failed
    bool m_retrying = false;
    QTimer m_follow;
    qint64 m_lastCheckMs = 0, m_lastLoadMs = 0;
};

template <class T>
quint64 Session::read(const QString& title, const QString& lane, QObject* context,
                      std::function<Result<T>(Store&, const Operation&)> work,
                      std::function<void(Result<T>)> done)
{
    return m_jobs.start<T>(
        title, lane, context,
        [shared = m_view.shared, work = std::move(work)](const Operation& operation) -> Result<T> {
            std::unique_lock<std::mutex> lock;
            SEXTANT_TRY(Store * store, acquire(shared.get(), lock));
            if (operation.cancelled())
                return cancelledError();
            return work(*store, operation);
        },
        std::move(done));
}

} // namespace sextant
