// Opening a folder of MLflow's file store (mlruns/).
#pragma once

#include "core/store/open.h"

#include <string>

namespace sextant {

/// `folder`: a path or a file: URI of the folder that holds the experiments, or of its parent.
/// Errors: NotFound, PermissionDenied, NotAStore with a hint at what to open instead.
Result<Store> openFileStore(const std::string& folder);

} // namespace sextant
