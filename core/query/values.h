// Literals as people type them: lengths of time, moments, numbers nearly right, and the escapes inside IN
// lists.
#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace sextant {

/// "2h", "1h 30m", "5h 41m 08s", "250ms", "01:30:00": milliseconds.
std::optional<EpochMs> parseDuration(std::string_view text);

/// ISO 8601 (UTC where no zone is said), "now", or a length of time with "ago": "7d ago".
std::optional<EpochMs> parseMoment(std::string_view text, EpochMs now);

/// True for an ISO date without a time of day.
bool isDateOnly(std::string_view text);

/// A number that MLflow would not read in the spelling it would: 1e+5 as 1e5, .5e3 as 0.5e3.
std::optional<std::string> plainNumber(std::string_view text);

/// The shortest spelling of a number that MLflow reads back as the same double.
std::string numberText(double value);

/// The inside of a string in an IN list, which MLflow reads as Python does: escapes count. Nullopt when it is
/// ill-formed.
std::optional<std::string> unescapePython(std::string_view inside);

/// The text as a string of an IN list.
std::string escapePython(std::string_view text);

} // namespace sextant
