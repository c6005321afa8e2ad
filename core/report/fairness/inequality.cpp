#include "core/report/fairness/inequality.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sextant::fairness {
namespace {

/// So many persons with a benefit of so much.
struct Share
{
    double persons = 0;
    double benefit = 0;
};

double mean(const std::vector<Share>& shares)
{
    double sum = 0, persons = 0;
    for (const auto& share : shares) {
        sum += share.persons * share.benefit;
        persons += share.persons;
    }
    return persons == 0 ? kUndefined : sum / persons;
}

double entropy(const std::vector<Share>& shares, double alpha)
{
    auto mu = mean(shares);
    if (std::isnan(mu) || mu == 0)
        return kUndefined;
    double sum = 0, persons = 0;
    for (const auto& [count, benefit] : shares) {
        if (count == 0)
            continue;
        persons += count;
        auto share = benefit / mu;
        if (alpha == 1)
            sum += share == 0 ? 0 : count * share * std::log(share);
        else if (alpha == 0)
            sum -= share == 0 ? -std::numeric_limits<double>::infinity() : count * std::log(share);
        else
            sum += count * (std::pow(share, alpha) - 1);
    }
    return alpha == 0 || alpha == 1 ? sum / persons : sum / (persons * alpha * (alpha - 1));
}

std::vector<Share> benefits(const Confusion& rows)
{
    auto count = [&](Cell cell) { return static_cast<double>(rows.rows[cell]); };
    return {{count(kFalseNegative), 0},
            {count(kTruePositive) + count(kTrueNegative), 1},
            {count(kFalsePositive), 2}};
}

} // namespace

double generalizedEntropy(const Confusion& rows, double alpha)
{
    return entropy(benefits(rows), alpha);
}

double coefficientOfVariation(const Confusion& rows)
{
    return std::sqrt(2 * generalizedEntropy(rows, 2));
}

double betweenGroupEntropy(const std::vector<Group>& groups, double alpha)
{
    std::vector<Share> shares;
    for (const auto& group : groups)
        if (group.confusion.count() > 0)
            shares.push_back({static_cast<double>(group.confusion.count()), mean(benefits(group.confusion))});
    return entropy(shares, alpha);
}

double differentialFairness(const std::vector<Group>& groups, bool ofLabels)
{
    constexpr double kConcentration = 1;
    constexpr double kClasses = 2;
    double lowest = 1, highest = 0;
    for (const auto& [name, c] : groups) {
        if (c.count() == 0)
            continue;
        auto positive = ofLabels ? c.positives() : c.selected();
        auto p = (positive + kConcentration / kClasses) / (c.weight() + kConcentration);
        lowest = std::min(lowest, p);
        highest = std::max(highest, p);
    }
    if (highest == 0)
        return kUndefined;
    return std::max(std::log(highest) - std::log(lowest), std::log1p(-lowest) - std::log1p(-highest));
}

} // namespace sextant::fairness
