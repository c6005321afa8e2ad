#include "core/data/data_file.h"

#include "core/data/table_reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace sextant {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kParquetMagic = "PAR1";

std::string someOf(const std::vector<std::string>& names)
{
    constexpr std::size_t kShown = 12;
    std::string text = "It has";
    for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i)
        text += (i == 0 ? " '" : ", '") + names[i] + "'";
    if (names.size() > kShown)
        text += " and " + std::to_string(names.size() - kShown) + " more columns";
    return text;
}

} // namespace

DataFile::DataFile(std::string path, std::unique_ptr<TableReader> reader)
    : m_path(std::move(path)), m_reader(std::move(reader))
{
}

DataFile::~DataFile() = default;
DataFile::DataFile(DataFile&&) noexcept = default;
DataFile& DataFile::operator=(DataFile&&) noexcept = default;

Result<DataFile> DataFile::open(const std::string& path, DataOptions options)
{
    std::error_code error;
    auto status = fs::status(path, error);
    if (!fs::exists(status))
        return fail(ErrorCode::NotFound, "There is no file " + path);
    if (!fs::is_regular_file(status))
        return fail(ErrorCode::InvalidArgument, path + " is no file", "Name one CSV or Parquet file");
    std::ifstream stream(path, std::ios::binary);
    std::string magic(kParquetMagic.size(), '\0');
    if (!stream)
        return fail(ErrorCode::PermissionDenied, path + " can't be read");
    stream.read(magic.data(), static_cast<std::streamsize>(magic.size()));
    if (stream.gcount() == 0)
        return fail(ErrorCode::Corrupt, path + " is empty",
                    "A CSV file begins with the names of its columns");
    SEXTANT_TRY(auto reader, magic == kParquetMagic ? openParquet(path) : openCsv(path, std::move(options)));
    return DataFile(path, std::move(reader));
}

const std::vector<std::string>& DataFile::columns() const
{
    return m_reader->columns();
}

std::optional<std::size_t> DataFile::rows() const
{
    return m_reader->rows();
}

Result<DataTable> DataFile::read(const std::vector<std::string>& names, const Operation& operation) const
{
    const auto& all = columns();
    std::vector<std::size_t> numbers;
    for (const auto& name : names) {
        auto found = std::find(all.begin(), all.end(), name);
        if (found == all.end())
            return fail(ErrorCode::NotFound, m_path + " has no column '" + name + "'", someOf(all));
        numbers.push_back(static_cast<std::size_t>(found - all.begin()));
    }
    return m_reader->read(numbers, operation);
}

} // namespace sextant
