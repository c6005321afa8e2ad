// UTF-8 text: validation, case folding, matching.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sextant {

bool isUtf8(std::string_view text);

/// The text with each ill-formed sequence replaced by U+FFFD, so that it can be shown and written as JSON.
std::string toUtf8(std::string_view text);

/// Unicode case folding, for comparisons that ignore case.
std::string foldCase(std::string_view text);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

/// SQL LIKE: `%` any run of characters (newlines too), `_` one character. No escape, as in MLflow.
/// Both sides must be folded before for ILIKE.
bool matchesLike(std::string_view text, std::string_view pattern);

} // namespace sextant
