#include "core/report/fairness/privileged.h"

#include <cmath>

namespace sextant::fairness {
namespace {

class Pair
{
public:
    Pair(const Group& unprivileged, const Group& privileged) : m_u(unprivileged), m_p(privileged) {}

    Disparity difference(std::string_view id) const
    {
        auto disparity = both(id, [](double u, double p) { return u - p; });
        auto u = figure(id, m_u).proportion, p = figure(id, m_p).proportion;
        if (disparity.undefined.empty() && u && p) {
            disparity.interval = newcombeInterval(*u, *p);
            disparity.test = compareProportions(*u, *p);
        }
        return disparity;
    }

    Disparity ratio(std::string_view id) const
    {
        auto disparity = both(id, [](double u, double p) { return u / p; });
        if (disparity.undefined.empty() && !std::isfinite(disparity.value)) {
            disparity.undefined = std::string(id) + " of " + m_p.name + " is 0";
            disparity.library = disparity.value;
            disparity.value = kUndefined;
        }
        return disparity;
    }

private:
    static Figure figure(std::string_view id, const Group& group)
    {
        return rateMetric(id).of(group.confusion);
    }

    /// AIF360 divides plainly: what has no denominator is NaN there too.
    template <class Of>
    Disparity both(std::string_view id, const Of& of) const
    {
        auto u = figure(id, m_u), p = figure(id, m_p);
        Disparity disparity;
        for (const auto* side : {&u, &p})
            if (!side->undefined.empty() && disparity.undefined.empty())
                disparity.undefined = std::string(id) + " of " + (side == &u ? m_u : m_p).name +
                                      " is undefined: " + std::string(side->undefined);
        if (disparity.undefined.empty())
            disparity.value = disparity.library = of(u.value, p.value);
        return disparity;
    }

    const Group& m_u;
    const Group& m_p;
};

template <class Of>
Disparity combined(const Disparity& first, const Disparity& second, const Of& of)
{
    Disparity result;
    result.undefined = first.undefined.empty() ? second.undefined : first.undefined;
    if (result.undefined.empty())
        result.value = result.library = of(first.value, second.value);
    return result;
}

} // namespace

std::vector<SignedMetric> compareWithPrivileged(const Group& unprivileged, const Group& privileged)
{
    Pair pair(unprivileged, privileged);
    auto tpr = pair.difference("true_positive_rate");
    auto fpr = pair.difference("false_positive_rate");
    auto ppv = pair.difference("precision_score");
    auto omission = pair.difference("false_omission_rate");
    auto half = [](double a, double b) { return (a + b) / 2; };
    return {
        {"statistical_parity_difference", pair.difference("selection_rate")},
        {"disparate_impact", pair.ratio("selection_rate")},
        {"mean_difference", pair.difference("base_rate")},
        {"equal_opportunity_difference", tpr},
        {"average_odds_difference", combined(fpr, tpr, half)},
        {"average_abs_odds_difference",
         combined(fpr, tpr, [](double a, double b) { return (std::abs(a) + std::abs(b)) / 2; })},
        {"equalized_odds_difference",
         combined(fpr, tpr, [](double a, double b) { return std::max(std::abs(a), std::abs(b)); })},
        {"average_predictive_value_difference", combined(ppv, omission, half)},
        {"true_positive_rate_difference", tpr},
        {"false_positive_rate_difference", fpr},
        {"false_negative_rate_difference", pair.difference("false_negative_rate")},
        {"false_omission_rate_difference", omission},
        {"false_discovery_rate_difference", pair.difference("false_discovery_rate")},
        {"error_rate_difference", pair.difference("zero_one_loss")},
        {"false_positive_rate_ratio", pair.ratio("false_positive_rate")},
        {"false_negative_rate_ratio", pair.ratio("false_negative_rate")},
        {"false_omission_rate_ratio", pair.ratio("false_omission_rate")},
        {"false_discovery_rate_ratio", pair.ratio("false_discovery_rate")},
        {"error_rate_ratio", pair.ratio("zero_one_loss")},
    };
}

} // namespace sextant::fairness
