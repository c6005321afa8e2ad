// Reading the histories of many runs together gives what reading each alone gives, in every kind of store.
#include "core/store/histories.h"

#include "core/store/cache/cached_store.h"
#include "core/store/open.h"
#include "core/store/sqlite/point_reader.h"
#include "tests/bench/long_store.h"
#include "tests/store/sample_database.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

namespace sextant {
namespace {

using bench::longMetric;
using bench::longRunId;

constexpr bench::LongStoreSize kSize{8, 6, 300};
constexpr const char* kSchema = SEXTANT_SOURCE_DIR "/tests/bench/schema.sql";

template <class T>
bool sameBytes(const FrozenArray<T>& a, const FrozenArray<T>& b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

bool same(const History& a, const History& b)
{
    return sameBytes(a.steps, b.steps) && sameBytes(a.timestamps, b.timestamps) &&
           sameBytes(a.values, b.values);
}

std::vector<HistoryPtr> together(TrackingStore& store, const std::string& metric,
                                 const std::vector<std::string>& runs)
{
    std::vector<HistoryPtr> histories(runs.size());
    auto read = readHistories(store, metric, runs, {}, [&](std::size_t index, HistoryPtr history) {
        EXPECT_FALSE(histories[index]);
        histories[index] = std::move(history);
    });
    EXPECT_TRUE(read) << read.error().message;
    return histories;
}

void expectSameAsAlone(TrackingStore& store, const std::string& metric, const std::vector<std::string>& runs)
{
    const auto histories = together(store, metric, runs);
    for (std::size_t index = 0; index < runs.size(); ++index) {
        auto alone = store.history(runs[index], metric, {});
        ASSERT_TRUE(alone);
        ASSERT_TRUE(histories[index]) << runs[index];
        EXPECT_TRUE(same(*histories[index], **alone)) << runs[index] << " " << metric;
    }
}

std::vector<std::string> allRuns()
{
    std::vector<std::string> runs;
    for (int run = kSize.runs - 1; run >= 0; --run) // not as they stand
        runs.push_back(longRunId(run));
    return runs;
}

void expectContract(TrackingStore& store)
{
    auto runs = allRuns();
    expectSameAsAlone(store, longMetric(3), runs);
    EXPECT_EQ(together(store, longMetric(3), runs).front()->size(), std::size_t(kSize.points));
    expectSameAsAlone(store, longMetric(0), {runs[5], runs[1]});
    expectSameAsAlone(store, longMetric(0), {runs[2]});
    expectSameAsAlone(store, "never logged", runs);
    EXPECT_TRUE(together(store, longMetric(1), {}).empty());
    runs.push_back("0123456789abcdef0123456789abcdef");
    auto unknown = readHistories(store, longMetric(1), runs, {}, [](std::size_t, const HistoryPtr&) {});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
    std::stop_source stop;
    stop.request_stop();
    auto stopped = readHistories(store, longMetric(1), allRuns(), {stop.get_token(), {}},
                                 [](std::size_t, const HistoryPtr&) {});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
}

/// Runs that log at the same moments, a NaN, infinities and points out of order, as real life has them.
void addOddPoints(test::OtherWriter& writer)
{
    for (int run = 0; run < 3; ++run) {
        const std::string tail = ", 5, '" + longRunId(run) + "', ";
        writer.execute("INSERT INTO metrics(key, value, timestamp, run_uuid, step, is_nan) VALUES"
                       "('" +
                       longMetric(3) + "', 0.0" + tail + "9, 1), ('" + longMetric(3) +
                       "', 1.7976931348623157e308" + tail + "2, 0), ('" + longMetric(3) + "', -1.5" + tail +
                       "2, 0)");
    }
}

TEST(Histories, OfDatabases)
{
    test::TemporaryFolder folder;
    const auto file = folder / "mlflow.db";
    bench::LongDatabase(file, kSchema, kSize);
    test::OtherWriter writer(file);
    addOddPoints(writer);
    for (const char* change :
         {"SELECT 1", "DROP INDEX index_metrics_run_uuid_key_step", "DROP INDEX index_metrics_run_uuid"}) {
        SCOPED_TRACE(change);
        writer.execute(change);
        auto store = openStore(file);
        ASSERT_TRUE(store);
        expectContract(*store->tracking);
    }
}

TEST(Histories, OfFolders)
{
    test::TemporaryFolder folder;
    const auto root = folder / "mlruns";
    bench::writeLongFiles(root, kSize);
    auto store = openStore(root);
    ASSERT_TRUE(store) << store.error().message;
    expectContract(*store->tracking);
}

TEST(Histories, LongOnesComeFromTheCache)
{
    test::TemporaryFolder folder;
    const auto file = folder / "mlflow.db";
    bench::LongDatabase(file, kSchema, {2, 1, 25'000});
    auto opened = openStore(file, {.cacheFolder = folder / "cache"});
    ASSERT_TRUE(opened);
    const std::vector<std::string> runs{longRunId(0), longRunId(1)};
    const auto first = together(*opened->tracking, longMetric(0), runs);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "cache"))
        files += entry.path().filename().string().starts_with("history-");
    EXPECT_EQ(files, 2U);
    const auto second = together(*opened->tracking, longMetric(0), runs);
    for (std::size_t index : {0U, 1U})
        EXPECT_TRUE(same(*first[index], *second[index]));
    // A point more: the kept one no longer counts.
    test::OtherWriter(file).execute(
        "INSERT INTO metrics(key, value, timestamp, run_uuid, step, is_nan) VALUES ('" + longMetric(0) +
        "', 7.5, 4102444800000, '" + longRunId(1) + "', 99999, 0)");
    const auto third = together(*opened->tracking, longMetric(0), runs);
    EXPECT_EQ(third[1]->size(), 25'001U);
    EXPECT_EQ(third[1]->values[25'000], 7.5);
    EXPECT_EQ(third[0]->size(), 25'000U);
}

/// Where training logs ten metrics at every step, each tenth row is of the same one.
TEST(Histories, RareMetricIsReadByItsIndex)
{
    test::TemporaryFolder folder;
    const auto file = folder / "mlflow.db";
    bench::LongDatabase(file, kSchema, {21, 10, 1'000});
    auto source = sqlite::SqliteSource::open(file);
    ASSERT_TRUE(source);
    for (int metric : {0, 7}) {
        std::size_t points = 0;
        const auto read = (*source)->read([&](sqlite::SqliteSession session) -> Result<void> {
            const Operation operation;
            sqlite::PointReader reader(session, longMetric(metric), {}, operation);
            SEXTANT_CHECK(reader.read([&](const sqlite::PointRow&) { ++points; }, [&points] { points = 0; }));
            EXPECT_EQ(reader.plan(), sqlite::PointReader::Plan::KeyIndex) << metric;
            return {};
        });
        EXPECT_TRUE(read);
        EXPECT_EQ(points, 21'000U);
    }
}

TEST(Histories, AFewRunsOfManyAreReadAlone)
{
    test::TemporaryFolder folder;
    const auto file = folder / "mlflow.db";
    bench::LongDatabase(file, kSchema, {30, 4, 5});
    auto store = openStore(file, {.cacheFolder = folder / "cache"});
    ASSERT_TRUE(store);
    std::vector<std::string> runs;
    const auto asked = [&] { return readsTogether(*store->tracking, longMetric(1), runs); };
    for (int run = 0; run < 6; ++run)
        runs.push_back(longRunId(run));
    EXPECT_EQ(asked().value_or(!false), false);
    for (int run = 6; run < 10; ++run)
        runs.push_back(longRunId(run));
    EXPECT_EQ(asked().value_or(!true), true);
    bench::writeLongFiles(folder / "mlruns", kSize);
    store = openStore(folder / "mlruns");
    ASSERT_TRUE(store);
    EXPECT_EQ(asked().value_or(!false), false);
}

} // namespace
} // namespace sextant
