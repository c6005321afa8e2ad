// Text for people at a terminal: no control characters get through, widths are those of the screen.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::cli {

/// Control characters as escapes ("\n", "\x1b") and ill-formed bytes replaced: what a store holds must not
/// drive a terminal.
std::string printable(std::string_view text);

/// Columns on the screen. The text must be printable.
std::size_t displayWidth(std::string_view text);

/// The text cut to a width, with an ellipsis when something was cut.
std::string cutToWidth(std::string_view text, std::size_t width);

/// Local time to the second; empty when unknown.
std::string displayTime(EpochMs time);

/// "1.2 s", "3 min 20 s", "2 h 05 min".
std::string displayDuration(EpochMs milliseconds);

/// Six significant digits, for tables.
std::string displayNumber(double value);

/// "30,412 runs", "1 run".
std::string counted(std::size_t count, std::string_view singular, std::string_view plural);

/// The names most like the one asked for, best first.
std::vector<std::string> nearNames(std::string_view asked, const std::vector<std::string>& names,
                                   std::size_t most = 3);

/// "Did you mean 'a' or 'b'?"; empty without names.
std::string didYouMean(const std::vector<std::string>& names);

} // namespace sextant::cli
