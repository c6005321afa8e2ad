// Tags as they are typed.
#pragma once

#include "core/base/error.h"

#include <string>
#include <utility>
#include <vector>

namespace sextant::cli {

/// "KEY VALUE", or any number of "KEY=VALUE". Error: InvalidArgument.
Result<std::vector<std::pair<std::string, std::string>>> tagPairs(const std::vector<std::string>& words);

} // namespace sextant::cli
