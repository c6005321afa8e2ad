// TableReader: what DataFile asks of a kind of file. For sources of core/data only.
#pragma once

#include "core/data/data_file.h"

namespace sextant {

class TableReader
{
public:
    virtual ~TableReader() = default;
    virtual const std::vector<std::string>& columns() const = 0;
    virtual std::optional<std::size_t> rows() const { return std::nullopt; }
    /// Numbers of columns.
    virtual Result<DataTable> read(const std::vector<std::size_t>& columns,
                                   const Operation& operation) const = 0;
};

Result<std::unique_ptr<TableReader>> openCsv(const std::string& path, DataOptions options);
Result<std::unique_ptr<TableReader>> openParquet(const std::string& path);

} // namespace sextant
