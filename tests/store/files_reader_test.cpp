// Reading an mlruns folder that is as it should be.
#include "core/store/files/file_store.h"
#include "tests/store/mlruns_builder.h"

#include <cmath>
#include <gtest/gtest.h>

namespace sextant {
namespace {

using test::MlrunsBuilder;

Store opened(const std::string& path)
{
    auto store = openFileStore(path);
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : Store{};
}

/// Two experiments and one in the trash; five runs.
struct FilesReader : testing::Test
{
    FilesReader()
    {
        mlruns.experiment("12", "speech");
        mlruns.experiment("7", "old", ".trash/7");
        mlruns.write("12/tags/team", "vision");
        std::filesystem::create_directories(mlruns.path("models"));
        first = mlruns.run("12", MlrunsBuilder::id(1));
        mlruns.write(first + "/params/lr", "0.1");
        mlruns.write(first + "/params/opt/name", "adam");
        mlruns.write(first + "/metrics/loss", "3 0.5 1\n1 0.9 0\n1 0.9 0\n4 nan 2\n");
        mlruns.write(first + "/metrics/top/k/5", "1 inf 0\n");
        mlruns.write(first + "/tags/note", "two\nlines\n");
        mlruns.run("12", MlrunsBuilder::id(2), 1);
        mlruns.run("12", MlrunsBuilder::id(3), 4, "deleted");
        mlruns.run("0", MlrunsBuilder::id(4), 2);
        mlruns.run(".trash/7", MlrunsBuilder::id(5), 3, "deleted");
    }
    MlrunsBuilder mlruns;
    std::string first;
};

TEST_F(FilesReader, ListsExperimentsByWhereTheyAre)
{
    auto store = opened(mlruns.root());
    auto active = store.tracking->experiments(ViewType::ActiveOnly);
    ASSERT_TRUE(active);
    ASSERT_EQ(active->size(), 2U);
    auto all = store.tracking->experiments(ViewType::All);
    ASSERT_EQ(all->size(), 3U);
    auto deleted = store.tracking->experiments(ViewType::DeletedOnly);
    ASSERT_EQ(deleted->size(), 1U);
    EXPECT_EQ(deleted->front().id, "7");
    EXPECT_EQ(deleted->front().lifecycle, Lifecycle::Deleted);
    for (const auto& experiment : *active)
        if (experiment.id == "12") {
            EXPECT_EQ(experiment.name, "speech");
            EXPECT_EQ(experiment.creationTime, 1700000000000);
            EXPECT_EQ(experiment.tags, (TagMap{{"team", "vision"}}));
        }
    EXPECT_TRUE(store.tracking->warnings().empty());
}

TEST_F(FilesReader, LoadsTheTable)
{
    auto store = opened(mlruns.root());
    RunTablePtr early;
    auto table = store.tracking->runs({}, {}, [&](RunTablePtr list) { early = std::move(list); });
    ASSERT_TRUE(table);
    ASSERT_TRUE(early);
    EXPECT_EQ(early->size(), 3U);
    EXPECT_FALSE(early->complete());
    const auto& runs = **table;
    EXPECT_TRUE(runs.complete());
    ASSERT_EQ(runs.size(), 3U) << "active runs of active experiments";
    auto row = runs.find(MlrunsBuilder::id(1));
    ASSERT_TRUE(row);
    EXPECT_EQ(runs.name(*row), "run " + MlrunsBuilder::id(1));
    EXPECT_EQ(runs.user(*row), "ada");
    EXPECT_EQ(runs.status(*row), RunStatus::Finished);
    EXPECT_EQ(runs.startTime(*row), 1700000001000);
    EXPECT_EQ(runs.experiment(*row).name, "speech");
    EXPECT_TRUE(std::isnan(runs.metric("loss")->at(*row)));
    EXPECT_FALSE(isMissing(runs.metric("loss")->at(*row)));
    EXPECT_TRUE(std::isinf(runs.metric("top/k/5")->at(*row)));
    EXPECT_EQ(runs.param("opt/name")->at(*row), "adam");
    EXPECT_EQ(runs.tag("note")->at(*row), "two\nlines\n");
    EXPECT_EQ(store.tracking->runs({{}, ViewType::All}, {}, {}).value()->size(), 5U);
    EXPECT_EQ(store.tracking->runs({{"12"}, ViewType::DeletedOnly}, {}, {}).value()->size(), 1U);
    EXPECT_EQ(store.tracking->runs({{"7"}, ViewType::All}, {}, {}).value()->size(), 1U);
    auto none = store.tracking->runs({{"99"}, ViewType::All}, {}, {});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(none.error().hint.empty());
}

TEST_F(FilesReader, ReadsOneRunAndItsHistories)
{
    auto store = opened(mlruns.root());
    auto run = store.tracking->run(MlrunsBuilder::id(1));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->params, (TagMap{{"lr", "0.1"}, {"opt/name", "adam"}}));
    ASSERT_EQ(run->metrics.size(), 2U);
    EXPECT_EQ(run->metrics[0].key, "loss");
    EXPECT_EQ(run->metrics[0].step, 2);
    auto history = store.tracking->history(MlrunsBuilder::id(1), "loss", {});
    ASSERT_TRUE(history);
    ASSERT_EQ((*history)->size(), 4U) << "file order, duplicates kept";
    EXPECT_EQ((*history)->steps[0], 1);
    EXPECT_EQ((*history)->steps[1], 0);
    EXPECT_EQ((*history)->timestamps[3], 4);
    EXPECT_EQ(store.tracking->history(MlrunsBuilder::id(1), "other", {}).value()->size(), 0U);
    EXPECT_EQ(store.tracking->history(MlrunsBuilder::id(1), "top", {}).value()->size(), 0U)
        << "a folder of keys";
    EXPECT_EQ(store.tracking->history(MlrunsBuilder::id(1), "top/k/5", {}).value()->size(), 1U);
    auto missing = store.tracking->history("nothere", "loss", {});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    auto deleted = store.tracking->run(MlrunsBuilder::id(5));
    ASSERT_TRUE(deleted) << "a run of an experiment in the trash";
    EXPECT_EQ(deleted->info.experimentId, "7");
    auto summaries = store.tracking->metricSummaries("loss", {});
    ASSERT_TRUE(summaries);
    ASSERT_EQ(summaries->size(), 1U);
    EXPECT_EQ(summaries->front().points, 4U);
    EXPECT_EQ(summaries->front().min, 0.5);
    EXPECT_EQ(summaries->front().max, 0.9);
    EXPECT_EQ(summaries->front().first, 0.5);
    EXPECT_TRUE(store.tracking->warnings().empty());
}

TEST_F(FilesReader, ReadsDatasetsAndModelLinks)
{
    mlruns.write("12/datasets/d1/meta.yaml",
                 "digest: abc\nname: train set\nprofile: '{\"rows\": 2}'\nschema: null\n"
                 "source: '{\"url\": \"x\"}'\nsource_type: http\n");
    mlruns.write(first + "/inputs/i1/meta.yaml",
                 "destination_id: d1\ndestination_type: RUN\nsource_id: d1\n"
                 "source_type: DATASET\ntags:\n  mlflow.data.context: train\n");
    mlruns.write(first + "/inputs/i2/meta.yaml",
                 "destination_id: m-1\ndestination_type: RUN\nsource_id: m-1\n"
                 "source_type: MODEL\ntags: {}\n");
    mlruns.write(first + "/inputs/i3/meta.yaml",
                 "destination_id: gone\ndestination_type: RUN\nsource_id: gone\n"
                 "source_type: DATASET\ntags: {}\n");
    mlruns.write(first + "/outputs/m-2/meta.yaml",
                 "destination_id: m-2\ndestination_type: MODEL_OUTPUT\nsource_id: m-2\n"
                 "source_type: RUN_OUTPUT\nstep: 4\ntags: {}\n");
    auto store = opened(mlruns.root());
    auto run = store.tracking->run(MlrunsBuilder::id(1));
    ASSERT_TRUE(run);
    ASSERT_EQ(run->datasets.size(), 1U);
    EXPECT_EQ(run->datasets[0].dataset.name, "train set");
    EXPECT_EQ(run->datasets[0].dataset.profile, "{\"rows\": 2}");
    EXPECT_EQ(run->datasets[0].context(), "train");
    ASSERT_EQ(run->modelInputs.size(), 1U);
    EXPECT_EQ(run->modelInputs[0].modelId, "m-1");
    ASSERT_EQ(run->modelOutputs.size(), 1U);
    EXPECT_EQ(run->modelOutputs[0].step, 4);
    auto warnings = store.tracking->warnings();
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(warnings[0].where.find("datasets/gone"), std::string::npos);
    auto table = store.tracking->runs({}, {}, {});
    ASSERT_TRUE(table);
    auto uses = (*table)->datasets(*(*table)->find(MlrunsBuilder::id(1)));
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ((*table)->data().datasets[uses[0].dataset].digest, "abc");
    EXPECT_EQ((*table)->data().contexts[uses[0].context], "train");
}

TEST_F(FilesReader, FindsArtifactsOfAStoreThatWasMoved)
{
    mlruns.write(first + "/artifacts/plots/loss.png", "picture");
    mlruns.write(".trash/7/" + MlrunsBuilder::id(5) + "/artifacts/a.txt", "a");
    auto store = opened(mlruns.root());
    auto files = store.tracking->listArtifacts(MlrunsBuilder::id(1), "", true);
    ASSERT_TRUE(files);
    ASSERT_EQ(files->size(), 2U);
    EXPECT_EQ((*files)[1].path, "plots/loss.png");
    EXPECT_EQ((*files)[1].size, 7U);
    auto file = store.tracking->artifactFile(MlrunsBuilder::id(1), "plots/loss.png");
    ASSERT_TRUE(file);
    EXPECT_EQ(test::contentOf(*file), "picture");
    EXPECT_FALSE(store.tracking->artifactFile(MlrunsBuilder::id(1), "../meta.yaml"));
    EXPECT_TRUE(store.tracking->artifactFile(MlrunsBuilder::id(5), "a.txt"));
    EXPECT_EQ(store.tracking->listArtifacts(MlrunsBuilder::id(2), "", true).value().size(), 0U);
}

TEST_F(FilesReader, ChangesNoByte)
{
    auto before = test::snapshotOf(mlruns.root());
    auto store = opened(mlruns.root());
    (void)store.tracking->info();
    (void)store.tracking->stamp();
    (void)store.tracking->experiments(ViewType::All);
    (void)store.tracking->runs({{}, ViewType::All}, {}, {});
    (void)store.tracking->run(MlrunsBuilder::id(1));
    (void)store.tracking->history(MlrunsBuilder::id(1), "loss", {});
    (void)store.tracking->metricSummaries("loss", {});
    (void)store.tracking->loggedModels({});
    (void)store.tracking->listArtifacts(MlrunsBuilder::id(1), "", true);
    (void)store.registry->registeredModels();
    (void)store.registry->modelVersions("");
    EXPECT_EQ(test::snapshotOf(mlruns.root()), before);
}

TEST_F(FilesReader, IsOpenedByItsNamesAndItsParent)
{
    EXPECT_EQ(opened("file://" + mlruns.root()).tracking->info().path, mlruns.root());
    EXPECT_EQ(opened(mlruns.root() + "/").tracking->info().path, mlruns.root());
    EXPECT_EQ(opened(mlruns.folder().path().string()).tracking->info().path, mlruns.root());
    auto info = opened(mlruns.root()).tracking->info();
    EXPECT_EQ(info.kind, StoreKind::Files);
    EXPECT_TRUE(info.capabilities.writable);
    EXPECT_TRUE(info.capabilities.registry && info.capabilities.aliases && info.capabilities.loggedModels);
}

TEST(FilesOpen, TakesOddPaths)
{
    for (auto name : {"with blank", "it's", "\U0001F600 runs", "per%20cent", "#hash?"}) {
        MlrunsBuilder mlruns(name);
        mlruns.run("0", MlrunsBuilder::id(1));
        auto store = opened(mlruns.root());
        ASSERT_TRUE(store.tracking) << name;
        EXPECT_EQ(store.tracking->runs({}, {}, {}).value()->size(), 1U) << name;
    }
}

TEST(FilesOpen, CanBeCancelled)
{
    MlrunsBuilder mlruns;
    for (int i = 1; i <= 60; ++i)
        mlruns.run("0", MlrunsBuilder::id(i));
    auto store = opened(mlruns.root());
    std::stop_source stop;
    auto stopped =
        store.tracking->runs({}, {stop.get_token(), {}}, [&](const RunTablePtr&) { stop.request_stop(); });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(store.tracking->runs({}, {}, {}).value()->size(), 60U);
}

} // namespace
} // namespace sextant
