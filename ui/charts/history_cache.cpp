#include "ui/charts/history_cache.h"

#include "core/store/histories.h"

#include <QElapsedTimer>

#include <algorithm>

namespace sextant {

namespace {

const QString kCheckLane = QStringLiteral("histories.check");

/// Empty when the store can't tell: then the history counts as changed.
std::string markOf(Store& store, const HistoryKey& key)
{
    return store.tracking->historyMark(key.runId, key.metric).value_or(std::string());
}

/// Lets something through now and then.
class Pace
{
public:
    bool isDue()
    {
        if (m_clock.isValid() && m_clock.elapsed() < kMs)
            return false;
        m_clock.start();
        return true;
    }

private:
    static constexpr qint64 kMs = 50;
    QElapsedTimer m_clock;
};

} // namespace

HistoryCache::HistoryCache(Session& session, QObject* parent)
    : QObject(parent), m_session(session), m_table(session.table())
{
    connect(&session, &Session::storeChanged, this, &HistoryCache::clear);
    connect(&session, &Session::tableChanged, this, &HistoryCache::checkGrowing);
}

HistoryPtr HistoryCache::find(const HistoryKey& key)
{
    auto found = m_kept.find(key);
    if (found == m_kept.end())
        return nullptr;
    found->second.used = ++m_tick;
    return found->second.history;
}

void HistoryCache::load(const QString& lane, QObject* context, std::vector<HistoryKey> keys,
                        const Progress& progress, const Done& done)
{
    const std::size_t count = keys.size();
    loadFirst(count, lane, context, std::move(keys), progress, done);
}

void HistoryCache::loadFirst(std::size_t count, const QString& lane, QObject* context,
                             std::vector<HistoryKey> keys, const Progress& progress, const Done& done)
{
    std::vector<HistoryPtr> known;
    for (const auto& key : keys)
        known.push_back(find(key));
    auto missing = static_cast<int>(std::count(known.begin(), known.end(), nullptr));
    if (missing == 0)
        return done(std::move(known));
    if (progress)
        progress(0, missing);
    auto work = [keys, known, missing, count, guard = Jobs::guard(context),
                 progress](Store& store, const Operation& operation) {
        Pace pace;
        auto wanted = keys;
        if (!wantsAll(store, count, keys, known))
            wanted.resize(count);
        return readMissing(store, operation, wanted, known, [&](int read) {
            operation.progress("Reading histories", static_cast<std::uint64_t>(read),
                               static_cast<std::uint64_t>(missing));
            if (progress && pace.isDue())
                Jobs::post(guard, [progress, read, missing] { progress(read, missing); });
        });
    };
    m_session.read<std::vector<Read>>(tr("Reading histories"), lane, context, work,
                                      [this, keys, known, done](Result<std::vector<Read>> result) {
                                          if (!result)
                                              return done(tl::unexpected(std::move(result).error()));
                                          std::vector<HistoryPtr> histories;
                                          for (std::size_t i = 0; i < result->size(); ++i) {
                                              histories.push_back((*result)[i].history);
                                              if (!known[i])
                                                  keep(keys[i], std::move((*result)[i]));
                                          }
                                          shrink();
                                          done(std::move(histories));
                                      });
}

bool HistoryCache::wantsAll(Store& store, std::size_t count, const std::vector<HistoryKey>& keys,
                            const std::vector<HistoryPtr>& known)
{
    if (count >= keys.size())
        return true;
    std::map<std::string, std::vector<std::string>> missing; // by metric
    for (std::size_t i = 0; i < count; ++i)
        if (!known[i])
            missing[keys[i].metric].push_back(keys[i].runId);
    return !missing.empty() && std::all_of(missing.begin(), missing.end(), [&](const auto& entry) {
        return readsTogether(*store.tracking, entry.first, entry.second).value_or(false);
    });
}

Result<std::vector<HistoryCache::Read>> HistoryCache::readMissing(Store& store, const Operation& operation,
                                                                  const std::vector<HistoryKey>& keys,
                                                                  const std::vector<HistoryPtr>& known,
                                                                  const std::function<void(int)>& told)
{
    std::vector<Read> all;
    std::map<std::string, std::vector<std::size_t>> byMetric;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        all.push_back({known[i], {}});
        if (!known[i])
            byMetric[keys[i].metric].push_back(i);
    }
    int read = 0;
    for (const auto& [metric, places] : byMetric) {
        std::vector<std::string> runs;
        for (auto place : places) {
            if (operation.cancelled())
                return cancelledError();
            runs.push_back(keys[place].runId);
            // Before the points: one that comes between is seen next time.
            all[place].mark = markOf(store, keys[place]);
        }
        auto take = [&, &places = places](std::size_t index, HistoryPtr history) {
            if (!std::exchange(all[places[index]].history, std::move(history)))
                told(++read);
        };
        SEXTANT_CHECK(readHistories(*store.tracking, metric, runs, {operation.stop, {}}, take));
    }
    return all;
}

void HistoryCache::keep(const HistoryKey& key, Read read)
{
    if (auto before = m_kept.find(key); before != m_kept.end())
        drop(before);
    m_bytes += sizeOf(*read.history);
    m_kept.insert_or_assign(key, Kept{std::move(read.history), std::move(read.mark), ++m_tick});
}

void HistoryCache::setBudget(std::size_t bytes)
{
    m_budget = bytes;
    shrink();
}

void HistoryCache::shrink()
{
    if (m_bytes <= m_budget)
        return;
    std::vector<std::map<HistoryKey, Kept>::iterator> entries;
    for (auto entry = m_kept.begin(); entry != m_kept.end(); ++entry)
        entries.push_back(entry);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a->second.used < b->second.used; });
    for (std::size_t i = 0; i + 1 < entries.size() && m_bytes > m_budget; ++i)
        drop(entries[i]);
}

void HistoryCache::drop(std::map<HistoryKey, Kept>::iterator entry)
{
    m_bytes -= std::min(m_bytes, sizeOf(*entry->second.history));
    m_kept.erase(entry);
}

void HistoryCache::checkGrowing()
{
    auto before = std::exchange(m_table, m_session.table());
    if (!before || !m_table)
        return;
    auto grows = [](const RunTable& table, const std::string& run) {
        auto row = table.find(run);
        return !row || table.status(*row) == RunStatus::Running;
    };
    std::vector<HistoryKey> growing;
    for (const auto& [key, kept] : m_kept) {
        if (grows(*before, key.runId) || grows(*m_table, key.runId))
            growing.push_back(key);
    }
    if (growing.empty())
        return;
    using Marks = std::vector<std::pair<HistoryKey, std::string>>;
    auto work = [growing](Store& store, const Operation& operation) -> Result<Marks> {
        Marks marks;
        for (const auto& key : growing) {
            if (operation.cancelled())
                return cancelledError();
            marks.emplace_back(key, markOf(store, key));
        }
        return marks;
    };
    m_session.read<Marks>({}, kCheckLane, this, work, [this](Result<Marks> marks) {
        if (marks)
            dropChanged(*marks);
    });
}

void HistoryCache::dropChanged(const std::vector<std::pair<HistoryKey, std::string>>& marks)
{
    bool any = false;
    for (const auto& [key, mark] : marks) {
        auto entry = m_kept.find(key);
        if (entry == m_kept.end() || (!mark.empty() && entry->second.mark == mark))
            continue;
        drop(entry);
        any = true;
    }
    if (any)
        emit outdated();
}

void HistoryCache::clear()
{
    m_kept.clear();
    m_bytes = 0;
    m_table = m_session.table();
}

} // namespace sextant
