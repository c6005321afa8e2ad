// Stores that are broken, strange or not there: one sentence, a hint, exit code 2, and nothing changed.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

/// Leaves the folder and the environment as they were.
class Here
{
public:
    explicit Here(const fs::path& folder) : m_before(fs::current_path())
    {
        if (const char* uri = std::getenv("MLFLOW_TRACKING_URI"))
            m_uri = uri;
        unsetenv("MLFLOW_TRACKING_URI");
        fs::current_path(folder);
    }
    ~Here()
    {
        fs::current_path(m_before);
        if (!m_uri.empty())
            setenv("MLFLOW_TRACKING_URI", m_uri.c_str(), 1);
    }

private:
    fs::path m_before;
    std::string m_uri;
};

void execute(const std::string& database, const char* sql)
{
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(database.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
}

void expectRefusal(const std::string& store, const std::string& what)
{
    std::string before = fs::is_regular_file(store) ? readFile(store) : "";
    for (const auto& command :
         std::vector<std::vector<std::string>>{{"runs", "list"}, {"experiments", "list"}}) {
        auto arguments = command;
        arguments.insert(arguments.end(), {"--store", store, "--format", "json"});
        auto outcome = sextant(arguments);
        EXPECT_EQ(outcome.code, kFailed) << what;
        EXPECT_EQ(outcome.out, "") << what;
        EXPECT_TRUE(outcome.err.starts_with("sextant: ")) << what << ": " << outcome.err;
        EXPECT_GE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 2)
            << what << " has no hint: " << outcome.err;
    }
    EXPECT_EQ(fs::is_regular_file(store) ? readFile(store) : "", before) << what;
}

Outcome listRuns(const std::string& store, const std::string& view = "active")
{
    return sextant({"runs", "list", "--store", store, "--format", "json", "--view", view});
}

const char* kId = "0123456789abcdef0123456789abcdef";

/// A file store with one experiment and one run, as the real client lays it out.
void writeFileStore(const TemporaryFolder& folder)
{
    folder.write("mlruns/0/meta.yaml",
                 "artifact_location: file:///tmp/0\ncreation_time: 1\nexperiment_id: '0'\n"
                 "last_update_time: 1\nlifecycle_stage: active\nname: Default\n");
    std::string run = std::string("mlruns/0/") + kId + "/";
    folder.write(run + "meta.yaml",
                 std::string("artifact_uri: file:///tmp/0/a\nend_time: 2000\nentry_point_name: ''\n"
                             "experiment_id: '0'\nlifecycle_stage: active\nrun_id: ") +
                     kId + "\nrun_name: first\nrun_uuid: " + kId +
                     "\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: 1000\nstatus: 3\n"
                     "tags: []\nuser_id: me\n");
    folder.write(run + "metrics/loss", "1000 0.5 0\n1001 0.25 1\n");
    folder.write(run + "params/lr", "0.1");
    folder.write(run + "tags/mlflow.runName", "first");
    fs::create_directories(folder.path() / run / "artifacts");
}

TEST(Errors, StoresThatAreNone)
{
    TemporaryFolder folder;
    expectRefusal(folder.file("nowhere.db"), "a missing file");
    expectRefusal(folder.file("nowhere"), "a missing folder");
    expectRefusal(folder.write("empty.db", ""), "an empty file");
    expectRefusal(folder.write("text.db", "This is no database at all, just text that goes on and on."),
                  "a text");
    expectRefusal(folder.write("torn.db", readFile(demoStore()).substr(0, 50'000)), "a torn database");
    auto alien = folder.file("alien.db");
    execute(alien, "CREATE TABLE people (name TEXT)");
    expectRefusal(alien, "another program's database");
    expectRefusal("http://localhost:1", "a server");
    expectRefusal("s3://bucket/store", "an unknown kind of place");
    fs::create_directories(folder.path() / "empty-folder");
    auto outcome = listRuns(folder.file("empty-folder"));
    EXPECT_TRUE(outcome.code == kFailed || outcome.json().empty());
}

TEST(Errors, NoStoreNamedAndNoneHere)
{
    TemporaryFolder folder;
    Here here(folder.path());
    auto outcome = sextant({"runs", "list"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.err.find("No store is named"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("--store"), std::string::npos);
}

TEST(Errors, TheStoreOfThisFolderIsFound)
{
    TemporaryFolder folder;
    writeFileStore(folder);
    Here here(folder.path());
    auto runs = sextant({"runs", "list", "--format", "json"});
    ASSERT_EQ(runs.code, kDone) << runs.err;
    EXPECT_EQ(runs.json()[0]["run_name"], "first");
    copyOfDemoStore(folder);
    EXPECT_EQ(sextant({"runs", "list", "--format", "json"}).json().size(), 45u)
        << "mlflow.db comes before mlruns";
}

TEST(Errors, UrisThatNoFileSystemTakes)
{
    for (const char* scheme : {"sqlite:///", "file:///", ""}) {
        auto outcome = sextant({"runs", "list", "--store", scheme + std::string(5000, 'a')});
        EXPECT_EQ(outcome.code, kFailed);
        EXPECT_EQ(outcome.err.find("went wrong inside"), std::string::npos) << outcome.err;
        EXPECT_GE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 2) << outcome.err;
    }
}

TEST(Errors, AnEmptyNameIsNotTheStoreOfThisFolder)
{
    TemporaryFolder folder;
    copyOfDemoStore(folder);
    Here here(folder.path());
    auto outcome = sextant({"runs", "delete", "knn-500", "--store", ""});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.err.find("--store"), std::string::npos) << outcome.err;
}

TEST(Errors, APasswordIsNotRepeated)
{
    auto outcome = sextant({"runs", "list", "--store", "postgresql://ada:hunter2@host:5432/mlflow?x=a@b"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(outcome.err.find("hunter2"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("postgresql://ada:***@host:5432/mlflow"), std::string::npos) << outcome.err;
}

TEST(Errors, WithoutPermission)
{
    if (geteuid() == 0)
        GTEST_SKIP() << "nothing is forbidden to root";
    TemporaryFolder folder;
    auto store = copyOfDemoStore(folder);
    chmod(store.c_str(), 0);
    expectRefusal(store, "a file that may not be read");
}

TEST(Errors, AnUnknownNewerSchemaIsReadAndNotWritten)
{
    TemporaryFolder folder;
    auto store = copyOfDemoStore(folder);
    execute(store, "UPDATE alembic_version SET version_num = 'ffffffffffff'");
    auto before = readFile(store);
    EXPECT_EQ(listRuns(store).json().size(), 45u);
    auto outcome = sextant({"runs", "tag", "knn-500", "a=b", "--store", store});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_TRUE(outcome.err.starts_with("sextant: ")) << outcome.err;
    EXPECT_EQ(readFile(store), before);
}

TEST(Errors, OddPaths)
{
    for (const char* name : {"with space.db", "it's.db", "🌊 größe.db", "100%41?x=1#y.db", "semi;colon.db"}) {
        TemporaryFolder folder;
        auto store = folder.file(name);
        fs::copy_file(demoStore(), store);
        auto outcome = listRuns(store);
        ASSERT_EQ(outcome.code, kDone) << name << ": " << outcome.err;
        EXPECT_EQ(outcome.json().size(), 45u) << name;
    }
}

TEST(Errors, AWriteAheadLogIsRead)
{
    TemporaryFolder folder;
    auto store = copyOfDemoStore(folder);
    execute(store, "PRAGMA journal_mode = WAL");
    EXPECT_EQ(listRuns(store).json().size(), 45u);
}

TEST(Errors, WhatHadToBeSkippedIsCountedAndListed)
{
    TemporaryFolder folder;
    writeFileStore(folder);
    auto store = folder.file("mlruns");
    EXPECT_EQ(listRuns(store).err, "");
    auto broken = std::string("mlruns/0/") + std::string(32, 'b') + "/";
    folder.write(broken + "meta.yaml", "run_id: [unclosed\n: :");
    for (const char* part : {"metrics", "params", "artifacts", "tags"})
        fs::create_directories(folder.path() / broken / part);
    auto outcome = listRuns(store, "all");
    EXPECT_EQ(outcome.code, kDone);
    EXPECT_EQ(outcome.json().size(), 1u) << "the others are still there";
    EXPECT_NE(outcome.err.find("1 place was skipped"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("bbbb"), std::string::npos) << outcome.err;
}

TEST(Errors, TornMetricLines)
{
    TemporaryFolder folder;
    writeFileStore(folder);
    folder.write(std::string("mlruns/0/") + kId + "/metrics/torn", "1000 0.5 0\n1001 0.");
    folder.write(std::string("mlruns/0/") + kId + "/metrics/odd",
                 "1000 nan 0\n1001 inf 1\n1002 -inf -2\n1003 1e400 3\n");
    auto outcome = listRuns(folder.file("mlruns"));
    ASSERT_EQ(outcome.code, kDone) << outcome.err;
    EXPECT_EQ(outcome.json()[0]["metrics"]["loss"], 0.25);
    auto history =
        sextant({"runs", "history", kId, "odd", "--format", "json", "--store", folder.file("mlruns")});
    ASSERT_EQ(history.code, kDone) << history.err;
    EXPECT_EQ(history.json()[0]["value"], "NaN");
    EXPECT_EQ(history.json()[1]["value"], "Infinity");
    EXPECT_EQ(history.json()[2]["value"], "-Infinity");
    EXPECT_EQ(history.json()[2]["step"], -2);
}

TEST(Errors, OutputThatCannotBeWritten)
{
    TemporaryFolder folder;
    auto list = [&](const std::string& output) {
        return sextant({"runs", "list", "--store", demoStore(), "--output", output});
    };
    EXPECT_EQ(list("/nowhere/at/all.csv").code, kFailed);
    EXPECT_EQ(list(folder.path().string()).code, kFailed);
    auto full = list("/dev/full");
    EXPECT_EQ(full.code, kFailed);
    EXPECT_NE(full.err.find("/dev/full"), std::string::npos);
}

TEST(Errors, AFailedCommandLeavesNoFile)
{
    TemporaryFolder folder;
    auto target = folder.write("runs.json", "old");
    auto outcome = sextant({"runs", "list", "--store", folder.file("none.db"), "--output", target});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(readFile(target), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(Errors, TheEndingOfTheOutputSaysTheFormat)
{
    TemporaryFolder folder;
    for (const char* name : {"experiments.json", "experiments.csv", "experiments"})
        ASSERT_EQ(
            sextant({"experiments", "list", "--store", demoStore(), "--output", folder.file(name)}, {}, true)
                .code,
            kDone);
    EXPECT_EQ(nlohmann::json::parse(readFile(folder.file("experiments.json"))).size(), 5u);
    EXPECT_EQ(parseCsv(readFile(folder.file("experiments.csv"))).size(), 6u);
    EXPECT_EQ(readFile(folder.file("experiments")), readFile(folder.file("experiments.csv")));
}

TEST(Errors, ACancelledCommandSaysSo)
{
    std::stop_source stop;
    stop.request_stop();
    Hooks hooks;
    hooks.interruption = [&] { return stop.get_token(); };
    auto outcome = sextant({"runs", "list", "--store", demoStore()}, hooks);
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "sextant: Cancelled\n");
}

} // namespace

} // namespace sextant::cli
