#include "ui/charts/run_colors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace sextant {

int runColor(std::string_view runId, const std::map<std::string, int>& chosen)
{
    if (!chosen.empty()) {
        if (auto found = chosen.find(std::string(runId)); found != chosen.end())
            return ((found->second % kSeriesColors) + kSeriesColors) % kSeriesColors;
    }
    std::uint64_t hash = 0xCBF29CE484222325ULL; // FNV-1a: stable over versions and machines
    for (auto byte : runId)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
    return static_cast<int>((hash ^ (hash >> 32)) % kSeriesColors);
}

QColor rampColor(double shade, const Theme& theme)
{
    // The two palest steps can't be told from the background of a line chart.
    auto step = 2 + static_cast<int>(std::lround(std::clamp(shade, 0.0, 1.0) * 6));
    return theme.color(("chart.sequential." + std::to_string(step)).c_str());
}

std::vector<int> runDashes(const std::vector<std::string>& runIds, const std::map<std::string, int>& chosen)
{
    // Counted in the order of ids, so that sorting the table changes no line.
    std::vector<std::size_t> order(runIds.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return runIds[a] < runIds[b]; });
    std::array<int, kSeriesColors> used{};
    std::vector<int> dashes(runIds.size());
    for (auto index : order)
        dashes[index] = used[static_cast<std::size_t>(runColor(runIds[index], chosen))]++ % kSeriesDashes;
    return dashes;
}

} // namespace sextant
