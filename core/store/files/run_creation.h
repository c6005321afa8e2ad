// New experiments and runs in an mlruns folder, as the real client makes them.
#pragma once

#include "core/store/files/store_layout.h"
#include "core/store/tracking_store.h"

#include <string>

namespace sextant::files {

/// Its id. Error: AlreadyExists.
Result<std::string> makeExperiment(const StoreLayout& layout, const std::string& name);
Result<std::string> makeRun(const StoreLayout& layout, const NewRun& run);

} // namespace sextant::files
