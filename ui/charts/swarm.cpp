#include "ui/charts/swarm.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace sextant {

std::vector<double> swarm(std::span<const double> along, double distance, double reach)
{
    const auto side = static_cast<std::ptrdiff_t>(std::max(std::floor(reach / distance), 0.0));
    // Lanes from the middle outwards; in each, where its last dot stands.
    std::vector<double> last(static_cast<std::size_t>(2 * side + 1),
                             -std::numeric_limits<double>::infinity());
    const auto offsetOf = [&](std::size_t lane) {
        const auto steps = static_cast<double>((lane + 1) / 2);
        return (lane % 2 == 1 ? steps : -steps) * distance;
    };
    std::vector<std::size_t> order(along.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return along[a] < along[b]; });
    std::vector<double> offsets(along.size());
    for (std::size_t dot : order) {
        auto lane = std::find_if(last.begin(), last.end(),
                                 [&](double before) { return along[dot] - before >= distance; });
        if (lane == last.end())
            lane = std::min_element(last.begin(), last.end());
        *lane = along[dot];
        offsets[dot] = offsetOf(static_cast<std::size_t>(lane - last.begin()));
    }
    return offsets;
}

std::vector<CellPlace> gridInCell(std::size_t count, double distance, double reachAcross, double reachAlong)
{
    std::vector<CellPlace> places(count);
    if (count < 2)
        return places;
    const double across = std::max(reachAcross, 1e-9), along = std::max(reachAlong, 1e-9);
    // As wide as it is high, in the proportions of the cell.
    const auto columns = std::clamp<std::size_t>(
        static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count) * across / along))), 1,
        count);
    const std::size_t rows = (count + columns - 1) / columns;
    const auto gap = [distance](std::size_t lines, double reach) {
        return lines < 2 ? 0 : std::min(distance, 2 * reach / static_cast<double>(lines - 1));
    };
    const double columnGap = gap(columns, across), rowGap = gap(rows, along);
    for (std::size_t dot = 0; dot < count; ++dot) {
        const auto column = static_cast<double>(dot % columns), row = static_cast<double>(dot / columns);
        places[dot] = {(column - static_cast<double>(columns - 1) / 2) * columnGap,
                       (row - static_cast<double>(rows - 1) / 2) * rowGap};
    }
    return places;
}

} // namespace sextant
