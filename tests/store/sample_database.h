// Databases for tests: made by plain SQL with the schema of MLflow 3.18, or with one as old as MLflow 1.4.
#pragma once

#include "tests/store/temporary_folder.h"

#include <gtest/gtest.h>
#include <map>
#include <sqlite3.h>
#include <string>

namespace sextant::test {

/// A connection of someone else: a training loop, or the hand that makes a broken file.
class OtherWriter
{
public:
    explicit OtherWriter(const std::string& file)
    {
        EXPECT_EQ(sqlite3_open(file.c_str(), &m_database), SQLITE_OK);
        sqlite3_busy_timeout(m_database, 20'000);
        execute("PRAGMA synchronous = off"); // tests crash no machines
    }
    ~OtherWriter() { sqlite3_close(m_database); }
    OtherWriter(const OtherWriter&) = delete;
    OtherWriter& operator=(const OtherWriter&) = delete;

    void execute(const std::string& sql)
    {
        char* problem = nullptr;
        EXPECT_EQ(sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, &problem), SQLITE_OK)
            << sql << ": " << problem;
        sqlite3_free(problem);
    }
    std::string text(const std::string& sql)
    {
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(m_database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql;
        std::string found = "(no row)";
        if (sqlite3_step(statement) == SQLITE_ROW) {
            const auto* value = sqlite3_column_text(statement, 0);
            found = value ? reinterpret_cast<const char*>(value) : "(null)";
        }
        sqlite3_finalize(statement);
        return found;
    }
    sqlite3* handle() { return m_database; }

private:
    sqlite3* m_database = nullptr;
};

/// An empty store of MLflow 3.18.
inline std::string newDatabase(const TemporaryFolder& folder, const std::string& name = "mlflow.db")
{
    auto file = folder / name;
    OtherWriter(file).execute(contentOf(SEXTANT_SOURCE_DIR "/tests/bench/schema.sql"));
    return file;
}

inline std::string runSql(const std::string& id, const std::string& more = {},
                          const std::string& experiment = "0")
{
    return "INSERT INTO runs (run_uuid, name, experiment_id, user_id, status, start_time, lifecycle_stage, "
           "artifact_uri) "
           "VALUES ('" +
           id + "', 'name of " + id + "', " + experiment +
           ", 'ada', 'FINISHED', 1000, 'active', './mlruns/0/" + id + "/artifacts'); " + more;
}

/// A database with one run `run1`: metric loss 0.5, param lr 0.1, tag owner ada.
inline std::string smallDatabase(const TemporaryFolder& folder, const std::string& name = "mlflow.db")
{
    auto file = newDatabase(folder, name);
    OtherWriter(file).execute(runSql("run1") +
                              "INSERT INTO latest_metrics VALUES ('loss', 0.5, 7, 3, 0, 'run1');"
                              "INSERT INTO metrics VALUES ('loss', 0.5, 7, 'run1', 3, 0);"
                              "INSERT INTO params VALUES ('lr', '0.1', 'run1');"
                              "INSERT INTO tags VALUES ('owner', 'ada', 'run1');");
    return file;
}

/// Every file of a folder with its bytes.
inline std::map<std::string, std::string> bytesOf(const std::filesystem::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[entry.path().string()] = contentOf(entry.path().string());
    return files;
}

} // namespace sextant::test
