// TextDiff: two texts side by side: which lines are the same, which changed, and which words changed within
// them. Pure; any thread. Time is bounded on any input: beyond the budget the difference is right but not the
// shortest.
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sextant {

/// One row of a side-by-side view.
struct DiffLine
{
    enum class Kind : std::uint8_t { Same, Changed, Removed, Added };
    Kind kind = Kind::Same;
    std::optional<std::size_t> left; // line numbers from 0; none where that side has a gap
    std::optional<std::size_t> right;
    std::vector<TextRange> leftWords; // bytes within the line that differ, of changed lines
    std::vector<TextRange> rightWords;
};

struct TextDiff
{
    std::vector<std::string_view> leftLines; // without their ends; views into the texts given
    std::vector<std::string_view> rightLines;
    std::vector<DiffLine> lines;
    std::size_t changed = 0, removed = 0, added = 0; // lines
    bool shortest = true;        // false: a part was too unlike to be matched within the budget
    bool lineEndsDiffer = false; // the same but for CR LF or a line end at the end

    bool same() const { return changed + removed + added == 0; }
};

struct TextDiffLimits
{
    std::size_t steps = 20'000'000;  // of comparing, for all of the texts: about 0.1 s
    std::size_t wordsInLine = 2'000; // longer lines are compared as a whole
};

/// Bytes that are no UTF-8 are compared as they are; words never cut a character of UTF-8.
TextDiff diffTexts(std::string_view left, std::string_view right, const TextDiffLimits& limits = {});

} // namespace sextant
