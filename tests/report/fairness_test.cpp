// Fairness of a table of forty rows, whose figures fairlearn and AIF360 were asked for.
#include "tests/report/fairness_world.h"

namespace sextant::test {
namespace {

constexpr double kTiny = 1e-12;

class Fairness : public FairnessWorld
{
protected:
    Fairness()
    {
        options.sensitive = {"sex", "race"};
        options.privileged = {{"sex", "M"}};
    }

    static std::string table()
    {
        std::string csv = "y,p,sex,race,w\n";
        for (int i = 0; i < 40; ++i)
            csv += std::to_string((7 * i + 3) % 5 < 2) + "," + std::to_string((11 * i + 2) % 7 < 3) + "," +
                   (i % 3 == 0 ? "F" : "M") + "," + "abc"[((5 * i) % 8) % 3] + "," +
                   std::to_string(1 + i % 4) + "\n";
        return csv;
    }
};

struct Golden
{
    const char* metric;
    const char* method;
    const char* aggregate;
    double sex, race, both;
};

TEST_F(Fairness, AsFairlearnHasIt)
{
    auto made = report(table());
    ASSERT_TRUE(made) << made.error().message;
    const Golden golden[] = {
        {"demographic_parity_difference", "between_groups", nullptr, 0.005494505494505475,
         0.06666666666666665, 0.26666666666666666},
        {"demographic_parity_difference", "to_overall", nullptr, 0.0035714285714285587, 0.041666666666666685,
         0.175},
        {"demographic_parity_ratio", "between_groups", nullptr, 0.9871794871794872, 0.8571428571428572,
         0.5555555555555556},
        {"demographic_parity_ratio", "to_overall", nullptr, 0.9916666666666667, 0.9107142857142856,
         0.7083333333333333},
        {"equalized_odds_difference", "between_groups", "worst_case", 0.06666666666666671, 0.25,
         0.6666666666666666},
        {"equalized_odds_difference", "between_groups", "mean", 0.06458333333333335, 0.23611111111111113,
         0.5},
        {"equalized_odds_difference", "to_overall", "worst_case", 0.041666666666666685, 0.125, 0.375},
        {"equalized_odds_difference", "to_overall", "mean", 0.041666666666666685, 0.125, 0.29166666666666663},
        {"equalized_odds_ratio", "between_groups", "worst_case", 0.8333333333333333, 0.5, 0.0},
        {"equalized_odds_ratio", "between_groups", "mean", 0.8541666666666666, 0.55, 0.25},
        {"equalized_odds_ratio", "to_overall", "worst_case", 0.8888888888888888, 0.6666666666666666, 0.0},
        {"equalized_odds_ratio", "to_overall", "mean", 0.9027777777777777, 0.696969696969697, 0.34375},
        {"equal_opportunity_difference", "between_groups", nullptr, 0.06666666666666671, 0.25,
         0.6666666666666666},
        {"equal_opportunity_ratio", "between_groups", nullptr, 0.8333333333333333, 0.5, 0.0},
    };
    for (const auto& row : golden) {
        Json aggregate = row.aggregate ? Json(row.aggregate) : Json();
        auto value = [&](const std::vector<std::string>& by) {
            return disparity(*made, row.metric, by, row.method, aggregate)["value"].get<double>();
        };
        EXPECT_NEAR(value({"sex"}), row.sex, kTiny) << row.metric << row.method;
        EXPECT_NEAR(value({"race"}), row.race, kTiny) << row.metric << row.method;
        EXPECT_NEAR(value({"sex", "race"}), row.both, kTiny) << row.metric << row.method;
    }
}

TEST_F(Fairness, RatesOfGroupsWithTheirIntervals)
{
    auto made = report(table());
    ASSERT_TRUE(made);
    auto women = group(*made, {{"sex", "F"}});
    EXPECT_EQ(women["count"], 14);
    EXPECT_NEAR(women["selection_rate"].get<double>(), 6.0 / 14, kTiny);
    EXPECT_NEAR(women["true_positive_rate"].get<double>(), 2.0 / 6, kTiny);
    EXPECT_NEAR(women["false_positive_rate"].get<double>(), 4.0 / 8, kTiny);
    EXPECT_NEAR(women["intervals"]["selection_rate"][0].get<double>(), 0.21380798904474121, kTiny);
    auto parity = disparity(*made, "demographic_parity_difference", {"sex"});
    EXPECT_NEAR(parity["low"].get<double>(), -0.27955977219730543, kTiny);
    EXPECT_NEAR(parity["high"].get<double>(), 0.3027852148321689, kTiny);
    EXPECT_EQ(parity["highest_group"], (Json{{"sex", "F"}}));
    EXPECT_EQ((*made)["overall"]["count"], 40);
}

TEST_F(Fairness, AsAif360HasIt)
{
    auto made = report(table());
    ASSERT_TRUE(made);
    const std::pair<const char*, double> golden[] = {
        {"statistical_parity_difference", 0.005494505494505475},
        {"disparate_impact", 1.0129870129870129},
        {"equal_opportunity_difference", -0.06666666666666671},
        {"average_odds_difference", -0.0020833333333333537},
        {"average_abs_odds_difference", 0.06458333333333335},
        {"average_predictive_value_difference", 0.03484848484848482},
    };
    for (const auto& [metric, value] : golden) {
        auto found = disparity(*made, metric, {"sex"}, "privileged");
        EXPECT_NEAR(found["value"].get<double>(), value, kTiny) << metric;
        EXPECT_EQ(found["privileged"], "M");
    }
    const auto& individual = (*made)["individual"];
    EXPECT_NEAR(individual["generalized_entropy_index"].get<double>(), 0.24955383700178474, kTiny);
    EXPECT_NEAR(individual["theil_index"].get<double>(), 0.3472400208808188, kTiny);
    EXPECT_NEAR(individual["coefficient_of_variation"].get<double>(), 0.7064755296565971, kTiny);
    EXPECT_EQ(individual["mean_log_deviation"], "Infinity");
    auto between = [&](const char* metric) {
        return disparity(*made, metric, {"sex"})["value"].get<double>();
    };
    EXPECT_NEAR(between("between_group_generalized_entropy_index"), 0.00016016107628252785, kTiny);
    EXPECT_NEAR(between("between_group_theil_index"), 0.00016077413004008406, kTiny);
}

TEST_F(Fairness, WeightsCountAndTakeTheIntervalsAway)
{
    options.weight = "w";
    auto made = report(table());
    ASSERT_TRUE(made);
    auto value = [&](const char* metric, const std::vector<std::string>& by, const Json& aggregate) {
        return disparity(*made, metric, by, "between_groups", aggregate)["value"].get<double>();
    };
    EXPECT_NEAR(value("demographic_parity_difference", {"sex"}, nullptr), 0.19340659340659339, kTiny);
    EXPECT_NEAR(value("equalized_odds_difference", {"sex"}, "worst_case"), 0.2877492877492877, kTiny);
    EXPECT_NEAR(value("demographic_parity_difference", {"race"}, nullptr), 0.11428571428571421, kTiny);
    EXPECT_NEAR(value("equalized_odds_difference", {"race"}, "worst_case"), 0.23809523809523808, kTiny);
    EXPECT_NEAR(value("demographic_parity_difference", {"sex", "race"}, nullptr), 0.45833333333333337, kTiny);
    EXPECT_NEAR(value("equalized_odds_difference", {"sex", "race"}, "worst_case"), 0.875, kTiny);
    EXPECT_TRUE(disparity(*made, "demographic_parity_difference", {"sex"})["low"].is_null());
    EXPECT_FALSE(group(*made, {{"sex", "F"}}).contains("intervals"));
}

TEST_F(Fairness, ControlColumnsMakeStrata)
{
    options.sensitive = {"sex"};
    options.control = {"race"};
    auto made = report(table());
    ASSERT_TRUE(made);
    auto value = [&](const char* metric, const char* race) {
        return disparity(*made, metric, {"sex"}, "between_groups", nullptr, Json{{"race", race}})["value"]
            .get<double>();
    };
    EXPECT_NEAR(value("selection_rate_difference", "a"), 1.0 / 9, kTiny);
    EXPECT_NEAR(value("selection_rate_difference", "b"), 0.2, kTiny);
    EXPECT_NEAR(value("selection_rate_difference", "c"), 0.095238095238095233, kTiny);
    EXPECT_NEAR(value("selection_rate_ratio", "a"), 0.75, kTiny);
    EXPECT_NEAR(value("selection_rate_ratio", "b"), 2.0 / 3, kTiny);
    EXPECT_NEAR(value("selection_rate_ratio", "c"), 7.0 / 9, kTiny);
    EXPECT_NEAR(value("true_positive_rate_ratio", "c"), 0, kTiny);
    EXPECT_EQ((*made)["overall_by_control"].size(), 3u);
}

TEST_F(Fairness, TheSameInputGivesTheSameBytes)
{
    options.data = folder.write("data.csv", table());
    auto first = fairnessReport(options, {}), second = fairnessReport(options, {});
    ASSERT_TRUE(first && second);
    second->created = first->created;
    EXPECT_EQ(toJson(*first), toJson(*second));
    EXPECT_EQ(toDocument(*first)["schema"], "sextant.report/1");
    EXPECT_EQ(toDocument(*first)["inputs"][0]["sha256"], toHex(sha256(table())));
}

TEST_F(Fairness, ChecksSayWhatWasExpected)
{
    auto made = report(table());
    ASSERT_TRUE(made);
    bool seen = false;
    for (const auto& check : (*made)["checks"]) {
        if (check["id"] != "demographic_parity_ratio:sex, race")
            continue;
        seen = true;
        EXPECT_EQ(check["passed"], false);
        EXPECT_EQ(check["expected"], ">= 0.8");
        EXPECT_NE(check["message"].get<std::string>().find("convention, not law"), std::string::npos);
    }
    EXPECT_TRUE(seen);
}

} // namespace
} // namespace sextant::test
