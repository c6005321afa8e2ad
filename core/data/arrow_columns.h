// From Arrow's arrays to columns of ours. For sources of core/data only: it brings Arrow's headers.
#pragma once

#include "core/base/error.h"
#include "core/data/column.h"

#include <arrow/chunked_array.h>

#include <optional>

namespace sextant {

/// Errors: Unsupported for lists, structures and integers that no double holds; Corrupt, with the row, for
/// texts that are not UTF-8.
Result<Column> columnFrom(const arrow::ChunkedArray& array, std::string name);

/// The type that a column of Arrow's type gets; nothing when there is none.
std::optional<ColumnType> columnTypeOf(const arrow::DataType& type);

} // namespace sextant
