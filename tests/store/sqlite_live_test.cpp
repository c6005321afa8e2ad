// Reading beside a training loop: nobody fails, nothing is missed, and a reading can be stopped.
#include "core/store/sqlite/sqlite_store.h"
#include "tests/store/sample_database.h"

#include <atomic>
#include <thread>

namespace sextant {
namespace {

using namespace test;

/// Logs one point of one run, as the client's log_metric does: history and latest value in one transaction.
std::string logMetric(int step)
{
    auto number = std::to_string(step);
    return "BEGIN IMMEDIATE; INSERT INTO metrics VALUES ('loss', " + number + ", " + number + ", 'run1', " +
           number + ", 0); UPDATE latest_metrics SET value = " + number + ", step = " + number +
           " WHERE run_uuid = 'run1'; COMMIT";
}

class SqliteLive : public testing::TestWithParam<const char*>
{
protected:
    void SetUp() override
    {
        file = smallDatabase(folder);
        OtherWriter(file).execute(std::string("DELETE FROM metrics; PRAGMA journal_mode = ") + GetParam());
    }
    TemporaryFolder folder;
    std::string file;
};

TEST_P(SqliteLive, followsATrainingLoop)
{
    constexpr int steps = 300;
    auto store = openSqliteStore(file);
    ASSERT_TRUE(store);
    auto& tracking = *store->tracking;
    std::atomic<int> logged = 0;
    auto before = tracking.stamp(); // from before the last reading
    std::jthread training([&] {
        OtherWriter writer(file);
        for (int step = 1; step <= steps; ++step) {
            writer.execute(logMetric(step)); // expects success: a reader never makes it fail
            logged = step;
        }
    });
    std::size_t seen = 0;
    while (seen < steps) {
        auto start = tracking.stamp();
        int committed = logged;
        auto history = tracking.history("run1", "loss", {});
        ASSERT_TRUE(history) << history.error().message << history.error().detail;
        EXPECT_GE((*history)->size(), seen) << "points never vanish";
        EXPECT_GE((*history)->size(), static_cast<std::size_t>(committed)) << "what was committed is seen";
        auto table = tracking.runs({}, {});
        ASSERT_TRUE(table) << table.error().message << table.error().detail;
        EXPECT_GE((*table)->metric("loss")->at(0), committed == 0 ? 0.5 : committed);
        auto now = tracking.stamp();
        ASSERT_TRUE(before && start && now);
        if ((*history)->size() > seen) {
            EXPECT_NE(now->text, before->text) << "growth shows in the stamp";
        }
        before = start;
        seen = (*history)->size();
    }
    training.join();
    EXPECT_EQ(tracking.stamp()->text, tracking.stamp()->text);
}

INSTANTIATE_TEST_SUITE_P(JournalModes, SqliteLive, testing::Values("delete", "wal"));

class SqliteStop : public testing::Test
{
protected:
    TemporaryFolder folder;
};

TEST_F(SqliteStop, everyLongCallCanBeCancelled)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
        "INSERT INTO metrics SELECT 'loss', i, i, 'run1', i, 0 FROM n");
    auto store = openSqliteStore(file);
    std::stop_source stop;
    stop.request_stop();
    Operation stopped{stop.get_token(), {}};
    EXPECT_EQ(store->tracking->runs({}, stopped).error().code, ErrorCode::Cancelled);
    EXPECT_EQ(store->tracking->history("run1", "loss", stopped).error().code, ErrorCode::Cancelled);
    EXPECT_EQ(store->tracking->metricSummaries("loss", stopped).error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(store->tracking->runs({}, {})) << "and the store works on";
}

TEST_F(SqliteStop, aStopInTheMiddleEndsBothThreads)
{
    auto file = smallDatabase(folder);
    auto store = openSqliteStore(file);
    std::stop_source stop;
    auto table = store->tracking->runs({}, {stop.get_token(), {}}, [&](RunTablePtr) { stop.request_stop(); });
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::Cancelled);
}

TEST_F(SqliteStop, whatTheStoreCanDoIsToldWhileItReads)
{
    auto store = openSqliteStore(smallDatabase(folder));
    bool told = false;
    auto table = store->tracking->runs(
        {}, {}, [&](RunTablePtr) { told = store->tracking->info().capabilities.writable; });
    EXPECT_TRUE(table && told) << "without waiting for the reading to end";
}

TEST_F(SqliteStop, waitingForALockEndsWhenStopped)
{
    auto file = smallDatabase(folder);
    auto store = openSqliteStore(file);
    OtherWriter writer(file);
    writer.execute("BEGIN EXCLUSIVE");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(store->tracking->runs({}, {stop.get_token(), {}}).error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace sextant
