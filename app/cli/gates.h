// What commands share that name gates and targets.
#pragma once

#include "app/cli/context.h"
#include "core/registry/gates/gather.h"

#include <string>

namespace sextant::cli {

/// A gate by its file, else the template of this name. Errors: NotFound, Corrupt.
Result<registry::Gate> readGate(const std::string& named);

/// The JSON of the card that is kept of a version; empty when none is. Errors: Corrupt when it is not what
/// was signed.
Result<std::string> keptCardText(Context& context, const std::string& name, std::int64_t version);

/// "stage:Production" or "alias:champion"; empty when neither is named. Error: InvalidArgument.
Result<std::string> targetOf(const std::string& stage, const std::string& alias);

} // namespace sextant::cli
