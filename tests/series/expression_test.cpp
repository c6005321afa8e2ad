#include "core/series/expression.h"

#include "core/series/line.h"
#include "tests/series/series_data.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace sextant {
namespace {

using namespace test;

const std::vector<std::string> kKnown = [] {
    std::vector<std::string> names{"a",          "a/b",      "b",       "f1-score", "loss", "min",
                                   "train/loss", "val/loss", "top 1 %", "2",        "ä/ö"};
    std::sort(names.begin(), names.end());
    return names;
}();

MetricExpression parsed(std::string_view text)
{
    auto expression = MetricExpression::parse(text, kKnown);
    EXPECT_TRUE(expression) << text << ": " << (expression ? "" : expression.error().message);
    return expression ? *expression : MetricExpression::metric("?");
}

/// With every operand the same constant history but for its values.
std::vector<double> valuesOf(std::string_view text, const std::vector<std::vector<double>>& operands)
{
    std::vector<HistoryPtr> histories;
    for (const auto& values : operands)
        histories.push_back(makeHistory(values));
    const auto value = parsed(text).evaluate(histories);
    EXPECT_TRUE(value);
    return {value->history->values.begin(), value->history->values.end()};
}

double one(std::string_view text, std::vector<double> operands)
{
    std::vector<std::vector<double>> histories;
    for (double operand : operands)
        histories.push_back({operand});
    return valuesOf(text, histories).front();
}

TEST(Expression, ReadsNamesAsTheLongestMetric)
{
    EXPECT_EQ(parsed("train/loss - val/loss").metrics(),
              (std::vector<std::string>{"train/loss", "val/loss"}));
    EXPECT_TRUE(parsed("a/b").isMetric());
    EXPECT_EQ(parsed("a / b").metrics(), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(parsed("b/a").metrics(), (std::vector<std::string>{"b", "a"}));
    EXPECT_EQ(parsed("f1-score-a").metrics(), (std::vector<std::string>{"f1-score", "a"}));
    EXPECT_EQ(parsed("`a`/`b`").metrics(), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(parsed("\"top 1 %\" * 2").metrics(), (std::vector<std::string>{"top 1 %"}));
    EXPECT_EQ(parsed("ä/ö + a").metrics(), (std::vector<std::string>{"ä/ö", "a"}));
    EXPECT_EQ(parsed("min(min, a)").metrics(), (std::vector<std::string>{"min", "a"}));
    EXPECT_EQ(parsed("`2` + 2*a + a").metrics(), (std::vector<std::string>{"2", "a"}));
    EXPECT_TRUE(parsed("top 1 %").isMetric());
}

TEST(Expression, Arithmetic)
{
    EXPECT_EQ(one("a + b * 2", {1, 3}), 7);
    EXPECT_EQ(one("(a + b) * 2", {1, 3}), 8);
    EXPECT_EQ(one("a - b - 1", {10, 3}), 6);
    EXPECT_EQ(one("a / b / 2", {12, 3}), 2);
    EXPECT_EQ(one("-a - -b", {1, 3}), 2);
    EXPECT_EQ(one("+a*1e-3", {2000}), 2);
    EXPECT_EQ(one("abs(a) + sqrt(b)", {-2, 9}), 5);
    EXPECT_DOUBLE_EQ(one("log(exp(a)) + log10(100)", {1.5}), 3.5);
    EXPECT_EQ(one("min(a, b, 0)", {1, -3}), -3);
    EXPECT_EQ(one("max(a, b)", {1, -3}), 1);
}

TEST(Expression, UndefinedIsNaN)
{
    EXPECT_TRUE(std::isnan(one("a / b", {0, 0})));
    EXPECT_TRUE(std::isnan(one("log(a)", {-1})));
    EXPECT_TRUE(std::isnan(one("sqrt(a)", {-1})));
    EXPECT_TRUE(std::isnan(one("max(a, b)", {1, kNaN})));
    EXPECT_TRUE(std::isnan(one("a - b", {kInf, kInf})));
    EXPECT_EQ(one("a / b", {1, 0}), kInf);
}

TEST(Expression, JoinsByStep)
{
    const auto value = parsed("a - b").evaluate(std::vector{
        makeHistory({0, 1, 2}, {5, 6, 7}, {1, 2, 3}), makeHistory({1, 2, 3}, {8, 9, 10}, {10, 20, 30})});
    ASSERT_TRUE(value);
    EXPECT_EQ(value->history->size(), 2U);
    EXPECT_EQ(value->history->steps[0], 1);
    EXPECT_EQ(value->history->values[1], -17);
    EXPECT_EQ(value->unmatched, 2U);
}

TEST(Expression, AMetricStaysAsLogged)
{
    const HistoryPtr twice = makeHistory({1, 1}, {0, 0}, {1, 2});
    EXPECT_EQ(MetricExpression::metric("x").evaluate(std::vector{twice})->history, twice);
}

struct Problem
{
    const char* text;
    std::size_t begin;
    std::size_t length;
    const char* message;
};

TEST(Expression, SaysWhatIsWrongAndWhere)
{
    const Problem problems[] = {
        {"a +", 3, 0, "A metric, a number or ( is missing here"},
        {"", 0, 0, "A metric, a number or ( is missing here"},
        {"(a + b", 0, 1, "The ( has no )"},
        {"a + b)", 5, 1, "There is no ( for this )"},
        {"a b", 2, 1, "An operator is missing here"},
        {"train/los - a", 0, 9, "There is no metric train/los"},
        {"a + `oops", 4, 1, "The quote has no end"},
        {"sqrt(a, b)", 0, 10, "sqrt takes one value"},
        {"min(a)", 0, 6, "min takes two values or more"},
        {"a ^ 2", 2, 1, "An operator is missing here"},
        {"1 + 2", 0, 5, "The expression names no metric"},
        {"* a", 0, 1, "A metric, a number or ( is missing here"},
    };
    for (const Problem& problem : problems) {
        const auto result = MetricExpression::parse(problem.text, kKnown);
        ASSERT_FALSE(result) << problem.text;
        EXPECT_EQ(result.error().code, ErrorCode::Syntax);
        EXPECT_EQ(result.error().message, problem.message) << problem.text;
        ASSERT_TRUE(result.error().range) << problem.text;
        EXPECT_EQ(result.error().range->begin, problem.begin) << problem.text;
        EXPECT_EQ(result.error().range->length, problem.length) << problem.text;
        EXPECT_FALSE(result.error().hint.empty());
    }
    EXPECT_EQ(MetricExpression::parse("train/los - a", kKnown).error().hint, "Did you mean train/loss?");
}

TEST(Expression, HostileTexts)
{
    EXPECT_FALSE(MetricExpression::parse(std::string(5000, '('), kKnown));
    EXPECT_FALSE(MetricExpression::parse(std::string(3000, '('), kKnown));
    EXPECT_FALSE(MetricExpression::parse(std::string(3000, '-') + "a", kKnown));
    std::string sum = "a";
    while (sum.size() < 3990)
        sum += "+a";
    EXPECT_EQ(one(sum, {1}), static_cast<double>((sum.size() + 1) / 2));
    EXPECT_FALSE(MetricExpression::parse(std::string("a\0b", 3), kKnown));
    EXPECT_FALSE(MetricExpression::parse("a", {}));
}

TEST(Line, AlongAnotherMetricAndSmoothed)
{
    const LineSource source{{makeHistory({0, 1, 2}, {0, 1, 2}, {4, 2, 3})},
                            makeHistory({0, 1, 2}, {0, 1, 2}, {30, 20, kNaN})};
    const auto line = prepareLine(MetricExpression::metric("a"), source,
                                  {XAxis::Metric, {SmoothingKind::RunningMean, 3}, kNoTime, 0});
    ASSERT_TRUE(line);
    ASSERT_EQ(line->raw->size(), 2U);
    EXPECT_EQ(line->raw->x(0), 20);
    EXPECT_EQ(line->withoutPlace, 1U);
    EXPECT_EQ(line->smoothed->value(0), 3);
    EXPECT_FALSE(prepareLine(MetricExpression::metric("a"), {source.operands, nullptr},
                             {XAxis::Metric, {}, kNoTime, 0}));
    const auto plain =
        prepareLine(parsed("a - b"), {{source.operands[0], makeHistory({1}, {1}, {1})}, nullptr}, {});
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->raw->size(), 1U);
    EXPECT_EQ(plain->unmatched, 2U);
}

} // namespace
} // namespace sextant
