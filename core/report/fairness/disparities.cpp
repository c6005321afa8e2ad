#include "core/report/fairness/disparities.h"

#include <algorithm>
#include <cmath>

namespace sextant::fairness {
namespace {

struct Extremes
{
    double low = kUndefined, high = kUndefined;
    std::optional<std::size_t> lowAt, highAt;

    /// NaN is skipped, as pandas does.
    void take(double value, std::size_t at)
    {
        if (std::isnan(value))
            return;
        if (!lowAt || value < low) {
            low = value;
            lowAt = at;
        }
        if (!highAt || value > high) {
            high = value;
            highAt = at;
        }
    }
};

/// The figures of all groups that have rows; combinations without rows count nowhere.
struct Figures
{
    std::vector<Figure> groups;
    Figure overall;
    std::string undefined;
    Extremes ours, library;

    Figures(const RateMetric& metric, const std::vector<Group>& all, const Confusion& whole)
        : overall(metric.of(whole))
    {
        for (std::size_t i = 0; i < all.size(); ++i) {
            groups.push_back(metric.of(all[i].confusion));
            if (all[i].confusion.count() == 0)
                continue;
            const auto& figure = groups.back();
            if (!figure.undefined.empty() && undefined.empty())
                undefined = std::string(metric.id) + " of " + all[i].name +
                            " is undefined: " + std::string(figure.undefined);
            ours.take(figure.value, i);
            library.take(figure.library, i);
        }
        if (!library.lowAt && undefined.empty())
            undefined = "no rows";
    }
};

/// Says who lies apart and, for shares of rows, how sure that is.
void compareEnds(Disparity& disparity, const Figures& figures)
{
    disparity.high = figures.ours.highAt;
    disparity.low = figures.ours.lowAt;
    if (!disparity.high)
        return;
    const auto& high = figures.groups[*disparity.high].proportion;
    const auto& low = figures.groups[*disparity.low].proportion;
    if (!high || !low || disparity.high == disparity.low)
        return;
    disparity.interval = newcombeInterval(*high, *low);
    disparity.test = compareProportions(*high, *low);
}

template <class Distance>
Disparity toOverall(const Figures& figures, const Distance& distance, bool takeLeast)
{
    Disparity disparity;
    Extremes ours, library;
    for (std::size_t i = 0; i < figures.groups.size(); ++i) {
        ours.take(distance(figures.groups[i].value, figures.overall.value), i);
        library.take(distance(figures.groups[i].library, figures.overall.library), i);
    }
    disparity.library = takeLeast ? library.low : library.high;
    disparity.value = takeLeast ? ours.low : ours.high;
    disparity.high = takeLeast ? ours.lowAt : ours.highAt;
    return disparity;
}

/// What is undefined has no value, and its ends mean nothing.
Disparity settled(Disparity disparity, const std::string& undefined, std::string_view noValue)
{
    disparity.undefined = undefined;
    if (undefined.empty() && std::isnan(disparity.value))
        disparity.undefined = noValue;
    if (!disparity.undefined.empty()) {
        disparity.value = kUndefined;
        disparity.interval = {};
        disparity.test.reset();
    }
    return disparity;
}

} // namespace

std::string_view toText(Comparison comparison)
{
    return comparison == Comparison::BetweenGroups ? "between_groups" : "to_overall";
}

Disparity difference(const RateMetric& metric, const std::vector<Group>& groups, const Confusion& overall,
                     Comparison comparison)
{
    Figures figures(metric, groups, overall);
    Disparity disparity;
    if (comparison == Comparison::ToOverall) {
        disparity = toOverall(
            figures, [](double group, double all) { return std::abs(group - all); }, false);
    } else {
        disparity.value = figures.ours.high - figures.ours.low;
        disparity.library = figures.library.high - figures.library.low;
        compareEnds(disparity, figures);
    }
    return settled(std::move(disparity), figures.undefined, "no group has a figure");
}

Disparity ratio(const RateMetric& metric, const std::vector<Group>& groups, const Confusion& overall,
                Comparison comparison)
{
    Figures figures(metric, groups, overall);
    Disparity disparity;
    if (comparison == Comparison::ToOverall) {
        auto atMostOne = [](double group, double all) {
            auto share = group / all;
            return share > 1 ? 1 / share : share;
        };
        disparity = toOverall(figures, atMostOne, true);
    } else {
        disparity.value = figures.ours.low / figures.ours.high;
        disparity.library = figures.library.low / figures.library.high;
        compareEnds(disparity, figures);
        disparity.interval = {}; // Newcombe's is of differences
    }
    return settled(std::move(disparity), figures.undefined, "the rate is 0 in every group");
}

Disparity groupMinimum(const RateMetric& metric, const std::vector<Group>& groups)
{
    Figures figures(metric, groups, {});
    Disparity disparity;
    disparity.value = figures.ours.low;
    disparity.library = figures.library.low;
    disparity.low = figures.ours.lowAt;
    return settled(std::move(disparity), figures.undefined, "no group has a figure");
}

Disparity groupMaximum(const RateMetric& metric, const std::vector<Group>& groups)
{
    Figures figures(metric, groups, {});
    Disparity disparity;
    disparity.value = figures.ours.high;
    disparity.library = figures.library.high;
    disparity.high = figures.ours.highAt;
    return settled(std::move(disparity), figures.undefined, "no group has a figure");
}

Disparity worstOf(Disparity truePositive, Disparity falsePositive, bool ratio)
{
    // fairlearn compares in this order with Python's max and min: a NaN in the first place stays.
    auto library = truePositive.library;
    if (ratio ? falsePositive.library < library : falsePositive.library > library)
        library = falsePositive.library;
    auto undefined = truePositive.undefined.empty() ? falsePositive.undefined : truePositive.undefined;
    bool second = ratio ? falsePositive.value < truePositive.value : falsePositive.value > truePositive.value;
    auto worst = second ? std::move(falsePositive) : std::move(truePositive);
    worst.library = library;
    return settled(std::move(worst), undefined, "undefined");
}

Disparity meanOf(const Disparity& truePositive, const Disparity& falsePositive)
{
    Disparity mean;
    mean.value = (truePositive.value + falsePositive.value) / 2;
    mean.library = (truePositive.library + falsePositive.library) / 2;
    if (std::isnan(truePositive.library)) // pandas' mean skips NaN
        mean.library = falsePositive.library;
    else if (std::isnan(falsePositive.library))
        mean.library = truePositive.library;
    auto undefined = truePositive.undefined.empty() ? falsePositive.undefined : truePositive.undefined;
    return settled(std::move(mean), undefined, "undefined");
}

} // namespace sextant::fairness
