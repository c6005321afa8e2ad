// Orderings as text: "metrics.x DESC", "attributes.start_time", "num(params.`a b`) asc".
#pragma once

#include "core/query/filter.h"
#include "core/table/order.h"
#include "core/tracking/search_dialect.h"

#include <span>

namespace sextant {

/// What MLflow accepts for that target, and for runs also our own attributes and num(). Attribute keys become
/// canonical: `created` is start_time, `timestamp` of a registered model is last_updated_timestamp. Error:
/// Syntax, with the range in the clause. Of a key that is named twice the first counts, see checkRepeats().
Result<std::vector<SortKey>> parseOrderBy(std::span<const std::string> clauses,
                                          FilterTarget target = FilterTarget::Runs);

/// The same with the mend, for one clause; nullopt when it is right.
std::optional<Problem> explainOrderBy(std::string_view clause, FilterTarget target);

/// Refuses what the store's own client refuses: a key named twice, in a database.
Result<void> checkRepeats(std::span<const SortKey> keys, FilterTarget target, SearchDialect dialect);

/// The clause that parses to this key.
std::string print(const SortKey& key);

} // namespace sextant
