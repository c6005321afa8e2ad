// Histories for the tests of series: noisy, with every kind of value a training loop has been seen to log.
#pragma once

#include "core/series/history.h"

#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

namespace sextant::test {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

inline HistoryPtr makeHistory(std::vector<std::int64_t> steps, std::vector<EpochMs> times,
                              std::vector<double> values)
{
    return std::make_shared<History>(History{FrozenArray<std::int64_t>(std::move(steps)),
                                             FrozenArray<EpochMs>(std::move(times)),
                                             FrozenArray<double>(std::move(values))});
}

/// Points in order, steps 0, 1, 2 … and one second apart.
inline HistoryPtr makeHistory(std::vector<double> values)
{
    std::vector<std::int64_t> steps(values.size());
    std::vector<EpochMs> times(values.size());
    for (std::size_t index = 0; index < values.size(); ++index) {
        steps[index] = static_cast<std::int64_t>(index);
        times[index] = 1'700'000'000'000 + 1000 * static_cast<EpochMs>(index);
    }
    return makeHistory(std::move(steps), std::move(times), std::move(values));
}

/// `oddShare` of the values are NaN, infinite, huge, tiny or minus zero.
inline std::vector<double> noisyValues(std::size_t count, unsigned seed, double oddShare = 0)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, 1);
    std::uniform_real_distribution<double> share(0, 1);
    const double odd[] = {kNaN, kInf, -kInf, 1e308, -1e308, 5e-324, -0.0};
    std::vector<double> values(count);
    for (std::size_t index = 0; index < count; ++index) {
        values[index] =
            3 * std::exp(-static_cast<double>(index) / static_cast<double>(count)) + noise(random);
        if (share(random) < oddShare)
            values[index] = odd[random() % 7];
    }
    return values;
}

} // namespace sextant::test
