#include "tests/registry/promotion_world.h"

#include "core/registry/kept_files.h"

#include <gtest/gtest.h>

namespace sextant::registry {

using namespace ledger;

PromotionWorld::PromotionWorld(Kind kind)
{
    if (kind == Kind::Database) {
        m_uri = m_folder / "mlflow.db";
        std::filesystem::copy_file(SEXTANT_SOURCE_DIR "/resources/demo/mlflow.db", m_uri);
    } else {
        m_uri = m_folder / "mlruns";
        m_folder.write("mlruns/0/meta.yaml",
                       "artifact_location: " + m_uri +
                           "/0\ncreation_time: 1700000000000\nexperiment_id: '0'\n"
                           "last_update_time: 1700000000000\nlifecycle_stage: active\nname: Default\n");
    }
    auto store = open();
    EXPECT_TRUE(store.tracking->unlock());
    EXPECT_TRUE(store.registry->unlock());
    auto experiment = store.tracking->createExperiment("fraud-training");
    EXPECT_TRUE(experiment) << experiment.error().message;
    EXPECT_TRUE(store.registry->createModel(kModel, "", {}));
    for (int number = 1; number <= 3; ++number) {
        auto source = std::filesystem::path(m_folder.write("models/" + std::to_string(number) + "/model.bin",
                                                           "weights " + std::to_string(number)))
                          .parent_path()
                          .string();
        auto run = store.tracking->createRun({.experimentId = *experiment,
                                              .name = "training " + std::to_string(number),
                                              .tags = {{"mlflow.user", "zoe"}}});
        EXPECT_TRUE(run) << run.error().message;
        auto made = store.registry->createVersion({.model = kModel, .source = source, .runId = *run});
        EXPECT_TRUE(made) << made.error().message;
    }
}

PromotionAccess PromotionWorld::access(const Store& store)
{
    return {*store.tracking, *store.registry, LedgerWorld::everybody(), {}, {}, {}};
}

void PromotionWorld::rules(const std::string& json) const
{
    auto store = open();
    NewRules rules{.json = json, .origin = "risk/fraud", .reason = "the rules of the risk team"};
    auto done = Promotions::setRules(access(store), kModel, rules, key("dan"), {});
    EXPECT_TRUE(done) << done.error().message;
}

std::uint64_t PromotionWorld::approved(std::int64_t version, const Target& target) const
{
    auto store = open();
    auto log = promotions(store);
    EXPECT_TRUE(log) << refusal(log);
    auto asked = log->request({.version = version, .target = target, .reason = "better"}, key("ann"), {});
    EXPECT_TRUE(asked) << refusal(asked);
    if (!asked)
        return 0;
    auto agreed = log->decide(asked->number, true, "I looked at it", key("bob"), {});
    EXPECT_TRUE(agreed) << refusal(agreed);
    EXPECT_TRUE(log->takeWarnings().empty());
    return asked->number;
}

std::uint64_t PromotionWorld::promoted(std::int64_t version, const Target& target) const
{
    auto number = approved(version, target);
    auto store = open();
    auto done = promotions(store)->apply(number, key("bob"), {});
    EXPECT_TRUE(done) << refusal(done);
    return number;
}

std::string PromotionWorld::at(const Target& target) const
{
    auto store = open();
    std::string text;
    auto versions = store.registry->modelVersions(kModel).value();
    for (auto version : versionsAt(versions, target))
        text += (text.empty() ? "" : ",") + std::to_string(version);
    return text;
}

ModelVersion PromotionWorld::version(std::int64_t number) const
{
    auto store = open();
    auto versions = store.registry->modelVersions(kModel).value();
    for (auto& version : versions)
        if (version.version == number)
            return version;
    return {};
}

std::string PromotionWorld::tag(const std::string& key) const
{
    auto store = open();
    auto models = store.registry->registeredModels().value();
    for (const auto& model : models)
        if (model.name == kModel && model.tags.contains(key))
            return model.tags.find(key)->second;
    return {};
}

std::string PromotionWorld::logFolder() const
{
    auto store = open();
    return ModelLog(*store.tracking, *store.registry, kModel).folder().value();
}

std::string PromotionWorld::modelFile(std::int64_t version) const
{
    return m_folder / ("models/" + std::to_string(version) + "/model.bin");
}

Verification PromotionWorld::verify() const
{
    auto store = open();
    ModelLog model(*store.tracking, *store.registry, kModel);
    FolderStorage storage(logFolder());
    VerifyOptions options{.keys = LedgerWorld::everybody(), .holders = model.holders().value()};
    options.pin = test::contentOf(logFolder() + "/checkpoint");
    options.digestOf = [&](const std::string& subject) { return model.digestOf(subject, {}); };
    auto files = readLogFiles(storage, {}).value();
    auto verification = verifyLog(files, options, {}).value();
    checkKeptFiles(verification, files, logFolder());
    return verification;
}

} // namespace sextant::registry
