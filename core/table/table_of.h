// A table of single runs, for comparing a few without reading all of a store.
#pragma once

#include "core/table/run_table.h"

namespace sextant {

/// Rows stand as the runs do. Experiments that are not among those given have their id alone.
RunTablePtr tableOf(const std::vector<Run>& runs, std::vector<Experiment> experiments = {},
                    SearchDialect dialect = {});

} // namespace sextant
