// Writing the registry: one contract for databases and folders. What each leaves to the byte is compared with
// the real client elsewhere.
#include "core/store/files/file_store.h"
#include "core/store/open.h"
#include "core/store/registry_rules.h"
#include "tests/store/mlruns_builder.h"
#include "tests/store/sample_database.h"

#include <functional>

namespace sextant {
namespace {

using namespace test;
namespace fs = std::filesystem;

struct Kind
{
    const char* name;
    bool database;
};

class RegistryWriting : public testing::TestWithParam<Kind>
{
protected:
    void SetUp() override
    {
        uri = GetParam().database ? smallDatabase(folder) : mlruns.root();
        reopen();
        ASSERT_TRUE(store.registry->unlock());
        ASSERT_TRUE(store.tracking->unlock());
    }
    void reopen() { store = *openStore(uri); }

    RegistryStore& registry() { return *store.registry; }
    ModelVersion add(const std::string& model, const std::string& description = {})
    {
        return *registry().createVersion(
            {model, "/data/model", "run1", {}, description, {}, {{"kept", "yes"}}});
    }
    void addModel(const std::string& name, int versions = 0)
    {
        ASSERT_TRUE(registry().createModel(name, "about " + name, {{"team", "risk"}}));
        for (int i = 0; i < versions; ++i)
            add(name);
    }
    ModelVersion version(const std::string& model, std::int64_t number)
    {
        auto versions = registry().modelVersions(model);
        for (const auto& one : *versions)
            if (one.version == number)
                return one;
        return {};
    }
    RegisteredModel model(const std::string& name)
    {
        auto models = registry().registeredModels();
        for (const auto& one : *models)
            if (one.name == name)
                return one;
        return {};
    }
    std::map<std::string, std::string> bytes()
    {
        return bytesOf(GetParam().database ? folder.path() : fs::path(uri));
    }

    TemporaryFolder folder;
    MlrunsBuilder mlruns;
    std::string uri;
    Store store;
};

INSTANTIATE_TEST_SUITE_P(Stores, RegistryWriting, testing::Values(Kind{"sqlite", true}, Kind{"files", false}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_P(RegistryWriting, isRefusedUntilUnlocked)
{
    addModel("m", 1);
    reopen();
    auto before = bytes();
    auto refused = [](const auto& result) { return !result && result.error().code == ErrorCode::ReadOnly; };
    EXPECT_TRUE(refused(registry().createModel("n", "", {})));
    EXPECT_TRUE(refused(registry().createVersion({"m", "/x"})));
    EXPECT_TRUE(refused(registry().setAlias("m", "champion", 1)));
    EXPECT_TRUE(refused(registry().deleteAlias("m", "champion")));
    EXPECT_TRUE(refused(registry().transition("m", 1, Stage::Staging, false)));
    EXPECT_TRUE(refused(registry().setVersionTag("m", 1, "a", "b")));
    EXPECT_TRUE(refused(registry().setModelTag("m", "a", "b")));
    EXPECT_TRUE(refused(registry().describeModel("m", "b")));
    EXPECT_TRUE(refused(registry().describeVersion("m", 1, "b")));
    EXPECT_TRUE(refused(registry().deleteVersion("m", 1)));
    EXPECT_TRUE(refused(registry().copyVersion("m", 1, "n")));
    EXPECT_TRUE(refused(store.tracking->createExperiment("e")));
    EXPECT_TRUE(refused(store.tracking->createRun({"0", "r", {}})));
    EXPECT_EQ(bytes(), before);
}

TEST_P(RegistryWriting, makesModelsOnce)
{
    ASSERT_TRUE(registry().createModel("größe 1", "about: it", {{"team", "risk"}, {"a/b", ""}}));
    auto made = model("größe 1");
    EXPECT_EQ(made.description, "about: it");
    EXPECT_EQ(made.tags, (TagMap{{"team", "risk"}, {"a/b", ""}}));
    EXPECT_TRUE(isKnown(made.creationTime));
    EXPECT_EQ(made.creationTime, made.lastUpdatedTime);
    EXPECT_EQ(registry().createModel("größe 1", "", {}).error().code, ErrorCode::AlreadyExists);
    for (const char* name : {"", "  ", "a/b", "a:b", "..", ".", "a%b", "\xff"})
        EXPECT_EQ(registry().createModel(name, "", {}).error().code, ErrorCode::InvalidArgument) << name;
    EXPECT_EQ(registry().createModel("x", "", {{"a*b", ""}}).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(registry().registeredModels()->size(), 1U) << "what is refused leaves nothing";
}

TEST_P(RegistryWriting, numbersVersionsAndNeverAgain)
{
    addModel("m");
    auto first = add("m", "first");
    EXPECT_EQ(first.version, 1);
    EXPECT_EQ(first.stage, Stage::None);
    EXPECT_EQ(first.status, "READY");
    EXPECT_EQ(first.source, "/data/model");
    EXPECT_EQ(first.storageLocation, "/data/model");
    EXPECT_EQ(first.runId, "run1");
    EXPECT_EQ(first.description, "first");
    EXPECT_EQ(first.tags, (TagMap{{"kept", "yes"}}));
    EXPECT_EQ(model("m").lastUpdatedTime, first.creationTime);
    EXPECT_EQ(add("m").version, 2);
    ASSERT_TRUE(registry().deleteVersion("m", 2));
    EXPECT_EQ(add("m").version, 3);
    EXPECT_EQ(registry().createVersion({"nobody", "/x"}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(registry().createVersion({"m", ""}).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(registry().createVersion({"m", "models:/m/9"}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(registry().createVersion({"m", "models:/m@champion"}).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(registry().createVersion({"m", "models:/m-none"}).error().code, ErrorCode::NotFound);
}

TEST_P(RegistryWriting, movesAliases)
{
    addModel("m", 2);
    ASSERT_TRUE(registry().setAlias("m", "champion", 1));
    ASSERT_TRUE(registry().setAlias("m", "champion", 2));
    ASSERT_TRUE(registry().setAlias("m", "Champion", 1)) << "capitals count";
    ASSERT_TRUE(registry().setAlias("m", "10", 1));
    EXPECT_EQ(model("m").aliases,
              (decltype(RegisteredModel::aliases){{"10", 1}, {"Champion", 1}, {"champion", 2}}));
    EXPECT_EQ(version("m", 1).aliases, (std::vector<std::string>{"10", "Champion"}));
    EXPECT_EQ(registry().setAlias("m", "champion", 7).error().code, ErrorCode::NotFound);
    EXPECT_EQ(registry().setAlias("n", "champion", 1).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(registry().deleteAlias("m", "champion"));
    EXPECT_TRUE(registry().deleteAlias("m", "champion")) << "as the client";
    EXPECT_FALSE(model("m").aliases.contains("champion"));
    EXPECT_EQ(registry().deleteAlias("n", "champion").error().code, ErrorCode::NotFound);
}

TEST_P(RegistryWriting, takesLongAliases)
{
    addModel("m", 1);
    for (std::size_t length : {std::size_t(127), std::size_t(128), std::size_t(129), kLongestAlias}) {
        std::string name(length, 'a');
        ASSERT_TRUE(registry().setAlias("m", name, 1)) << length;
        reopen();
        ASSERT_TRUE(registry().unlock());
        EXPECT_EQ(model("m").aliases.at(name), 1) << length;
    }
    EXPECT_FALSE(registry().setAlias("m", std::string(kLongestAlias + 1, 'a'), 1));
}

TEST(RegistryRules, followTheClients)
{
    for (const char* alias : {"", "a b", "a.b", "latest", "LaTest", "v1", "V22", "a/b", "..", "a\n"})
        EXPECT_FALSE(checkAlias(alias)) << alias;
    for (const char* alias : {"champion", "v", "v1a", "1", "größe-β", "latest_"})
        EXPECT_TRUE(checkAlias(alias)) << alias;
    EXPECT_TRUE(checkRegistryTag("a", std::string(5000, 'x'), 5000));
    EXPECT_FALSE(checkRegistryTag("a", std::string(5001, 'x'), 5000));
    EXPECT_FALSE(checkTransition(Stage::Archived, true));
    EXPECT_FALSE(checkTransition(Stage::None, true));
    EXPECT_FALSE(checkTransition(Stage::DeletedInternal, false));
    EXPECT_TRUE(checkTransition(Stage::Production, true));
    auto version = parseModelSource("models:/a/b/12");
    EXPECT_EQ(version->name, "a/b");
    EXPECT_EQ(version->version, 12);
    EXPECT_EQ(parseModelSource("models:/m-0a")->loggedModel, "m-0a");
    for (const char* source : {"models:", "models:/", "models:/a/b", "models:/a@b", "models:/a/0"})
        EXPECT_FALSE(parseModelSource(source)) << source;
}

TEST_P(RegistryWriting, movesStages)
{
    addModel("m", 3);
    ASSERT_TRUE(registry().transition("m", 1, Stage::Production, false));
    ASSERT_TRUE(registry().transition("m", 2, Stage::Production, false));
    EXPECT_EQ(version("m", 1).stage, Stage::Production) << "others stay unless asked";
    ASSERT_TRUE(registry().transition("m", 3, Stage::Production, true));
    EXPECT_EQ(version("m", 1).stage, Stage::Archived);
    EXPECT_EQ(version("m", 2).stage, Stage::Archived);
    EXPECT_EQ(version("m", 3).stage, Stage::Production);
    EXPECT_EQ(version("m", 1).lastUpdatedTime, version("m", 3).lastUpdatedTime);
    EXPECT_EQ(model("m").lastUpdatedTime, version("m", 3).lastUpdatedTime);
    ASSERT_TRUE(registry().transition("m", 3, Stage::Production, true)) << "into its own stage";
    EXPECT_EQ(version("m", 3).stage, Stage::Production);
    EXPECT_EQ(registry().transition("m", 1, Stage::Archived, true).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(registry().transition("m", 8, Stage::Staging, true).error().code, ErrorCode::NotFound);
    EXPECT_EQ(version("m", 3).stage, Stage::Production);
}

TEST_P(RegistryWriting, tagsAndDescribes)
{
    addModel("m", 1);
    ASSERT_TRUE(registry().setModelTag("m", "team", "fraud"));
    ASSERT_TRUE(registry().setModelTag("m", "sextant.log.checkpoint", std::string(1000, 'c')));
    ASSERT_TRUE(registry().setVersionTag("m", 1, "a/b c", "it's ✓"));
    ASSERT_TRUE(registry().deleteVersionTag("m", 1, "kept"));
    EXPECT_TRUE(registry().deleteVersionTag("m", 1, "kept"));
    ASSERT_TRUE(registry().deleteModelTag("m", "sextant.log.checkpoint"));
    EXPECT_EQ(model("m").tags, (TagMap{{"team", "fraud"}}));
    EXPECT_EQ(version("m", 1).tags, (TagMap{{"a/b c", "it's ✓"}}));
    for (const char* text : {"", "line\n\nother: 'x'", "- dash", "null", " space ", "😀"}) {
        ASSERT_TRUE(registry().describeModel("m", text));
        ASSERT_TRUE(registry().describeVersion("m", 1, text));
        EXPECT_EQ(model("m").description, text);
        EXPECT_EQ(version("m", 1).description, text);
    }
    EXPECT_FALSE(registry().describeModel("m", "\xff"));
    EXPECT_FALSE(registry().setVersionTag("m", 1, "..", "x"));
    EXPECT_EQ(registry().setVersionTag("m", 2, "a", "x").error().code, ErrorCode::NotFound);
    EXPECT_FALSE(registry().setModelTag("m", "a", std::string(100'001, 'x')));
}

TEST_P(RegistryWriting, deletesVersionsWithTheirAliases)
{
    addModel("m", 2);
    ASSERT_TRUE(registry().setAlias("m", "a", 1));
    ASSERT_TRUE(registry().setAlias("m", "b", 2));
    ASSERT_TRUE(registry().deleteVersion("m", 1));
    EXPECT_EQ(model("m").aliases, (decltype(RegisteredModel::aliases){{"b", 2}}));
    EXPECT_EQ(registry().modelVersions("m")->size(), 1U);
    auto gone = registry().deleteVersion("m", 1);
    EXPECT_EQ(gone.error().code, ErrorCode::NotFound);
    EXPECT_NE(gone.error().message.find("was deleted"), std::string::npos);
    EXPECT_FALSE(registry().setAlias("m", "a", 1));
    auto deleted = registry().deletedVersions("m");
    ASSERT_EQ(deleted->size(), 1U);
    EXPECT_EQ(deleted->front().version, 1);
    EXPECT_EQ(deleted->front().stage, Stage::DeletedInternal);
    EXPECT_EQ(deleted->front().source, GetParam().database ? "REDACTED-SOURCE-PATH" : "/data/model");
    EXPECT_EQ(deleted->front().storageLocation, "/data/model");
    EXPECT_EQ(registry().deletedVersions("").value().size(), 1U) << "of all models";
}

TEST_P(RegistryWriting, copiesToAnotherModel)
{
    addModel("m", 1);
    ASSERT_TRUE(registry().describeVersion("m", 1, "good"));
    ASSERT_TRUE(registry().transition("m", 1, Stage::Production, false));
    ASSERT_TRUE(registry().setAlias("m", "champion", 1));
    auto copy = registry().copyVersion("m", 1, "prod");
    ASSERT_TRUE(copy) << copy.error().message;
    EXPECT_EQ(copy->name, "prod");
    EXPECT_EQ(copy->version, 1);
    EXPECT_EQ(copy->source, "models:/m/1");
    EXPECT_EQ(copy->storageLocation, "/data/model");
    EXPECT_EQ(copy->runId, "run1");
    EXPECT_EQ(copy->description, "good");
    EXPECT_EQ(copy->tags, (TagMap{{"kept", "yes"}}));
    EXPECT_EQ(copy->stage, Stage::None) << "what a version is used for does not go with it";
    EXPECT_TRUE(copy->aliases.empty());
    EXPECT_EQ(model("prod").description, "");
    auto chain = registry().copyVersion("prod", 1, "m");
    EXPECT_EQ(chain->version, 2);
    EXPECT_EQ(chain->source, "models:/prod/1");
    EXPECT_EQ(chain->storageLocation, "/data/model");
    EXPECT_EQ(registry().copyVersion("m", 9, "prod").error().code, ErrorCode::NotFound);
    EXPECT_EQ(registry().copyVersion("m", 1, "a/b").error().code, ErrorCode::InvalidArgument);
}

TEST_P(RegistryWriting, leavesPromptsAlone)
{
    TagMap prompt{{"mlflow.prompt.is_prompt", "true"}};
    EXPECT_EQ(registry().createModel("p", "", prompt).error().code, ErrorCode::InvalidArgument);
    ASSERT_TRUE(registry().createModel("p", "", {}));
    ASSERT_TRUE(registry().setModelTag("p", "mlflow.prompt.is_prompt", "true"));
    EXPECT_TRUE(registry().registeredModels()->empty());
    auto refused = registry().setModelTag("p", "a", "b");
    EXPECT_EQ(refused.error().code, ErrorCode::NotFound);
    EXPECT_EQ(refused.error().message, "'p' is a prompt, not a model");
    EXPECT_EQ(registry().createModel("p", "", {}).error().code, ErrorCode::AlreadyExists);
    EXPECT_FALSE(registry().createVersion({"p", "/x"}));
    addModel("m", 1);
    EXPECT_FALSE(registry().copyVersion("m", 1, "p"));
}

TEST_P(RegistryWriting, makesExperimentsAndRuns)
{
    auto id = store.tracking->createExperiment("sextant-governance");
    ASSERT_TRUE(id) << id.error().message;
    EXPECT_EQ(store.tracking->createExperiment("sextant-governance").error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(store.tracking->createExperiment(" ").error().code, ErrorCode::InvalidArgument);
    NewRun wanted{*id, "log: m", {{"sextant.governance.model", "m"}, {"mlflow.user", "ada"}}};
    wanted.startTime = 1000;
    wanted.endTime = 2000;
    auto runId = store.tracking->createRun(wanted);
    ASSERT_TRUE(runId) << runId.error().message;
    auto run = store.tracking->run(*runId);
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(run->info.name, "log: m");
    EXPECT_EQ(run->info.userId, "ada");
    EXPECT_EQ(run->info.status, RunStatus::Finished);
    EXPECT_EQ(run->info.startTime, 1000);
    EXPECT_EQ(run->info.endTime, 2000);
    EXPECT_EQ(run->tags.at("mlflow.runName"), "log: m");
    EXPECT_EQ(run->tags.at("sextant.governance.model"), "m");
    auto artifacts = store.tracking->artifactFolder(*runId);
    ASSERT_TRUE(artifacts) << artifacts.error().message;
    auto root = GetParam().database ? (fs::path(uri).parent_path() / "mlruns").string() : uri;
    EXPECT_EQ(*artifacts, root + "/" + *id + "/" + *runId + "/artifacts");
    fs::create_directories(*artifacts);
    EXPECT_TRUE(store.tracking->listArtifacts(*runId, "", true)->empty());
    EXPECT_EQ(store.tracking->createRun({"nobody", "x", {}}).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(store.tracking->createRun({*id, "", {}}));
    EXPECT_FALSE(store.tracking->createRun({*id, "x", {{"mlflow.runName", "y"}}}));
    auto runs = store.tracking->runs({{*id}, ViewType::All}, {});
    ASSERT_TRUE(runs);
    EXPECT_EQ((*runs)->size(), 1U);
    for (const auto& entry : fs::directory_iterator(root))
        EXPECT_FALSE(entry.path().filename().string().starts_with(".sextant")) << "nothing is left behind";
}

TEST(SqliteRegistryWriting, saysWhatAnOldStoreLacks)
{
    TemporaryFolder folder;
    auto file = smallDatabase(folder);
    OtherWriter(file).execute("DROP TABLE registered_model_aliases");
    auto store = *openStore(file);
    ASSERT_TRUE(store.registry->unlock());
    ASSERT_TRUE(store.registry->createModel("m", "", {}));
    ASSERT_TRUE(store.registry->createVersion({"m", "/x"}));
    auto refused = store.registry->setAlias("m", "champion", 1);
    EXPECT_EQ(refused.error().code, ErrorCode::Unsupported);
    EXPECT_NE(refused.error().message.find("no aliases"), std::string::npos);
    EXPECT_TRUE(store.registry->deleteVersion("m", 1));
}

TEST(SqliteRegistryWriting, isUndoneWhenItDoesNotReadBack)
{
    TemporaryFolder folder;
    auto file = smallDatabase(folder);
    auto store = *openStore(file);
    ASSERT_TRUE(store.registry->unlock());
    ASSERT_TRUE(store.registry->createModel("m", "", {}));
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(store.registry->createVersion({"m", "/x"}));
    ASSERT_TRUE(store.registry->transition("m", 1, Stage::Production, false));
    OtherWriter(file).execute(
        "CREATE TRIGGER meddle AFTER UPDATE ON model_versions WHEN NEW.current_stage = 'Production' BEGIN "
        "UPDATE model_versions SET current_stage = 'Staging' WHERE version = NEW.version; END");
    EXPECT_EQ(store.registry->transition("m", 2, Stage::Production, true).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(OtherWriter(file).text("SELECT current_stage FROM model_versions WHERE version = 1"),
              "Production")
        << "the one that was archived is back";
}

TEST(SqliteRegistryWriting, staysInItsWorkspace)
{
    TemporaryFolder folder;
    auto file = smallDatabase(folder);
    OtherWriter(file).execute(
        "INSERT INTO registered_models (workspace, name) VALUES ('other', 'm'); INSERT INTO model_versions "
        "(workspace, name, version, current_stage) VALUES ('other', 'm', 7, 'Production')");
    auto store = *openStore(file);
    ASSERT_TRUE(store.registry->unlock());
    EXPECT_EQ(store.registry->setAlias("m", "champion", 7).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(store.registry->createModel("m", "", {}));
    EXPECT_EQ(store.registry->createVersion({"m", "/x"})->version, 1);
    ASSERT_TRUE(store.registry->transition("m", 1, Stage::Production, true));
    EXPECT_EQ(OtherWriter(file).text("SELECT current_stage FROM model_versions WHERE workspace = 'other'"),
              "Production");
}

TEST(FilesRegistryWriting, refusesPlacesOutsideOfTheStore)
{
    MlrunsBuilder mlruns;
    auto store = *openFileStore(mlruns.root());
    ASSERT_TRUE(store.registry->unlock());
    ASSERT_TRUE(store.registry->createModel("m", "", {}));
    fs::create_directories(mlruns.folder() / "outside");
    fs::rename(mlruns.path("models/m"), mlruns.folder() / "outside/m");
    fs::create_directory_symlink(mlruns.folder() / "outside/m", mlruns.path("models/m"));
    auto before = snapshotOf(mlruns.folder() / "outside");
    EXPECT_FALSE(store.registry->setModelTag("m", "a", "b"));
    EXPECT_FALSE(store.registry->createVersion({"m", "/x"}));
    EXPECT_FALSE(store.registry->describeModel("m", "x"));
    EXPECT_EQ(snapshotOf(mlruns.folder() / "outside"), before);
    EXPECT_FALSE(store.registry->setAlias("../m", "a", 1));
}

} // namespace
} // namespace sextant
