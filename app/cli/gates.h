// What commands share that name gates and targets.
#pragma once

#include "core/registry/gates/gather.h"

#include <string>

namespace sextant::cli {

/// A gate by its file, else the template of this name. Errors: NotFound, Corrupt.
Result<registry::Gate> readGate(const std::string& named);

/// "stage:Production" or "alias:champion"; empty when neither is named. Error: InvalidArgument.
Result<std::string> targetOf(const std::string& stage, const std::string& alias);

} // namespace sextant::cli
