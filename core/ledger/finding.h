// Finding: one thing that was looked at when a log was read, and how it stands. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sextant::ledger {

enum class Standing : std::uint8_t {
    Passed,
    Gap,    // could not be checked, or has no effect, or was allowed and must be seen
    Failed, // what is there is not what was signed, or was not allowed
};

struct Finding
{
    Standing standing = Standing::Passed;
    std::string check;                  // "tree", "checkpoint", "signature", "quorum" …
    std::optional<std::uint64_t> entry; // which entry it is about
    std::string message;                // one sentence
};

inline Standing worst(const std::vector<Finding>& findings)
{
    auto standing = Standing::Passed;
    for (const auto& finding : findings)
        standing = finding.standing > standing ? finding.standing : standing;
    return standing;
}

} // namespace sextant::ledger
