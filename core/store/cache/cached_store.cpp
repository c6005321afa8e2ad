#include "core/store/cache/cached_store.h"

#include "core/store/cache/blob.h"
#include "core/store/cache/run_snapshot.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <xxhash.h>

namespace sextant {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

// A table of a store that changes all the time is not written each time.
constexpr std::chrono::seconds kBetweenTables{20};
constexpr std::size_t kLongHistory = 20'000; // points
constexpr std::uintmax_t kMostBytes = 2ULL << 30;

std::string hashed(std::string_view text)
{
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx",
                  static_cast<unsigned long long>(XXH3_64bits(text.data(), text.size())));
    return digits.data();
}

std::string requestKey(const RunsRequest& request)
{
    auto ids = request.experimentIds;
    std::sort(ids.begin(), ids.end());
    auto key = "view " + std::to_string(static_cast<int>(request.view));
    for (const auto& id : ids)
        key += "\nexperiment " + id;
    return key;
}

bool saveHistory(const std::string& file, std::string_view key, const History& history)
{
    BlobWriter out;
    out.text(key);
    out.array(history.steps.span());
    out.array(history.timestamps.span());
    out.array(history.values.span());
    return out.save(file, BlobKind::History);
}

HistoryPtr loadHistory(const std::string& file, std::string_view key)
{
    auto in = BlobReader::open(file, BlobKind::History);
    if (!in || in->text() != key)
        return nullptr;
    auto history = std::make_shared<History>();
    history->steps = in->array<std::int64_t>();
    history->timestamps = in->array<EpochMs>();
    history->values = in->array<double>();
    return in->atEnd() ? history : nullptr;
}

/// Deletes the oldest files until the folder is small enough.
void trim(const fs::path& folder)
{
    struct Kept
    {
        fs::file_time_type time;
        std::uintmax_t size;
        fs::path path;
    };
    std::vector<Kept> files;
    std::uintmax_t total = 0;
    std::error_code error; // another process may delete the same files: whatever is gone is gone
    for (fs::recursive_directory_iterator entries(folder, error), end; !error && entries != end;
         entries.increment(error)) {
        std::error_code vanished;
        if (!entries->is_regular_file(vanished))
            continue;
        Kept file{entries->last_write_time(vanished), entries->file_size(vanished), entries->path()};
        if (!vanished)
            total += files.emplace_back(std::move(file)).size;
    }
    std::sort(files.begin(), files.end(), [](const Kept& a, const Kept& b) { return a.time < b.time; });
    for (const auto& file : files) {
        if (total <= kMostBytes)
            break;
        total -= file.size;
        fs::remove(file.path, error);
    }
}

} // namespace

CachedStore::CachedStore(std::shared_ptr<TrackingStore> store, const std::string& folder,
                         std::chrono::milliseconds worthKeeping)
    : m_store(std::move(store)), m_storeKey(m_store->info().path), m_worthKeeping(worthKeeping)
{
    m_folder = (fs::path(folder) / "stores" / hashed(m_storeKey)).string();
}

std::string CachedStore::fileFor(std::string_view kind, const std::string& key) const
{
    return m_folder + "/" + std::string(kind) + "-" + hashed(key);
}

std::vector<StoreWarning> CachedStore::warnings() const
{
    auto all = m_store->warnings();
    std::scoped_lock lock(m_warningsMutex);
    for (const auto& kept : m_keptWarnings) {
        auto same = [&](const StoreWarning& one) { return one.where == kept.where && one.what == kept.what; };
        if (std::none_of(all.begin(), all.end(), same))
            all.push_back(kept);
    }
    return all;
}

bool CachedStore::makeRoom() const
{
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (!error)
        trim(fs::path(m_folder).parent_path());
    return !error;
}

Result<RunTablePtr> CachedStore::runs(const RunsRequest& request, const Operation& operation,
                                      const std::function<void(RunTablePtr)>& early)
{
    // To tell for certain that no file of a file store has changed takes half as long as reading them all.
    if (m_store->info().kind == StoreKind::Files)
        return m_store->runs(request, operation, early);
    auto before = m_store->stamp();
    if (!before || before->text.empty())
        return m_store->runs(request, operation, early);
    auto identity = m_storeKey + "\n" + requestKey(request);
    auto file = fileFor("runs", identity);
    std::vector<StoreWarning> kept;
    if (auto data = loadRuns(file, identity + "\n" + before->text, &kept)) {
        std::scoped_lock lock(m_warningsMutex);
        m_keptWarnings = std::move(kept);
        return std::make_shared<const RunTable>(std::move(*data));
    }
    auto start = Clock::now();
    auto table = m_store->runs(request, operation, early);
    if (!table || Clock::now() - start < m_worthKeeping)
        return table;
    // Only when nothing happened meanwhile does the table belong to the stamp.
    if (auto after = m_store->stamp(); after && *after == *before)
        keepRuns(file, identity + "\n" + before->text, **table);
    return table;
}

void CachedStore::keepRuns(const std::string& file, const std::string& key, const RunTable& table)
{
    auto now = Clock::now();
    bool recently = m_lastKept != Clock::time_point() && now - m_lastKept < kBetweenTables;
    // Losing a table costs no more than the next reading, so that no failure here is worth telling.
    if (!recently && makeRoom() && saveRuns(file, key, table.data(), m_store->warnings()))
        m_lastKept = now;
}

HistoryPtr CachedStore::keptHistory(const std::string& runId, const std::string& metric)
{
    auto identity = historyIdentity(runId, metric);
    auto file = fileFor("history", identity);
    std::error_code error;
    if (!fs::exists(file, error))
        return nullptr;
    auto mark = m_store->historyMark(runId, metric);
    return mark && !mark->empty() ? loadHistory(file, identity + "\n" + *mark) : nullptr;
}

void CachedStore::keepHistory(const std::string& runId, const std::string& metric,
                              const Result<std::string>& mark, const History& history)
{
    if (history.size() < kLongHistory || !mark || mark->empty())
        return;
    auto identity = historyIdentity(runId, metric);
    if (auto after = m_store->historyMark(runId, metric); after && *after == *mark && makeRoom())
        saveHistory(fileFor("history", identity), identity + "\n" + *mark, history);
}

Result<HistoryPtr> CachedStore::history(const std::string& runId, const std::string& metric,
                                        const Operation& operation)
{
    if (auto kept = keptHistory(runId, metric))
        return kept;
    auto mark = m_store->historyMark(runId, metric);
    auto history = m_store->history(runId, metric, operation);
    if (history)
        keepHistory(runId, metric, mark, **history);
    return history;
}

Result<void> CachedStore::histories(const std::string& metric, std::span<const std::string> runIds,
                                    const Operation& operation, const TakeHistory& take)
{
    std::vector<std::string> missing;
    std::vector<std::size_t> places;
    std::vector<Result<std::string>> marks;
    for (std::size_t index = 0; index < runIds.size() && !operation.cancelled(); ++index) {
        if (auto kept = keptHistory(runIds[index], metric)) {
            take(index, std::move(kept));
            continue;
        }
        missing.push_back(runIds[index]);
        places.push_back(index);
        marks.push_back(m_store->historyMark(runIds[index], metric));
    }
    std::vector<std::pair<std::size_t, HistoryPtr>> lengthy;
    auto passOn = [&](std::size_t index, HistoryPtr history) {
        if (history->size() >= kLongHistory)
            lengthy.emplace_back(index, history);
        take(places[index], std::move(history));
    };
    SEXTANT_CHECK(readHistories(*m_store, metric, missing, operation, passOn));
    for (const auto& [index, history] : lengthy)
        keepHistory(missing[index], metric, marks[index], *history);
    return {};
}

} // namespace sextant
