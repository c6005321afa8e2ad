// What brushes say to people.
#pragma once

#include "core/table/brush.h"

#include <QString>

namespace sextant {

/// "lr", "mlflow.source": the column, safe to show.
QString brushTitle(const Brush& brush);
/// "0.001 to 0.01", "≤ 2.918", "adamw, lion", "missing".
QString brushText(const Brush& brush);

} // namespace sextant
