// Numbers, texts and times: what goes in comes out, as Python would have it.
#include "core/base/duration.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/base/time.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace sextant {
namespace {

TEST(Number, PrintsAsPythonDoes)
{
    const std::pair<double, const char*> rows[] = {
        {0.1, "0.1"},
        {1, "1.0"},
        {-0.0, "-0.0"},
        {1e-05, "1e-05"},
        {0.0001, "0.0001"},
        {1e16, "1e+16"},
        {1e15, "1000000000000000.0"},
        {123456789.125, "123456789.125"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {std::numeric_limits<double>::infinity(), "inf"},
        {-std::numeric_limits<double>::infinity(), "-inf"},
        {std::nan(""), "nan"},
    };
    for (const auto& [value, text] : rows)
        EXPECT_EQ(formatDouble(value), text);
}

TEST(Number, ReadsBackWhatItPrints)
{
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        auto value = std::bit_cast<double>(random());
        if (std::isfinite(value)) {
            EXPECT_EQ(parseDouble(formatDouble(value)), value);
        }
    }
}

TEST(Number, ParsesTheWholeTextOrNothing)
{
    EXPECT_EQ(parseDouble(" 1.5\n"), 1.5);
    EXPECT_EQ(parseDouble("+2"), 2.0);
    EXPECT_EQ(parseDouble(".5"), 0.5);
    EXPECT_EQ(parseDouble("1e400"), std::numeric_limits<double>::infinity());
    EXPECT_EQ(parseDouble("-1e400"), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(parseDouble("1e-400"), 0.0);
    EXPECT_EQ(parseDouble("-Infinity"), -std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(*parseDouble("NaN")));
    for (const char* text :
         {"", " ", "1.5x", "--1", "+-1", "0x10", "e5", "1e", "nanx", "infin", "1 2", "1,5"})
        EXPECT_EQ(parseDouble(text), std::nullopt) << text;
    EXPECT_EQ(parseInteger("-42"), -42);
    EXPECT_EQ(parseInteger("9223372036854775808"), std::nullopt);
    EXPECT_EQ(parseInteger("1.0"), std::nullopt);
    EXPECT_EQ(parseInteger(""), std::nullopt);
}

TEST(Text, RepairsIllFormedUtf8)
{
    EXPECT_TRUE(isUtf8("größe 🚀"));
    EXPECT_FALSE(isUtf8("a\xFFz"));
    EXPECT_EQ(toUtf8("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(toUtf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(toUtf8("größe"), "größe");
}

TEST(Text, FoldsCaseBeyondAscii)
{
    EXPECT_EQ(foldCase("NAÏVE Ω"), foldCase("naïve ω"));
    EXPECT_EQ(foldCase("ABC xyz"), "abc xyz");
    EXPECT_NE(foldCase("größe"), foldCase("GRÖSSE")) << "character by character";
    EXPECT_EQ(foldCase("ΟΔΟΣ"), foldCase("οδος"));
}

TEST(Text, LikeFollowsSql)
{
    EXPECT_TRUE(matchesLike("resnet-50", "res%50"));
    EXPECT_TRUE(matchesLike("a\nb", "a%b"));
    EXPECT_TRUE(matchesLike("größe", "gr__e"));
    EXPECT_FALSE(matchesLike("größe", "gr___e"));
    EXPECT_FALSE(matchesLike("Resnet", "resnet"));
    EXPECT_TRUE(matchesLike("", "%"));
    EXPECT_FALSE(matchesLike("", "_"));
    EXPECT_TRUE(matchesLike("abcbcd", "%bcd"));
    EXPECT_FALSE(matchesLike(std::string(3000, 'a'), "%a%a%a%a%a%a%a%a%b"));
}

TEST(Text, SplitsAndTrims)
{
    EXPECT_EQ(trim(" \t a b\n"), "a b");
    EXPECT_EQ(trim("  "), "");
    EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
    EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Time, IsoForthAndBack)
{
    EXPECT_EQ(formatIso(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(formatIso(-1), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(formatIso(1763499851042), "2025-11-18T21:04:11.042Z");
    EXPECT_EQ(parseIso("2025-11-18T21:04:11.042Z"), 1763499851042);
    EXPECT_EQ(parseIso("2025-11-18 22:04:11.042+01:00"), 1763499851042);
    EXPECT_EQ(parseIso("1970-01-02"), 86'400'000);
    for (const char* text : {"", "2025", "2025-13-01", "2025-02-30", "2025-01-01T", "2025-01-01T25:00",
                             "2025-01-01x", "-025-01-01"})
        EXPECT_EQ(parseIso(text), std::nullopt) << text;
    EXPECT_EQ(formatIso(std::numeric_limits<EpochMs>::max()), "9223372036854775807 ms");
}

Result<int> half(int value)
{
    if (value % 2 != 0)
        return fail(ErrorCode::InvalidArgument, "Odd", "Take an even number");
    return value / 2;
}

Result<int> quarter(int value)
{
    SEXTANT_TRY(auto once, half(value));
    SEXTANT_TRY(auto twice, half(once));
    return twice;
}

TEST(Time, DurationsOfAnyTwoMoments)
{
    EXPECT_EQ(durationBetween(1000, 4000), 3000);
    EXPECT_EQ(durationBetween(4000, 1000), -3000);
    EXPECT_FALSE(isKnown(durationBetween(kNoTime, 1000)));
    EXPECT_FALSE(isKnown(durationBetween(1000, kNoTime)));
    EXPECT_FALSE(isKnown(durationBetween(kNoTime + 1, std::numeric_limits<EpochMs>::max())));
}

TEST(Error, PassesThroughTry)
{
    EXPECT_EQ(*quarter(8), 2);
    auto failed = quarter(6);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message, "Odd");
    EXPECT_EQ(failed.error().hint, "Take an even number");
}

} // namespace
} // namespace sextant
