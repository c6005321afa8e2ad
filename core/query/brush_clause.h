// A brush as text of the filter language, so that it can be read, changed, copied and used anywhere.
#pragma once

#include "core/query/filter.h"
#include "core/table/brush.h"

namespace sextant {

/// A clause that holds for the runs of `table` inside of the brush, to be joined by AND. Words that no run of
/// the table calls for (infinities beyond an open end) are left out; without a table all are there. Empty for
/// a brush that nothing lies in.
std::string brushClause(const Brush& brush, const RunTable* table = nullptr);

} // namespace sextant
