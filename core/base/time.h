// Moments as MLflow stores them: milliseconds since 1970 in UTC.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sextant {

using EpochMs = std::int64_t;

/// A time that the store does not have.
inline constexpr EpochMs kNoTime = std::numeric_limits<EpochMs>::min();

inline bool isKnown(EpochMs time)
{
    return time != kNoTime;
}

/// "2025-11-18T21:04:11.000Z".
std::string formatIso(EpochMs time);

/// ISO 8601: date, or date and time with optional fraction and zone (UTC when absent).
std::optional<EpochMs> parseIso(std::string_view text);

EpochMs now();

} // namespace sextant
