// Disparities: how far the groups' figures lie apart, as fairlearn's MetricFrame has it.
// Pure; any thread. A disparity is undefined when a figure it rests on is; `library` is what fairlearn says.
#pragma once

#include "core/report/fairness/rates.h"

#include <string>
#include <vector>

namespace sextant::fairness {

enum class Comparison : std::uint8_t { BetweenGroups, ToOverall };
std::string_view toText(Comparison comparison); // "between_groups"

/// A group as disparities see it: its name in messages and its figures' source.
struct Group
{
    std::string name; // "sex=F, race=b"
    Confusion confusion;
};

struct Disparity
{
    double value = kUndefined;
    double library = kUndefined;
    std::string undefined; // why there is no value
    // The groups that lie furthest apart: numbers of groups; to the overall figure only one.
    std::optional<std::size_t> high, low;
    Interval interval; // of a difference between two groups, of rows without weights (Newcombe)
    std::optional<ProportionTest> test;
};

Disparity difference(const RateMetric& metric, const std::vector<Group>& groups, const Confusion& overall,
                     Comparison comparison);
Disparity ratio(const RateMetric& metric, const std::vector<Group>& groups, const Confusion& overall,
                Comparison comparison);
Disparity groupMinimum(const RateMetric& metric, const std::vector<Group>& groups);
Disparity groupMaximum(const RateMetric& metric, const std::vector<Group>& groups);

/// The greater difference (lesser ratio) of true and false positive rates.
Disparity worstOf(Disparity truePositive, Disparity falsePositive, bool ratio);
Disparity meanOf(const Disparity& truePositive, const Disparity& falsePositive);

} // namespace sextant::fairness
