// Parquet through Arrow: the columns asked for, one row group after the other.
#include "core/data/arrow_columns.h"
#include "core/data/table_reader.h"

#include <arrow/array/array_base.h>
#include <arrow/io/file.h>
#include <arrow/table.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>

namespace sextant {
namespace {

class ParquetFile final : public TableReader
{
public:
    ParquetFile(std::string path, std::unique_ptr<parquet::arrow::FileReader> reader)
        : m_path(std::move(path)), m_reader(std::move(reader))
    {
        for (const auto& field : m_reader->manifest().schema_fields)
            m_names.push_back(field.field->name());
    }

    const std::vector<std::string>& columns() const override { return m_names; }
    std::optional<std::size_t> rows() const override
    {
        return static_cast<std::size_t>(m_reader->parquet_reader()->metadata()->num_rows());
    }
    Result<DataTable> read(const std::vector<std::size_t>& columns,
                           const Operation& operation) const override;

private:
    std::string m_path;
    std::unique_ptr<parquet::arrow::FileReader> m_reader;
    std::vector<std::string> m_names;
};

Result<DataTable> ParquetFile::read(const std::vector<std::size_t>& columns, const Operation& operation) const
{
    std::vector<int> leaves;
    for (auto column : columns) {
        const auto& field = m_reader->manifest().schema_fields[column];
        if (!field.is_leaf())
            return fail(ErrorCode::Unsupported,
                        "The column '" + m_names[column] + "' holds " + field.field->type()->ToString() +
                            ", not plain values",
                        "Leave it out, or write it as numbers or texts");
        leaves.push_back(field.column_index);
    }
    std::vector<arrow::ArrayVector> chunks(columns.size());
    DataTable result;
    auto groups = m_reader->num_row_groups();
    for (int group = 0; group < groups; ++group) {
        if (operation.cancelled())
            return cancelledError();
        operation.progress("Reading data", static_cast<std::uint64_t>(group),
                           static_cast<std::uint64_t>(groups));
        auto read = m_reader->ReadRowGroup(group, leaves);
        if (!read.ok())
            return fail(ErrorCode::Corrupt, m_path + " is damaged in row group " + std::to_string(group + 1),
                        "Write it again; the other files are not affected", read.status().message());
        result.rows += static_cast<std::size_t>((*read)->num_rows());
        // Arrow gives the columns in the order of the file.
        for (std::size_t i = 0; i < columns.size(); ++i)
            for (const auto& chunk : (*read)->GetColumnByName(m_names[columns[i]])->chunks())
                chunks[i].push_back(chunk);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto type = m_reader->manifest().schema_fields[columns[i]].field->type();
        if (!chunks[i].empty())
            type = chunks[i].front()->type();
        SEXTANT_TRY(auto column,
                    columnFrom(arrow::ChunkedArray(std::move(chunks[i]), type), m_names[columns[i]]));
        result.columns.push_back(std::move(column));
    }
    return result;
}

} // namespace

Result<std::unique_ptr<TableReader>> openParquet(const std::string& path)
{
    auto broken = [&](const std::string& detail) {
        return fail(ErrorCode::Corrupt, path + " is not a whole Parquet file",
                    "It may have been cut off while it was written or copied", detail);
    };
    try {
        auto file = arrow::io::MemoryMappedFile::Open(path, arrow::io::FileMode::READ);
        if (!file.ok())
            return fail(ErrorCode::Io, path + " can't be read", {}, file.status().message());
        parquet::arrow::FileReaderBuilder builder;
        if (auto status = builder.Open(*file); !status.ok())
            return broken(status.message());
        parquet::ArrowReaderProperties properties(true);
        const auto* schema = builder.raw_reader()->metadata()->schema();
        for (int i = 0; i < schema->num_columns(); ++i)
            properties.set_read_dictionary(i,
                                           schema->Column(i)->physical_type() == parquet::Type::BYTE_ARRAY);
        auto reader = builder.properties(properties)->Build();
        if (!reader.ok())
            return broken(reader.status().message());
        return std::unique_ptr<TableReader>(new ParquetFile(path, std::move(*reader)));
    } catch (const parquet::ParquetException& exception) {
        return broken(exception.what());
    }
}

} // namespace sextant
