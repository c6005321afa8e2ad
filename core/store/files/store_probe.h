// Tells a file store from any other folder, and what was probably meant instead.
#pragma once

#include "core/base/error.h"

#include <string>

namespace sextant::files {

/// The root of the store that `folder` (a path or file: URI) means: itself or its mlruns/. Absolute.
Result<std::string> findStoreRoot(const std::string& folder);

} // namespace sextant::files
