// Comparing runs and statistics over them, on the store the real client wrote.
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sextant::cli {

namespace {

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

const std::vector<std::string> kSeeds = {"runs",     "stats",   "--filter", "run_name LIKE 'mlp-64-seed%'",
                                         "--metric", "val/loss"};

std::vector<std::string> with(std::vector<std::string> words, const std::vector<std::string>& more)
{
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST(RunsCompare, AMatrix)
{
    auto matrix = demo({"runs", "compare", "logistic-l2", "logistic-l2-strong"}).json();
    EXPECT_EQ(keysOf(matrix),
              (std::vector<std::string>{"runs", "params", "metrics", "tags", "datasets", "variation"}));
    ASSERT_EQ(matrix["runs"].size(), 2u);
    auto first = matrix["runs"][0]["run_id"].get<std::string>(),
         second = matrix["runs"][1]["run_id"].get<std::string>();
    EXPECT_EQ(matrix["params"]["C"][first], "1.0");
    EXPECT_EQ(matrix["params"]["C"][second], "0.01");
    EXPECT_TRUE(matrix["metrics"]["test/accuracy"][first].is_number());
    EXPECT_TRUE(matrix["params"].contains("solver"));
    EXPECT_TRUE(matrix["tags"].contains("mlflow.runName"));
    EXPECT_TRUE(matrix["tags"].contains("mlflow.source.git.commit"));
}

TEST(RunsCompare, OnlyWhatDiffers)
{
    auto matrix = demo({"runs", "compare", "logistic-l2", "logistic-l2-strong", "--diff-only"}).json();
    EXPECT_TRUE(matrix["params"].contains("C"));
    EXPECT_FALSE(matrix["params"].contains("solver"));
    auto csv = parseCsv(demo({"runs", "compare", "logistic-l2", "svm-linear", "--diff-only"}, "csv").out);
    for (std::size_t i = 1; i < csv.size(); ++i)
        EXPECT_NE(csv[i][2], csv[i][3]);
}

TEST(RunsCompare, DeltasFromABaseline)
{
    auto outcome = demo({"runs", "compare", "mlp-64-seed0", "mlp-64-seed1", "mlp-64-lr0.1", "--baseline",
                         "mlp-64-seed0", "--lower", "*loss", "--higher", "val/accuracy"});
    auto matrix = outcome.json();
    auto base = matrix["runs"][0]["run_id"].get<std::string>(),
         third = matrix["runs"][2]["run_id"].get<std::string>();
    EXPECT_EQ(matrix["baseline"], base);
    const auto& loss = matrix["deltas"]["metrics"]["val/loss"];
    EXPECT_FALSE(loss.contains(base));
    EXPECT_EQ(loss[third]["verdict"], "worse");
    EXPECT_DOUBLE_EQ(loss[third]["delta"].get<double>(),
                     matrix["metrics"]["val/loss"][third].get<double>() -
                         matrix["metrics"]["val/loss"][base].get<double>());
    EXPECT_EQ(matrix["deltas"]["params"]["epochs"][third]["delta"], -20);
    EXPECT_FALSE(matrix["deltas"]["params"].contains("optimizer"));
    expectGolden("compare-table.txt", demo({"runs", "compare", "mlp-64-seed0", "mlp-64-lr0.1", "--baseline",
                                            "mlp-64-seed0", "--lower", "*loss", "--order", "variation"},
                                           "table")
                                          .out);
}

TEST(RunsCompare, TheBaselineIsAddedWhereItIsNotNamed)
{
    auto csv = parseCsv(
        demo({"runs", "compare", "mlp-64-seed1", "mlp-64-seed2", "--baseline", "mlp-64-seed0"}, "csv").out);
    EXPECT_EQ(csv[0].size(), 2u + 3 + 3);
    EXPECT_EQ(csv[0][5], "delta." + csv[0][2]);
    auto one = demo({"runs", "compare", "mlp-64-seed1", "--baseline", "mlp-64-seed0"}).json();
    EXPECT_EQ(one["runs"].size(), 2u);
}

TEST(RunsCompare, RunsChosenByFilter)
{
    auto matrix =
        demo({"runs", "compare", "--experiment", "digits-recognition", "--filter",
              "run_name LIKE 'mlp-64-seed%'", "--order-by", "params.seed", "--baseline", "mlp-64-lr0.1"})
            .json();
    ASSERT_EQ(matrix["runs"].size(), 6u);
    EXPECT_EQ(matrix["runs"][0]["run_name"], "mlp-64-lr0.1");
    EXPECT_EQ(matrix["runs"][1]["run_name"], "mlp-64-seed0");
    auto named = demo({"runs", "compare", "mlp-64-seed0", "mlp-64-seed1"}).json();
    auto chosen = demo({"runs", "compare", "--filter", "run_name IN ('mlp-64-seed0', 'mlp-64-seed1')",
                        "--order-by", "params.seed"})
                      .json();
    EXPECT_EQ(named, chosen) << "however they were chosen, the same runs give the same matrix";
}

TEST(RunsCompare, SaysWhatIsWrong)
{
    EXPECT_EQ(demo({"runs", "compare", "logistic-l2"}).code, kFailed);
    EXPECT_EQ(demo({"runs", "compare", "logistic-l2", "logistic-l2"}).code, kFailed);
    EXPECT_EQ(demo({"runs", "compare"}).code, kFailed);
    EXPECT_EQ(demo({"runs", "compare", "logistic-l2", "svm-linear", "--filter", "params.C = '1'"}).code,
              kFailed);
    EXPECT_EQ(demo({"runs", "compare", "--filter", "params.C = 'no such'"}).code, kFailed);
    EXPECT_EQ(demo({"runs", "compare", "logistic-l2", "svm-linear", "--lower", "a", "--higher", "a"}).code,
              kFailed);
    EXPECT_EQ(demo({"runs", "compare", "--experiment", "wine-cultivars", "--baseline", "mlp-64-seed0"}).code,
              kFailed);
}

TEST(RunsStats, OverAllRuns)
{
    auto stats = demo(with(kSeeds, {"--lower", "val/loss"})).json();
    EXPECT_EQ(stats["runs"], 5);
    ASSERT_EQ(stats["groups"].size(), 1u);
    const auto& loss = stats["groups"][0]["metrics"]["val/loss"];
    EXPECT_EQ(keysOf(loss),
              (std::vector<std::string>{"n", "mean", "std", "stderr", "ci_low", "ci_high", "min", "max",
                                        "median", "nan", "infinite", "missing", "best_run_id", "best"}));
    EXPECT_EQ(loss["n"], 5);
    EXPECT_EQ(loss["best"], loss["min"]);
    EXPECT_TRUE(stats["tests"].empty());
}

TEST(RunsStats, ByGroupAsCsvAndTable)
{
    auto csv = parseCsv(
        demo({"runs", "stats", "--experiment", "digits-recognition", "--metric", "val/accuracy", "--metric",
              "val/loss", "--group-by", "params.hidden_layer_sizes,params.learning_rate_init"},
             "csv")
            .out);
    EXPECT_EQ(csv[0][0], "params.hidden_layer_sizes");
    EXPECT_EQ(csv[0][2], "metric");
    EXPECT_EQ(csv[0].size(), csv[1].size());
    auto seeds = std::find_if(csv.begin(), csv.end(), [](const auto& row) { return row[3] == "6"; });
    ASSERT_NE(seeds, csv.end());
    EXPECT_EQ((*seeds)[0], "(64,)");
    EXPECT_EQ(csv[1][3], "1");
    EXPECT_EQ(csv[1][5], "") << "no deviation of one value";
    expectGolden("stats-table.txt", demo({"runs", "stats", "--experiment", "digits-recognition", "--metric",
                                          "val/accuracy", "--group-by", "params.learning_rate_init",
                                          "--higher", "val/*", "--test", "0.003", "0.0003"},
                                         "table")
                                        .out);
}

TEST(RunsStats, Tests)
{
    auto stats = demo({"runs", "stats", "--metric", "val/accuracy", "--group-by", "params.learning_rate_init",
                       "--test", "3e-3", "0.0003"})
                     .json();
    ASSERT_EQ(stats["tests"].size(), 1u);
    const auto& welch = stats["tests"][0];
    EXPECT_EQ(welch["test"], "welch");
    EXPECT_EQ(welch["first"], "learning_rate_init=0.003");
    EXPECT_TRUE(welch["p_value"].is_number());
    EXPECT_GE(welch["assumptions"].size(), 2u);
    auto paired =
        demo({"runs", "stats", "--metric", "val/accuracy", "--group-by", "params.learning_rate_init",
              "--test", "0.003", "0.0003", "--pair-by", "params.hidden_layer_sizes"})
            .json()["tests"][0];
    EXPECT_EQ(paired["test"], "paired");
    EXPECT_EQ(paired["n_first"], 2) << "(64,) comes more than once in one group";
    auto ranked =
        demo({"runs", "stats", "--metric", "val/accuracy", "--group-by", "params.learning_rate_init",
              "--test", "0.003", "0.0003", "--pair-by", "params.hidden_layer_sizes", "--wilcoxon"})
            .json()["tests"][0];
    EXPECT_EQ(ranked["test"], "wilcoxon");
    EXPECT_EQ(ranked["p_value"], 0.5) << "two pairs, both of one sign";
    EXPECT_EQ(ranked["exact"], true);
    EXPECT_FALSE(ranked.contains("t"));
    auto none = demo(with(kSeeds, {"--group-by", "params.seed", "--test", "1", "2"})).json()["tests"][0];
    EXPECT_TRUE(none["p_value"].is_null());
    EXPECT_NE(none["undefined"].get<std::string>().find("two values"), std::string::npos);
}

TEST(RunsStats, SaysWhatIsWrong)
{
    std::string all;
    const std::vector<std::vector<std::string>> mistakes = {
        {"--metric", "val/los"},
        {"--metric", "val/loss", "--group-by", "metrics.x"},
        {"--metric", "val/loss", "--group-by", "colour"},
        {"--metric", "val/loss", "--test", "a", "b"},
        {"--metric", "val/loss", "--group-by", "params.optimizer", "--test", "adam"},
        {"--metric", "val/loss", "--group-by", "params.optimizer", "--test", "adam", "sdg"},
        {"--metric", "val/loss", "--group-by", "params.optimizer", "--test", "adam", "adam"},
        {"--metric", "val/loss", "--pair-by", "params.seed"},
        {"--metric", "val/loss", "--group-by", "params.optimizer", "--test", "adam", "none", "--wilcoxon"},
        {"--metric", "val/loss", "--filter", "params.optimizer = 'no such'"},
        {"--metric", "val/loss", "--lower", "x", "--higher", "x"},
        {},
    };
    for (const auto& mistake : mistakes) {
        auto outcome = demo(with({"runs", "stats"}, mistake));
        EXPECT_EQ(outcome.code, kFailed);
        EXPECT_TRUE(outcome.out.empty());
        all += outcome.err + "\n";
    }
    expectGolden("stats-errors.txt", all);
}

} // namespace

} // namespace sextant::cli
