// FeatureBins: a column of input as small numbers in the order of its values, ready for splitting.
#pragma once

#include "core/statistics/forest.h"

#include <cstdint>
#include <vector>

namespace sextant {

struct FeatureBins
{
    std::vector<std::uint8_t> bins; // of each row; 0: the row has no value
    std::uint32_t count = 1;        // bins are below
    bool categorical = false;
};

/// Of the rows given, in their order.
FeatureBins binFeature(const Feature& feature, std::span<const std::uint32_t> rows);

} // namespace sextant
