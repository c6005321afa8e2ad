// The commands that write, on a copy of the store the real client wrote.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

namespace sextant::cli {

namespace {

class Edit : public testing::Test
{
protected:
    Outcome edit(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.end(), {"--store", m_store, "--format", "json"});
        return sextant(arguments);
    }
    nlohmann::ordered_json run() { return edit({"runs", "show", "knn-500"}).json(); }

    TemporaryFolder m_folder;
    std::string m_store = copyOfDemoStore(m_folder);
};

TEST_F(Edit, TagsAreSetAndWhatChangedIsPrinted)
{
    auto outcome = edit({"runs", "tag", "knn-500", "failure=solved", "team=a=b", "empty="});
    ASSERT_EQ(outcome.code, kDone) << outcome.err;
    auto changes = outcome.json();
    ASSERT_EQ(changes.size(), 3u);
    EXPECT_EQ(changes[0]["before"], "ValueError");
    EXPECT_EQ(changes[0]["after"], "solved");
    EXPECT_TRUE(changes[1]["before"].is_null());
    auto tags = run()["tags"];
    EXPECT_EQ(tags["failure"], "solved");
    EXPECT_EQ(tags["team"], "a=b");
    EXPECT_EQ(tags["empty"], "");
}

TEST_F(Edit, AllOfThemOrNone)
{
    auto before = run()["tags"];
    auto outcome = edit({"runs", "tag", "knn-500", "good=1", "bad$key=2"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(run()["tags"], before);
    EXPECT_EQ(edit({"runs", "tag", "knn-500", "good=1", std::string(251, 'k') + "=2"}).code, kFailed);
    EXPECT_EQ(run()["tags"], before);
    EXPECT_EQ(edit({"runs", "tag", "knn-500", "bad$key=2", "--dry-run"}).code, kFailed);
    auto twice = edit({"runs", "untag", "knn-500", "failure", "failure"});
    EXPECT_EQ(twice.code, kDone) << twice.err;
    EXPECT_EQ(twice.json().size(), 1u);
}

TEST_F(Edit, ATagAsTwoWords)
{
    ASSERT_EQ(edit({"runs", "tag", "knn-500", "note", "x = y, [z] {}"}).code, kDone);
    EXPECT_EQ(run()["tags"]["note"], "x = y, [z] {}");
    ASSERT_EQ(edit({"runs", "tag", "knn-500", "odd", "[a,b]"}).code, kDone);
    EXPECT_EQ(run()["tags"]["odd"], "[a,b]");
    ASSERT_EQ(edit({"runs", "tag", "knn-500", "none", "{}"}).code, kDone);
    EXPECT_EQ(run()["tags"]["none"], "{}");
    ASSERT_EQ(edit({"runs", "tag", "knn-500", "none", ""}).code, kDone);
    EXPECT_EQ(run()["tags"]["none"], "");
}

TEST_F(Edit, TagsAreTakenOff)
{
    ASSERT_EQ(edit({"runs", "untag", "knn-500", "failure"}).code, kDone);
    EXPECT_FALSE(run()["tags"].contains("failure"));
    auto outcome = edit({"runs", "untag", "knn-500", "failure"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.err.find("has no tag 'failure'"), std::string::npos);
}

TEST_F(Edit, Rename)
{
    auto id = run()["run_id"].get<std::string>();
    auto outcome = edit({"runs", "rename", "knn-500", "five hundred neighbours"});
    ASSERT_EQ(outcome.code, kDone) << outcome.err;
    EXPECT_EQ(outcome.json()[0]["before"], "knn-500");
    auto renamed = edit({"runs", "show", id}).json();
    EXPECT_EQ(renamed["run_name"], "five hundred neighbours");
    EXPECT_EQ(renamed["tags"]["mlflow.runName"], "five hundred neighbours");
}

TEST_F(Edit, DeleteAndRestore)
{
    auto outcome = edit({"runs", "delete", "knn-500", "svm-rbf-0", "--dry-run"});
    EXPECT_EQ(outcome.code, kFailed) << "one of them does not exist, so none is deleted";
    EXPECT_EQ(run()["lifecycle_stage"], "active");
    ASSERT_EQ(edit({"runs", "delete", "knn-500"}).code, kDone);
    EXPECT_EQ(run()["lifecycle_stage"], "deleted");
    ASSERT_EQ(edit({"runs", "restore", "knn-500"}).code, kDone);
    EXPECT_EQ(run()["lifecycle_stage"], "active");
}

TEST_F(Edit, ADryRunWritesNothing)
{
    auto before = readFile(m_store);
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"runs", "tag", "knn-500", "a=b"},
                                               {"runs", "untag", "knn-500", "failure"},
                                               {"runs", "rename", "knn-500", "x"},
                                               {"runs", "delete", "knn-500"},
                                               {"runs", "restore", "knn-500"}}) {
        auto withDryRun = arguments;
        withDryRun.push_back("--dry-run");
        auto outcome = edit(withDryRun);
        ASSERT_EQ(outcome.code, kDone) << arguments[1] << outcome.err;
        EXPECT_EQ(outcome.json()[0]["dry_run"], true);
    }
    EXPECT_EQ(readFile(m_store), before);
}

TEST_F(Edit, AnOutputThatCannotBeWrittenStopsBeforeTheStoreIsTouched)
{
    auto before = readFile(m_store);
    auto outcome = edit({"runs", "tag", "knn-500", "a=b", "--output", "/nowhere/at/all.json"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(readFile(m_store), before);
}

TEST_F(Edit, ReadingChangesNothing)
{
    auto before = readFile(m_store);
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"experiments", "list"},
                                                                       {"runs", "list"},
                                                                       {"runs", "show", "knn-500"},
                                                                       {"models", "list"},
                                                                       {"models", "versions"},
                                                                       {"logged-models", "list"}})
        EXPECT_EQ(edit(arguments).code, kDone);
    EXPECT_EQ(readFile(m_store), before);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(m_folder.path()))
        ++files;
    EXPECT_EQ(files, 1u) << "no journal and no other file beside the store";
}

} // namespace

} // namespace sextant::cli
