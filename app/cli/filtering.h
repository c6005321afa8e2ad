// Filters and orderings from the command line: what is wrong with one is shown under the place it is at.
#pragma once

#include "app/cli/context.h"
#include "core/query/filter.h"
#include "core/query/order_by.h"

#include <string>
#include <vector>

namespace sextant::cli {

/// Error: Syntax; the hint holds the filter with a caret, what is allowed there, and a mend where there is
/// one.
Result<Filter> parseFilter(const std::string& text, FilterTarget target);

Result<std::vector<SortKey>> parseOrdering(const std::vector<std::string>& clauses, FilterTarget target);

/// How the store compares. Error: Syntax for an ordering that its own client refuses.
Result<SearchDialect> dialectFor(Context& context, const std::vector<SortKey>& order, FilterTarget target);

} // namespace sextant::cli
