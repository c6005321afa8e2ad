// A run table as a blob file.
#pragma once

#include "core/table/run_table.h"

#include <optional>
#include <string>
#include <string_view>

namespace sextant {

/// `key` says which store, request and state of the store the table belongs to.
bool saveRuns(const std::string& file, std::string_view key, const RunTableData& data);

/// Empty when there is no whole file with just this key. The arrays stay in the memory that the file was read
/// to.
std::optional<RunTableData> loadRuns(const std::string& file, std::string_view key);

} // namespace sextant
