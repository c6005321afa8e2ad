// Following a store that is being written to.
#include "core/store/files/file_store.h"
#include "tests/store/mlruns_builder.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

namespace sextant {
namespace {

using test::MlrunsBuilder;
namespace fs = std::filesystem;

struct FilesLive : testing::Test
{
    FilesLive()
    {
        running = mlruns.run("0", MlrunsBuilder::id(1), 1);
        finished = mlruns.run("0", MlrunsBuilder::id(2), 3);
        mlruns.write(running + "/metrics/loss", "1 0.5 0\n");
        mlruns.write(finished + "/tags/note", "old");
        store = *openFileStore(mlruns.root());
        EXPECT_TRUE(store.tracking->runs({}, {}, {}));
        last = *store.tracking->stamp();
    }
    /// Whether the store says that it changed since it was last asked.
    bool changed()
    {
        auto now = *store.tracking->stamp();
        return std::exchange(last, now) != now;
    }
    void append(const std::string& below, const std::string& line) const
    {
        std::ofstream(mlruns.path(below), std::ios::app) << line;
    }
    MlrunsBuilder mlruns;
    std::string running, finished;
    Store store;
    ChangeStamp last;
};

TEST_F(FilesLive, TheStampTellsEveryChange)
{
    EXPECT_FALSE(changed());
    append(running + "/metrics/loss", "2 0.4 1\n");
    EXPECT_TRUE(changed()) << "a metric of a running run";
    EXPECT_FALSE(changed());
    mlruns.write(running + "/metrics/deep/new", "1 1 1\n");
    EXPECT_TRUE(changed()) << "a new metric";
    mlruns.run("0", MlrunsBuilder::id(3));
    EXPECT_TRUE(changed()) << "a new run";
    mlruns.write(finished + "/tags/added", "x");
    EXPECT_TRUE(changed()) << "a new tag of a finished run";
    mlruns.write(finished + "/tags/note", "much newer");
    EXPECT_TRUE(changed()) << "a changed tag of a finished run";
    append(finished + "/metrics/late", "1 1 1\n");
    EXPECT_TRUE(changed()) << "a metric of a finished run";
    append(finished + "/metrics/late", "2 1 1\n");
    EXPECT_TRUE(changed()) << "another point of it";
    mlruns.write(running + "/meta.yaml", MlrunsBuilder::runMeta("0", MlrunsBuilder::id(1), 3, "deleted"));
    EXPECT_TRUE(changed()) << "the run ended";
    mlruns.experiment("5", "new");
    EXPECT_TRUE(changed()) << "a new experiment";
    mlruns.write("models/m/meta.yaml", "name: m\n");
    EXPECT_TRUE(changed()) << "a registered model";
    fs::rename(mlruns.path("5"), mlruns.path("x5"));
    EXPECT_TRUE(changed()) << "an experiment went";
    fs::remove_all(mlruns.path(finished));
    EXPECT_TRUE(changed()) << "a run went";
    EXPECT_FALSE(changed());
}

TEST_F(FilesLive, TheStampNeedsNoLoading)
{
    auto other = *openFileStore(mlruns.root());
    auto before = *other.tracking->stamp();
    ASSERT_TRUE(other.tracking->runs({}, {}, {}));
    EXPECT_EQ(*other.tracking->stamp(), before) << "looking closer is no change";
    append(running + "/metrics/loss", "2 0.4 1\n");
    EXPECT_NE(*other.tracking->stamp(), before);
}

TEST_F(FilesLive, ASecondReadingTakesOverWhatDidNotChange)
{
    mlruns.write(finished + "/metrics/loss", "1 0.5 0\n");
    mlruns.write(finished + "/params/lr", "0.1");
    mlruns.write("0/datasets/d/meta.yaml", "name: iris\ndigest: abc\nsource_type: local\nsource: x\n");
    mlruns.write(finished + "/inputs/i/meta.yaml", "source_type: DATASET\nsource_id: d\ntags:\n  "
                                                   "mlflow.data.context: train\n");
    std::size_t read = 0;
    auto reading = [&] {
        Operation operation;
        read = 0;
        operation.report = [&](const Progress& progress) {
            read = progress.activity.starts_with("Reading metrics") ? progress.total : read;
        };
        return *store.tracking->runs({{}, ViewType::All}, operation, {});
    };
    for (int number = 3; number < 40; ++number)
        mlruns.write(mlruns.run("0", MlrunsBuilder::id(number)) + "/tags/n", std::to_string(number));
    reading();
    auto table = reading(); // marked now: what was new before the first reading is not trusted
    auto row = [&](int number) { return *table->find(MlrunsBuilder::id(number)); };
    auto expectWhole = [&] {
        ASSERT_EQ(table->size(), 39U);
        for (int number = 3; number < 40; ++number)
            EXPECT_EQ(table->tag("n")->at(row(number)), std::to_string(number));
        EXPECT_EQ(table->metric("loss")->at(row(2)), 0.5);
        EXPECT_EQ(table->param("lr")->at(row(2)), "0.1");
        ASSERT_EQ(table->datasets(row(2)).size(), 1U);
        EXPECT_EQ(table->data().datasets[table->datasets(row(2))[0].dataset].name, "iris");
        EXPECT_EQ(table->name(row(2)), "run " + MlrunsBuilder::id(2));
        EXPECT_EQ(table->startTime(row(2)), 1700000001000);
    };
    table = reading();
    expectWhole();
    EXPECT_LE(read, 24U) << "few were read";
    append(running + "/metrics/loss", "2 0.25 1\n");
    mlruns.write(finished + "/tags/note", "new"); // in place, as long as before
    mlruns.write("0/" + MlrunsBuilder::id(7) + "/params/deep/key", "added");
    mlruns.write("0/" + MlrunsBuilder::id(8) + "/meta.yaml",
                 MlrunsBuilder::runMeta("0", MlrunsBuilder::id(8), 4, "deleted"));
    table = reading();
    expectWhole();
    EXPECT_EQ(table->metric("loss")->at(row(1)), 0.25) << "a running run";
    EXPECT_EQ(table->tag("note")->at(row(2)), "new") << "a tag changed in place";
    EXPECT_EQ(table->param("deep/key")->at(row(7)), "added");
    EXPECT_EQ(table->lifecycle(row(8)), Lifecycle::Deleted);
    fs::remove_all(mlruns.path("0/" + MlrunsBuilder::id(9)));
    fs::remove(mlruns.path("0/" + MlrunsBuilder::id(10) + "/tags/n"));
    table = reading();
    EXPECT_EQ(table->size(), 38U);
    EXPECT_FALSE(table->find(MlrunsBuilder::id(9)));
    EXPECT_FALSE(table->tag("n")->at(row(10)));
    EXPECT_EQ((*store.tracking->runs({{"0"}, ViewType::DeletedOnly}, {}, {}))->size(), 1U);
    table = reading();
    EXPECT_EQ(table->size(), 38U) << "after a reading of other runs";
    EXPECT_EQ(table->tag("n")->at(row(39)), "39");
}

TEST_F(FilesLive, TheMarkOfAHistoryIsThatOfItsFile)
{
    auto id = MlrunsBuilder::id(1);
    auto mark = store.tracking->historyMark(id, "loss").value();
    append(running + "/metrics/other", "2 0.4 1\n");
    EXPECT_EQ(store.tracking->historyMark(id, "loss").value(), mark);
    append(running + "/metrics/loss", "2 0.4 1\n");
    EXPECT_NE(store.tracking->historyMark(id, "loss").value(), mark);
    EXPECT_EQ(store.tracking->historyMark(id, "nothere").value(), "");
    EXPECT_EQ(store.tracking->historyMark(id, "../meta.yaml").value(), "");
}

TEST_F(FilesLive, NeverFailsWhileRunsComeAndGo)
{
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        for (int round = 0; !stop; ++round) {
            auto id = MlrunsBuilder::id(100 + round % 50);
            auto run = mlruns.run("0", id, 1);
            for (int step = 0; step < 5; ++step)
                append(run + "/metrics/loss",
                       "17000000000" + std::to_string(step) + " 0." + std::to_string(step) + " 1\n");
            mlruns.write(running + "/meta.yaml",
                         MlrunsBuilder::runMeta("0", MlrunsBuilder::id(1), 1)); // in place, as the client
            if (round % 2 == 1)
                fs::remove_all(mlruns.path(run));
        }
    });
    for (int round = 0; round < 60; ++round) {
        auto table = store.tracking->runs({{}, ViewType::All}, {}, {});
        ASSERT_TRUE(table);
        EXPECT_TRUE((*table)->find(MlrunsBuilder::id(2)));
        ASSERT_TRUE(store.tracking->stamp());
        ASSERT_TRUE(store.tracking->history(MlrunsBuilder::id(2), "loss", {}));
    }
    stop = true;
    writer.join();
}

} // namespace
} // namespace sextant
