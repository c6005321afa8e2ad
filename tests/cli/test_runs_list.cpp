// `runs list`: keys, columns, order, filters and their errors, on the store the real client wrote.
#include "app/cli/run_columns.h"
#include "app/cli/run_writer.h"
#include "core/table/run_table_builder.h"
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <sstream>

namespace sextant::cli {

namespace {

Outcome list(std::vector<std::string> arguments, const std::string& format = "json")
{
    arguments.insert(arguments.begin(), {"runs", "list", "--store", demoStore(), "--format", format});
    return sextant(arguments);
}

TEST(RunsList, JsonHasTheKeysOfTheContract)
{
    auto outcome = list({});
    ASSERT_EQ(outcome.code, kDone) << outcome.err;
    auto runs = outcome.json();
    ASSERT_EQ(runs.size(), 45u);
    const std::vector<std::string> keys = {
        "run_id",  "run_name",     "experiment_id", "status", "start_time", "end_time", "lifecycle_stage",
        "user_id", "artifact_uri", "metrics",       "params", "tags",       "datasets"};
    for (const auto& run : runs) {
        std::vector<std::string> found;
        for (const auto& [key, value] : run.items())
            found.push_back(key);
        EXPECT_EQ(found, keys);
        EXPECT_TRUE(run["start_time"].is_number_integer());
        EXPECT_TRUE(run["metrics"].is_object());
        for (const auto& dataset : run["datasets"])
            EXPECT_TRUE(dataset.contains("name") && dataset.contains("digest") &&
                        dataset.contains("context"));
    }
    EXPECT_TRUE(outcome.err.empty()) << outcome.err;
}

TEST(RunsList, TheLastStartedComesFirst)
{
    auto runs = list({}).json();
    EXPECT_TRUE(std::is_sorted(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
        return a["start_time"] > b["start_time"];
    }));
}

TEST(RunsList, OneRunALine)
{
    auto text = list({}).out;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 47);
}

TEST(RunsList, ALoggedNanIsAWord)
{
    auto runs = list({"--filter", "run_name = 'gradient-descent-lr0.9'"}).json();
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_EQ(runs[0]["metrics"]["train/loss"], "NaN");
    EXPECT_FALSE(runs[0]["metrics"].contains("test/accuracy"));
}

TEST(RunsList, CsvHasTheColumnsOfSearchRuns)
{
    auto rows = parseCsv(list({}, "csv").out);
    ASSERT_EQ(rows.size(), 46u);
    const auto& head = rows.front();
    EXPECT_EQ(std::vector<std::string>(head.begin(), head.begin() + 6),
              (std::vector<std::string>{"run_id", "experiment_id", "status", "artifact_uri", "start_time",
                                        "end_time"}));
    EXPECT_TRUE(std::is_sorted(head.begin() + 6, head.end())) << "metrics.*, params.*, tags.*, each by key";
    for (const auto& row : rows)
        EXPECT_EQ(row.size(), head.size());
    EXPECT_EQ(rows[1][4], "2026-03-11 17:44:06.196000+00:00");
}

TEST(RunsList, CsvHasOnlyColumnsThatTheRunsHave)
{
    auto rows = parseCsv(list({"--experiment", "wine-cultivars"}, "csv").out);
    for (const auto& name : rows.front())
        EXPECT_NE(name, "metrics.test/rmse") << "a metric of another experiment";
}

TEST(RunsList, ExperimentsByNameAndById)
{
    auto byName = list({"--experiment", "wine-cultivars"}), byId = list({"--experiment", "5"});
    EXPECT_EQ(byName.out, byId.out);
    auto both = list({"--experiment", "wine-cultivars", "--experiment", "4"}).json();
    std::set<std::string> ids;
    for (const auto& run : both)
        ids.insert(run["experiment_id"]);
    EXPECT_EQ(ids, (std::set<std::string>{"4", "5"}));
}

TEST(RunsList, FilterOrderAndMaximum)
{
    auto runs = list({"--filter", "metrics.`test/accuracy` > 0.9", "--order-by",
                      "metrics.`test/accuracy` ASC", "--order-by", "run_name DESC", "--max", "3"})
                    .json();
    ASSERT_EQ(runs.size(), 3u);
    double last = 0.9;
    for (const auto& run : runs) {
        EXPECT_GE(run["metrics"]["test/accuracy"].get<double>(), last);
        last = run["metrics"]["test/accuracy"];
    }
}

TEST(RunsList, FunctionsOfAHistoryAreReadOnDemand)
{
    auto latest = list({"--filter", "metrics.`val/loss` > 0.5"}).json();
    auto greatest = list({"--filter", "max(metrics.`val/loss`) > 0.5"}).json();
    EXPECT_GT(greatest.size(), latest.size());
}

TEST(RunsList, Views)
{
    TemporaryFolder folder;
    auto store = copyOfDemoStore(folder);
    auto count = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"runs", "list", "--store", store, "--format", "json"});
        return sextant(arguments).json().size();
    };
    auto active = count({"--view", "active"}), all = count({"--view", "all"});
    auto deleted = count({"--view", "deleted", "--experiment", "wine-cultivars"});
    EXPECT_GT(all, active);
    ASSERT_EQ(sextant({"runs", "delete", "knn-500", "--store", store}).code, kDone);
    EXPECT_EQ(count({"--view", "active"}), active - 1);
    EXPECT_EQ(count({"--view", "all"}), all);
    EXPECT_EQ(count({"--view", "deleted", "--experiment", "wine-cultivars"}), deleted + 1);
}

TEST(RunsList, ChosenColumns)
{
    auto rows = parseCsv(
        list({"--columns", "run_name,metrics.test/*", "--columns", "params.C", "--max", "2"}, "csv").out);
    EXPECT_EQ(rows.front().front(), "run_name");
    EXPECT_EQ(rows.front().back(), "params.C");
    EXPECT_EQ(rows[2].front(), "logistic-strong");
    auto runs = list({"--columns", "run_id,metrics.test/accuracy", "--max", "2"}).json();
    EXPECT_EQ(runs[1].size(), 2u);
    EXPECT_EQ(runs[1]["metrics"].size(), 1u);
}

TEST(RunsList, AColumnThatNoRunHasIsEmptyAndSaidSo)
{
    auto outcome = list({"--columns", "run_id,metrics.acuracy"}, "csv");
    EXPECT_EQ(outcome.code, kDone);
    EXPECT_EQ(parseCsv(outcome.out).front().back(), "metrics.acuracy");
    EXPECT_NE(outcome.err.find("No run has 'metrics.acuracy'"), std::string::npos);
}

TEST(RunsList, AWordThatIsNoColumn)
{
    auto outcome = list({"--columns", "acuracy"});
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("no column 'acuracy'"), std::string::npos);
}

TEST(RunsList, ATableForPeople)
{
    auto outcome = sextant({"runs", "list", "--store", demoStore(), "--max", "3"}, {}, true, 100);
    expectGolden("runs-table.txt", outcome.out);
    EXPECT_TRUE(outcome.out.ends_with("3 of 45 runs\n"));
}

TEST(RunsList, ErrorsOfFiltersAndOrderings)
{
    const std::vector<std::vector<std::string>> mistakes = {
        {"--filter", "metrics.loss == 1"},
        {"--filter", "metrics.loss <"},
        {"--filter", "metrics.loss < 'a'"},
        {"--filter", "params.lr = 0.1"},
        {"--filter", "params.lr = '0.1"},
        {"--filter", "metrics.loss < 1 AND"},
        {"--filter", "params.a = '1' params.b = '2'"},
        {"--filter", "metrcs.loss < 1"},
        {"--filter", "start_time > 'yesterdy'"},
        {"--filter", "(metrics.loss < 1"},
        {"--order-by", "metrics.loss UP"},
        {"--order-by", "nonsense"},
        {"--order-by", "metrics.loss", "--order-by", "metrics.loss DESC"},
        {"--experiment", "wine"},
        {"--experiment", "no such thing"},
    };
    std::string all;
    for (const auto& mistake : mistakes) {
        auto outcome = list(mistake);
        std::string line = "$";
        for (const auto& word : mistake)
            line += " " + word;
        EXPECT_EQ(outcome.code, kFailed) << line;
        EXPECT_EQ(outcome.out, "") << line;
        all += line + "\n" + outcome.err + "\n";
    }
    expectGolden("filter-errors.txt", all);
}

/// A table with dense and sparse columns, odd keys and odd values.
RunTablePtr oddTable()
{
    RunTableBuilder builder;
    Experiment experiment;
    experiment.id = "1";
    experiment.name = "odd";
    builder.setExperiments({experiment});
    for (int i = 0; i < 40; ++i) {
        auto id = "run" + std::to_string(i);
        RunTableBuilder::RunRow row;
        row.id = id;
        row.name = "torn \xff name";
        auto index = builder.addRun(row);
        builder.setMetric(index, "dense", i % 2 ? i : std::numeric_limits<double>::infinity());
        builder.setParam(index, "multi\nline", "a,\"b\"\n");
        if (i == 7) {
            builder.setMetric(index, "alone", -std::numeric_limits<double>::infinity());
            builder.setTag(index, "zz \"quoted\"", "");
        }
    }
    return builder.finish();
}

std::string written(const RunSelection& selection, bool json)
{
    std::ostringstream out;
    Sink sink(out);
    EXPECT_TRUE(json ? writeRunsJson(sink, selection, {}) : writeRunsCsv(sink, selection, {}));
    EXPECT_TRUE(sink.finish());
    return out.str();
}

TEST(RunWriter, SparseAndDenseValuesOfEachRunInJson)
{
    RunSelection selection{oddTable(), {39, 7, 0}, {}, false, 3};
    auto runs = nlohmann::json::parse(written(selection, true));
    ASSERT_EQ(runs.size(), 3u);
    EXPECT_EQ(runs[0]["metrics"], (nlohmann::json{{"dense", 39.0}}));
    EXPECT_EQ(runs[1]["metrics"], (nlohmann::json{{"alone", "-Infinity"}, {"dense", 7.0}}));
    EXPECT_EQ(runs[1]["tags"], (nlohmann::json{{"zz \"quoted\"", ""}}));
    EXPECT_EQ(runs[2]["metrics"]["dense"], "Infinity");
    EXPECT_EQ(runs[2]["run_name"], "torn \xef\xbf\xbd name");
    EXPECT_EQ(runs[2]["params"]["multi\nline"], "a,\"b\"\n");
    EXPECT_TRUE(runs[2]["start_time"].is_null());
}

TEST(RunWriter, AnEmptyTextInCsvIsNotNothing)
{
    RunSelection selection{oddTable(), {7, 0}, {}, false, 2};
    selection.columns = searchRunsColumns(*selection.table, selection.rows);
    auto text = written(selection, false);
    auto rows = parseCsv(text);
    EXPECT_EQ(rows[0].back(), "tags.zz \"quoted\"");
    EXPECT_NE(text.find("\"a,\"\"b\"\"\n\",\"\"\n"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("\",\n")) << "the second run does not have the tag";
}

TEST(RunWriter, CanBeCancelled)
{
    RunSelection selection{oddTable(), {0}, {}, false, 1};
    std::stop_source stop;
    stop.request_stop();
    std::ostringstream out;
    Sink sink(out);
    auto done = writeRunsJson(sink, selection, {stop.get_token(), {}});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::Cancelled);
}

TEST(RunColumns, Patterns)
{
    EXPECT_TRUE(matchesGlob("metrics.val/loss", "metrics.*"));
    EXPECT_TRUE(matchesGlob("metrics.val/loss", "*loss"));
    EXPECT_TRUE(matchesGlob("abc", "a?c"));
    EXPECT_TRUE(matchesGlob("", "*"));
    EXPECT_FALSE(matchesGlob("abc", "a?"));
    EXPECT_FALSE(matchesGlob("params.lr", "metrics.*"));
    EXPECT_FALSE(matchesGlob(std::string(5000, 'a'), "*a*a*a*a*a*b")) << "and that in no time";
}

} // namespace

} // namespace sextant::cli
