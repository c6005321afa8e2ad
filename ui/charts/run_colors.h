// The colour of a run: a stable hash of its id, so that it is the same in every chart, list and session.
#pragma once

#include "ui/theme/theme.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sextant {

inline constexpr int kSeriesColors = 10;
inline constexpr int kSeriesDashes = 4;

/// Colour index 0..9; `chosen` are the user's own choices by run id.
int runColor(std::string_view runId, const std::map<std::string, int>& chosen);

/// A place on the sequential ramp, 0..1, for runs coloured by a number.
QColor rampColor(double shade, const Theme& theme);

/// The dash (0 solid .. 3) of each of the runs drawn together: the second channel for runs whose colours are
/// the same.
std::vector<int> runDashes(const std::vector<std::string>& runIds, const std::map<std::string, int>& chosen);

} // namespace sextant
