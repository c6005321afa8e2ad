// LIKE and ILIKE as each backend of MLflow has them: SQLite's own operator, and for folders Python's regular
// expressions. (core/base/text.h has Sextant's own, for tables of no store.)
#pragma once

#include <string>
#include <string_view>

namespace sextant {

/// As Python compares with re.IGNORECASE: characters with the same lower case, or whose lower cases share an
/// upper case, fold to the same one.
std::string foldAsPython(std::string_view text);

/// `%` any run of characters but no line end, `_` one of these. What stands behind a `%` at the end does not
/// matter, and without one a single line end may.
bool matchesLikeInPython(std::string_view text, std::string_view pattern);

/// Python's str.islower(): a letter at least, and none that is a capital.
bool isLowerInPython(std::string_view text);

} // namespace sextant
