// A run table as a blob file.
#pragma once

#include "core/store/store_info.h"
#include "core/table/run_table.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant {

/// `key` says which store, request and state of the store the table belongs to; `warnings` what reading it
/// had to skip.
bool saveRuns(const std::string& file, std::string_view key, const RunTableData& data,
              const std::vector<StoreWarning>& warnings = {});

/// Empty when there is no whole file with just this key. The arrays stay in the memory that the file was read
/// to. `warnings` takes those it was saved with.
std::optional<RunTableData> loadRuns(const std::string& file, std::string_view key,
                                     std::vector<StoreWarning>* warnings = nullptr);

} // namespace sextant
