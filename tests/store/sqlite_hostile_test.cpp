// Files that are no store, broken ones, locked ones, logs and journals left behind: a clear sentence, and no
// byte changed.
#include "core/store/sqlite/sqlite_store.h"
#include "tests/store/sample_database.h"

#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace sextant {
namespace {

using namespace test;
namespace fs = std::filesystem;

class SqliteHostile : public testing::Test
{
protected:
    void expectRefused(const std::string& path, ErrorCode code)
    {
        auto before = bytesOf(folder.path());
        auto store = openSqliteStore(path);
        ASSERT_FALSE(store) << path;
        EXPECT_EQ(store.error().code, code) << store.error().message << " " << store.error().detail;
        EXPECT_FALSE(store.error().message.empty());
        EXPECT_FALSE(store.error().hint.empty());
        EXPECT_FALSE(store.error().message.ends_with('.'));
        EXPECT_EQ(bytesOf(folder.path()), before);
    }
    /// Reads everything of `run1` and checks that nothing beside or in the file has changed.
    void expectReadUnchanged(const std::string& file)
    {
        auto before = bytesOf(fs::path(file).parent_path());
        {
            auto store = openSqliteStore(file);
            ASSERT_TRUE(store) << store.error().message << " " << store.error().detail;
            auto table = store->tracking->runs({}, {});
            ASSERT_TRUE(table) << table.error().message << " " << table.error().detail;
            EXPECT_EQ((*table)->metric("loss")->at(0), 0.5);
            EXPECT_EQ((*store->tracking->history("run1", "loss", {}))->size(), 1U);
            EXPECT_TRUE(store->tracking->stamp());
            EXPECT_TRUE(store->registry->registeredModels());
        }
        EXPECT_EQ(bytesOf(fs::path(file).parent_path()), before);
    }
    TemporaryFolder folder;
};

TEST_F(SqliteHostile, whatIsNoStoreIsRefused)
{
    expectRefused(folder / "nowhere.db", ErrorCode::NotFound);
    expectRefused(folder.path().string(), ErrorCode::NotAStore);
    expectRefused(folder.write("empty.db", ""), ErrorCode::NotAStore);
    expectRefused(folder.write("text.db", "This is not a database, whatever its name says."),
                  ErrorCode::NotAStore);
    expectRefused(folder.write("noise.db", std::string(8192, '\x5A')), ErrorCode::NotAStore);
    expectRefused(folder.write("short.db", "SQLite format 3"), ErrorCode::NotAStore);
    OtherWriter(folder / "alien.db")
        .execute("CREATE TABLE runs (id INTEGER); CREATE TABLE songs (name TEXT)");
    expectRefused(folder / "alien.db", ErrorCode::NotAStore);
}

TEST_F(SqliteHostile, brokenDatabasesAreRefusedOrReadInPart)
{
    auto whole = contentOf(smallDatabase(folder));
    for (std::size_t size : {std::size_t{100}, std::size_t{4096}, whole.size() / 2, whole.size() - 4096}) {
        auto file = folder.write("cut" + std::to_string(size) + ".db", whole.substr(0, size));
        auto before = contentOf(file);
        auto store = openSqliteStore(file);
        auto table = store ? store->tracking->runs({}, {}) : Result<RunTablePtr>(forward(store));
        ASSERT_FALSE(table) << size;
        EXPECT_EQ(table.error().code, ErrorCode::Corrupt) << table.error().message << table.error().detail;
        EXPECT_EQ(contentOf(file), before);
    }
    for (std::size_t at = 4096; at < whole.size();
         at += 4096) { // a page of zeros: an error or a result, never a crash
        auto damaged = whole;
        damaged.replace(at, 4096, std::string(4096, '\0'));
        auto store = openSqliteStore(folder.write("damaged.db", damaged));
        if (!store)
            continue;
        auto table = store->tracking->runs({}, {});
        auto run = store->tracking->run("run1");
        auto history = store->tracking->history("run1", "loss", {});
        EXPECT_TRUE(table || !table.error().message.empty());
    }
}

TEST_F(SqliteHostile, readsPathsThatUrisWouldMangle)
{
    for (const char* name : {"with space.db", "emoji 🚀.db", "quote's.db", "what?mode=rw.db", "hash#1.db",
                             "100%25.db", "ö&=+;.db"}) {
        fs::create_directories(folder.path() / "in a 'folder' #%41?");
        TemporaryFolder inner;
        smallDatabase(inner, "x.db");
        auto file = folder / ("in a 'folder' #%41?/" + std::string(name));
        fs::copy_file(inner / "x.db", file);
        expectReadUnchanged(file);
    }
}

TEST_F(SqliteHostile, unknownRevisionsAreReadButNotWritten)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute(
        "UPDATE alembic_version SET version_num = 'feedfacecafe'; CREATE TABLE from_the_future (x);"
        "ALTER TABLE runs ADD COLUMN shiny TEXT");
    expectReadUnchanged(file);
    auto store = openSqliteStore(file);
    EXPECT_FALSE(store->tracking->info().capabilities.writable);
    auto unlocked = store->tracking->unlock();
    EXPECT_EQ(unlocked.error().code, ErrorCode::ReadOnly);
    EXPECT_NE(unlocked.error().message.find("feedfacecafe"), std::string::npos);
}

TEST_F(SqliteHostile, readOnlyFoldersAndFilesAreRead)
{
    auto file = smallDatabase(folder);
    fs::permissions(file, fs::perms::owner_read);
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
    expectReadUnchanged(file);
    fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_F(SqliteHostile, filesWithoutPermissionAreRefused)
{
    if (::geteuid() == 0)
        GTEST_SKIP() << "root may read everything";
    auto file = smallDatabase(folder);
    fs::permissions(file, fs::perms::none);
    auto store = openSqliteStore(file);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::PermissionDenied);
}

TEST_F(SqliteHostile, aCleanWalDatabaseGetsNoFilesBeside)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute("PRAGMA journal_mode = wal");
    ASSERT_FALSE(fs::exists(file + "-wal"));
    expectReadUnchanged(file);
    EXPECT_FALSE(fs::exists(file + "-wal") || fs::exists(file + "-shm"));
}

TEST_F(SqliteHostile, aLiveWalDatabaseIsReadWithItsLog)
{
    auto file = smallDatabase(folder);
    OtherWriter writer(file);
    writer.execute("PRAGMA journal_mode = wal; INSERT INTO tags VALUES ('late', 'x', 'run1')");
    auto store = openSqliteStore(file);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_EQ(store->tracking->run("run1")->tags["late"], "x");
    auto before = *store->tracking->stamp();
    writer.execute("INSERT INTO tags VALUES ('later', 'y', 'run1')");
    EXPECT_NE(*store->tracking->stamp(), before);
    EXPECT_EQ(store->tracking->run("run1")->tags["later"], "y");
    expectReadUnchanged(file);
}

TEST_F(SqliteHostile, aWriterThatAppearsOnAQuietWalDatabaseIsFollowed)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute("PRAGMA journal_mode = wal");
    auto store = openSqliteStore(file);
    ASSERT_TRUE(store);
    EXPECT_EQ(store->tracking->run("run1")->tags.size(), 1U);
    {
        OtherWriter writer(file);
        writer.execute("INSERT INTO tags VALUES ('new', 'x', 'run1')");
        EXPECT_EQ(store->tracking->run("run1")->tags.size(), 2U) << "log beside the file";
        writer.execute("INSERT INTO tags VALUES ('newer', 'x', 'run1'); PRAGMA wal_checkpoint(TRUNCATE)");
        EXPECT_EQ(store->tracking->run("run1")->tags.size(), 3U) << "log written back";
    }
    EXPECT_EQ(store->tracking->run("run1")->tags.size(), 3U) << "log gone";
}

TEST_F(SqliteHostile, aCopyOfALiveWalStoreIsRecoveredElsewhere)
{
    auto file = smallDatabase(folder);
    OtherWriter writer(file);
    writer.execute("PRAGMA journal_mode = wal; INSERT INTO tags VALUES ('late', 'x', 'run1')");
    TemporaryFolder copy;
    fs::copy_file(file, copy / "mlflow.db");
    fs::copy_file(file + "-wal", copy / "mlflow.db-wal");
    expectReadUnchanged(copy / "mlflow.db");
    auto store = openSqliteStore(copy / "mlflow.db");
    EXPECT_EQ(store->tracking->run("run1")->tags["late"], "x");
    EXPECT_EQ(store->tracking->warnings().size(), 1U);
    EXPECT_FALSE(store->tracking->info().capabilities.writable);
}

TEST_F(SqliteHostile, aDatabaseThatIsSwitchedToWalWhileOpenGetsNoFilesBeside)
{
    auto file = smallDatabase(folder);
    auto store = openSqliteStore(file);
    ASSERT_TRUE(store->tracking->runs({}, {}));
    OtherWriter(file).execute("PRAGMA journal_mode = wal; INSERT INTO tags VALUES ('late', 'x', 'run1')");
    ASSERT_FALSE(fs::exists(file + "-wal")) << "the last to close it has removed its log";
    EXPECT_EQ(store->tracking->run("run1")->tags["late"], "x");
    EXPECT_FALSE(fs::exists(file + "-wal"));
    EXPECT_FALSE(fs::exists(file + "-shm"));
}

TEST_F(SqliteHostile, aLogOfGarbageIsLeftAloneWithItsIndex)
{
    auto file = smallDatabase(folder);
    OtherWriter writer(file);
    writer.execute(
        "PRAGMA journal_mode = wal; PRAGMA wal_checkpoint; INSERT INTO tags VALUES ('late', 'x', 'run1')");
    TemporaryFolder copy;
    for (const char* end : {"", "-wal", "-shm"})
        fs::copy_file(file + end, copy / ("mlflow.db" + std::string(end)));
    copy.write("mlflow.db-wal", std::string(fs::file_size(copy / "mlflow.db-wal"), '\x5A'));
    expectReadUnchanged(copy / "mlflow.db");
}

TEST_F(SqliteHostile, copiesThatAKilledProcessLeftAreRemoved)
{
    TemporaryFolder copy, temporary;
    setenv("TMPDIR", temporary.path().c_str(), 1);
    temporary.write("sextant-copy-abandon/copy.db", "old");
    temporary.write("sextant-copy-inusexx/copy.db", "old");
    int lock = ::open((temporary / "sextant-copy-inusexx").c_str(), O_RDONLY | O_DIRECTORY);
    ASSERT_EQ(::flock(lock, LOCK_EX), 0);
    auto hourAgo = fs::file_time_type::clock::now() - std::chrono::hours(1);
    for (const char* name : {"sextant-copy-abandon", "sextant-copy-inusexx"})
        fs::last_write_time(temporary / name, hourAgo);
    auto file = smallDatabase(folder);
    OtherWriter writer(file);
    writer.execute("PRAGMA journal_mode = wal; INSERT INTO tags VALUES ('late', 'x', 'run1')");
    fs::copy_file(file, copy / "mlflow.db");
    fs::copy_file(file + "-wal", copy / "mlflow.db-wal");
    EXPECT_TRUE(openSqliteStore(copy / "mlflow.db"));
    EXPECT_FALSE(fs::exists(temporary / "sextant-copy-abandon"));
    EXPECT_TRUE(fs::exists(temporary / "sextant-copy-inusexx/copy.db"));
    ::close(lock);
    EXPECT_EQ(std::distance(fs::directory_iterator(temporary.path()), fs::directory_iterator()), 1)
        << "its own copy is gone with the store";
    unsetenv("TMPDIR");
}

TEST_F(SqliteHostile, anInterruptedWriteIsRolledBackElsewhere)
{
    auto file = smallDatabase(folder);
    TemporaryFolder crashed;
    {
        OtherWriter writer(file); // spills pages of an open transaction to the file, as a big log_batch does
        writer.execute("PRAGMA cache_size = 5; BEGIN; UPDATE latest_metrics SET value = 99;"
                       "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
                       "INSERT INTO tags SELECT 'k' || i, hex(randomblob(40)), 'run1' FROM n");
        fs::copy_file(file, crashed / "mlflow.db");
        fs::copy_file(file + "-journal", crashed / "mlflow.db-journal");
    }
    expectReadUnchanged(crashed / "mlflow.db");
    auto store = openSqliteStore(crashed / "mlflow.db");
    EXPECT_EQ(store->tracking->run("run1")->tags.size(), 1U);
    EXPECT_EQ(store->tracking->warnings().size(), 1U);
}

TEST_F(SqliteHostile, aLockedDatabaseIsReportedAfterWaiting)
{
    auto file = smallDatabase(folder);
    OtherWriter writer(file);
    writer.execute("BEGIN EXCLUSIVE");
    auto store = openSqliteStore(file, std::chrono::milliseconds(30));
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::Locked);
    writer.execute("COMMIT");
    EXPECT_TRUE(openSqliteStore(file, std::chrono::milliseconds(30)));
}

TEST_F(SqliteHostile, hugeValuesAreReadWhole)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute("INSERT INTO tags VALUES ('huge', printf('%.*c', 10000000, 'x'), 'run1')");
    auto store = openSqliteStore(file);
    auto table = store->tracking->runs({}, {});
    ASSERT_TRUE(table);
    EXPECT_EQ((*table)->tag("huge")->at(0)->size(), 10'000'000U);
}

TEST_F(SqliteHostile, aReplacedFileIsNoticed)
{
    auto file = smallDatabase(folder);
    auto store = openSqliteStore(file);
    TemporaryFolder elsewhere;
    auto other = smallDatabase(elsewhere);
    OtherWriter(other).execute("UPDATE runs SET name = 'another'");
    fs::rename(file, folder / "away.db");
    auto gone = store->tracking->run("run1");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::NotFound);
    fs::copy_file(other, file);
    EXPECT_EQ(store->tracking->run("run1")->info.name, "another");
}

TEST_F(SqliteHostile, aMigratedSchemaIsReadAnew)
{
    auto file = smallDatabase(folder);
    auto store = openSqliteStore(file);
    ASSERT_TRUE(store->tracking->run("run1"));
    OtherWriter(file).execute("ALTER TABLE runs RENAME COLUMN user_id TO owner");
    auto run = store->tracking->run("run1");
    ASSERT_TRUE(run) << run.error().message << run.error().detail;
    EXPECT_EQ(run->info.userId, "");
}

} // namespace
} // namespace sextant
