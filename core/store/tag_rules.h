// What the real client accepts as a tag of a run.
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

namespace sextant {

inline constexpr std::size_t kLongestKey = 250; // characters
inline constexpr std::size_t kLongestTagValue =
    8000; // characters; longer ones are cut, as MLflow 2.22 and later do

/// Error: InvalidArgument for a key with other characters, of other than normal form as a path, or too long.
Result<void> checkTagKey(std::string_view key);

/// The value as it is to be stored. Error: InvalidArgument when it is not UTF-8.
Result<std::string> tagValue(std::string_view value);

} // namespace sextant
