#include "ui/shell/session.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace sextant {

namespace {

constexpr int kFollowMs = 2000;
constexpr qint64 kFollowMaxMs = 60'000;
constexpr std::size_t kParkedStores = 4; // tables stay in memory

} // namespace

/// Two objects on the same store: a long reading of all runs does not hold up the reading of one history.
struct Session::Shared
{
    struct Slot
    {
        std::mutex mutex;
        Store store;
    };
    Slot bulk, quick;
};

struct Session::Reading
{
    RunTablePtr table; // null: the store has not changed
    ChangeStamp stamp;
    std::vector<StoreWarning> warnings;
    qint64 milliseconds = 0;
};

Session::Session(Jobs& jobs, Opener opener, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_opener(std::move(opener))
{
    m_follow.setSingleShot(true);
    connect(&m_follow, &QTimer::timeout, this, &Session::follow);
}

Session::~Session() = default;

Result<Store*> Session::acquire(Shared* shared, std::unique_lock<std::mutex>& lock)
{
    if (!shared)
        return fail(ErrorCode::NotFound, "No store is open",
                    "Open an MLflow database or an mlruns folder first");
    lock = std::unique_lock(shared->quick.mutex);
    return &shared->quick.store;
}

void Session::open(const QString& uri)
{
    auto known = std::find_if(m_parked.begin(), m_parked.end(), [&uri](const View& view) {
        return uri == QString::fromStdString(view.info.uri) || uri == QString::fromStdString(view.info.path);
    });
    if (known != m_parked.end()) {
        View view = std::move(*known);
        m_parked.erase(known);
        show(std::move(view));
        refresh();
        return;
    }
    m_openingUri = uri;
    m_error = {};
    if (!m_view.shared)
        setState(State::Opening);
    m_jobs.start<std::shared_ptr<Shared>>(
        tr("Opening %1").arg(uri.section(QLatin1Char('/'), -1)), QStringLiteral("session.open"), this,
        [opener = m_opener, uri](const Operation&) { return openBoth(opener, uri); },
        [this](Result<std::shared_ptr<Shared>> opened) { onOpened(std::move(opened)); });
}

Result<std::shared_ptr<Session::Shared>> Session::openBoth(const Opener& opener, const QString& uri)
{
    auto shared = std::make_shared<Shared>();
    SEXTANT_TRY(shared->bulk.store, opener(uri.toStdString()));
    SEXTANT_TRY(shared->quick.store, opener(uri.toStdString()));
    return shared;
}

void Session::onOpened(Result<std::shared_ptr<Shared>> opened)
{
    if (!opened) {
        if (opened.error().code != ErrorCode::Cancelled)
            m_error = opened.error();
        setState(m_view.shared                                 ? State::Open
                 : opened.error().code == ErrorCode::Cancelled ? State::Closed
                                                               : State::Failed);
        if (opened.error().code != ErrorCode::Cancelled)
            emit problem(m_error);
        return;
    }
    View view;
    view.shared = std::move(*opened);
    view.info = view.shared->bulk.store.tracking->info();
    std::erase_if(m_parked, [&view](const View& other) { return other.info.uri == view.info.uri; });
    show(std::move(view));
    load(true);
}

void Session::park()
{
    if (!m_view.shared)
        return;
    m_parked.push_back(std::move(m_view));
    m_view = {};
    if (m_parked.size() > kParkedStores)
        m_parked.erase(m_parked.begin());
}

void Session::show(View view)
{
    m_jobs.cancelLane(QStringLiteral("session.open"));
    m_jobs.cancelLane(QStringLiteral("session.runs"));
    m_jobs.cancelLane(QStringLiteral("session.follow"));
    m_reading = false;
    if (m_view.info.uri != view.info.uri)
        park();
    m_view = std::move(view);
    m_openingUri.clear();
    m_error = {};
    m_lastCheckMs = m_lastLoadMs = 0;
    m_lost = m_unread = m_retrying = false;
    emit storeChanged();
    setState(State::Open);
    emit unlockedChanged();
    emit tableChanged();
}

void Session::close()
{
    m_follow.stop();
    for (const char* lane : {"session.open", "session.runs", "session.follow"})
        m_jobs.cancelLane(QLatin1String(lane));
    m_view = {};
    m_reading = false;
    m_openingUri.clear();
    emit storeChanged();
    setState(State::Closed);
    emit tableChanged();
}

std::vector<StoreInfo> Session::opened() const
{
    std::vector<StoreInfo> stores;
    if (m_view.shared)
        stores.push_back(m_view.info);
    for (auto view = m_parked.rbegin(); view != m_parked.rend(); ++view)
        stores.push_back(view->info);
    return stores;
}

void Session::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

Result<Session::Reading> Session::readRuns(Shared& shared, const ChangeStamp& known,
                                           const Operation& operation,
                                           const std::function<void(RunTablePtr)>& early)
{
    std::scoped_lock lock(shared.bulk.mutex);
    QElapsedTimer clock;
    clock.start();
    TrackingStore& store = *shared.bulk.store.tracking;
    Reading reading;
    // Read before the runs: a change while reading shows as a change afterwards.
    SEXTANT_TRY(reading.stamp, store.stamp());
    if (reading.stamp.text.empty() || reading.stamp != known) {
        RunsRequest request;
        request.view = ViewType::All;
        SEXTANT_TRY(reading.table, store.runs(request, operation, early));
    }
    reading.warnings = store.warnings();
    reading.milliseconds = clock.elapsed();
    return reading;
}

void Session::refresh(bool force)
{
    m_retrying = false;
    if (!m_view.shared) {
        if (m_state == State::Failed && !m_openingUri.isEmpty())
            open(QString(m_openingUri));
        return;
    }
    if (!m_reading || force)
        load(force);
}

void Session::load(bool force)
{
    m_follow.stop();
    m_reading = true;
    m_error = {};
    emit stateChanged();
    // The run list alone is shown as soon as it is known, but never in place of a complete table.
    std::function<void(RunTablePtr)> early;
    if (!m_view.table)
        early = [this, guard = Jobs::guard(this), shared = m_view.shared](RunTablePtr table) {
            Jobs::post(guard, [this, shared, table] {
                if (m_view.shared != shared || m_view.table)
                    return;
                m_view.table = table;
                emit tableChanged();
            });
        };
    const ChangeStamp known = force ? ChangeStamp{} : m_view.stamp;
    m_jobs.start<Reading>(
        tr("Reading runs"), QStringLiteral("session.runs"), this,
        [shared = m_view.shared, known, early](const Operation& operation) {
            auto reading = readRuns(*shared, known, operation, early);
            // Who gave up waiting for a lock is not told that it was locked.
            return reading || !operation.cancelled() ? std::move(reading) : Result<Reading>(cancelledError());
        },
        [this](Result<Reading> reading) { onLoaded(std::move(reading)); });
}

void Session::onLoaded(Result<Reading> reading)
{
    m_reading = false;
    if (!reading) {
        if (reading.error().code != ErrorCode::Cancelled) {
            m_error = reading.error();
            m_unread = true;
            if (!m_retrying)
                emit problem(m_error);
        } else if (!m_view.table) {
            m_error = {
                ErrorCode::Cancelled, "Reading the runs was stopped", "Try again to read them", {}, {}};
        }
        m_retrying = false;
        emit stateChanged();
        scheduleFollow();
        return;
    }
    if (std::exchange(m_unread, false) || std::exchange(m_lost, false))
        emit recovered();
    m_lost = m_retrying = false;
    m_view.stamp = reading->stamp;
    m_view.warnings = std::move(reading->warnings);
    m_view.readAt = QDateTime::currentDateTime();
    const bool renewed = reading->table != nullptr;
    if (renewed) {
        m_lastLoadMs = reading->milliseconds;
        m_view.table = std::move(reading->table);
    }
    emit stateChanged();
    if (renewed)
        emit tableChanged();
    scheduleFollow();
}

void Session::setFollowing(bool following)
{
    m_following = following;
    if (following)
        scheduleFollow();
    else
        m_follow.stop();
}

void Session::scheduleFollow()
{
    // A store that is dear to look at is looked at less often: at most a tenth of the time is spent on it.
    const qint64 pause = std::clamp<qint64>(10 * (m_lastCheckMs + m_lastLoadMs), kFollowMs, kFollowMaxMs);
    if (m_following && m_view.shared && !m_view.stamp.text.empty())
        m_follow.start(int(pause));
}

void Session::follow()
{
    struct Check
    {
        bool changed = false;
        qint64 milliseconds = 0;
    };
    m_jobs.start<Check>(
        {}, QStringLiteral("session.follow"), this,
        [shared = m_view.shared, known = m_view.stamp](const Operation&) -> Result<Check> {
            std::scoped_lock lock(shared->bulk.mutex);
            QElapsedTimer clock;
            clock.start();
            SEXTANT_TRY(ChangeStamp stamp, shared->bulk.store.tracking->stamp());
            return Check{stamp != known, clock.elapsed()};
        },
        [this](Result<Check> check) {
            // A store that can't be looked at for a moment (locked, on a sleeping disk) is tried again later.
            m_lastCheckMs = check ? check->milliseconds : kFollowMs;
            if (!check)
                onLost(check.error());
            if (check && (check->changed || m_unread)) {
                m_retrying = m_unread; // a failure that was said is not said again
                return load(false);
            }
            if (check) {
                if (std::exchange(m_lost, false))
                    emit recovered();
                m_view.readAt = QDateTime::currentDateTime();
                emit stateChanged();
            }
            scheduleFollow();
        });
}

void Session::onLost(const Error& error)
{
    if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::Locked)
        return;
    m_lastCheckMs = 0; // finding nothing is quick
    if (m_lost || m_unread)
        return;
    m_lost = true;
    m_error = error;
    emit problem(m_error);
}

void Session::unlock()
{
    if (!m_view.shared || m_view.unlocked)
        return;
    m_jobs.start<bool>(
        tr("Unlocking"), QStringLiteral("session.unlock"), this,
        [shared = m_view.shared](const Operation&) -> Result<bool> {
            for (Shared::Slot* slot : {&shared->quick, &shared->bulk}) {
                std::scoped_lock lock(slot->mutex);
                SEXTANT_CHECK(slot->store.tracking->unlock());
                if (slot->store.registry)
                    SEXTANT_CHECK(slot->store.registry->unlock());
            }
            return true;
        },
        [this, shared = m_view.shared](Result<bool> unlocked) {
            if (!unlocked) {
                emit problem(unlocked.error());
            } else if (m_view.shared == shared) {
                m_view.unlocked = true;
                emit unlockedChanged();
            }
        });
}

} // namespace sextant
