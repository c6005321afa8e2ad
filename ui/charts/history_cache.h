// HistoryCache: histories of metrics, read in jobs and kept in memory up to a budget, the ones used last
// longest. What a running training adds to is read again once the store says that points came. GUI thread
// only.
#pragma once

#include "ui/shell/session.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sextant {

struct HistoryKey
{
    std::string runId;
    std::string metric;
    auto operator<=>(const HistoryKey&) const = default;
};

class HistoryCache final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t kBudget = 512'000'000; // bytes

    explicit HistoryCache(Session& session, QObject* parent);

    /// Null when it is not in memory.
    HistoryPtr find(const HistoryKey& key);

    using Progress = std::function<void(int done, int total)>;
    using Done = std::function<void(Result<std::vector<HistoryPtr>>)>;
    /// All histories of the keys, in their order; `done` is called before this returns when all are in
    /// memory. A newer load of the same lane replaces the ones before. `progress` may be empty.
    void load(const QString& lane, QObject* context, std::vector<HistoryKey> keys, const Progress& progress,
              const Done& done);
    /// The first so many only, but for a store that goes over all of them to read these: then all.
    void loadFirst(std::size_t count, const QString& lane, QObject* context, std::vector<HistoryKey> keys,
                   const Progress& progress, const Done& done);

    std::size_t bytes() const { return m_bytes; }
    /// How much is kept at most; what is in use elsewhere stays alive there.
    void setBudget(std::size_t bytes);
    std::size_t budget() const { return m_budget; }

signals:
    void outdated(); // some histories were dropped because points were added to them

private:
    struct Kept
    {
        HistoryPtr history;
        std::string mark; // of the store when the history was read; empty: unknown
        quint64 used = 0;
    };
    struct Read
    {
        HistoryPtr history;
        std::string mark;
    };
    /// Those that are not known, read metric by metric; `told` hears how many so far.
    static Result<std::vector<Read>> readMissing(Store& store, const Operation& operation,
                                                 const std::vector<HistoryKey>& keys,
                                                 const std::vector<HistoryPtr>& known,
                                                 const std::function<void(int)>& told);
    /// Whether all keys are read as cheaply as the first `count`.
    static bool wantsAll(Store& store, std::size_t count, const std::vector<HistoryKey>& keys,
                         const std::vector<HistoryPtr>& known);
    void keep(const HistoryKey& key, Read read);
    void drop(std::map<HistoryKey, Kept>::iterator entry);
    void shrink();
    void checkGrowing();
    void dropChanged(const std::vector<std::pair<HistoryKey, std::string>>& marks);
    void clear();
    static std::size_t sizeOf(const History& history) { return history.size() * 24 + 64; }

    Session& m_session;
    std::map<HistoryKey, Kept> m_kept;
    std::size_t m_bytes = 0;
    std::size_t m_budget = kBudget;
    quint64 m_tick = 0;
    RunTablePtr m_table;
};

} // namespace sextant
