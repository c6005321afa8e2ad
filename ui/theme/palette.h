// The QPalette of a theme: every role in the active, inactive and disabled group.
#pragma once

#include "ui/theme/theme.h"

#include <QPalette>

namespace sextant {

QPalette makePalette(const Theme& theme);

} // namespace sextant
