#include "core/report/fairness/fairness_json.h"

#include "core/report/report.h"

#include <array>
#include <cmath>

namespace sextant::fairness {

using Json = nlohmann::ordered_json;

namespace {

Json intervalJson(const Interval& interval)
{
    return {numberOrNull(interval.low), numberOrNull(interval.high)};
}

Json groupJson(const Slice& slice, std::size_t group)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < slice.attributes.size(); ++i)
        json[slice.attributes[i]] = slice.values[group][i];
    return json;
}

/// Disparities that fairlearn makes from one metric.
struct Generated
{
    std::string_view metric;
    bool differenceAndRatio, minimum, maximum;
};

constexpr std::array<Generated, 11> kGenerated{{
    {"selection_rate", true, false, false},
    {"true_positive_rate", true, false, false},
    {"true_negative_rate", true, false, false},
    {"false_positive_rate", true, false, false},
    {"false_negative_rate", true, false, false},
    {"accuracy_score", true, true, false},
    {"zero_one_loss", true, false, true},
    {"balanced_accuracy_score", false, true, false},
    {"precision_score", false, true, false},
    {"recall_score", false, true, false},
    {"f1_score", false, true, false},
}};

class DisparityList
{
public:
    DisparityList(const Slice& slice, Json& out) : m_slice(slice), m_out(out) {}

    void addNamed(Comparison comparison)
    {
        auto d = [&](std::string_view id) {
            return difference(rateMetric(id), m_slice.groups, m_slice.overall, comparison);
        };
        auto r = [&](std::string_view id) {
            return ratio(rateMetric(id), m_slice.groups, m_slice.overall, comparison);
        };
        auto tpr = d("true_positive_rate"), fpr = d("false_positive_rate");
        auto tprRatio = r("true_positive_rate"), fprRatio = r("false_positive_rate");
        add("demographic_parity_difference", comparison, {}, d("selection_rate"));
        add("demographic_parity_ratio", comparison, {}, r("selection_rate"));
        add("equalized_odds_difference", comparison, "worst_case", worstOf(tpr, fpr, false));
        add("equalized_odds_difference", comparison, "mean", meanOf(tpr, fpr));
        add("equalized_odds_ratio", comparison, "worst_case", worstOf(tprRatio, fprRatio, true));
        add("equalized_odds_ratio", comparison, "mean", meanOf(tprRatio, fprRatio));
        add("equal_opportunity_difference", comparison, {}, tpr);
        add("equal_opportunity_ratio", comparison, {}, tprRatio);
    }

    void addGenerated(Comparison comparison)
    {
        for (const auto& generated : kGenerated) {
            const auto& metric = rateMetric(generated.metric);
            auto id = std::string(generated.metric);
            if (generated.differenceAndRatio) {
                add(id + "_difference", comparison, {},
                    difference(metric, m_slice.groups, m_slice.overall, comparison));
                add(id + "_ratio", comparison, {},
                    ratio(metric, m_slice.groups, m_slice.overall, comparison));
            }
            if (comparison == Comparison::ToOverall)
                continue;
            if (generated.minimum)
                add(id + "_group_min", comparison, {}, groupMinimum(metric, m_slice.groups));
            if (generated.maximum)
                add(id + "_group_max", comparison, {}, groupMaximum(metric, m_slice.groups));
        }
    }

private:
    void add(std::string_view id, Comparison comparison, std::string_view aggregate,
             const Disparity& disparity)
    {
        m_out.push_back(disparityJson(m_slice, id, toText(comparison), aggregate, disparity, {}));
    }

    const Slice& m_slice;
    Json& m_out;
};

} // namespace

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string groupName(const std::vector<std::string>& attributes, const std::vector<std::string>& values)
{
    std::string text;
    for (std::size_t i = 0; i < attributes.size(); ++i)
        text += (i == 0 ? "" : ", ") + attributes[i] + "=" + values[i];
    return text;
}

Json pairsJson(const std::vector<std::pair<std::string, std::string>>& pairs)
{
    Json json = Json::object();
    for (const auto& [name, value] : pairs)
        json[name] = value;
    return json;
}

Json figuresJson(const Confusion& confusion, bool weighted)
{
    Json json{{"count", confusion.count()}};
    if (weighted)
        json["weight"] = confusion.weight();
    Json undefined = Json::object(), library = Json::object(), intervals = Json::object();
    for (const auto& metric : rateMetrics()) {
        auto figure = metric.of(confusion);
        auto id = std::string(metric.id);
        json[id] = numberOrNull(figure.value);
        if (!figure.undefined.empty()) {
            undefined[id] = figure.undefined;
            library[id] = numberOrNull(figure.library);
        } else if (figure.proportion && !weighted) {
            intervals[id] = intervalJson(wilsonInterval(*figure.proportion));
        }
    }
    if (!undefined.empty()) {
        json["undefined"] = undefined;
        json["library"] = library;
    }
    if (!intervals.empty())
        json["intervals"] = intervals;
    return json;
}

void addGroups(const Slice& slice, Json& byGroup)
{
    for (std::size_t i = 0; i < slice.groups.size(); ++i) {
        Json json{{"group", groupJson(slice, i)}};
        if (!slice.control.empty())
            json["control"] = pairsJson(slice.control);
        json.update(figuresJson(slice.groups[i].confusion, slice.weighted));
        byGroup.push_back(std::move(json));
    }
}

Json disparityJson(const Slice& slice, std::string_view metric, std::string_view method,
                   std::string_view aggregate, const Disparity& disparity, const std::string& privileged)
{
    bool sure = !slice.weighted;
    Json json{{"metric", metric},
              {"attributes", slice.attributes},
              {"method", method},
              {"aggregate", aggregate.empty() ? Json() : Json(aggregate)},
              {"value", numberOrNull(disparity.value)},
              {"low", sure ? numberOrNull(disparity.interval.low) : Json()},
              {"high", sure ? numberOrNull(disparity.interval.high) : Json()},
              {"undefined", disparity.undefined.empty() ? Json() : Json(disparity.undefined)}};
    if (!slice.control.empty())
        json["control"] = pairsJson(slice.control);
    if (!privileged.empty())
        json["privileged"] = privileged;
    if (!disparity.undefined.empty())
        json["library"] = numberOrNull(disparity.library);
    if (disparity.high)
        json["highest_group"] = groupJson(slice, *disparity.high);
    if (disparity.low)
        json["lowest_group"] = groupJson(slice, *disparity.low);
    if (disparity.test && sure) {
        json["p_value"] = numberOrNull(disparity.test->pValue);
        json["test"] = disparity.test->exact ? "fisher_exact" : "z";
    }
    return json;
}

void addDisparities(const Slice& slice, Json& disparities)
{
    DisparityList list(slice, disparities);
    for (auto comparison : {Comparison::BetweenGroups, Comparison::ToOverall}) {
        list.addNamed(comparison);
        list.addGenerated(comparison);
    }
}

Json fairnessConventions()
{
    return {
        {"names", "Metrics have the names and formulas of fairlearn 0.15, scikit-learn and AIF360 0.6"},
        {"undefined",
         "A rate without rows in its denominator is undefined, and so is a disparity that rests on it; "
         "`library` is what fairlearn or scikit-learn report all the same"},
        {"missing_group",
         "Rows without a sensitive value are a group of their own, \"(missing)\"; fairlearn refuses "
         "them"},
        {"excluded", "Rows without a label or without a prediction are left out and counted"},
        {"score", "A row is predicted positive where its score is at least the threshold"},
        {"between_groups", "difference: highest minus lowest group; ratio: lowest over highest group"},
        {"to_overall",
         "difference: the largest distance from the figure of all rows; ratio: the least of group over "
         "all or its inverse"},
        {"privileged",
         "AIF360: differences are unprivileged minus privileged, ratios unprivileged over privileged, "
         "so they have a sign or may exceed 1"},
        {"equalized_odds_ratio",
         "One group with a false positive rate of 0 makes it 0; prefer the difference"},
        {"intervals",
         "95 %: Wilson for rates, Newcombe for the difference of the two groups furthest apart, which "
         "were chosen for it; none with weights"},
        {"tests",
         "Two-sided, of the two groups furthest apart: pooled z, or Fisher's exact test where a cell of the "
         "expected table is below 5; not corrected for having chosen them"},
        {"thresholds",
         "The limits of the checks are conventions, not law; four fifths is a rule for employee "
         "selection (29 CFR 1607.4 D)"},
        {"entropy",
         "Benefits are prediction - label + 1; mean log deviation follows the documented formula, which "
         "AIF360's code divides by the mean once more"},
        {"not_computed", "Consistency (k nearest neighbours) needs the features"},
    };
}

} // namespace sextant::fairness
