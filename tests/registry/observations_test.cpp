// What was seen of a registry: changes between looks, kept across processes, never in the way.
#include "core/registry/observations.h"
#include "tests/store/temporary_folder.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace sextant::registry {
namespace {

namespace fs = std::filesystem;

ModelVersion version(const std::string& model, std::int64_t number, Stage stage,
                     std::vector<std::string> aliases = {})
{
    ModelVersion made;
    made.name = model;
    made.version = number;
    made.stage = stage;
    made.aliases = std::move(aliases);
    return made;
}

class Seen : public testing::Test
{
protected:
    std::vector<Observation> note(const std::vector<ModelVersion>& versions, EpochMs time,
                                  const std::string& model = {})
    {
        auto noted = Observations(folder.path().string(), "/data/mlflow.db").note(versions, model, time);
        EXPECT_TRUE(noted) << noted.error().message;
        return noted.value_or(std::vector<Observation>());
    }
    std::vector<Observation> of(const std::string& model)
    {
        return Observations(folder.path().string(), "/data/mlflow.db").of(model).value();
    }
    std::string file()
    {
        for (const auto& entry : fs::directory_iterator(folder.path()))
            if (entry.path().extension() == ".jsonl")
                return entry.path().string();
        return {};
    }

    test::TemporaryFolder folder;
};

TEST_F(Seen, theFirstLookSaysWhatIsThere)
{
    EXPECT_TRUE(of("m").empty());
    auto noted = note({version("m", 1, Stage::Production, {"champion"}), version("m", 2, Stage::None)}, 1000);
    EXPECT_EQ(noted, (std::vector<Observation>{{1000, kNoTime, "m", "alias:champion", {}, {1}},
                                               {1000, kNoTime, "m", "stage:Production", {}, {1}}}));
    EXPECT_EQ(of("m"), noted);
    EXPECT_TRUE(of("n").empty());
}

TEST_F(Seen, laterLooksSayWhatChangedAndSinceWhen)
{
    note({version("m", 1, Stage::Production, {"champion"}), version("m", 2, Stage::Staging)}, 1000);
    EXPECT_TRUE(
        note({version("m", 1, Stage::Production, {"champion"}), version("m", 2, Stage::Staging)}, 5000)
            .empty());
    auto noted =
        note({version("m", 1, Stage::Archived), version("m", 2, Stage::Production, {"champion"})}, 9000);
    EXPECT_EQ(noted, (std::vector<Observation>{{9000, 5000, "m", "alias:champion", {1}, {2}},
                                               {9000, 5000, "m", "stage:Archived", {}, {1}},
                                               {9000, 5000, "m", "stage:Production", {1}, {2}},
                                               {9000, 5000, "m", "stage:Staging", {2}, {}}}));
    EXPECT_EQ(of("m").size(), 3U + 4U);
    auto gone = note({}, 10000);
    EXPECT_EQ(gone.size(), 3U) << "a model that was deleted leaves its places";
}

TEST_F(Seen, aLookAtOneModelSaysNothingOfOthers)
{
    note({version("m", 1, Stage::Production), version("n", 1, Stage::Staging)}, 1000);
    auto noted = note({version("m", 1, Stage::None)}, 2000, "m");
    EXPECT_EQ(noted, (std::vector<Observation>{{2000, 1000, "m", "stage:Production", {1}, {}}}));
    EXPECT_EQ(of("n").size(), 1U);
}

TEST_F(Seen, theFirstLookAtEachModelCounts)
{
    note({version("m", 1, Stage::Production)}, 1000, "m");
    auto noted = note({version("m", 1, Stage::Archived), version("n", 1, Stage::Staging)}, 2000);
    ASSERT_EQ(noted.size(), 3U);
    for (const auto& one : noted)
        EXPECT_EQ(one.since, one.model == "m" ? 1000 : kNoTime) << one.model;
    EXPECT_EQ(note({version("m", 1, Stage::Archived), version("n", 1, Stage::Staging),
                    version("o", 1, Stage::Staging)},
                   3000)
                  .at(0)
                  .since,
              2000)
        << "a model that was made after the first look at all";
}

TEST_F(Seen, brokenLinesCostNoMoreThanThemselves)
{
    note({version("m", 1, Stage::Production)}, 1000);
    auto text = test::contentOf(file());
    folder.write(fs::path(file()).filename().string(), "{broken\n\xff\n" + text + "{\"seen\":1,\"target\":");
    EXPECT_EQ(of("m").size(), 1U);
    EXPECT_EQ(note({version("m", 1, Stage::None)}, 2000).size(), 1U);
    EXPECT_EQ(of("m").size(), 2U) << "a torn last line is ended before the next";
}

TEST_F(Seen, storesAreKeptApartAndPrivate)
{
    note({version("m", 1, Stage::Production)}, 1000);
    EXPECT_EQ(fs::status(file()).permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none);
    EXPECT_TRUE(Observations(folder.path().string(), "/other.db").of("m")->empty());
    EXPECT_FALSE(Observations("/proc/nowhere", "/other.db").note({}, {}, 1));
}

} // namespace
} // namespace sextant::registry
