// Evaluating a parsed Filter: on the columns of a RunTable, or on one object at a time.
// Semantics are those of the newest MLflow on SQL: a NaN matches no comparison, `!=` needs the key to exist,
// params compare as text, LIKE minds case, IN is exact.
#pragma once

#include "core/query/filter.h"
#include "core/table/metric_summary.h"

#include <map>
#include <variant>

namespace sextant {

/// Summaries of the metrics that Filter::historyMetrics() names, by metric key.
using MetricSummaries = std::map<std::string, std::vector<MetricSummary>, std::less<>>;

/// The rows that match, ascending. Errors: Cancelled; InvalidArgument when a needed summary is missing.
Result<std::vector<RowIndex>> selectRows(const RunTable& table, const Filter& filter, const MetricSummaries& summaries = {},
                                         const Operation& operation = {});

/// The fields of one experiment, model, version or logged model, for filters on those.
class FieldSource
{
public:
    virtual ~FieldSource() = default;
    using Value = std::variant<std::monostate, double, std::string>; // monostate: the object has no such field
    virtual Value attribute(std::string_view key) const = 0;
    virtual Value tag(std::string_view key) const = 0;
    virtual Value param(std::string_view) const { return {}; }
    /// All stored values of a metric, a logged model may have several (one a dataset).
    virtual std::vector<double> metrics(std::string_view) const { return {}; }
};

bool matches(const Filter& filter, const FieldSource& source);

} // namespace sextant
