// Rates: the figures of one group, by the names that fairlearn and scikit-learn give them.
// Pure; any thread. Formulas: the row-normalised confusion matrix; fairlearn 0.15, scikit-learn 1.9.
#pragma once

#include "core/report/fairness/confusion.h"
#include "core/statistics/proportion.h"

#include <optional>
#include <span>
#include <string_view>

namespace sextant::fairness {

/// A figure that may not exist. Where it does not, `library` is what the libraries say all the same.
struct Figure
{
    double value = kUndefined;
    double library = kUndefined;
    std::string_view undefined;           // why there is no value; empty where there is one
    std::optional<Proportion> proportion; // the rows behind it, where it is one of rows
};

struct RateMetric
{
    std::string_view id; // "true_positive_rate"
    Figure (*of)(const Confusion&);
    std::string_view words; // "share of actual positives that are predicted positive"
};

std::span<const RateMetric> rateMetrics();
const RateMetric& rateMetric(std::string_view id);

} // namespace sextant::fairness
