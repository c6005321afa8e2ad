// History: every point a run logged for one metric. Immutable and shared; may be read from any number of
// threads.
#pragma once

#include "core/base/time.h"
#include "core/table/frozen_array.h"

#include <cstdint>
#include <memory>

namespace sextant {

/// Three arrays of equal length in the store's order: SQL stores by (timestamp, step, value), file stores as
/// written. Infinities and NaN are kept as such.
struct History
{
    FrozenArray<std::int64_t> steps;
    FrozenArray<EpochMs> timestamps;
    FrozenArray<double> values;

    std::size_t size() const { return values.size(); }
};

using HistoryPtr = std::shared_ptr<const History>;

} // namespace sextant
