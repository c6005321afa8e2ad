// Model cards and webhooks from the command line.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kModel = "breast-cancer-screening";

class Cards : public testing::Test
{
protected:
    Cards()
    {
        copyOfDemoStore(m_folder);
        fs::copy(fs::path(demoStore()).parent_path() / "artifacts", m_folder.path() / "artifacts",
                 fs::copy_options::recursive);
        setenv("SEXTANT_KEYS", m_folder.file("home/keys").c_str(), 1);
        setenv("XDG_STATE_HOME", m_folder.file("state").c_str(), 1);
        setenv("SEXTANT_PASSPHRASE", "correct horse battery staple", 1);
    }
    ~Cards() override
    {
        for (const char* name : {"SEXTANT_KEYS", "XDG_STATE_HOME", "SEXTANT_PASSPHRASE"})
            unsetenv(name);
    }
    Outcome run(std::vector<std::string> arguments, int code = kDone)
    {
        arguments.insert(arguments.end(), {"--store", m_folder.file("mlflow.db")});
        auto outcome = sextant(arguments);
        EXPECT_EQ(outcome.code, code) << arguments[1] << "\n" << outcome.out << outcome.err;
        return outcome;
    }

    TemporaryFolder m_folder;
};

TEST_F(Cards, ADraftIsFilledAndExported)
{
    auto draft = run({"cards", "show", kModel, "2", "--format", "json"}).json();
    EXPECT_EQ(draft["schema"], "sextant.card/1");
    EXPECT_EQ(draft["hub"]["library_name"], "sklearn");
    EXPECT_EQ(draft["considerations"]["limitations"].size(), 0u);
    auto table = run({"cards", "show", kModel, "2", "--format", "table"}).out;
    EXPECT_NE(table.find("not provided"), std::string::npos);
    auto filled = run({"cards", "edit", kModel, "2", "--set", "considerations.limitations=one", "--set",
                       "considerations.limitations=two", "--set", "details.owners=Ann | ann@example.org",
                       "--format", "json"});
    EXPECT_EQ(filled.json()["considerations"]["limitations"].size(), 2u);
    EXPECT_EQ(filled.json()["details"]["owners"][0]["contact"], "ann@example.org");
    auto file = m_folder.write("card.json", filled.out);
    EXPECT_EQ(run({"cards", "edit", kModel, "2", "--file", file, "--format", "json"}).out, filled.out);
    EXPECT_EQ(run({"gates", "check", kModel, "2", "--gate", "evidence", "--card", file, "--format", "json"},
                  kNegative)
                  .json()["clauses"][3]["verdict"],
              "missing")
        << "its uses are not filled";
    auto page = run({"cards", "export", kModel, "2", "--as", "markdown"}).out;
    EXPECT_TRUE(page.starts_with("---\n")) << page;
    EXPECT_EQ(run({"cards", "export", kModel, "2", "--as", "toolkit"}).json()["schema_version"], "0.0.2");
}

TEST_F(Cards, WhatIsWrongIsSaid)
{
    EXPECT_NE(
        run({"cards", "edit", kModel, "2", "--set", "details.none=x"}, kFailed).err.find("sets no field"),
        std::string::npos);
    EXPECT_NE(
        run({"cards", "edit", kModel, "2", "--set", "details.name=a", "--set", "details.name=b"}, kFailed)
            .err.find("takes one value"),
        std::string::npos);
    run({"cards", "show", kModel, "77"}, kFailed);
    run({"cards", "show", kModel, "x"}, kFailed);
    EXPECT_NE(run({"cards", "edit", kModel, "2", "--key", "nobody"}, kFailed).err.find("holds no log"),
              std::string::npos);
}

TEST_F(Cards, WebhooksAreKeptListedAndRemoved)
{
    run({"notify", "add", "team", "https://hooks.example.org/T0SECRET", "--event", "test"});
    EXPECT_NE(run({"notify", "add", "team", "https://x.org"}, kFailed).err.find("already"),
              std::string::npos);
    run({"notify", "test"});
    auto list = run({"notify", "list", "--format", "json"});
    EXPECT_EQ(list.json()[0]["waiting"], 1);
    EXPECT_EQ(list.json()[0]["host"], "https://hooks.example.org");
    EXPECT_EQ(list.out.find("T0SECRET"), std::string::npos);
    EXPECT_EQ(run({"notify", "remove", "team", "--format", "json"}).json().size(), 0u);
    EXPECT_EQ(run({"notify", "send", "--format", "json"}).json()[0]["waiting"], 0);
    EXPECT_NE(run({"notify", "test"}, kFailed).err.find("No webhook wants a test"), std::string::npos);
}

} // namespace

} // namespace sextant::cli
