// MetricSummary: a metric of one run over its whole history, where the last value is not enough.
#pragma once

#include <cstdint>
#include <string>

namespace sextant {

struct MetricSummary
{
    std::string runId;
    double min = 0, max = 0, first = 0, last = 0; // NaN points are left out of min and max
    std::uint64_t points = 0;
};

} // namespace sextant
