// The distinct values of a column, whatever its type.
#include "core/data/categories.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sextant {
namespace {

Column numbers(ColumnType type, std::vector<double> values)
{
    Column column;
    column.type = type;
    column.numbers = std::move(values);
    return column;
}

TEST(Categories, NumbersStandBySize)
{
    auto found = categoriesOf(numbers(ColumnType::Number, {10, 9, 0.5, 9, -1, std::nan("")}));
    EXPECT_EQ(found.names, (std::vector<std::string>{"-1", "0.5", "9", "10"}));
    EXPECT_EQ(found.codes, (std::vector<std::int32_t>{3, 2, 1, 2, 0, kNoCode}));
    EXPECT_EQ(found.find("9.0"), 2);
    EXPECT_EQ(found.find("11"), std::nullopt);
}

TEST(Categories, ZeroAndMinusZeroAreOne)
{
    EXPECT_EQ(categoriesOf(numbers(ColumnType::Number, {0.0, -0.0})).size(), 1u);
}

TEST(Categories, BooleansAndMissingOnes)
{
    auto column = numbers(ColumnType::Boolean, {1, 0, 0});
    column.absent = {0, 0, 1};
    auto found = categoriesOf(column);
    EXPECT_EQ(found.names, (std::vector<std::string>{"False", "True"}));
    EXPECT_EQ(found.codes, (std::vector<std::int32_t>{1, 0, kNoCode}));
}

TEST(Categories, TextsStandByTheirBytes)
{
    Column column;
    column.type = ColumnType::Text;
    column.texts = {"b", "a", "Z"};
    column.codes = {0, 1, kNoCode, 2};
    auto found = categoriesOf(column);
    EXPECT_EQ(found.names, (std::vector<std::string>{"Z", "a", "b"}));
    EXPECT_EQ(found.codes, (std::vector<std::int32_t>{2, 1, kNoCode, 0}));
}

} // namespace
} // namespace sextant
