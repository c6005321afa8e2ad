// Writing: locked until unlocked, the client's rules and side effects, undone when it can't be completed.
#include "core/store/sqlite/sqlite_store.h"
#include "core/store/tag_rules.h"
#include "tests/store/sample_database.h"

namespace sextant {
namespace {

using namespace test;

class SqliteWriting : public testing::Test
{
protected:
    void SetUp() override
    {
        file = smallDatabase(folder);
        store = openSqliteStore(file, std::chrono::milliseconds(50))->tracking;
    }
    std::string stored(const std::string& sql) { return OtherWriter(file).text(sql); }

    TemporaryFolder folder;
    std::string file;
    std::shared_ptr<TrackingStore> store;
};

TEST_F(SqliteWriting, isRefusedUntilUnlocked)
{
    auto before = bytesOf(folder.path());
    EXPECT_EQ(store->setTag("run1", "a", "b").error().code, ErrorCode::ReadOnly);
    EXPECT_EQ(store->deleteRun("run1").error().code, ErrorCode::ReadOnly);
    EXPECT_TRUE(store->unlock());
    EXPECT_EQ(bytesOf(folder.path()), before);
}

TEST_F(SqliteWriting, setsAndDeletesTags)
{
    ASSERT_TRUE(store->unlock());
    auto before = *store->stamp();
    ASSERT_TRUE(store->setTag("run1", "größe/β", "it's ✓"));
    EXPECT_NE(*store->stamp(), before);
    EXPECT_EQ(store->run("run1")->tags["größe/β"], "it's ✓");
    ASSERT_TRUE(store->setTag("run1", "owner", "eve"));
    EXPECT_EQ(stored("SELECT count(*) FROM tags"), "2");
    EXPECT_EQ(stored("SELECT value FROM tags WHERE key = 'owner'"), "eve");
    ASSERT_TRUE(store->deleteTag("run1", "owner"));
    EXPECT_EQ(store->deleteTag("run1", "owner").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store->setTag("nobody", "a", "b").error().code, ErrorCode::NotFound);
}

TEST_F(SqliteWriting, followsTheClientsRulesForTags)
{
    for (const char* key : {"", "a*b", "emoji 🚀", "/a", "a//b", "a/", "./a", "a/../b", "..", "..a", "tab\tb"})
        EXPECT_FALSE(checkTagKey(key)) << key;
    for (const char* key : {"a", "mlflow.note.content", "a b", "a:b", "a/b.c-d", "größe_β", "数", "²"})
        EXPECT_TRUE(checkTagKey(key)) << key;
    EXPECT_TRUE(checkTagKey(std::string(250, 'k')));
    EXPECT_FALSE(checkTagKey(std::string(251, 'k')));
    std::string wide;
    for (int i = 0; i < 9000; ++i)
        wide += "ä";
    EXPECT_EQ(tagValue(wide)->size(), 16'000U) << "8000 characters of two bytes";
    EXPECT_FALSE(tagValue("\xFF"));
}

TEST_F(SqliteWriting, renamesInBothPlaces)
{
    ASSERT_TRUE(store->unlock());
    ASSERT_TRUE(store->renameRun("run1", "better"));
    EXPECT_EQ(stored("SELECT name FROM runs"), "better");
    EXPECT_EQ(stored("SELECT value FROM tags WHERE key = 'mlflow.runName'"), "better");
    ASSERT_TRUE(store->setTag("run1", "mlflow.runName", "best"));
    EXPECT_EQ(stored("SELECT name FROM runs"), "best");
    std::string endless(9000, 'n');
    ASSERT_TRUE(store->renameRun("run1", endless));
    EXPECT_EQ(stored("SELECT name FROM runs"), endless) << "the client cuts tags, not names";
    EXPECT_EQ(stored("SELECT value FROM tags WHERE key = 'mlflow.runName'"), endless);
    ASSERT_TRUE(store->renameRun("run1", "best"));
    EXPECT_FALSE(store->renameRun("run1", ""));
    EXPECT_EQ(store->run("run1")->info.name, "best");
}

TEST_F(SqliteWriting, deletesAndRestores)
{
    ASSERT_TRUE(store->unlock());
    ASSERT_TRUE(store->deleteRun("run1"));
    EXPECT_EQ(stored("SELECT lifecycle_stage FROM runs"), "deleted");
    EXPECT_NE(stored("SELECT deleted_time FROM runs"), "(null)");
    auto refused = store->setTag("run1", "a", "b");
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
    EXPECT_NE(refused.error().message.find("must be in the 'active' state"), std::string::npos);
    ASSERT_TRUE(store->restoreRun("run1"));
    EXPECT_EQ(stored("SELECT lifecycle_stage || ifnull(deleted_time, '-') FROM runs"), "active-");
    EXPECT_EQ(store->restoreRun("nobody").error().code, ErrorCode::NotFound);
}

TEST_F(SqliteWriting, leavesAssessmentsToMlflow)
{
    OtherWriter(file).execute("PRAGMA foreign_keys = off; INSERT INTO assessments (assessment_id, trace_id, "
                              "name, assessment_type, value, created_timestamp, "
                              "last_updated_timestamp, source_type, valid, assessment_metadata) VALUES ('a', "
                              "'t', 'n', 'feedback', '1', 1, 1, "
                              "'HUMAN', 1, '{\"mlflow.assessment.sourceRunId\": \"run1\"}')");
    ASSERT_TRUE(store->unlock());
    EXPECT_EQ(store->deleteRun("run1").error().code, ErrorCode::Unsupported);
    EXPECT_EQ(stored("SELECT lifecycle_stage FROM runs"), "active");
}

TEST_F(SqliteWriting, undoesWhatDoesNotReadBack)
{
    OtherWriter(file).execute("CREATE TRIGGER meddle AFTER UPDATE ON runs BEGIN UPDATE runs SET name = "
                              "'meddled' WHERE name <> 'meddled'; END");
    ASSERT_TRUE(store->unlock());
    EXPECT_EQ(store->renameRun("run1", "mine").error().code, ErrorCode::Corrupt);
    EXPECT_EQ(stored("SELECT name FROM runs"), "name of run1");
    EXPECT_EQ(stored("SELECT count(*) FROM tags"), "1");
}

TEST_F(SqliteWriting, waitsForLocksAndLeavesNothingBehind)
{
    ASSERT_TRUE(store->unlock());
    {
        OtherWriter other(file);
        other.execute("BEGIN IMMEDIATE");
        EXPECT_EQ(store->setTag("run1", "a", "b").error().code, ErrorCode::Locked);
    }
    ASSERT_TRUE(store->setTag("run1", "a", "b"));
    EXPECT_FALSE(std::filesystem::exists(file + "-journal"));
    EXPECT_EQ(stored("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(stored("SELECT version_num FROM alembic_version"), "f4a9b2c7d1e6");
}

TEST_F(SqliteWriting, worksInWalMode)
{
    OtherWriter live(file);
    live.execute("PRAGMA journal_mode = wal; INSERT INTO tags VALUES ('live', 'x', 'run1')");
    EXPECT_EQ(store->run("run1")->tags.size(), 2U);
    ASSERT_TRUE(store->unlock());
    auto written = store->setTag("run1", "a", "b");
    ASSERT_TRUE(written) << written.error().message << written.error().detail;
    EXPECT_EQ(store->run("run1")->tags.size(), 3U);
    EXPECT_EQ(live.text("SELECT value FROM tags WHERE key = 'a'"), "b");
}

} // namespace
} // namespace sextant
