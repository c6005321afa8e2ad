// The other reading commands, on the store the real client wrote.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace sextant::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kRun =
    "598cf84e7e944f6e9f6ef823219550b4"; // logistic-l2, champion of breast-cancer-screening

Outcome demo(std::vector<std::string> arguments, const std::string& format = "json")
{
    arguments.insert(arguments.end(), {"--store", demoStore(), "--format", format});
    return sextant(arguments);
}

std::vector<std::string> keysOf(const nlohmann::ordered_json& object)
{
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

TEST(Experiments, KeysOfTheContract)
{
    auto experiments = demo({"experiments", "list"}).json();
    ASSERT_EQ(experiments.size(), 5u);
    EXPECT_EQ(keysOf(experiments[0]),
              (std::vector<std::string>{"experiment_id", "name", "lifecycle_stage", "artifact_location",
                                        "creation_time", "last_update_time", "tags"}));
    EXPECT_TRUE(experiments[0]["experiment_id"].is_string());
    auto one = demo({"experiments", "list", "--filter", "name = 'wine-cultivars'"}).json();
    EXPECT_EQ(one.size(), 1u);
    auto byName = demo({"experiments", "list", "--order-by", "name ASC"}, "csv");
    EXPECT_EQ(parseCsv(byName.out)[1][1], "Default");
}

TEST(Experiments, ATableForPeople)
{
    auto outcome = demo({"experiments", "list", "--filter", "name != 'Default'"}, "table");
    expectGolden("experiments-table.txt", outcome.out);
}

TEST(RunsShow, HasWhatTheListHasAndMore)
{
    auto listed = demo({"runs", "list", "--filter", std::string("run_id = '") + kRun + "'"}).json()[0];
    auto shown = demo({"runs", "show", kRun}).json();
    for (const auto& [key, value] : listed.items()) {
        if (key != "datasets") {
            EXPECT_EQ(shown[key], value) << key;
        }
    }
    ASSERT_EQ(shown["datasets"].size(), listed["datasets"].size());
    EXPECT_EQ(shown["datasets"][0]["digest"], listed["datasets"][0]["digest"]);
    EXPECT_TRUE(shown["datasets"][0].contains("schema"));
    EXPECT_EQ(shown["metric_details"].size(), shown["metrics"].size());
    EXPECT_TRUE(shown["metric_details"][0]["timestamp"].is_number_integer());
    EXPECT_TRUE(shown["model_outputs"].is_array());
}

TEST(RunsShow, ByNameAndByTheBeginningOfItsId)
{
    auto whole = demo({"runs", "show", kRun}).out;
    EXPECT_EQ(demo({"runs", "show", "598cf84e"}).out, whole);
    EXPECT_EQ(demo({"runs", "show", "logistic-l2"}).out, whole);
}

TEST(RunsShow, SeveralCandidatesAreListed)
{
    auto outcome = demo({"runs", "show", "9"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.err.find("runs fit '9'"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("960921875300404695588fb7bba11cb0"), std::string::npos) << outcome.err;
}

TEST(RunsShow, NearNamesOfAnUnknownRun)
{
    auto outcome = demo({"runs", "show", "logistic-12"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.err.find("There is no run 'logistic-12'"), std::string::npos);
    EXPECT_NE(outcome.err.find("'logistic-l2'"), std::string::npos) << outcome.err;
}

TEST(RunsShow, CsvAndTable)
{
    auto rows = parseCsv(demo({"runs", "show", kRun}, "csv").out);
    EXPECT_EQ(rows.front(), (std::vector<std::string>{"kind", "key", "value", "step", "timestamp"}));
    EXPECT_EQ(rows[1], (std::vector<std::string>{"attribute", "run_id", kRun, "", ""}));
    expectGolden("run-table.txt", demo({"runs", "show", kRun}, "table").out);
}

TEST(RunsHistory, EveryPointInOrder)
{
    auto rows = parseCsv(demo({"runs", "history", "mlp-64-seed0", "val/loss", "val/accuracy"}, "csv").out);
    ASSERT_FALSE(rows.empty());
    EXPECT_EQ(rows.front(), (std::vector<std::string>{"run_id", "metric", "step", "timestamp", "value"}));
    auto points = demo({"runs", "history", "mlp-64-seed0", "val/loss", "val/accuracy"}).json();
    ASSERT_EQ(points.size() + 1, rows.size());
    EXPECT_GT(points.size(), 100u);
    for (std::size_t i = 0; i < points.size(); ++i) {
        EXPECT_EQ(points[i]["metric"], rows[i + 1][1]);
        EXPECT_EQ(std::to_string(points[i]["step"].get<int>()), rows[i + 1][2]);
        EXPECT_EQ(points[i]["value"].get<double>(), std::strtod(rows[i + 1][4].c_str(), nullptr));
    }
}

TEST(RunsHistory, AMetricThatWasNeverLoggedHasNoPoints)
{
    auto outcome = demo({"runs", "history", "mlp-64-seed0", "val/los"});
    EXPECT_EQ(outcome.code, kDone);
    EXPECT_EQ(outcome.out, "[]\n");
    EXPECT_NE(outcome.err.find("has no metric 'val/los'"), std::string::npos);
    EXPECT_NE(outcome.err.find("'val/loss'"), std::string::npos);
    auto csv =
        sextant({"runs", "history", "mlp-64-seed0", "val/los", "--store", demoStore(), "--format", "csv"});
    EXPECT_EQ(csv.out, "run_id,metric,step,timestamp,value\n");
    auto both = demo({"runs", "history", "mlp-64-seed0", "no such thing", "val/loss"});
    EXPECT_EQ(both.code, kDone);
    EXPECT_GT(both.json().size(), 2U) << "the others are there all the same";
}

TEST(ModelLists, KeysOfTheContract)
{
    auto models = demo({"models", "list"}).json();
    ASSERT_EQ(models.size(), 3u);
    EXPECT_EQ(keysOf(models[0]), (std::vector<std::string>{"name", "description", "creation_timestamp",
                                                           "last_updated_timestamp", "tags", "aliases"}));
    EXPECT_EQ(models[0]["aliases"]["champion"], 2);
    auto versions = demo({"models", "versions", "breast-cancer-screening"}).json();
    ASSERT_EQ(versions.size(), 3u);
    EXPECT_EQ(keysOf(versions[0]),
              (std::vector<std::string>{"name", "version", "current_stage", "status", "source", "run_id",
                                        "user_id", "description", "creation_timestamp",
                                        "last_updated_timestamp", "tags", "aliases"}));
    EXPECT_EQ(demo({"models", "versions"}).json().size(), 8u);
    EXPECT_EQ(demo({"models", "versions", "--filter", "version_number > 2"}).json().size(), 3u);
    EXPECT_EQ(demo({"models", "versions", "--order-by", "version_number ASC"}).json()[0]["version"], 1);
}

TEST(ModelLists, AnUnknownModel)
{
    auto outcome = demo({"models", "versions", "breast-cancer"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.err.find("'breast-cancer-screening'"), std::string::npos) << outcome.err;
}

TEST(LoggedModels, KeysOfTheContract)
{
    auto models = demo({"logged-models", "list"}).json();
    ASSERT_FALSE(models.empty());
    EXPECT_EQ(keysOf(models[0]),
              (std::vector<std::string>{"model_id", "name", "experiment_id", "source_run_id", "status",
                                        "model_type", "artifact_location", "creation_timestamp",
                                        "last_updated_timestamp", "params", "tags", "metrics"}));
    for (const auto& model : models) {
        for (const auto& metric : model["metrics"])
            EXPECT_EQ(keysOf(metric), (std::vector<std::string>{"key", "value", "step", "timestamp", "run_id",
                                                                "dataset_name", "dataset_digest"}));
    }
    auto some = demo({"logged-models", "list", "--experiment", "breast-cancer-screening"}).json();
    EXPECT_LT(some.size(), models.size());
    EXPECT_EQ(demo({"logged-models", "list", "--filter", "name = 'nobody'"}).json().size(), 0u);
}

TEST(Artifacts, ListShowAndDownload)
{
    auto all = demo({"artifacts", "list", kRun, "--recursive"}).json();
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(keysOf(all[0]), (std::vector<std::string>{"path", "is_dir", "file_size"}));
    TemporaryFolder folder;
    auto target = folder.file("out");
    auto outcome = demo({"artifacts", "download", kRun, target});
    ASSERT_EQ(outcome.code, kDone) << outcome.err;
    std::size_t files = 0;
    for (const auto& artifact : all) {
        if (artifact["is_dir"].get<bool>()) {
            EXPECT_TRUE(artifact["file_size"].is_null());
            continue;
        }
        auto path = artifact["path"].get<std::string>();
        auto copied = readFile(fs::path(target) / path);
        EXPECT_EQ(copied.size(), artifact["file_size"].get<std::size_t>());
        EXPECT_EQ(demo({"artifacts", "show", kRun, path}).out, copied);
        ++files;
    }
    EXPECT_EQ(outcome.json().size(), files);
    EXPECT_EQ(demo({"artifacts", "download", kRun, target}).code, kFailed) << "nothing is overwritten";
    EXPECT_EQ(demo({"artifacts", "download", kRun, target, "--force"}).code, kDone);
}

TEST(Artifacts, AFolderOrAFileOfARun)
{
    auto all = demo({"artifacts", "list", kRun, "--recursive"}).json();
    auto nested = std::find_if(all.begin(), all.end(), [](const auto& artifact) {
        return !artifact["is_dir"].template get<bool>() &&
               artifact["path"].template get<std::string>().find('/') != std::string::npos;
    });
    if (nested == all.end())
        GTEST_SKIP() << "the run has no folders";
    auto path = (*nested)["path"].get<std::string>();
    TemporaryFolder folder;
    ASSERT_EQ(demo({"artifacts", "download", kRun, path, folder.path().string()}).code, kDone);
    EXPECT_TRUE(fs::is_regular_file(folder.path() / path));
}

TEST(Artifacts, WhatIsNotThere)
{
    TemporaryFolder folder;
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"artifacts", "show", kRun, "no/such/file"},
             {"artifacts", "show", kRun, "../../../../mlflow.db"},
             {"artifacts", "show", kRun, "/etc/passwd"},
             {"artifacts", "download", kRun, "no/such", folder.file("out")},
             {"artifacts", "download", kRun, "../..", folder.file("out")}}) {
        auto outcome = demo(arguments);
        EXPECT_EQ(outcome.code, kFailed) << arguments[3];
        EXPECT_EQ(outcome.out, "") << arguments[3];
    }
    EXPECT_FALSE(fs::exists(folder.path() / "out"));
}

} // namespace

} // namespace sextant::cli
