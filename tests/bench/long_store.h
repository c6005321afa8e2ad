// Stores of many long histories, as training leaves them: for benches and tests of comparing hundreds of
// runs.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace sextant::bench {

struct LongStoreSize
{
    int runs = 300, metrics = 50, points = 10'000;
    std::uint64_t rows() const
    {
        return std::uint64_t(runs) * std::uint64_t(metrics) * std::uint64_t(points);
    }
};

/// "group3/metric13": five sections.
inline std::string longMetric(int metric)
{
    return "group" + std::to_string(metric % 5) + "/metric" + std::to_string(metric);
}
inline std::string longRunId(int run)
{
    char text[33];
    const auto mixed = (static_cast<std::uint64_t>(run) + 1) * 0x9E3779B97F4A7C15U;
    std::snprintf(text, sizeof text, "%016llx4%015llx", static_cast<unsigned long long>(mixed),
                  static_cast<unsigned long long>((mixed * 0xBF58476D1CE4E5B9U) >> 4));
    return text;
}
/// Falls, with noise and now and then a spike.
inline double longValue(int run, int metric, int step)
{
    auto noise = static_cast<std::uint64_t>(run) * 7919 + static_cast<std::uint64_t>(metric) * 104'729 +
                 static_cast<std::uint64_t>(step);
    noise = (noise ^ (noise >> 7)) * 0x9E3779B97F4A7C15U;
    const double share = static_cast<double>(noise >> 11) * 0x1p-53;
    const double spike = noise % 99'991 == 5 ? 4 : 0;
    return 2.0 * 500 / (500 + step) + 0.3 * share + 0.002 * run + spike;
}
/// Runs start one after the other, three at a time, each at a pace of its own: no two have points at the same
/// time.
inline std::int64_t longTime(int run, int step)
{
    return 1'772'438'400'000 + run / 3 * 3'600'000LL + run % 3 * 7 + step * (300LL + run % 37) + run;
}

/// An SQLite store from the schema of MLflow 3.18.0, written by run and step as training does. Throws what
/// SQLite says.
class LongDatabase
{
public:
    LongDatabase(const std::string& file, const std::string& schemaFile, LongStoreSize size) : m_size(size)
    {
        check(sqlite3_open(file.c_str(), &m_base));
        execute("PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -1500000; PRAGMA "
                "locking_mode = exclusive");
        std::ifstream schema(schemaFile);
        execute("BEGIN");
        execute(std::string(std::istreambuf_iterator<char>(schema), {}));
        execute("INSERT INTO experiments VALUES (1, 'long', './artifacts/1', 'active', 1772438400000, "
                "1772438400000, 'default')");
        m_point = prepare("INSERT INTO metrics(key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, "
                          "?2, ?3, ?4, ?5, 0)");
        m_latest = prepare("INSERT INTO latest_metrics(key, value, timestamp, step, is_nan, run_uuid) VALUES "
                           "(?1, ?2, ?3, ?5, 0, ?4)");
        for (int run = 0; run < size.runs; ++run)
            addRun(run);
        execute("COMMIT");
    }
    ~LongDatabase()
    {
        sqlite3_finalize(m_point);
        sqlite3_finalize(m_latest);
        sqlite3_close(m_base);
    }
    LongDatabase(const LongDatabase&) = delete;

private:
    void addRun(int run)
    {
        const std::string id = longRunId(run), number = std::to_string(run);
        execute("INSERT INTO runs(run_uuid, name, source_type, user_id, status, start_time, end_time, "
                "lifecycle_stage, artifact_uri, experiment_id) "
                "VALUES ('" +
                id + "', 'run-" + number + "', 'LOCAL', 'tester', 'FINISHED', " +
                std::to_string(longTime(run, 0)) + ", " + std::to_string(longTime(run, m_size.points)) +
                ", 'active', './artifacts/1/" + id +
                "/artifacts', 1);"
                "INSERT INTO params(key, value, run_uuid) VALUES ('seed', '" +
                std::to_string(run % 10) + "', '" + id + "'), ('model', 'm" + std::to_string(run / 10) +
                "', '" + id + "')");
        for (int step = 0; step < m_size.points; ++step)
            for (int metric = 0; metric < m_size.metrics; ++metric)
                insert(m_point, run, metric, step, id);
        for (int metric = 0; metric < m_size.metrics; ++metric)
            insert(m_latest, run, metric, m_size.points - 1, id);
    }
    void insert(sqlite3_stmt* statement, int run, int metric, int step, const std::string& id)
    {
        const std::string key = longMetric(metric);
        sqlite3_bind_text(statement, 1, key.c_str(), static_cast<int>(key.size()), SQLITE_TRANSIENT);
        sqlite3_bind_double(statement, 2, longValue(run, metric, step));
        sqlite3_bind_int64(statement, 3, longTime(run, step));
        sqlite3_bind_text(statement, 4, id.c_str(), static_cast<int>(id.size()), SQLITE_STATIC);
        sqlite3_bind_int64(statement, 5, step);
        if (sqlite3_step(statement) != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(m_base));
        sqlite3_reset(statement);
    }
    sqlite3_stmt* prepare(const char* sql)
    {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(m_base, sql, -1, &statement, nullptr));
        return statement;
    }
    void execute(const std::string& sql)
    {
        check(sqlite3_exec(m_base, sql.c_str(), nullptr, nullptr, nullptr));
    }
    void check(int result) const
    {
        if (result != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(m_base));
    }

    LongStoreSize m_size;
    sqlite3* m_base = nullptr;
    sqlite3_stmt* m_point = nullptr;
    sqlite3_stmt* m_latest = nullptr;
};

/// The same as a folder of files. Paths inside name `folder`.
inline void writeLongFiles(const std::string& folder, LongStoreSize size)
{
    namespace fs = std::filesystem;
    const auto write = [](const std::string& path, const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
    };
    const std::string experiment = folder + "/100000000000000001";
    fs::create_directories(experiment);
    fs::create_directories(folder + "/.trash");
    write(experiment + "/meta.yaml",
          "artifact_location: file://" + experiment +
              "\ncreation_time: 1772438400000\nexperiment_id: '100000000000000001'\n"
              "last_update_time: 1772438400000\nlifecycle_stage: active\nname: long\n");
    std::string text;
    char line[96];
    for (int run = 0; run < size.runs; ++run) {
        const std::string id = longRunId(run), home = experiment + "/" + id;
        for (const char* part : {"/params", "/tags", "/artifacts"})
            fs::create_directories(home + part);
        for (int group = 0; group < 5; ++group)
            fs::create_directories(home + "/metrics/group" + std::to_string(group));
        write(home + "/meta.yaml", "artifact_uri: file://" + home +
                                       "/artifacts\nend_time: " + std::to_string(longTime(run, size.points)) +
                                       "\nentry_point_name: ''\nexperiment_id: "
                                       "'100000000000000001'\nlifecycle_stage: active\nrun_id: " +
                                       id + "\nrun_name: run-" + std::to_string(run) +
                                       "\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: " +
                                       std::to_string(longTime(run, 0)) +
                                       "\nstatus: 3\ntags: []\nuser_id: tester\n");
        write(home + "/params/seed", std::to_string(run % 10));
        write(home + "/params/model", "m" + std::to_string(run / 10));
        for (int metric = 0; metric < size.metrics; ++metric) {
            text.clear();
            for (int step = 0; step < size.points; ++step)
                text.append(
                    line, static_cast<std::size_t>(std::snprintf(line, sizeof line, "%lld %.17g %d\n",
                                                                 static_cast<long long>(longTime(run, step)),
                                                                 longValue(run, metric, step), step)));
            write(home + "/metrics/" + longMetric(metric), text);
        }
    }
}

} // namespace sextant::bench
