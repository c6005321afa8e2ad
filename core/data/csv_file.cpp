// CSV through Arrow: the columns asked for, all of the file's blocks in parallel.
#include "core/data/arrow_columns.h"
#include "core/data/csv_head.h"
#include "core/data/table_reader.h"

#include "core/base/number.h"

#include <arrow/buffer.h>
#include <arrow/csv/api.h>
#include <arrow/io/file.h>
#include <arrow/table.h>
#include <arrow/util/cancel.h>
#include <arrow/util/future.h>

#include <cstring>
#include <regex>

namespace sextant {
namespace {

constexpr std::int64_t kHeadBytes = 1 << 20;
constexpr std::int32_t kBlockBytes = 4 << 20;
constexpr std::int32_t kMostCategories = 100'000; // in a block, before texts are read one by one
constexpr double kPatience = 0.05;                // seconds between looks at the caller's stop

std::shared_ptr<arrow::DataType> arrowType(ColumnType type)
{
    switch (type) {
    case ColumnType::Boolean:
        return arrow::boolean();
    case ColumnType::Integer:
        return arrow::int64();
    case ColumnType::Number:
        return arrow::float64();
    case ColumnType::Text:
        return arrow::utf8();
    case ColumnType::Time:
        return arrow::timestamp(arrow::TimeUnit::MILLI);
    }
    return arrow::utf8();
}

class CsvFile final : public TableReader
{
public:
    CsvFile(std::string path, CsvHead head, DataOptions options, bool quotes,
            std::shared_ptr<arrow::io::MemoryMappedFile> file)
        : m_path(std::move(path)), m_head(std::move(head)), m_options(std::move(options)), m_quotes(quotes),
          m_file(std::move(file))
    {
    }

    const std::vector<std::string>& columns() const override { return m_head.names; }
    Result<DataTable> read(const std::vector<std::size_t>& columns,
                           const Operation& operation) const override;

private:
    arrow::csv::ConvertOptions conversion(const std::vector<std::size_t>& columns) const;
    arrow::Result<std::shared_ptr<arrow::Table>> table(const std::vector<std::size_t>& columns, bool threads,
                                                       const Operation& operation) const;
    tl::unexpected<Error> explain(const arrow::Status& status, const std::vector<std::size_t>& columns) const;

    std::string m_path;
    CsvHead m_head;
    DataOptions m_options;
    bool m_quotes; // the file has some
    std::shared_ptr<arrow::io::MemoryMappedFile> m_file;
};

arrow::csv::ConvertOptions CsvFile::conversion(const std::vector<std::size_t>& columns) const
{
    auto convert = arrow::csv::ConvertOptions::Defaults();
    convert.null_values = m_options.missing;
    convert.null_values.emplace_back();
    convert.true_values = {"True", "true", "TRUE"};
    convert.false_values = {"False", "false", "FALSE"};
    convert.strings_can_be_null = true;
    convert.auto_dict_encode = true;
    convert.auto_dict_max_cardinality = kMostCategories;
    for (auto column : columns)
        convert.include_columns.push_back(m_head.names[column]);
    for (const auto& [name, type] : m_options.types)
        convert.column_types[name] = arrowType(type);
    return convert;
}

arrow::Result<std::shared_ptr<arrow::Table>> CsvFile::table(const std::vector<std::size_t>& columns,
                                                            bool threads, const Operation& operation) const
{
    auto reading = arrow::csv::ReadOptions::Defaults();
    reading.use_threads = threads;
    reading.block_size = kBlockBytes;
    reading.column_names = m_head.names;
    reading.skip_rows = static_cast<std::int32_t>(m_head.lines);
    auto parsing = arrow::csv::ParseOptions::Defaults();
    parsing.delimiter = m_head.delimiter;
    parsing.quoting = m_quotes;
    parsing.newlines_in_values = m_quotes;

    arrow::StopSource stop;
    ARROW_RETURN_NOT_OK(m_file->Seek(0));
    ARROW_ASSIGN_OR_RAISE(auto reader, arrow::csv::TableReader::Make(
                                           arrow::io::IOContext(arrow::default_memory_pool(), stop.token()),
                                           m_file, reading, parsing, conversion(columns)));
    auto total = m_file->GetSize().ValueOr(0);
    auto future = reader->ReadAsync();
    while (!future.Wait(kPatience)) {
        if (operation.cancelled())
            stop.RequestStop();
        operation.progress("Reading data", static_cast<std::uint64_t>(m_file->Tell().ValueOr(0)),
                           static_cast<std::uint64_t>(total));
    }
    return future.result();
}

/// Arrow knows the row only when it reads with one thread; so it is asked once more.
tl::unexpected<Error> CsvFile::explain(const arrow::Status& status,
                                       const std::vector<std::size_t>& columns) const
{
    auto again = table(columns, false, {});
    auto text = again.ok() ? status.message() : again.status().message();
    std::smatch found;
    static const std::regex fields("Row #(\\d+): Expected (\\d+) columns, got (\\d+)");
    if (std::regex_search(text, found, fields))
        return fail(ErrorCode::Corrupt,
                    "Row " + found[1].str() + " of " + m_path + " has " + found[3].str() +
                        " fields, the header has " + found[2].str(),
                    "The header is row 1. A field that holds the delimiter must stand in quotes", text);
    static const std::regex conversion("CSV conversion error to ([^:]*): invalid value '([^']*)'");
    static const std::regex place("In CSV column #(\\d+):(?: Row #(\\d+):)?");
    if (std::regex_search(text, found, conversion)) {
        auto type = found[1].str(), value = found[2].str();
        std::string column = "A column", row;
        if (std::smatch at; std::regex_search(text, at, place)) {
            auto number = parseInteger(at[1].str()).value_or(0);
            if (static_cast<std::size_t>(number) < m_head.names.size())
                column = "The column '" + m_head.names[static_cast<std::size_t>(number)] + "'";
            row = at[2].matched ? " in row " + at[2].str() : "";
        }
        return fail(ErrorCode::Corrupt,
                    column + " of " + m_path + " holds '" + value + "'" + row + ", which is no " + type,
                    "Name it with --missing when it means that there is no value", text);
    }
    return fail(ErrorCode::Corrupt, m_path + " can't be read as CSV", "Is it a table with one header line?",
                text);
}

Result<DataTable> CsvFile::read(const std::vector<std::size_t>& columns, const Operation& operation) const
{
    auto read = table(columns, true, operation);
    if (operation.cancelled())
        return cancelledError();
    if (!read.ok())
        return explain(read.status(), columns);
    auto table = *read;
    DataTable result;
    result.rows = static_cast<std::size_t>(table->num_rows());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        SEXTANT_TRY(auto column, columnFrom(*table->column(static_cast<int>(i)), m_head.names[columns[i]]));
        result.columns.push_back(std::move(column));
    }
    return result;
}

} // namespace

Result<std::unique_ptr<TableReader>> openCsv(const std::string& path, DataOptions options)
{
    auto opened = arrow::io::MemoryMappedFile::Open(path, arrow::io::FileMode::READ);
    if (!opened.ok())
        return fail(ErrorCode::Io, path + " can't be read", {}, opened.status().message());
    auto file = *opened;
    auto size = file->GetSize().ValueOr(0);
    auto mapped = file->ReadAt(0, size);
    if (!mapped.ok())
        return fail(ErrorCode::Io, path + " can't be read", {}, mapped.status().message());
    const auto* bytes = reinterpret_cast<const char*>((*mapped)->data());
    auto whole = std::string_view(bytes, static_cast<std::size_t>(size));
    auto head = readCsvHead(whole.substr(0, kHeadBytes), options.delimiter);
    if (!head) {
        head.error().message = path + ": " + head.error().message;
        return forward(head);
    }
    for (const auto& [name, type] : options.types)
        if (std::find(head->names.begin(), head->names.end(), name) == head->names.end())
            return fail(ErrorCode::NotFound, path + " has no column '" + name + "'");
    bool quotes = std::memchr(bytes, '"', whole.size()) != nullptr;
    return std::unique_ptr<TableReader>(
        new CsvFile(path, std::move(*head), std::move(options), quotes, std::move(file)));
}

} // namespace sextant
