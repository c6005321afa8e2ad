// Ordering of rows by columns, with MLflow's rules: real values first, then NaN, then missing, in both
// directions; ties by start time, newest first, then by run id.
#pragma once

#include "core/base/operation.h"
#include "core/table/run_table.h"

#include <string>
#include <vector>

namespace sextant {

enum class ColumnKind : std::uint8_t { Attribute, Metric, Param, Tag };

/// Attributes: run_id run_name user_id status artifact_uri start_time end_time, and ours: experiment_id
/// duration lifecycle_stage.
struct ColumnRef
{
    ColumnKind kind = ColumnKind::Attribute;
    std::string key;
    bool operator==(const ColumnRef&) const = default;
    auto operator<=>(const ColumnRef&) const = default;
};

struct SortKey
{
    ColumnRef column;
    bool ascending = true;
    bool numeric = false; // params and tags as numbers, texts that are none after them
    bool operator==(const SortKey&) const = default;
};

/// The given rows in order. The default without keys is MLflow's: start time, newest first, then run id.
/// Error: Cancelled.
Result<std::vector<RowIndex>> orderRows(const RunTable& table, std::vector<RowIndex> rows,
                                        std::span<const SortKey> keys, const Operation& operation = {});

} // namespace sextant
