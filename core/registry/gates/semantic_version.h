// SemanticVersion: "1.4.0-rc.1+build" of semver.org 2.0.0, with or without a leading v. A value; pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::registry {

struct SemanticVersion
{
    std::array<std::uint64_t, 3> numbers{}; // major, minor, patch
    std::vector<std::string> preRelease;
};

std::optional<SemanticVersion> parseSemanticVersion(std::string_view text);

/// By precedence: below 0 when `first` comes before. What follows '+' has no say.
int compareVersions(const SemanticVersion& first, const SemanticVersion& second);

} // namespace sextant::registry
