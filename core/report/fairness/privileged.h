// Signed comparisons of the unprivileged with the privileged group, as AIF360 has them: differences are
// u - p, ratios u / p. Pure; any thread. Formulas: AIF360 0.6.1, ClassificationMetric.
#pragma once

#include "core/report/fairness/disparities.h"

namespace sextant::fairness {

struct SignedMetric
{
    std::string_view id; // "disparate_impact"
    Disparity disparity;
};

std::vector<SignedMetric> compareWithPrivileged(const Group& unprivileged, const Group& privileged);

} // namespace sextant::fairness
