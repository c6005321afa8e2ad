// Benches of the stores: loading runs and histories against the bare reading of the same rows.
// Usage: store_bench FOLDER-OF-STORES
#include "core/store/open.h"
#include "tests/bench/measure.h"

#include <filesystem>
#include <iostream>
#include <limits>
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

/// The fastest of all plans that give the points in order, whichever the planner would choose.
double bestPlan(const std::string& file)
{
    const std::string what = "SELECT step, timestamp, value, is_nan FROM metrics ";
    const std::string which =
        " WHERE key = 'loss' AND run_uuid = (SELECT run_uuid FROM runs) ORDER BY timestamp, step, value";
    std::vector<std::string> plans{"INDEXED BY index_metrics_run_uuid", "NOT INDEXED",
                                   "INDEXED BY sqlite_autoindex_metrics_1"};
    if (file.find("old") == std::string::npos)
        plans.emplace_back("INDEXED BY index_metrics_run_uuid_key_step");
    double best = std::numeric_limits<double>::max();
    for (const auto& plan : plans)
        best = std::min(best, fastest(3, [&] { step(file, {what + plan + which}); }));
    return best;
}

/// The same points in a database of MLflow before 3.12, which had no index for them.
std::string withoutIndex(const std::string& file)
{
    auto old = std::filesystem::path(file).replace_filename("history1m-old.db").string();
    if (std::filesystem::exists(old))
        return old;
    std::filesystem::copy_file(file, old);
    sqlite3* database = nullptr;
    sqlite3_open(old.c_str(), &database);
    sqlite3_exec(database, "DROP INDEX index_metrics_run_uuid_key_step", nullptr, nullptr, nullptr);
    sqlite3_close(database);
    return old;
}

void history(Budgets& budgets, const std::string& file, const std::string& cache, const char* what)
{
    double best = bestPlan(file);
    auto store = opened(file);
    auto runId = std::string(loaded(*store.tracking)->runId(0));
    HistoryPtr points;
    double read = fastest(3, [&] { points = *store.tracking->history(runId, "loss", {}); });
    auto cached = opened(file, cache);
    points = *cached.tracking->history(runId, "loss", {});
    double again = fastest(5, [&] { points = *cached.tracking->history(runId, "loss", {}); });
    budgets.atMost("B11", what, read / best, 1.5, "of the best bare plan", milliseconds(read, best));
    budgets.atMost("B11", "the same from the cache", again / read, 1. / 20, "of its first read",
                   milliseconds(again, read));
}

/// Until something can be shown of a store with very many columns, against one with as many runs and few.
void wide(Budgets& budgets, const std::string& file, const std::string& plain, const char* what)
{
    auto untilShown = [](const std::string& path) {
        return fastest(25, [&] {
            auto store = opened(path);
            std::stop_source stop;
            auto list =
                store.tracking->runs({}, {stop.get_token(), {}}, [&](RunTablePtr) { stop.request_stop(); });
        });
    };
    double many = untilShown(file), few = untilShown(plain);
    auto store = opened(file);
    double whole = fastest(5, [&] { loaded(*store.tracking); });
    budgets.atMost("wide", what, many / few, 2, "of 20 columns",
                   milliseconds(many, few) + "; all of it " + std::to_string(static_cast<int>(whole)) +
                       " ms");
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
    history(budgets, folder + "/history1m.db", cache, "history of 1,000,000 points");
    history(budgets, withoutIndex(folder + "/history1m.db"), cache, "the same in a store before MLflow 3.12");
    wide(budgets, folder + "/columns12k.db", folder + "/plain200.db",
         "200 runs x 12,000 metrics until shown");
    wide(budgets, folder + "/wide.db", folder + "/plain79.db", "79 runs x 2,261 metrics until shown");
    wide(budgets, folder + "/manytags.db", folder + "/plain1.db", "a run with 12,345 tags until shown");
    std::filesystem::remove_all(cache);
    return budgets.exitCode();
}
