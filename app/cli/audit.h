// The commands of the family `audit` that have a file of their own.
#pragma once

#include "app/cli/command.h"

namespace sextant::cli {

Command auditVerifyCommand();

} // namespace sextant::cli
