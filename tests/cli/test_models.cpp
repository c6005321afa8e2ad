// The commands that write the registry, on a copy of the store the real client wrote, and what is kept of its
// history.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sextant::cli {

namespace {

constexpr const char* kModel = "digits-recognizer";

class Models : public testing::Test
{
protected:
    void SetUp() override
    {
        if (const char* named = std::getenv("XDG_STATE_HOME"))
            m_before = named;
        setenv("XDG_STATE_HOME", m_folder.file("state").c_str(), 1);
    }
    void TearDown() override { setenv("XDG_STATE_HOME", m_before.c_str(), 1); }

    Outcome models(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.begin(), "models");
        arguments.insert(arguments.end(), {"--store", m_store, "--format", "json"});
        return sextant(arguments);
    }
    nlohmann::ordered_json done(const std::vector<std::string>& arguments)
    {
        auto outcome = models(arguments);
        EXPECT_EQ(outcome.code, kDone) << arguments[0] << ": " << outcome.err;
        return outcome.code == kDone ? outcome.json() : nlohmann::ordered_json::array({{}, {}});
    }
    std::string refused(const std::vector<std::string>& arguments)
    {
        auto before = readFile(m_store);
        auto outcome = models(arguments);
        EXPECT_EQ(outcome.code, kFailed) << arguments[0] << outcome.out;
        EXPECT_EQ(readFile(m_store), before);
        return outcome.err;
    }
    nlohmann::ordered_json version(const std::string& model, int number)
    {
        for (const auto& one : done({"versions", model}))
            if (one["version"] == number)
                return one;
        return {};
    }
    nlohmann::ordered_json model(const std::string& name)
    {
        for (const auto& one : done({"list"}))
            if (one["name"] == name)
                return one;
        return {};
    }

    TemporaryFolder m_folder;
    std::string m_store = copyOfDemoStore(m_folder);
    std::string m_before = m_folder.file("state");
};

TEST_F(Models, AModelIsMadeAndDescribed)
{
    auto changes = done({"create", "fraud", "--description", "Card fraud", "--tag", "team=risk"});
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0]["change"], "create");
    EXPECT_EQ(changes[0]["name"], "fraud");
    EXPECT_TRUE(changes[0]["version"].is_null());
    EXPECT_EQ(model("fraud")["tags"]["team"], "risk");
    EXPECT_NE(refused({"create", "fraud"}).find("already"), std::string::npos);
    EXPECT_NE(refused({"create", "a/b"}).find("can't be named"), std::string::npos);
    auto described = done({"describe", "fraud", "All cards"});
    EXPECT_EQ(described[0]["before"], "Card fraud");
    EXPECT_EQ(described[0]["after"], "All cards");
    EXPECT_EQ(model("fraud")["description"], "All cards");
    done({"describe", kModel, "the first", "--on", "1"});
    EXPECT_EQ(version(kModel, 1)["description"], "the first");
}

TEST_F(Models, VersionsComeFromRunsAndFolders)
{
    auto fromRun = done({"register", kModel, "--run", "7b12", "--tag", "origin=again"});
    ASSERT_EQ(fromRun.size(), 1u);
    EXPECT_EQ(fromRun[0]["version"], 4);
    EXPECT_EQ(fromRun[0]["after"], "models:/m-147d647de6394c718bc4bc81a0ff9b11");
    auto made = version(kModel, 4);
    EXPECT_EQ(made["run_id"].get<std::string>().substr(0, 4), "7b12");
    EXPECT_EQ(made["tags"]["origin"], "again");
    auto fromFolder = done({"register", "fraud", "--source", "/data/fraud"});
    ASSERT_EQ(fromFolder.size(), 2u) << "the model is made as well";
    EXPECT_EQ(fromFolder[0]["change"], "create");
    EXPECT_EQ(fromFolder[1]["version"], 1);
    EXPECT_NE(refused({"register", "fraud"}).find("from a run or a source"), std::string::npos);
    EXPECT_NE(refused({"register", "fraud", "--run", "tree-1"}).find("has no model"), std::string::npos);
    auto dry = done({"register", "diabetes-progression", "--source", "/x", "--dry-run"});
    EXPECT_EQ(dry[0]["version"], 4) << "numbers of deleted versions are not used again";
    EXPECT_EQ(done({"register", "diabetes-progression", "--source", "/x"})[0]["version"], 4);
}

TEST_F(Models, AliasesMove)
{
    auto moved = done({"alias", kModel, "@challenger", "champion"});
    EXPECT_EQ(moved[0]["before"], "2");
    EXPECT_EQ(moved[0]["after"], "3");
    EXPECT_EQ(model(kModel)["aliases"]["champion"], 3);
    done({"unalias", kModel, "champion"});
    EXPECT_FALSE(model(kModel)["aliases"].contains("champion"));
    EXPECT_NE(refused({"unalias", kModel, "champion"}).find("has no alias"), std::string::npos);
    EXPECT_NE(refused({"alias", kModel, "9", "champion"}).find("has no version 9"), std::string::npos);
    EXPECT_NE(refused({"alias", kModel, "1", "v7"}).find("can't be named"), std::string::npos);
    EXPECT_NE(refused({"alias", kModel, "one", "x"}).find("is no version"), std::string::npos);
    EXPECT_NE(refused({"alias", "digit-recognizer", "1", "x"}).find(kModel), std::string::npos)
        << "the nearest name is offered";
}

TEST_F(Models, StagesMoveWithWhatIsArchived)
{
    auto changes = done({"stage", "breast-cancer-screening", "3", "production", "--archive-existing"});
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0]["before"], "Staging");
    EXPECT_EQ(changes[0]["after"], "Production");
    EXPECT_EQ(changes[1]["version"], 2);
    EXPECT_EQ(changes[1]["after"], "Archived");
    EXPECT_EQ(version("breast-cancer-screening", 2)["current_stage"], "Archived");
    EXPECT_NE(refused({"stage", kModel, "1", "Champion"}).find("is no stage"), std::string::npos);
    EXPECT_NE(refused({"stage", kModel, "1", "None", "--archive-existing"}).find("not an active stage"),
              std::string::npos);
}

TEST_F(Models, TagsOfModelsAndVersions)
{
    done({"tag", kModel, "team=vision", "empty="});
    EXPECT_EQ(model(kModel)["tags"]["team"], "vision");
    done({"tag", kModel, "checked", "a = b", "--on", "@champion"});
    EXPECT_EQ(version(kModel, 2)["tags"]["checked"], "a = b");
    EXPECT_EQ(done({"untag", kModel, "checked", "--on", "2"})[0]["before"], "a = b");
    EXPECT_NE(refused({"untag", kModel, "checked", "--on", "2"}).find("has no tag"), std::string::npos);
    EXPECT_NE(refused({"tag", kModel, "good=1", "bad$=2"}).find("bad$"), std::string::npos)
        << "all of them or none";
}

TEST_F(Models, CopiesAndDeletions)
{
    auto copied = done({"copy", kModel, "2", "digits-production"});
    ASSERT_EQ(copied.size(), 2u);
    EXPECT_EQ(copied[1]["after"], std::string("models:/") + kModel + "/2");
    EXPECT_EQ(version("digits-production", 1)["source"], std::string("models:/") + kModel + "/2");
    auto deleted = done({"delete-version", kModel, "2"});
    ASSERT_EQ(deleted.size(), 2u);
    EXPECT_EQ(deleted[1]["change"], "unalias");
    EXPECT_EQ(deleted[1]["key"], "champion");
    EXPECT_FALSE(model(kModel)["aliases"].contains("champion"));
    auto gone = done({"versions", kModel, "--deleted"});
    ASSERT_EQ(gone.size(), 1u);
    EXPECT_EQ(gone[0]["version"], 2);
    EXPECT_EQ(gone[0]["current_stage"], "Deleted_Internal");
    EXPECT_EQ(gone[0]["source"], "REDACTED-SOURCE-PATH");
    EXPECT_EQ(done({"versions", "--deleted"}).size(), 2u);
}

TEST_F(Models, ADryRunWritesNothing)
{
    auto before = readFile(m_store);
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"create", "fraud"},
                                               {"register", "fraud", "--source", "/x"},
                                               {"alias", kModel, "1", "champion"},
                                               {"unalias", kModel, "champion"},
                                               {"stage", kModel, "1", "Staging"},
                                               {"tag", kModel, "a=b"},
                                               {"describe", kModel, "x"},
                                               {"copy", kModel, "1", "other"},
                                               {"delete-version", kModel, "1"}}) {
        auto dry = arguments;
        dry.push_back("--dry-run");
        EXPECT_EQ(done(dry)[0]["dry_run"], true) << arguments[0];
    }
    EXPECT_EQ(readFile(m_store), before);
}

TEST_F(Models, WhatWasSeenIsKept)
{
    auto first = done({"history", "breast-cancer-screening"});
    ASSERT_EQ(first.size(), 5u) << "two aliases and three stages";
    EXPECT_EQ(first[0]["what"], "first look");
    EXPECT_EQ(first[0]["evidence"], "seen, not logged");
    EXPECT_EQ(first[0]["target"], "alias:challenger");
    EXPECT_EQ(first[0]["to"], nlohmann::json::array({3}));
    done({"alias", "breast-cancer-screening", "3", "champion"});
    auto second = done({"history", "breast-cancer-screening"});
    ASSERT_EQ(second.size(), 6u);
    EXPECT_EQ(second[5]["what"], "change");
    EXPECT_EQ(second[5]["target"], "alias:champion");
    EXPECT_EQ(second[5]["from"], nlohmann::json::array({2}));
    EXPECT_EQ(second[5]["to"], nlohmann::json::array({3}));
    EXPECT_TRUE(second[5]["since"].is_number());
    EXPECT_EQ(done({"history", "breast-cancer-screening"}).size(), 6u);
    EXPECT_NE(refused({"history", "nobody"}).find("There is no registered model"), std::string::npos);
}

} // namespace

} // namespace sextant::cli
