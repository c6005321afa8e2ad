// What inspector and run page say of one run, taken from the table: facts, metrics, parameters, tags. Pure
// functions.
#pragma once

#include "core/table/run_table.h"
#include "ui/widgets/fact_rows.h"

#include <optional>

namespace sextant {

/// Experiment, start, duration, user, source, commit, datasets.
std::vector<Fact> overviewOf(const RunTable& table, RowIndex row);

struct MetricValue
{
    std::string key;
    double value;
};
/// In the order people read them: results first, the machine last.
std::vector<MetricValue> metricsOf(const RunTable& table, RowIndex row);

struct ParamValue
{
    std::string_view key;
    std::optional<std::string_view> value;
    std::optional<std::string_view> baseline;
    bool differs = false;
};
/// Of the run and of the baseline; without a baseline nothing differs.
std::vector<ParamValue> paramsOf(const RunTable& table, RowIndex row, std::optional<RowIndex> baseline);

/// Tags that people set, without those MLflow keeps for itself.
std::vector<TagChips::Tag> tagsOf(const RunTable& table, RowIndex row);

/// One tag's value, empty when it has none.
std::string_view tagOf(const RunTable& table, RowIndex row, std::string_view key);

} // namespace sextant
