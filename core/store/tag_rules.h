// What the real client accepts as a tag or a name of a run.
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

namespace sextant {

inline constexpr std::size_t kLongestKey = 250; // characters
inline constexpr std::size_t kLongestTagValue =
    8000; // characters; longer ones are cut, as MLflow 2.22 and later do

/// Error: InvalidArgument for a key with other characters, of other than normal form as a path, or longer
/// than `longest` (databases; in folders the file system says what is too long).
Result<void> checkTagKey(std::string_view key, std::size_t longest = kLongestKey);

/// Error: InvalidArgument when it is not UTF-8.
Result<void> checkTagValue(std::string_view value);

/// The value as a database keeps it. Errors as checkTagValue.
Result<std::string> tagValue(std::string_view value);

/// Whether it is UTF-8 and of nothing but letters, numbers and '_' (Python's \w), and the bytes of `more`.
bool hasOnlyWordsAnd(std::string_view text, std::string_view more);

/// Of any length, unlike the tag that repeats it. Error: InvalidArgument when it is empty or not UTF-8.
Result<void> checkRunName(std::string_view name);

} // namespace sextant
