// Parquet as pandas and Arrow write it: types, dictionaries, row groups, and torn files.
#include "core/data/data_file.h"
#include "tests/store/temporary_folder.h"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <gtest/gtest.h>
#include <parquet/arrow/writer.h>

#include <filesystem>

namespace sextant {
namespace {

template <class Builder, class Value>
std::shared_ptr<arrow::Array> array(std::vector<std::optional<Value>> values)
{
    Builder builder;
    for (const auto& value : values)
        EXPECT_TRUE((value ? builder.Append(*value) : builder.AppendNull()).ok());
    return *builder.Finish();
}

class Parquet : public ::testing::Test
{
protected:
    std::string write(const std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>>& columns,
                      std::int64_t group = 2)
    {
        std::vector<std::shared_ptr<arrow::Field>> fields;
        std::vector<std::shared_ptr<arrow::Array>> arrays;
        for (const auto& [name, values] : columns) {
            fields.push_back(arrow::field(name, values->type()));
            arrays.push_back(values);
        }
        auto path = (folder / "data.parquet");
        auto out = *arrow::io::FileOutputStream::Open(path);
        auto table = arrow::Table::Make(arrow::schema(fields), arrays);
        EXPECT_TRUE(parquet::arrow::WriteTable(*table, arrow::default_memory_pool(), out, group).ok());
        EXPECT_TRUE(out->Close().ok());
        return path;
    }

    test::TemporaryFolder folder;
};

TEST_F(Parquet, ColumnsInTheOrderAskedForOverRowGroups)
{
    auto path = write({{"n", array<arrow::Int32Builder, int>({1, 2, std::nullopt, 4, 5})},
                       {"t", array<arrow::StringBuilder, std::string>({"a", "b", "a", std::nullopt, "c"})},
                       {"f", array<arrow::FloatBuilder, float>({0.5F, 1.5F, 2.5F, 3.5F, 4.5F})}});
    auto file = DataFile::open(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->rows(), 5u);
    EXPECT_EQ(file->columns(), (std::vector<std::string>{"n", "t", "f"}));
    auto table = file->read({"f", "n", "t"}, {});
    ASSERT_TRUE(table) << table.error().message << table.error().detail;
    EXPECT_EQ(table->columns[0].numbers, (std::vector<double>{0.5, 1.5, 2.5, 3.5, 4.5}));
    EXPECT_EQ(table->columns[1].type, ColumnType::Integer);
    EXPECT_TRUE(table->columns[1].isMissing(2));
    EXPECT_EQ(table->columns[2].codes, (std::vector<std::int32_t>{0, 1, 0, kNoCode, 2}));
    EXPECT_EQ(table->columns[2].texts, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(Parquet, TimesAreMilliseconds)
{
    arrow::TimestampBuilder times(arrow::timestamp(arrow::TimeUnit::MICRO), arrow::default_memory_pool());
    ASSERT_TRUE(times.Append(1'700'000'000'123'456).ok());
    auto path = write({{"at", *times.Finish()}});
    auto table = DataFile::open(path)->read({"at"}, {});
    ASSERT_TRUE(table);
    EXPECT_EQ(table->columns[0].type, ColumnType::Time);
    EXPECT_EQ(table->columns[0].numbers[0], 1'700'000'000'123.0);
}

TEST_F(Parquet, ListsAreRefusedByName)
{
    arrow::ListBuilder lists(arrow::default_memory_pool(), std::make_shared<arrow::Int32Builder>());
    ASSERT_TRUE(lists.Append().ok());
    auto path = write({{"x", array<arrow::Int32Builder, int>({1})}, {"parts", *lists.Finish()}});
    auto file = DataFile::open(path);
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->read({"x"}, {}));
    auto table = file->read({"parts"}, {});
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().message.find("'parts'"), std::string::npos);
}

TEST_F(Parquet, TornFilesAreOneSentence)
{
    auto path = write({{"x", array<arrow::Int32Builder, int>({1, 2, 3})}});
    auto whole = std::filesystem::file_size(path);
    for (std::uintmax_t size : {whole - 1, whole / 2, std::uintmax_t{12}, std::uintmax_t{4}}) {
        std::filesystem::resize_file(path, size);
        auto file = DataFile::open(path);
        ASSERT_FALSE(file) << size;
        EXPECT_NE(file.error().message.find("not a whole Parquet file"), std::string::npos);
    }
}

TEST_F(Parquet, ADamagedPageIsAnError)
{
    auto path = write({{"x", array<arrow::Int64Builder, std::int64_t>({1, 2, 3})}});
    {
        std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(6);
        stream.write("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8);
    }
    auto file = DataFile::open(path);
    ASSERT_TRUE(file);
    EXPECT_FALSE(file->read({"x"}, {}));
}

} // namespace
} // namespace sextant
