// Gates from the command line, on the store the real client wrote.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kModel = "breast-cancer-screening";

class Gates : public testing::Test
{
protected:
    Gates()
    {
        copyOfDemoStore(m_folder);
        fs::copy(fs::path(demoStore()).parent_path() / "artifacts", m_folder.path() / "artifacts",
                 fs::copy_options::recursive);
    }
    Outcome check(const std::string& version, std::vector<std::string> more)
    {
        std::vector<std::string> arguments = {"gates", "check",   kModel,
                                              version, "--store", m_folder.file("mlflow.db")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return sextant(arguments);
    }

    TemporaryFolder m_folder;
};

TEST_F(Gates, ClauseByClauseWithAnExitCode)
{
    auto good = check("2", {"--gate", "basics", "--alias", "champion", "--format", "json"});
    EXPECT_EQ(good.code, kDone) << good.out << good.err;
    EXPECT_EQ(good.json()["allow"], true);
    EXPECT_EQ(good.json()["clauses"].size(), 3u);

    auto bad = check("3", {"--gate", "better-than-champion", "--to", "production", "--format", "json"});
    EXPECT_EQ(bad.code, kNegative);
    auto clauses = bad.json()["clauses"];
    EXPECT_EQ(clauses[0]["id"], "auc-better");
    EXPECT_EQ(clauses[0]["passed"], false);
    EXPECT_EQ(clauses[0]["verdict"], "fail");
    EXPECT_NEAR(clauses[0]["observed"].get<double>(), -0.0023, 0.0001);
    EXPECT_EQ(clauses[0]["expected"], "≥ 0.01");
    EXPECT_EQ(clauses[1]["verdict"], "missing");
    EXPECT_EQ(bad.json()["policy"]["name"], "better-than-champion");
    auto rows = parseCsv(
        check("3", {"--gate", "better-than-champion", "--alias", "champion", "--format", "csv"}).out);
    EXPECT_EQ(rows[0], (std::vector<std::string>{"verdict", "id", "passed", "observed", "expected", "message",
                                                 "from"}));
    EXPECT_EQ(rows[1][2], "false");
    auto table = check("3", {"--gate", "better-than-champion", "--alias", "champion", "--format", "table"});
    EXPECT_NE(table.out.find("2 of 4 clauses fail or miss data: auc-better, f1-not-worse"), std::string::npos)
        << table.out;
}

TEST_F(Gates, ReportsAndFactsAsFiles)
{
    auto report = m_folder.write("drift.json", R"({"schema":"sextant.report/1","kind":"drift","created":1,
        "share_of_drifted_columns":0.4})");
    auto facts = m_folder.file("facts.json");
    auto first = check("2", {"--gate", "drift", "--report", report, "--facts", facts, "--format", "json"});
    EXPECT_EQ(first.code, kNegative) << "the report is old";
    EXPECT_EQ(first.json()["clauses"][1]["verdict"], "pass");
    EXPECT_EQ(first.json()["clauses"][2]["verdict"], "warn");
    auto again = sextant({"gates", "replay", facts, "--gate", "drift", "--format", "json"});
    EXPECT_EQ(again.code, kNegative);
    EXPECT_EQ(again.out, first.out);
    EXPECT_EQ(check("2", {"--gate", "drift", "--report", m_folder.write("bad.json", "{}")}).code, kFailed);
}

TEST_F(Gates, WhatIsWrongIsSaid)
{
    auto says = [](const Outcome& outcome, const char* words) {
        EXPECT_EQ(outcome.code, kFailed) << outcome.out;
        EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
    };
    says(check("2", {}), "Name the gate with --gate");
    says(check("2", {"--gate", "nothing-such"}), "There is no file and no template 'nothing-such'");
    says(check("two", {"--gate", "basics"}), "'two' is no version");
    says(check("77", {"--gate", "basics"}), "There is no version 77");
    says(check("2", {"--gate", "basics", "--to", "Live"}), "'Live' is no stage");
    says(check("2", {"--gate", "basics", "--to", "Staging", "--alias", "a"}), "not both");
    auto gate = m_folder.write("g.json",
                               R"({"schema":"sextant.gate/1","name":"g","clauses":[{"id":"a","op":"no"}]})");
    says(check("2", {"--gate", gate}), "clause 1 'a': the operator 'no' is not known");
    says(sextant({"gates", "show", gate}), "the operator 'no' is not known");
    says(sextant({"gates", "replay", gate, "--gate", "basics"}), "no facts");
}

TEST_F(Gates, TemplatesCanBeKeptAndUsed)
{
    auto list = sextant({"gates", "templates", "--format", "json"}).json();
    ASSERT_GE(list.size(), 6u);
    for (const auto& one : list) {
        auto text = sextant({"gates", "show", one["name"]}).out;
        EXPECT_FALSE(text.empty());
        if (one["kind"] == "gate") {
            EXPECT_NE(check("2", {"--gate", m_folder.write("kept.json", text)}).code, kFailed) << one["name"];
        }
    }
}

} // namespace

} // namespace sextant::cli
