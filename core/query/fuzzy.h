// Fuzzy matching of what was typed with names: the letters in their order, better the closer they stand
// together and to the beginnings of words.
#pragma once

#include "core/base/error.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sextant {

struct FuzzyMatch
{
    int score = 0;                // greater is better
    std::vector<TextRange> parts; // of the name
};

/// Without regard to the case of ASCII letters. Nullopt when not all letters are there. An empty pattern
/// matches all with 0.
std::optional<FuzzyMatch> fuzzyMatch(std::string_view name, std::string_view pattern);

/// Its score alone, without a place for the parts: for choosing among many names.
std::optional<int> fuzzyScore(std::string_view name, std::string_view pattern);

} // namespace sextant
