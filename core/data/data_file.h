// DataFile: a table in a file, CSV or Parquet: its columns, and the rows of those that are asked for.
// Blocking; one thread at a time per object. Memory: what is asked for, and some blocks of the file.
#pragma once

#include "core/base/operation.h"
#include "core/data/column.h"

#include <map>
#include <memory>
#include <optional>

namespace sextant {

class TableReader;

struct DataOptions
{
    char delimiter = 0;                      // of CSV; 0: found out
    std::vector<std::string> missing;        // spellings of "no value" beside the empty field
    std::map<std::string, ColumnType> types; // where the guess is not wanted
};

class DataFile
{
public:
    /// Parquet is told by its first bytes; all else is read as CSV.
    /// Errors: NotFound, PermissionDenied, Corrupt, with a hint.
    static Result<DataFile> open(const std::string& path, DataOptions options = {});
    ~DataFile();
    DataFile(DataFile&&) noexcept;
    DataFile& operator=(DataFile&&) noexcept;

    const std::string& path() const { return m_path; }
    const std::vector<std::string>& columns() const;
    /// Known at once for Parquet.
    std::optional<std::size_t> rows() const;

    /// In the order of the names. Errors: NotFound, with the names there are; Corrupt, with row and column
    /// where they are known; Unsupported for a column that holds no plain values.
    Result<DataTable> read(const std::vector<std::string>& names, const Operation& operation) const;

private:
    DataFile(std::string path, std::unique_ptr<TableReader> reader);

    std::string m_path;
    std::unique_ptr<TableReader> m_reader;
};

} // namespace sextant
