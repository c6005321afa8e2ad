#include "ui/charts/history_cache.h"

#include <algorithm>

namespace sextant {

HistoryCache::HistoryCache(Session& session, QObject* parent) : QObject(parent), m_session(session), m_table(session.table())
{
    connect(&session, &Session::storeChanged, this, &HistoryCache::clear);
    connect(&session, &Session::tableChanged, this, &HistoryCache::dropGrowing);
}

HistoryPtr HistoryCache::find(const HistoryKey& key)
{
    auto found = m_kept.find(key);
    if (found == m_kept.end())
        return nullptr;
    found->second.used = ++m_tick;
    return found->second.history;
}

void HistoryCache::load(const QString& lane, QObject* context, std::vector<HistoryKey> keys, const Progress& progress, const Done& done)
{
    std::vector<HistoryPtr> known;
    for (const auto& key : keys)
        known.push_back(find(key));
    auto missing = static_cast<int>(std::count(known.begin(), known.end(), nullptr));
    if (missing == 0)
        return done(std::move(known));
    if (progress)
        progress(0, missing);
    auto guard = Jobs::guard(context);
    auto work = [keys, known, missing, guard, progress](Store& store, const Operation& operation) -> Result<std::vector<HistoryPtr>> {
        auto histories = known;
        int read = 0;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (histories[i])
                continue;
            if (operation.cancelled())
                return cancelledError();
            SEXTANT_TRY(histories[i], store.tracking->history(keys[i].runId, keys[i].metric, Operation{operation.stop, {}}));
            ++read;
            operation.progress("Reading histories", static_cast<std::uint64_t>(read), static_cast<std::uint64_t>(missing));
            if (progress)
                Jobs::post(guard, [progress, read, missing] { progress(read, missing); });
        }
        return histories;
    };
    m_session.read<std::vector<HistoryPtr>>(tr("Reading histories"), lane, context, work,
                                            [this, keys, done](Result<std::vector<HistoryPtr>> result) {
                                                for (std::size_t i = 0; result && i < keys.size(); ++i)
                                                    keep(keys[i], (*result)[i]);
                                                done(std::move(result));
                                            });
}

void HistoryCache::keep(const HistoryKey& key, HistoryPtr history)
{
    auto size = sizeOf(*history);
    auto [place, isNew] = m_kept.insert_or_assign(key, Kept{std::move(history), ++m_tick});
    m_bytes += isNew ? size : 0;
    while (m_bytes > kBudget && m_kept.size() > 1) {
        auto oldest = std::min_element(m_kept.begin(), m_kept.end(),
                                       [](const auto& a, const auto& b) { return a.second.used < b.second.used; });
        m_bytes -= std::min(m_bytes, sizeOf(*oldest->second.history));
        m_kept.erase(oldest);
    }
}

void HistoryCache::dropGrowing()
{
    auto before = std::exchange(m_table, m_session.table());
    if (!before || !m_table)
        return;
    auto grows = [](const RunTable& table, const std::string& run) {
        auto row = table.find(run);
        return !row || table.status(*row) == RunStatus::Running;
    };
    bool any = false;
    for (auto entry = m_kept.begin(); entry != m_kept.end();) {
        if (!grows(*before, entry->first.runId) && !grows(*m_table, entry->first.runId)) {
            ++entry;
            continue;
        }
        m_bytes -= std::min(m_bytes, sizeOf(*entry->second.history));
        entry = m_kept.erase(entry);
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
