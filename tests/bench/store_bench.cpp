// Benches of the stores: loading runs and histories against the bare reading of the same rows.
// Usage: store_bench FOLDER-OF-STORES
#include "core/store/open.h"
#include "tests/bench/measure.h"

#include <filesystem>
#include <iostream>
#include <sqlite3.h>

namespace sextant::bench {
namespace {

/// Steps through a query and looks at nothing: the floor of any reading.
void step(const std::string& file, const std::vector<std::string>& queries)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    for (const auto& query : queries) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database, query.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            std::cerr << sqlite3_errmsg(database) << "\n";
        while (sqlite3_step(statement) == SQLITE_ROW) {
        }
        sqlite3_finalize(statement);
    }
    sqlite3_close(database);
}

Store opened(const std::string& file, const std::string& cache = {})
{
    auto store = openStore(file, {cache});
    if (!store) {
        std::cerr << file << ": " << store.error().message << "\n";
        std::exit(2);
    }
    return std::move(*store);
}

RunTablePtr loaded(TrackingStore& store, const std::function<void(RunTablePtr)>& early = {})
{
    auto table = store.runs({{}, ViewType::All}, {}, early);
    if (!table) {
        std::cerr << table.error().message << "\n";
        std::exit(2);
    }
    return *table;
}

void loading(Budgets& budgets, const std::string& file, const std::string& cache)
{
    std::vector<std::string> rows{"SELECT * FROM runs", "SELECT * FROM latest_metrics",
                                  "SELECT * FROM params", "SELECT * FROM tags"};
    step(file, rows); // warm the page cache
    double bare = fastest(5, [&] { step(file, rows); });
    double list = 0;
    auto before = memoryNow();
    forgetPeakMemory();
    auto store = opened(file);
    RunTablePtr table;
    double load = fastest(5, [&] {
        table.reset();
        auto start = std::chrono::steady_clock::now();
        table = loaded(*store.tracking, [&](RunTablePtr) {
            auto now =
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
            list = list == 0 ? now : std::min(list, now);
        });
    });
    auto peak = peakMemory() - before;
    auto packed = static_cast<double>(table->memory());
    table.reset();
    std::filesystem::remove_all(cache);
    loaded(*opened(file, cache).tracking);
    double reopen = fastest(5, [&] { loaded(*opened(file, cache).tracking); });

    budgets.atMost("B9", "load 100,000 runs", load / bare, 3, "of bare step", milliseconds(load, bare));
    budgets.atMost("B9", "run list of these", list / (3 * bare), 0.1, "of 3 bare steps",
                   milliseconds(list, 3 * bare));
    budgets.atMost("B10", "reopen from the snapshot", reopen / load, 1. / 20, "of the load",
                   milliseconds(reopen, load));
    budgets.atMost("B19", "peak memory while loading", peak / packed, 3, "of the packed columns",
                   std::to_string(static_cast<int>(peak / 1e6)) + " MB against " +
                       std::to_string(static_cast<int>(packed / 1e6)) + " MB");
}

void history(Budgets& budgets, const std::string& file, const std::string& cache)
{
    const std::string what = "SELECT step, timestamp, value, is_nan FROM metrics ";
    const std::string which =
        " WHERE key = 'loss' AND run_uuid = (SELECT run_uuid FROM runs) ORDER BY timestamp, step, value";
    double best = 1e9;
    for (const char* plan :
         {"INDEXED BY index_metrics_run_uuid_key_step", "INDEXED BY index_metrics_run_uuid", "NOT INDEXED",
          "INDEXED BY sqlite_autoindex_metrics_1"})
        best = std::min(best, fastest(3, [&] { step(file, {what + plan + which}); }));
    auto store = opened(file);
    auto runId = std::string(loaded(*store.tracking)->runId(0));
    HistoryPtr points;
    double read = fastest(3, [&] { points = *store.tracking->history(runId, "loss", {}); });
    auto cached = opened(file, cache);
    points = *cached.tracking->history(runId, "loss", {});
    double again = fastest(5, [&] { points = *cached.tracking->history(runId, "loss", {}); });
    budgets.atMost("B11", "the same from the cache", again / read, 1. / 20, "of its first read",
                   milliseconds(again, read));
    budgets.atMost("B11", "history of 1,000,000 points", read / best, 1.5, "of the best bare plan",
                   milliseconds(read, best));
}

} // namespace
} // namespace sextant::bench

int main(int count, char** arguments)
{
    using namespace sextant::bench;
    if (count != 2) {
        std::cerr << "usage: store_bench FOLDER-OF-STORES\n";
        return 2;
    }
    std::string folder = arguments[1];
    auto cache = folder + "/cache";
    Budgets budgets;
    loading(budgets, folder + "/runs100k.db", cache);
    history(budgets, folder + "/history1m.db", cache);
    std::filesystem::remove_all(cache);
    return budgets.exitCode();
}
