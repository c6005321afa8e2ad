// Decimals: equal numbers are equal however written, and nothing else is.
#include "core/base/decimal.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

TEST(Decimal, SpellingsOfOneNumber)
{
    for (const char* text : {"0.10", "1e-1", ".1", "+0.1", "10E-2", " 0.1 ", "0.1e0", "00.1", "0.1000e+0"})
        EXPECT_TRUE(sameNumber("0.1", text)) << text;
    for (const char* text : {"0", "-0", "0.0", "0e5", "."})
        EXPECT_EQ(sameNumber("0", text), std::string_view(text) != ".") << text;
    EXPECT_TRUE(sameNumber("1000", "1e3"));
}

TEST(Decimal, DifferentNumbersAndNoNumbers)
{
    EXPECT_FALSE(sameNumber("0.1", "-0.1"));
    EXPECT_FALSE(sameNumber("1", "10"));
    EXPECT_FALSE(sameNumber("0.1", "0.1000000000000000000001"));
    for (const char* text :
         {"", "abc", "nan", "1_0", "0x1", "1e", "1e+", "1e1.5", "1e9999999999", "--1", "1 2", "e5"})
        EXPECT_FALSE(sameNumber(text, text)) << text;
}

} // namespace
} // namespace sextant
