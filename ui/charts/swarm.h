// Swarm: places for dots of one category, which has no place of its own across its band: those that would
// cover each other stand side by side. Along the other axis each stays exactly where its number is.
#pragma once

#include <span>
#include <vector>

namespace sextant {

/// How far each dot stands from the middle of its band, the same units as `along`. Dots as near to the middle
/// as those before them allow, `distance` apart, at most `reach` to either side; where a band is full they
/// cover the ones they cover least. Deterministic; the same for any order of equal places.
std::vector<double> swarm(std::span<const double> along, double distance, double reach);

/// A dot's place in a cell of two categories: rows and columns around the middle.
struct CellPlace
{
    double across = 0, along = 0;
};
/// `count` dots in a cell that reaches so far from its middle: `distance` apart, or nearer where they would
/// leave it.
std::vector<CellPlace> gridInCell(std::size_t count, double distance, double reachAcross, double reachAlong);

} // namespace sextant
