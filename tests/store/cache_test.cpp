// Caches: what comes out is what went in or nothing, whatever happens to the files.
#include "core/store/cache/blob.h"
#include "core/store/cache/cached_store.h"
#include "core/store/cache/run_snapshot.h"
#include "core/store/sqlite/sqlite_store.h"
#include "core/table/run_table_builder.h"
#include "tests/store/sample_database.h"

#include <cmath>
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace sextant {
namespace {

using namespace test;
namespace fs = std::filesystem;

RunTablePtr sampleTable(int runs = 30)
{
    RunTableBuilder builder;
    Experiment experiment;
    experiment.id = "7";
    experiment.name = "seven";
    experiment.lifecycle = Lifecycle::Deleted;
    experiment.tags = {{"k", "v"}, {"empty", ""}};
    builder.setExperiments({experiment});
    builder.setDialect({SearchDialect::Backend::Sqlite, 316});
    for (int i = 0; i < runs; ++i) {
        auto id = "run" + std::to_string(i);
        RunTableBuilder::RunRow row{id, "näme", "ada", "file:///x"};
        row.status = RunStatus::Failed;
        row.startTime = i == 3 ? kNoTime : i;
        auto at = builder.addRun(row);
        builder.setMetric(at, "loss", i == 5 ? std::nan("") : i);
        builder.setParam(at, "lr", std::to_string(i % 3));
        if (i == 9) {
            builder.setMetric(at, "rare", 1);
            builder.setTag(at, "rare tag", "x");
            builder.addDataset(at, "Train", "abc", "train");
        }
    }
    return builder.finish();
}

void expectSame(const RunTable& a, const RunTable& b)
{
    ASSERT_EQ(a.size(), b.size());
    EXPECT_EQ(a.data().dialect, b.data().dialect);
    EXPECT_EQ(a.data().experimentList[0].tags, b.data().experimentList[0].tags);
    EXPECT_EQ(a.data().experimentList[0].lifecycle, b.data().experimentList[0].lifecycle);
    for (RowIndex row = 0; row < a.size(); ++row) {
        EXPECT_EQ(a.runId(row), b.runId(row));
        EXPECT_EQ(a.name(row), b.name(row));
        EXPECT_EQ(a.user(row), b.user(row));
        EXPECT_EQ(a.status(row), b.status(row));
        EXPECT_EQ(a.startTime(row), b.startTime(row));
        for (const char* key : {"loss", "rare"})
            EXPECT_EQ(std::bit_cast<std::uint64_t>(a.metric(key)->at(row)),
                      std::bit_cast<std::uint64_t>(b.metric(key)->at(row)));
        EXPECT_EQ(a.param("lr")->at(row), b.param("lr")->at(row));
        EXPECT_EQ(a.tag("rare tag")->at(row), b.tag("rare tag")->at(row));
        EXPECT_EQ(a.datasets(row).size(), b.datasets(row).size());
    }
    EXPECT_EQ(a.data().datasets[0].digest, b.data().datasets[0].digest);
}

class Caches : public testing::Test
{
protected:
    TemporaryFolder folder;
};

TEST_F(Caches, aTableComesBackAsItWas)
{
    auto table = sampleTable();
    ASSERT_TRUE(saveRuns(folder / "t", "key", table->data()));
    auto data = loadRuns(folder / "t", "key");
    ASSERT_TRUE(data);
    expectSame(*table, RunTable(std::move(*data)));
    std::vector<StoreWarning> warnings;
    ASSERT_TRUE(
        saveRuns(folder / "w", "key", table->data(), {{"table tags", "2 rows: the name is missing"}}));
    ASSERT_TRUE(loadRuns(folder / "w", "key", &warnings));
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].what, "2 rows: the name is missing");
    EXPECT_FALSE(loadRuns(folder / "t", "another key"));
    EXPECT_FALSE(loadRuns(folder / "missing", "key"));
    EXPECT_FALSE(BlobReader::open(folder / "t", BlobKind::History)) << "of another kind";
}

TEST_F(Caches, everyDamagedByteIsNoticed)
{
    ASSERT_TRUE(saveRuns(folder / "t", "key", sampleTable(4)->data()));
    auto whole = contentOf(folder / "t");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        folder.write("d", damaged);
        ASSERT_FALSE(loadRuns(folder / "d", "key")) << "byte " << at;
    }
    for (std::size_t size = 0; size < whole.size(); size += 5) {
        folder.write("d", whole.substr(0, size));
        ASSERT_FALSE(loadRuns(folder / "d", "key")) << "cut at " << size;
    }
    folder.write("d", whole + std::string(8, 'x'));
    EXPECT_FALSE(loadRuns(folder / "d", "key"));
}

TEST_F(Caches, aReaderNeverReadsPastTheEnd)
{
    BlobWriter out;
    out.number(1'000'000'000'000); // a size that nothing follows
    ASSERT_TRUE(out.save(folder / "b", BlobKind::Runs));
    auto in = BlobReader::open(folder / "b", BlobKind::Runs);
    ASSERT_TRUE(in);
    EXPECT_TRUE(in->array<double>().empty());
    EXPECT_FALSE(in->good());
    EXPECT_TRUE(in->text().empty());
    EXPECT_EQ(in->number(), 0U);
}

TEST_F(Caches, aFullDiskLeavesNothingBehind)
{
    auto table = sampleTable(2000);
    auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        struct rlimit small
        {
            4096, 4096
        }; // writing fails here as on a full disk
        ::setrlimit(RLIMIT_FSIZE, &small);
        ::_exit(saveRuns(folder / "t", "key", table->data()) ? 1 : 0);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(Caches, twoProcessesMayWriteAndReadAtOnce)
{
    auto table = sampleTable(500);
    auto write = [&] {
        for (int i = 0; i < 40; ++i)
            if (!saveRuns(folder / "t", "key", table->data()))
                return 1;
        return 0;
    };
    auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0)
        ::_exit(write());
    EXPECT_EQ(write(), 0);
    for (int i = 0; i < 40; ++i)
        EXPECT_TRUE(loadRuns(folder / "t", "key")) << "always one whole file";
    int status = 1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

class CachedHistories : public testing::Test
{
protected:
    void SetUp() override
    {
        file = smallDatabase(folder);
        OtherWriter(file).execute(
            runSql("run2") +
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 24999) "
            "INSERT INTO metrics SELECT 'long', i * 0.5, i, 'run1', i, 0 FROM n");
        store = openStore(file, {cache.path().string()})->tracking;
    }
    std::vector<fs::path> kept() const
    {
        std::vector<fs::path> files;
        for (const auto& entry : fs::recursive_directory_iterator(cache.path()))
            if (entry.is_regular_file())
                files.push_back(entry.path());
        return files;
    }
    std::size_t points() { return (*store->history("run1", "long", {}))->size(); }

    TemporaryFolder folder, cache;
    std::string file;
    std::shared_ptr<TrackingStore> store;
};

TEST_F(CachedHistories, longOnesAreKeptAndShortOnesNot)
{
    EXPECT_EQ((*store->history("run1", "loss", {}))->size(), 1U);
    EXPECT_TRUE(kept().empty());
    EXPECT_EQ(points(), 25'000U);
    ASSERT_EQ(kept().size(), 1U);
    auto again = *store->history("run1", "long", {});
    EXPECT_EQ(again->size(), 25'000U);
    EXPECT_EQ(again->values[3], 1.5);
    EXPECT_EQ(again->steps[24'999], 24'999);
}

TEST_F(CachedHistories, servesTheKeptOneWhileItsRunIsUnchanged)
{
    points();
    // The file itself is emptied of the points: what is answered now can only come from the cache.
    OtherWriter writer(file);
    writer.execute("DELETE FROM metrics WHERE step < 24000 AND key = 'long'; " +
                   std::string("INSERT INTO tags VALUES ('x', 'y', 'run2')"));
    EXPECT_EQ(points(), 25'000U);
    writer.execute("INSERT INTO metrics VALUES ('loss', 1, 99, 'run1', 99, 0)");
    EXPECT_EQ(points(), 1000U) << "the run has logged something: read anew";
}

TEST_F(CachedHistories, survivesDamageAndDeletion)
{
    points();
    auto content = contentOf(kept()[0].string());
    content[content.size() / 2] ^= 1;
    std::ofstream(kept()[0], std::ios::binary) << content;
    EXPECT_EQ(points(), 25'000U);
    fs::remove_all(cache.path());
    EXPECT_EQ(points(), 25'000U);
    fs::remove_all(cache.path());
    std::ofstream(cache.path()) << "a file where the folder should be";
    EXPECT_EQ(points(), 25'000U);
}

TEST_F(CachedHistories, tablesAreKeptWhileTheStoreIsUnchanged)
{
    using std::chrono::milliseconds;
    auto cached = [&]() -> std::shared_ptr<TrackingStore> {
        return std::make_shared<CachedStore>(openSqliteStore(file)->tracking, cache.path().string(),
                                             milliseconds(0));
    };
    auto first = *cached()->runs({}, {});
    ASSERT_EQ(kept().size(), 1U);
    auto reopened = cached();
    bool calledEarly = false;
    auto again = *reopened->runs({}, {}, [&](RunTablePtr) { calledEarly = true; });
    EXPECT_FALSE(calledEarly) << "the whole table is there at once";
    EXPECT_EQ(again->size(), first->size());
    EXPECT_EQ(again->tag("owner")->at(0), "ada");
    EXPECT_TRUE(reopened->warnings().empty());
    OtherWriter(file).execute("INSERT INTO latest_metrics VALUES ('broken', 'text', 7, 3, 0, 'run1')");
    ASSERT_TRUE(cached()->runs({}, {}));
    auto warned = cached();
    ASSERT_TRUE(warned->runs({}, {}));
    EXPECT_EQ(warned->warnings().size(), 1U) << "what was skipped is told of a kept table too";
    OtherWriter(file).execute("UPDATE tags SET value = 'eve'");
    EXPECT_EQ((*reopened->runs({}, {}))->tag("owner")->at(0), "eve");
    EXPECT_EQ((*reopened->runs({{"0"}, ViewType::DeletedOnly}, {}))->size(), 0U) << "another request";
}

TEST_F(CachedHistories, goesWithoutACacheThatCannotBeWritten)
{
    auto uncached = openStore(file, {"/proc/nowhere"});
    ASSERT_TRUE(uncached);
    EXPECT_EQ((*uncached->tracking->history("run1", "long", {}))->size(), 25'000U);
    EXPECT_TRUE(uncached->tracking->runs({}, {}));
}

} // namespace
} // namespace sextant
