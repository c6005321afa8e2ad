// What free text looks into: names, ids, params and the tags that people write.
#pragma once

#include "core/query/predicate.h"
#include "core/query/row_set.h"
#include "core/table/metric_summary.h"
#include "core/table/run_table.h"

namespace sextant {

/// MLflow's own tags hold long documents about the run; of them only what people know the run by counts.
bool isSearchedTag(std::string_view key);

/// Adds the rows with a text that passes.
void freeText(const RunTable& table, const TextTest& test, RowSet& rows);

/// The number that the field means of a summary.
double aspectOf(const MetricSummary& summary, const Field& field);

} // namespace sextant
