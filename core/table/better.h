// Better: which way a metric is to go. Nobody assumes it: the user says so, and the workspace keeps it.
#pragma once

#include <cstdint>

namespace sextant {

enum class Better : std::uint8_t { Unsaid, Lower, Higher };

/// What a change means: Neutral where nothing changed or nobody said which way is better.
enum class Verdict : std::uint8_t { Neutral, Better, Worse };

constexpr Verdict judge(double change, Better better)
{
    if (better == Better::Unsaid || !(change < 0 || change > 0))
        return Verdict::Neutral;
    return (change < 0) == (better == Better::Lower) ? Verdict::Better : Verdict::Worse;
}

} // namespace sextant
