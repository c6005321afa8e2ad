// CSV as it comes: delimiters, quotes, encodings, missing values, and what is wrong with it.
#include "core/data/data_file.h"
#include "tests/store/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sextant {
namespace {

class Csv : public ::testing::Test
{
protected:
    Result<DataTable> read(const std::string& text, DataOptions options = {})
    {
        auto file = open(text, std::move(options));
        if (!file)
            return forward(file);
        return file->read(file->columns(), {});
    }
    Result<DataFile> open(const std::string& text, DataOptions options = {})
    {
        folder.write("data.csv", text);
        return DataFile::open(folder / "data.csv", std::move(options));
    }
    static std::string text(const Column& column, std::size_t row)
    {
        auto code = column.codes.at(row);
        return code == kNoCode ? "-" : column.texts.at(static_cast<std::size_t>(code));
    }

    test::TemporaryFolder folder;
};

TEST_F(Csv, TypesAreGuessed)
{
    auto table = read("i,x,b,t,d\n1,0.5,True,red,2024-01-02\n-2,1e3,false,blue,2024-01-03\n");
    ASSERT_TRUE(table) << table.error().message;
    ASSERT_EQ(table->columns.size(), 5u);
    EXPECT_EQ(table->columns[0].type, ColumnType::Integer);
    EXPECT_EQ(table->columns[1].type, ColumnType::Number);
    EXPECT_EQ(table->columns[2].type, ColumnType::Boolean);
    EXPECT_EQ(table->columns[3].type, ColumnType::Text);
    EXPECT_EQ(table->columns[4].type, ColumnType::Time);
    EXPECT_EQ(table->columns[0].numbers, (std::vector<double>{1, -2}));
    EXPECT_EQ(table->columns[1].numbers, (std::vector<double>{0.5, 1000}));
    EXPECT_EQ(table->columns[2].numbers, (std::vector<double>{1, 0}));
    EXPECT_EQ(text(table->columns[3], 1), "blue");
    EXPECT_EQ(table->columns[4].numbers[0], 1704153600000.0);
}

TEST_F(Csv, DelimitersAreFound)
{
    for (std::string delimiter : {",", ";", "\t", "|"}) {
        auto table = read("a" + delimiter + "b\n1" + delimiter + "x\n");
        ASSERT_TRUE(table) << delimiter;
        ASSERT_EQ(table->columns.size(), 2u) << delimiter;
        EXPECT_EQ(table->columns[1].name, "b");
    }
    auto told = read("a,b;c\n1,2;3\n", {.delimiter = ','});
    ASSERT_TRUE(told);
    EXPECT_EQ(told->columns[1].name, "b;c");
}

TEST_F(Csv, QuotesDelimitersAndNewLinesInFields)
{
    auto table = read("\"a \"\"b\"\"\nc\",x\n\"one, two\",1\n\"three\nfour\",2\n\"say \"\"hi\"\"\",3\n");
    ASSERT_TRUE(table) << table.error().message << table.error().detail;
    EXPECT_EQ(table->rows, 3u);
    EXPECT_EQ(table->columns[0].name, "a \"b\"\nc");
    EXPECT_EQ(text(table->columns[0], 0), "one, two");
    EXPECT_EQ(text(table->columns[0], 1), "three\nfour");
    EXPECT_EQ(text(table->columns[0], 2), "say \"hi\"");
}

TEST_F(Csv, ByteOrderMarkAndCarriageReturns)
{
    auto table = read("\xEF\xBB\xBFname,x\r\nä,1\r\n");
    ASSERT_TRUE(table);
    EXPECT_EQ(table->columns[0].name, "name");
    EXPECT_EQ(text(table->columns[0], 0), "ä");
    EXPECT_EQ(table->rows, 1u);
}

TEST_F(Csv, TheEmptyFieldIsMissingAndWhatTheUserNames)
{
    auto table = read("t,x\n,\n\"\",1\n?,2\nNA,nan\n", {.missing = {"?"}});
    ASSERT_TRUE(table) << table.error().message;
    const auto& texts = table->columns[0];
    EXPECT_EQ(texts.missing(), 3u);
    EXPECT_EQ(text(texts, 3), "NA");
    const auto& numbers = table->columns[1];
    EXPECT_EQ(numbers.missing(), 1u);
    EXPECT_TRUE(numbers.isMissing(0));
    EXPECT_TRUE(std::isnan(numbers.numbers[3]));
    EXPECT_FALSE(numbers.isMissing(3)); // a NaN that stands there
}

TEST_F(Csv, NamesThatComeAgainAreNumbered)
{
    auto file = open("x,x,x.1,x,\n1,2,3,4,5\n");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->columns(), (std::vector<std::string>{"x", "x.1", "x.1.1", "x.2", "Unnamed: 4"}));
    auto table = file->read({"x.2", "x"}, {});
    ASSERT_TRUE(table);
    EXPECT_EQ(table->columns[0].numbers[0], 4);
    EXPECT_EQ(table->columns[1].numbers[0], 1);
}

TEST_F(Csv, ATypeThatChangesFarDownIsTheWiderOne)
{
    std::string text = "mixed,number\n";
    for (int i = 0; i < 900'000; ++i)
        text += std::to_string(i % 10) + ",1\n";
    text += "word,0.5\n";
    auto table = read(text);
    ASSERT_TRUE(table) << table.error().detail;
    EXPECT_EQ(table->columns[0].type, ColumnType::Text);
    EXPECT_EQ(table->columns[0].texts.size(), 11u);
    EXPECT_EQ(table->columns[1].type, ColumnType::Number);
    EXPECT_EQ(table->columns[1].numbers.back(), 0.5);
}

TEST_F(Csv, AShortRowIsNamed)
{
    auto table = read("a,b,c\n1,2,3\n1,2\n");
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::Corrupt);
    EXPECT_NE(table.error().message.find("Row 3"), std::string::npos) << table.error().message;
    EXPECT_NE(table.error().message.find("2 fields, the header has 3"), std::string::npos);
}

TEST_F(Csv, BytesThatAreNotUtf8AreNamed)
{
    auto table = read("a,b\nok,1\ncaf\xE9,2\n");
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().message.find("'a' is not UTF-8 in row 2"), std::string::npos)
        << table.error().message;
    EXPECT_NE(table.error().hint.find("iconv"), std::string::npos);
    EXPECT_FALSE(read("caf\xE9,b\n1,2\n"));
}

TEST_F(Csv, AWantedTypeThatDoesNotFitNamesTheValue)
{
    auto table = read("a,b\n1,x\n2,y\n", {.types = {{"b", ColumnType::Number}}});
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().message.find("'b'"), std::string::npos) << table.error().message;
    EXPECT_NE(table.error().message.find("'x'"), std::string::npos) << table.error().message;
    EXPECT_FALSE(read("a\n1\n", {.types = {{"nowhere", ColumnType::Text}}}));
    auto codes = read("zip\n00123\n", {.types = {{"zip", ColumnType::Text}}});
    ASSERT_TRUE(codes);
    EXPECT_EQ(text(codes->columns[0], 0), "00123");
}

TEST_F(Csv, IntegersThatWouldBeRoundedAreRefused)
{
    auto table = read("id\n9007199254740993\n");
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().hint.find("--type id=text"), std::string::npos);
}

TEST_F(Csv, NothingAndNearlyNothing)
{
    EXPECT_FALSE(read(""));
    EXPECT_FALSE(read("\n\n"));
    EXPECT_FALSE(read("\"a,b\n1,2\n"));
    auto header = read("a,b\n");
    ASSERT_TRUE(header);
    EXPECT_EQ(header->rows, 0u);
    auto one = read("a\n5");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->rows, 1u);
    auto empty = read("a,b\n1,\n2,\n");
    ASSERT_TRUE(empty);
    EXPECT_EQ(empty->columns[1].missing(), 2u);
}

TEST_F(Csv, WhatIsNotThereIsNamedWithWhatIs)
{
    auto file = open("age,sex\n1,F\n");
    ASSERT_TRUE(file);
    auto table = file->read({"Age"}, {});
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().message.find("no column 'Age'"), std::string::npos);
    EXPECT_NE(table.error().hint.find("'age', 'sex'"), std::string::npos);
    EXPECT_FALSE(DataFile::open((folder / "nowhere.csv")));
    EXPECT_FALSE(DataFile::open((folder / "")));
}

TEST_F(Csv, ReadingCanBeCancelled)
{
    auto file = open("a\n1\n");
    ASSERT_TRUE(file);
    std::stop_source source;
    source.request_stop();
    auto table = file->read({"a"}, {.stop = source.get_token(), .report = {}});
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace sextant
