// Fairness where something is missing, undefined or not as it should be.
#include "tests/report/fairness_world.h"

namespace sextant::test {
namespace {

class OddFairness : public FairnessWorld
{
protected:
    std::string refusal(const std::string& csv)
    {
        auto made = report(csv);
        if (made) {
            ADD_FAILURE() << "was not refused";
            return {};
        }
        return made.error().message + "|" + made.error().hint;
    }
};

TEST_F(OddFairness, AGroupWithoutPositivesHasNoTruePositiveRate)
{
    auto made = report("y,p,sex\n1,1,F\n1,0,F\n0,0,F\n0,1,M\n0,0,M\n");
    ASSERT_TRUE(made) << made.error().message;
    auto men = group(*made, {{"sex", "M"}});
    EXPECT_TRUE(men["true_positive_rate"].is_null());
    EXPECT_EQ(men["undefined"]["true_positive_rate"], "no positive labels");
    EXPECT_EQ(men["library"]["true_positive_rate"], 0);
    auto opportunity = disparity(*made, "equal_opportunity_difference", {"sex"});
    EXPECT_TRUE(opportunity["value"].is_null());
    EXPECT_EQ(opportunity["undefined"], "true_positive_rate of sex=M is undefined: no positive labels");
    EXPECT_EQ(opportunity["library"], 0.5);
    EXPECT_EQ(disparity(*made, "equal_opportunity_ratio", {"sex"})["library"], 0);
}

TEST_F(OddFairness, NobodySelected)
{
    auto made = report("y,p,sex\n1,0,F\n0,0,F\n1,0,M\n0,0,M\n");
    ASSERT_TRUE(made);
    auto parity = disparity(*made, "demographic_parity_ratio", {"sex"});
    EXPECT_TRUE(parity["value"].is_null());
    EXPECT_EQ(parity["undefined"], "the rate is 0 in every group");
    EXPECT_TRUE(parity["library"].is_null());
    EXPECT_EQ(disparity(*made, "demographic_parity_difference", {"sex"})["value"], 0);
    EXPECT_TRUE(group(*made, {{"sex", "F"}})["precision_score"].is_null());
}

TEST_F(OddFairness, OneGroupAndOneRow)
{
    auto made = report("y,p,sex\n1,1,F\n");
    ASSERT_TRUE(made);
    EXPECT_EQ(disparity(*made, "demographic_parity_difference", {"sex"})["value"], 0);
    EXPECT_EQ(disparity(*made, "demographic_parity_ratio", {"sex"})["value"], 1);
    EXPECT_TRUE(disparity(*made, "demographic_parity_difference", {"sex"})["low"].is_null());
}

TEST_F(OddFairness, WithoutASensitiveValueIsAGroup)
{
    auto made = report("y,p,sex\n1,1,F\n0,1,\n1,0,M\n");
    ASSERT_TRUE(made);
    EXPECT_EQ(group(*made, {{"sex", "(missing)"}})["count"], 1);
}

TEST_F(OddFairness, RowsWithoutLabelOrPredictionAreCounted)
{
    auto made = report("y,p,sex\n1,1,F\n,1,F\n1,,M\n0,0,M\n");
    ASSERT_TRUE(made);
    EXPECT_EQ((*made)["overall"]["count"], 2);
    EXPECT_EQ((*made)["excluded"]["without_label"], 1);
    EXPECT_EQ((*made)["excluded"]["without_prediction"], 1);
    EXPECT_NE(refusal("y,p,sex\n1,,F\n,1,F\n").find("No row"), std::string::npos);
}

TEST_F(OddFairness, ACombinationWithoutRowsIsListedAndCountsNowhere)
{
    options.sensitive = {"sex", "race"};
    auto made = report("y,p,sex,race\n1,1,F,a\n0,0,F,b\n1,0,M,a\n");
    ASSERT_TRUE(made);
    auto empty = group(*made, {{"sex", "M"}, {"race", "b"}});
    EXPECT_EQ(empty["count"], 0);
    EXPECT_EQ(empty["undefined"]["selection_rate"], "no rows");
    EXPECT_EQ(disparity(*made, "demographic_parity_difference", {"sex", "race"})["value"], 1);
}

TEST_F(OddFairness, TheFavourableClassIsNotGuessed)
{
    EXPECT_NE(refusal("y,p,sex\nno,yes,F\nyes,no,M\n").find("--positive"), std::string::npos);
    EXPECT_NE(refusal("y,p,sex\n1,2,F\n2,1,M\n").find("1, 2"), std::string::npos);
    options.positive = "yes";
    auto made = report("y,p,sex\nno,yes,F\nyes,no,M\n");
    ASSERT_TRUE(made);
    EXPECT_EQ(group(*made, {{"sex", "F"}})["selection_rate"], 1);
    options.positive = "maybe";
    EXPECT_NE(refusal("y,p,sex\nno,yes,F\n").find("There are: no, yes"), std::string::npos);
}

TEST_F(OddFairness, MinusOneAndOneAndBooleans)
{
    auto signs = report("y,p,sex\n-1,1,F\n1,-1,M\n");
    ASSERT_TRUE(signs);
    EXPECT_EQ((*signs)["positive"], "1");
    auto booleans = report("y,p,sex\nTrue,False,F\nFalse,True,M\n");
    ASSERT_TRUE(booleans);
    EXPECT_EQ((*booleans)["positive"], "True");
}

TEST_F(OddFairness, ManyClassesAreTakenInTurn)
{
    auto made = report("y,p,sex\na,a,F\nb,c,F\nc,c,M\na,b,M\n");
    ASSERT_TRUE(made);
    ASSERT_EQ((*made)["classes"].size(), 3u);
    EXPECT_EQ((*made)["classes"][0]["positive"], "a");
    EXPECT_EQ((*made)["classes"][2]["overall"]["selection_rate"], 0.5);
}

TEST_F(OddFairness, ScoresAndTheirThreshold)
{
    options.prediction.clear();
    options.score = "s";
    options.threshold = 0.5;
    auto made = report("y,s,sex\n1,0.5,F\n0,0.49,F\n1,nan,M\n0,1,M\n");
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(group(*made, {{"sex", "F"}})["selection_rate"], 0.5);
    EXPECT_EQ((*made)["excluded"]["without_prediction"], 1);
    EXPECT_NE(refusal("y,s,sex\n1,high,F\n").find("are texts"), std::string::npos);
}

TEST_F(OddFairness, WeightsMustBeWeights)
{
    options.weight = "w";
    EXPECT_NE(refusal("y,p,sex,w\n1,1,F,1\n0,1,M,-2\n").find("row 2"), std::string::npos);
    EXPECT_NE(refusal("y,p,sex,w\n1,1,F,\n0,1,M,2\n").find("row 1"), std::string::npos);
    auto made = report("y,p,sex,w\n1,1,F,0\n0,1,M,2\n");
    ASSERT_TRUE(made);
    EXPECT_EQ(group(*made, {{"sex", "F"}})["undefined"]["selection_rate"], "all weights are 0");
}

TEST_F(OddFairness, NamesThatAreNotThere)
{
    options.sensitive = {"Sex"};
    EXPECT_NE(refusal("y,p,sex\n1,1,F\n").find("'sex'"), std::string::npos);
    options.sensitive = {"sex"};
    options.privileged = {{"sex", "X"}};
    EXPECT_NE(refusal("y,p,sex\n1,1,F\n").find("never 'X'"), std::string::npos);
    options.privileged = {{"race", "a"}};
    EXPECT_NE(refusal("y,p,sex\n1,1,F\n").find("not sensitive"), std::string::npos);
    EXPECT_NE(refusal("y,p,sex\n").find("race"), std::string::npos);
    options.privileged.clear();
    EXPECT_NE(refusal("y,p,sex\n").find("no rows"), std::string::npos);
}

TEST_F(OddFairness, AHundredThousandGroupsAreThoseThatHaveRows)
{
    options.sensitive = {"sex", "id"};
    std::string csv = "y,p,sex,id\n";
    for (int i = 0; i < 5000; ++i)
        csv +=
            "1," + std::to_string(i % 2) + "," + (i % 3 == 0 ? "F" : "M") + ",u" + std::to_string(i) + "\n";
    auto made = report(csv);
    ASSERT_TRUE(made);
    EXPECT_EQ((*made)["empty_combinations"], "left out, there are too many");
    EXPECT_EQ((*made)["by_group"].size(), 2u + 5000u + 5000u);
}

} // namespace
} // namespace sextant::test
