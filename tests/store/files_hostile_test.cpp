// Reading an mlruns folder as real life leaves it: damaged, half written, foreign, out to lead us elsewhere.
#include "core/store/files/file_store.h"
#include "tests/store/mlruns_builder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace sextant {
namespace {

using test::MlrunsBuilder;
namespace fs = std::filesystem;

struct FilesHostile : testing::Test
{
    FilesHostile() { good = mlruns.run("0", MlrunsBuilder::id(1)); }

    void open()
    {
        auto opened = openFileStore(mlruns.root());
        ASSERT_TRUE(opened) << opened.error().message;
        store = std::move(*opened);
    }
    RunTablePtr load()
    {
        if (!store.tracking)
            open();
        auto table = store.tracking->runs({{}, ViewType::All}, {}, {});
        EXPECT_TRUE(table);
        return table ? *table : nullptr;
    }
    std::string warningsText() const
    {
        std::string text;
        for (const auto& warning : store.tracking->warnings())
            text += warning.where + ": " + warning.what + "\n";
        return text;
    }
    bool warnsOf(const std::string& part) const { return warningsText().find(part) != std::string::npos; }

    MlrunsBuilder mlruns;
    std::string good;
    Store store;
};

TEST_F(FilesHostile, SkipsAndNamesBrokenMetaFiles)
{
    auto meta = [&](int id) { return mlruns.run("0", MlrunsBuilder::id(id)) + "/meta.yaml"; };
    mlruns.write(meta(2), "");
    mlruns.write(meta(3), "artifact_uri: file:///x\nend_ti");
    mlruns.write(meta(4), "\x00\x01\x02\xff\xfe");
    mlruns.write(meta(5), "[[[[[");
    mlruns.write(meta(6), MlrunsBuilder::runMeta("0", MlrunsBuilder::id(6)).substr(0, 150));
    fs::remove(mlruns.path(meta(7)));
    fs::remove(mlruns.path(meta(8)));
    fs::create_directory(mlruns.path("0/" + MlrunsBuilder::id(8) + "/meta.yaml"));
    mlruns.write(meta(9), MlrunsBuilder::runMeta("0", MlrunsBuilder::id(1)));
    mlruns.write(meta(10), MlrunsBuilder::runMeta("5", MlrunsBuilder::id(10)));
    mlruns.write(meta(11), std::string(100000, '{'));
    auto table = load();
    EXPECT_EQ(table->size(), 1U);
    for (int id = 2; id <= 11; ++id)
        EXPECT_TRUE(warnsOf(MlrunsBuilder::id(id))) << id << "\n" << warningsText();
    EXPECT_EQ(store.tracking->warnings().size(), 10U);
    (void)load();
    EXPECT_EQ(store.tracking->warnings().size(), 10U) << "each place once";
    auto one = store.tracking->run(MlrunsBuilder::id(3));
    ASSERT_FALSE(one);
    EXPECT_EQ(one.error().code, ErrorCode::Corrupt);
}

TEST_F(FilesHostile, ReadsMetaFilesOfOldClients)
{
    auto id = MlrunsBuilder::id(2);
    mlruns.run("0", id);
    mlruns.write("0/" + id + "/meta.yaml",
                 "artifact_uri: /x\nend_time: null\nexperiment_id: 0\nname: ''\nrun_uuid: " + id +
                     "\nsource_name: train.py\nstart_time: 1500000000000\nuser_id: bob\n");
    auto table = load();
    auto row = table->find(id);
    ASSERT_TRUE(row) << warningsText();
    EXPECT_EQ(table->status(*row), RunStatus::Running);
    EXPECT_EQ(table->lifecycle(*row), Lifecycle::Active);
    EXPECT_EQ(table->name(*row), "run " + id) << "from its tag";
    EXPECT_FALSE(isKnown(table->endTime(*row)));
}

TEST_F(FilesHostile, SaysWhenAStatusIsUnknown)
{
    mlruns.run("0", MlrunsBuilder::id(2), 9);
    EXPECT_EQ(load()->size(), 2U);
    EXPECT_TRUE(warnsOf("status"));
}

TEST_F(FilesHostile, ArtifactsDoNotPoseAsRuns)
{
    auto id = MlrunsBuilder::id(2);
    mlruns.write(good + "/artifacts/" + id + "/meta.yaml", MlrunsBuilder::runMeta("artifacts", id));
    mlruns.write("0/" + id + "/meta.yaml", MlrunsBuilder::runMeta("0", id)); // no folders of values
    mlruns.write("0/artifacts/meta.yaml", MlrunsBuilder::runMeta("0", MlrunsBuilder::id(1)));
    auto table = load();
    EXPECT_EQ(table->size(), 1U) << warningsText();
    EXPECT_TRUE(warnsOf("poses"));
    EXPECT_FALSE(store.tracking->run(id));
}

TEST_F(FilesHostile, KeepsARunWhoseEmptyFoldersWereDropped)
{
    auto run = mlruns.run("0", MlrunsBuilder::id(2)); // as git does
    for (auto folder : {"/metrics", "/params", "/artifacts"})
        fs::remove(mlruns.path(run + folder));
    EXPECT_EQ(load()->size(), 2U);
    EXPECT_TRUE(store.tracking->run(MlrunsBuilder::id(2)));
}

TEST_F(FilesHostile, TornAndBrokenMetricLines)
{
    auto live = mlruns.run("0", MlrunsBuilder::id(2), 1);
    mlruns.write(live + "/metrics/torn", "1 0.5 1\n2 0.6 2\n17000000");
    mlruns.write(live + "/metrics/whole", "1 0.5 1\n2 0.6 2");
    mlruns.write(good + "/metrics/broken", "1 0.5 1\nhello\n2 x 2\n3 0.7 3\n");
    mlruns.write(good + "/metrics/empty", "");
    mlruns.write(live + "/metrics/started", "");
    auto table = load();
    auto row = *table->find(MlrunsBuilder::id(2));
    EXPECT_EQ(table->metric("torn")->at(row), 0.6);
    EXPECT_EQ(table->metric("whole")->at(row), 0.6);
    EXPECT_EQ(table->metric("broken")->at(*table->find(MlrunsBuilder::id(1))), 0.7);
    EXPECT_EQ(table->metric("empty"), nullptr);
    EXPECT_TRUE(warnsOf("metrics/torn: The last line is incomplete"));
    EXPECT_TRUE(warnsOf("metrics/broken: 2 lines were skipped"));
    EXPECT_TRUE(warnsOf("metrics/empty: The metric has no values"));
    EXPECT_FALSE(warnsOf("whole"));
    EXPECT_FALSE(warnsOf("started")) << "the run has only just begun";
    EXPECT_EQ(store.tracking->history(MlrunsBuilder::id(2), "torn", {}).value()->size(), 2U);
}

TEST_F(FilesHostile, LinksInCirclesAndOutOfTheStore)
{
    auto secret = mlruns.folder().write("secret.txt", "secret");
    fs::create_directory_symlink("..", mlruns.path(good + "/params/loop"));
    fs::create_directory_symlink(".", mlruns.path(good + "/metrics/self"));
    fs::create_directory_symlink(".", mlruns.path("0/circle"));
    fs::create_directory_symlink("..", mlruns.path("upward"));
    fs::create_symlink("b", mlruns.path("a"));
    fs::create_symlink("a", mlruns.path("b"));
    fs::create_symlink(secret, mlruns.path(good + "/params/outside"));
    fs::create_symlink("nowhere", mlruns.path(good + "/params/dangling"));
    mlruns.write(good + "/params/real", "value");
    fs::create_symlink("real", mlruns.path(good + "/params/inside"));
    auto table = load();
    EXPECT_EQ(table->size(), 1U);
    EXPECT_EQ(table->data().params.size(), 2U) << warningsText();
    EXPECT_EQ(table->param("inside")->at(0), "value");
    for (auto place : {"params/loop", "params/outside", "params/dangling", "0/circle", "upward"})
        EXPECT_TRUE(warnsOf(place)) << place;
    auto linked = mlruns.run("0", MlrunsBuilder::id(2));
    fs::remove_all(mlruns.path(linked + "/tags"));
    fs::create_directory_symlink(mlruns.folder().path(), mlruns.path(linked + "/tags"));
    EXPECT_FALSE(load()->tag("secret.txt"));
}

TEST_F(FilesHostile, FollowsAnExperimentOnAnotherDisk)
{
    test::TemporaryFolder elsewhere;
    fs::rename(mlruns.path("0"), elsewhere.path() / "zero");
    fs::create_directory_symlink(elsewhere.path() / "zero", mlruns.path("0"));
    EXPECT_EQ(load()->size(), 1U) << "as the real client does";
}

TEST_F(FilesHostile, IdsAndKeysThatLeadOut)
{
    mlruns.write("../outside/meta.yaml", MlrunsBuilder::runMeta("0", "outside"));
    mlruns.write(good + "/inputs/i/meta.yaml",
                 "source_type: DATASET\nsource_id: ../../../outside\ntags: {}\n");
    open();
    for (auto id : {"../outside", "..", ".", "", "/etc", "a/b", "x\n", "0/../../outside"})
        EXPECT_FALSE(store.tracking->run(id)) << id;
    for (auto key : {"../meta.yaml", "/etc/passwd", "..", "a/../../meta.yaml", "", "a//b"}) {
        auto history = store.tracking->history(MlrunsBuilder::id(1), key, {});
        ASSERT_TRUE(history) << key;
        EXPECT_EQ((*history)->size(), 0U) << key;
    }
    EXPECT_EQ(store.registry->modelVersions("../0").value().size(), 0U);
    auto run = store.tracking->run(MlrunsBuilder::id(1));
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->datasets.empty());
    EXPECT_TRUE(warnsOf("outside its experiment"));
}

TEST_F(FilesHostile, HugeAndOddValues)
{
    std::string huge(10U << 20, 'x');
    mlruns.write(good + "/tags/huge", huge);
    mlruns.write(good + "/tags/bytes", "a\xff\xfe");
    mlruns.write(good + "/params/na\xffme", "v");
    mlruns.write(good + "/params/line\nbreak", "v");
    mlruns.write(good + "/params/" + std::string(250, 'k'), "long key");
    mlruns.write(good + "/params/empty", "");
    ASSERT_EQ(::mkfifo(mlruns.path(good + "/params/pipe").c_str(), 0600), 0);
    mlruns.write(good + "/tags/.DS_Store", "junk");
    auto table = load();
    EXPECT_EQ(table->tag("huge")->at(0)->size(), huge.size());
    EXPECT_EQ(table->tag("bytes")->at(0), "a\uFFFD\uFFFD");
    EXPECT_TRUE(table->param("na\uFFFDme"));
    EXPECT_TRUE(table->param("line\nbreak"));
    EXPECT_EQ(table->param("empty")->at(0), "");
    EXPECT_FALSE(table->param("pipe"));
    for (auto place : {"bytes", "na\uFFFDme", "pipe", ".DS_Store"})
        EXPECT_TRUE(warnsOf(place)) << place;
}

TEST_F(FilesHostile, ManyTagsAndDeepKeys)
{
    for (int i = 0; i < 3000; ++i)
        mlruns.write(good + "/tags/t" + std::to_string(i), std::to_string(i));
    std::string deep = good + "/params";
    for (int i = 0; i < 60; ++i)
        deep += "/d";
    mlruns.write(deep + "/key", "v");
    auto table = load();
    EXPECT_EQ(table->data().tags.size(), 3001U);
    EXPECT_TRUE(warnsOf("nested too deep"));
}

TEST_F(FilesHostile, ForeignFoldersAndMissingExperiments)
{
    mlruns.write("notes/readme.md", "hello");
    mlruns.write(".git/config", "x");
    mlruns.write("my data!/file", "x");
    mlruns.write("55/meta.yaml", "");
    mlruns.run("66", MlrunsBuilder::id(2));
    mlruns.write("77/meta.yaml", "experiment_id: '78'\nname: copied\n");
    mlruns.write("file.txt", "x");
    mlruns.write("0/tags/k", "v");
    mlruns.write("0/traces/t1/trace_info.yaml", "x: 1\n");
    EXPECT_EQ(load()->size(), 1U);
    EXPECT_EQ(store.tracking->experiments(ViewType::All).value().size(), 1U);
    for (auto place : {"/notes", "/.git", "/my data!", "/55", "/66", "/77"})
        EXPECT_TRUE(warnsOf(place)) << place << "\n" << warningsText();
    EXPECT_FALSE(warnsOf("file.txt"));
    EXPECT_FALSE(warnsOf("traces"));
}

TEST_F(FilesHostile, SameExperimentInTheTrash)
{
    mlruns.experiment("3", "twice");
    mlruns.experiment("3", "twice", ".trash/3");
    open();
    EXPECT_EQ(store.tracking->experiments(ViewType::All).value().size(), 2U);
    EXPECT_TRUE(warnsOf(".trash/3"));
}

TEST_F(FilesHostile, NoPermission)
{
    auto locked = mlruns.run("0", MlrunsBuilder::id(2));
    auto secret = mlruns.run("0", MlrunsBuilder::id(3));
    mlruns.write(good + "/params/p", "v");
    fs::permissions(mlruns.path(locked), fs::perms::none);
    fs::permissions(mlruns.path(good + "/params/p"), fs::perms::none);
    fs::permissions(mlruns.path(secret + "/tags"), fs::perms::none);
    {
        test::WithoutRoot nobody;
        auto table = load();
        EXPECT_EQ(table->size(), 2U);
        EXPECT_FALSE(table->param("p"));
        for (auto place : {locked, good + "/params/p", secret + "/tags"})
            EXPECT_TRUE(warnsOf(place)) << place << "\n" << warningsText();
        EXPECT_TRUE(warnsOf("permission"));
    }
    for (auto place : {locked, secret + "/tags"})
        fs::permissions(mlruns.path(place), fs::perms::owner_all);
    fs::permissions(mlruns.root(), fs::perms::none);
    {
        test::WithoutRoot nobody;
        auto closed = openFileStore(mlruns.root());
        ASSERT_FALSE(closed);
        EXPECT_EQ(closed.error().code, ErrorCode::PermissionDenied);
    }
    fs::permissions(mlruns.root(), fs::perms::owner_all);
}

TEST_F(FilesHostile, StoreThatVanishesWhileOpen)
{
    open();
    fs::remove_all(mlruns.root());
    auto runs = store.tracking->runs({}, {}, {});
    ASSERT_FALSE(runs);
    EXPECT_EQ(runs.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(store.tracking->stamp());
    EXPECT_FALSE(store.tracking->run(MlrunsBuilder::id(1)));
    EXPECT_TRUE(store.registry->registeredModels().value().empty());
}

void expectNoStore(const std::string& path, ErrorCode code, const std::string& hint)
{
    auto store = openFileStore(path);
    ASSERT_FALSE(store) << path;
    EXPECT_EQ(store.error().code, code) << store.error().message;
    EXPECT_NE(store.error().hint.find(hint), std::string::npos) << store.error().hint;
    EXPECT_FALSE(store.error().message.ends_with("."));
}

TEST_F(FilesHostile, SaysWhatToOpenInstead)
{
    expectNoStore(mlruns.path("0"), ErrorCode::NotAStore, mlruns.root());
    expectNoStore(mlruns.path(good), ErrorCode::NotAStore, mlruns.root());
    expectNoStore(mlruns.path("not/there"), ErrorCode::NotFound, "");
    expectNoStore(mlruns.path("0/meta.yaml"), ErrorCode::NotAStore, "");
    expectNoStore("", ErrorCode::InvalidArgument, "");
    test::TemporaryFolder other;
    expectNoStore(other.path().string(), ErrorCode::NotAStore, "mlruns");
    other.write("recipe/meta.yaml", "package:\n  name: x\n");
    expectNoStore(other.path().string(), ErrorCode::NotAStore, "mlruns");
    other.write("artifacts/mlruns/1/" + MlrunsBuilder::id(1) + "/artifacts/model.pkl", "x");
    other.write("artifacts/mlflow.db", "x");
    expectNoStore(other / "artifacts/mlruns", ErrorCode::NotAStore, "mlflow.db");
    expectNoStore(other / "artifacts", ErrorCode::NotAStore, "mlflow.db");
    fs::create_directories(other.path() / "fresh/mlruns");
    EXPECT_TRUE(openFileStore(other / "fresh/mlruns")) << "made, and nothing logged yet";
}

} // namespace
} // namespace sextant
