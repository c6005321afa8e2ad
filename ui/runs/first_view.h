// What the Runs page draws of runs seen first: metrics that have a curve, and the first runs that logged them. Blocks.
#pragma once

#include "core/store/tracking_store.h"
#include "ui/shell/run_arrangement.h"

namespace sextant {

struct FirstView
{
    std::vector<std::string> charts;
    std::vector<std::string> shown; // run ids
};

/// Looks at one history of each likely metric. Error: Cancelled.
Result<FirstView> chooseFirstView(TrackingStore& store, const RunArrangement& arrangement, const Operation& operation);

} // namespace sextant
