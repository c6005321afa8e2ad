// Registered models and logged models of a file store.
#include "core/store/files/file_store.h"
#include "tests/store/mlruns_builder.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

using test::MlrunsBuilder;

struct FilesRegistry : testing::Test
{
    FilesRegistry()
    {
        model("churn", "aliases:\n  champion: '1'\n  ghost: '9'\n");
        mlruns.write("models/churn/aliases/champion", "3");
        mlruns.write("models/churn/aliases/old", "1");
        mlruns.write("models/churn/tags/team", "risk");
        version("churn", 1, "Production", 100);
        version("churn", 2, "Deleted_Internal", 400);
        version("churn", 3, "None", 200);
        model("embedded", "aliases:\n  only: '1'\n");
        version("embedded", 1, "Archived", 300);
        model("prompt", "");
        mlruns.write("models/prompt/tags/mlflow.prompt.is_prompt", "true");
        version("prompt", 1, "None", 500);
        mlruns.write("models/prompt/version-1/tags/mlflow.prompt.is_prompt", "true");
        store = *openFileStore(mlruns.root());
    }
    void model(const std::string& name, const std::string& aliases) const
    {
        mlruns.write(
            "models/" + name + "/meta.yaml",
            aliases +
                "creation_timestamp: 10\ndescription: 'it''s: good'\nlast_updated_timestamp: 20\nname: " +
                name + "\n");
    }
    void version(const std::string& name, int number, const std::string& stage, int updated) const
    {
        mlruns.write("models/" + name + "/version-" + std::to_string(number) + "/meta.yaml",
                     "creation_timestamp: 11\ncurrent_stage: " + stage +
                         "\ndescription: null\nlast_updated_timestamp: " + std::to_string(updated) +
                         "\nname: " + name + "\nrun_id: r1\nsource: models:/m-1\nstatus: READY\n" +
                         "storage_location: /data/m\nuser_id: ada\nversion: " + std::to_string(number) +
                         "\n");
    }
    MlrunsBuilder mlruns;
    Store store;
};

TEST_F(FilesRegistry, ReadsModelsWithoutPrompts)
{
    auto models = store.registry->registeredModels();
    ASSERT_TRUE(models);
    ASSERT_EQ(models->size(), 2U);
    const auto& churn = models->front();
    EXPECT_EQ(churn.name, "churn");
    EXPECT_EQ(churn.description, "it's: good");
    EXPECT_EQ(churn.tags, (TagMap{{"team", "risk"}}));
    EXPECT_EQ(churn.aliases.size(), 2U) << "the files count, not what meta.yaml repeats";
    EXPECT_EQ(churn.aliases.at("champion"), 3);
    EXPECT_EQ(models->back().aliases.at("only"), 1);
}

TEST_F(FilesRegistry, ReadsVersionsNewestFirst)
{
    auto versions = store.registry->modelVersions("");
    ASSERT_TRUE(versions);
    ASSERT_EQ(versions->size(), 3U);
    EXPECT_EQ((*versions)[0].name, "embedded");
    EXPECT_EQ((*versions)[1].version, 3);
    EXPECT_EQ((*versions)[1].aliases, std::vector<std::string>{"champion"});
    EXPECT_EQ((*versions)[2].stage, Stage::Production);
    EXPECT_EQ((*versions)[2].source, "models:/m-1");
    EXPECT_EQ((*versions)[2].storageLocation, "/data/m");
    EXPECT_EQ(store.registry->modelVersions("churn").value().size(), 2U);
    EXPECT_EQ(store.registry->modelVersions("nothere").value().size(), 0U);
    EXPECT_TRUE(store.tracking->warnings().empty());
}

TEST_F(FilesRegistry, SkipsAndNamesWhatIsBroken)
{
    mlruns.write("models/empty/meta.yaml", "");
    mlruns.write("models/copy/meta.yaml", "name: churn\n");
    mlruns.write("models/churn/version-4/meta.yaml", "current_stage: None\nname: churn\nversion: 1\n");
    mlruns.write("models/churn/version-5/nothing", "");
    mlruns.write("models/churn/aliases/bad", "latest");
    EXPECT_EQ(store.registry->registeredModels().value().size(), 2U);
    EXPECT_EQ(store.registry->modelVersions("churn").value().size(), 2U);
    EXPECT_EQ(store.tracking->warnings().size(), 5U);
}

TEST_F(FilesRegistry, ReadsLoggedModels)
{
    auto write = [&](const std::string& id, const std::string& more) {
        mlruns.write(
            "0/models/" + id + "/meta.yaml",
            "artifact_location: file:///x\ncreation_timestamp: 5\nexperiment_id: "
            "'0'\nlast_updated_timestamp: 6\n" +
                more + "model_id: " + id +
                "\nmodel_type: null\nname: net\nsource_run_id: r1\nstatus: 2\nstatus_message: null\n");
    };
    write("m-1", "lifecycle_stage: active\n");
    write("m-2", "lifecycle_stage: deleted\n");
    mlruns.write("0/models/m-3/meta.yaml", "model_id: m-3\nexperiment_id: '9'\n");
    mlruns.write("0/models/m-1/params/lr", "0.1");
    mlruns.write("0/models/m-1/tags/t", "v");
    mlruns.write("0/models/m-1/metrics/acc",
                 "1 0.5 1 r1\n2 0.6 2 r2\n3 0.7 1 r1 data abc\n3 0.9 1 r3 data abc\n");
    auto models = store.tracking->loggedModels({});
    ASSERT_TRUE(models);
    ASSERT_EQ(models->size(), 1U);
    const auto& model = models->front();
    EXPECT_EQ(model.status, LoggedModelStatus::Ready);
    EXPECT_EQ(model.sourceRunId, "r1");
    EXPECT_EQ(model.modelType.value_or(""), "");
    EXPECT_EQ(model.params, (TagMap{{"lr", "0.1"}}));
    ASSERT_EQ(model.metrics.size(), 2U) << "one for each set of data";
    EXPECT_EQ(model.metrics[0].value, 0.6);
    EXPECT_EQ(model.metrics[0].runId, "r2");
    EXPECT_EQ(model.metrics[1].datasetName, "data");
    EXPECT_EQ(model.metrics[1].runId, "r3");
    EXPECT_EQ(store.tracking->warnings().size(), 1U);
}

} // namespace
} // namespace sextant
