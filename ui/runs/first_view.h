// What the Runs page draws of runs seen first: the experiment with the most curves, its metrics that have
// them, and the first runs that logged them and did not diverge. Blocks.
#pragma once

#include "core/store/tracking_store.h"
#include "ui/shell/run_arrangement.h"

namespace sextant {

struct FirstView
{
    std::vector<std::string> charts;
    std::vector<std::string> shown; // run ids
};

/// Looks at few histories of each likely metric, for at most about 1.5 s. Error: Cancelled.
Result<FirstView> chooseFirstView(TrackingStore& store, const RunArrangement& arrangement,
                                  const Operation& operation);

} // namespace sextant
