// Evaluating a parsed Filter: on the columns of a RunTable, or on one object at a time.
// Semantics are those of the MLflow that the store belongs to, see SearchDialect: a NaN matches `!=` and no
// other comparison (but in old databases), `!=` and the NOT forms need the key to exist, params compare as
// text, LIKE minds case, ILIKE folds ASCII alone in databases. NOT (…) is everything else.
#pragma once

#include "core/base/operation.h"
#include "core/query/filter.h"
#include "core/table/metric_summary.h"
#include "core/table/run_table.h"

#include <map>

namespace sextant {

/// Summaries of the metrics that Filter::historyMetrics() names, by metric key.
using MetricSummaries = std::map<std::string, std::vector<MetricSummary>, std::less<>>;

/// The rows that match, ascending. Errors: Cancelled; InvalidArgument when a needed summary is missing.
Result<std::vector<RowIndex>> selectRows(const RunTable& table, const Filter& filter,
                                         const MetricSummaries& summaries = {},
                                         const Operation& operation = {});

/// The fields of one object. records.h has one for each kind of object.
class FieldSource
{
public:
    virtual ~FieldSource() = default;

    /// All values of a field: none where the object does not have it; several for datasets and aliases, any
    /// of which may match. For FieldKind::Anything all texts that free text looks into. Times are doubles.
    virtual std::vector<Literal> values(FieldKind kind, std::string_view key) const = 0;

    /// Of a metric's history; nothing where it is not known.
    virtual std::optional<MetricSummary> summary(std::string_view /*metric*/) const { return std::nullopt; }
};

bool matches(const Filter& filter, const FieldSource& source, SearchDialect dialect = {});

/// True when a smaller value of this metric is the better one, judged by its name ("val/loss", "rmse").
bool lowerIsBetter(std::string_view metric);

} // namespace sextant
