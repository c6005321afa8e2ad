// The forest: finds what matters, is the same each time, and says when it can say nothing.
#include "core/statistics/forest.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace sextant {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Sample
{
    std::vector<Feature> features;
    std::vector<double> target;
};

double unit(std::mt19937_64& random)
{
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

/// Strong and weak influence, none, and a category without an order.
Sample sampleOf(std::size_t rows)
{
    std::mt19937_64 random(1);
    Sample sample;
    sample.features = {{"noise", {}, false}, {"weak", {}, false}, {"strong", {}, false}, {"kind", {}, true}};
    for (std::size_t i = 0; i < rows; ++i) {
        for (auto& feature : sample.features)
            feature.values.push_back(feature.categorical ? static_cast<double>(random() % 5) : unit(random));
        auto kind = sample.features[3].values.back();
        sample.target.push_back(10 * sample.features[2].values.back() + 2 * sample.features[1].values.back() +
                                (kind == 1 || kind == 3 ? 5 : 0) + 0.1 * unit(random));
    }
    return sample;
}

ForestOptions few(std::size_t trees = 40)
{
    ForestOptions options;
    options.trees = trees;
    return options;
}

TEST(Forest, RanksWhatMatters)
{
    auto sample = sampleOf(400);
    auto report = forestImportance(sample.features, sample.target, few());
    ASSERT_TRUE(report);
    EXPECT_GT(report->outOfBagR2, 0.93);
    std::vector<std::string> order;
    for (const auto& feature : report->features)
        order.push_back(sample.features[feature.feature].name);
    EXPECT_EQ(order, (std::vector<std::string>{"strong", "kind", "weak", "noise"}));
    EXPECT_NEAR(report->features.back().importance, 0, 0.01);
}

TEST(Forest, SameSeedSameFigures)
{
    auto sample = sampleOf(100);
    auto one = *forestImportance(sample.features, sample.target, few());
    auto two = *forestImportance(sample.features, sample.target, few());
    EXPECT_EQ(one.outOfBagR2, two.outOfBagR2);
    for (std::size_t i = 0; i < one.features.size(); ++i)
        EXPECT_EQ(one.features[i].importance, two.features[i].importance);
    auto options = few();
    options.seed = 2;
    EXPECT_NE(forestImportance(sample.features, sample.target, options)->outOfBagR2, one.outOfBagR2);
}

TEST(Forest, NoiseForetellsNothing)
{
    auto sample = sampleOf(200);
    std::mt19937_64 random(9);
    for (auto& value : sample.target)
        value = unit(random);
    auto report = *forestImportance(sample.features, sample.target, few());
    EXPECT_LT(report.outOfBagR2, 0.1);
}

TEST(Forest, MissingValuesAreAValueOfTheirOwn)
{
    auto sample = sampleOf(200);
    for (std::size_t i = 0; i < 200; ++i) {
        sample.features[0].values[i] = i % 2 ? kNan : 1;
        sample.target[i] = i % 2 ? 5 : 1;
    }
    auto report = *forestImportance(sample.features, sample.target, few());
    EXPECT_EQ(report.features[0].feature, 0u);
    EXPECT_GT(report.outOfBagR2, 0.99);
}

TEST(Forest, ScaleOfTheTargetDoesNotMatter)
{
    auto sample = sampleOf(100);
    auto plain = *forestImportance(sample.features, sample.target, few());
    auto huge = sample.target;
    for (auto& value : huge)
        value = value * 0x1p+1018 - 0x1p+1020;
    auto scaled = *forestImportance(sample.features, huge, few());
    EXPECT_NEAR(scaled.outOfBagR2, plain.outOfBagR2, 0.01)
        << "rounding only decides between equally good splits";
}

TEST(Forest, ManyDifferentValues)
{
    auto sample = sampleOf(3000);
    for (auto& feature : sample.features)
        feature.categorical = false;
    sample.features[0].categorical = true; // 3,000 categories
    auto options = few(10);
    options.mostRows = 1000;
    auto report = *forestImportance(sample.features, sample.target, options);
    EXPECT_EQ(report.rows, 1000u);
    EXPECT_EQ(report.notDrawn, 2000u);
    EXPECT_EQ(report.features[0].feature, 2u);
}

TEST(Forest, SaysWhyThereIsNone)
{
    auto sample = sampleOf(9);
    EXPECT_NE(forestImportance(sample.features, sample.target)->undefined.find("10 rows"), std::string::npos);
    sample = sampleOf(50);
    EXPECT_FALSE(forestImportance({}, sample.target)->undefined.empty());
    auto constant = std::vector<double>(50, 3);
    EXPECT_FALSE(forestImportance(sample.features, constant)->undefined.empty());
    sample.target[0] = kNan;
    EXPECT_EQ(forestImportance(sample.features, sample.target, few(5))->left, 1u);
    EXPECT_FALSE(forestImportance(sample.features, std::vector<double>{1, 2}));
    std::stop_source stop;
    stop.request_stop();
    auto cancelled = forestImportance(sample.features, sample.target, {}, {stop.get_token(), {}});
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace sextant
