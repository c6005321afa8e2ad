#include "core/report/fairness/fairness.h"

#include "core/base/number.h"
#include "core/report/fairness/fairness_data.h"
#include "core/report/fairness/fairness_json.h"
#include "core/report/fairness/inequality.h"
#include "core/report/fairness/privileged.h"

#include <algorithm>

namespace sextant {

using namespace fairness;
using Json = nlohmann::ordered_json;

namespace {

struct Favourable
{
    std::int32_t code;
    std::string name;
};

bool isSubset(const std::vector<std::string>& classes, std::initializer_list<std::string_view> of)
{
    return std::all_of(classes.begin(), classes.end(), [&](const std::string& name) {
        return std::find(of.begin(), of.end(), name) != of.end();
    });
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t kShown = 12;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > kShown ? text + " and " + std::to_string(names.size() - kShown) + " more" : text;
}

/// The class or classes that count as favourable, one after the other.
Result<std::vector<Favourable>> favourableClasses(const FairnessData& data, const FairnessOptions& options)
{
    const auto& classes = data.classes;
    auto one = [&](std::string_view name) -> std::vector<Favourable> {
        auto at = std::find(classes.begin(), classes.end(), name) - classes.begin();
        return {{static_cast<std::int32_t>(at), std::string(name)}};
    };
    if (!options.positive.empty()) {
        if (std::find(classes.begin(), classes.end(), options.positive) == classes.end())
            return fail(ErrorCode::NotFound, "No label and no prediction is '" + options.positive + "'",
                        "There are: " + listed(classes));
        return one(options.positive);
    }
    if (isSubset(classes, {"0", "1"}) || isSubset(classes, {"-1", "1"}))
        return one("1");
    if (isSubset(classes, {"False", "True"}))
        return one("True");
    if (classes.size() <= 2 || !options.score.empty())
        return fail(ErrorCode::InvalidArgument,
                    "It is not clear which of " + listed(classes) + " is the favourable class",
                    "Name it with --positive");
    constexpr std::size_t kMostClasses = 100;
    if (classes.size() > kMostClasses)
        return fail(ErrorCode::InvalidArgument,
                    "The labels have " + std::to_string(classes.size()) + " different values",
                    "Name one with --positive; is '" + options.label + "' the column of labels?");
    std::vector<Favourable> all;
    for (std::size_t i = 0; i < classes.size(); ++i)
        all.push_back({static_cast<std::int32_t>(i), classes[i]});
    return all;
}

/// What was counted: a confusion for each stratum and group.
class Counted
{
public:
    Counted(const FairnessData& data, std::int32_t positive)
        : m_data(data), m_cells(data.groups.cells() * data.strata.cells())
    {
        for (std::size_t row = 0; row < data.rows; ++row) {
            if (!data.counts(row))
                continue;
            auto cell = cellOf(data.labels[row] == positive, data.predicted(row, positive));
            m_cells[data.strata.cellOf(row) * data.groups.cells() + data.groups.cellOf(row)].add(
                cell, 1, data.weights.empty() ? 1 : data.weights[row]);
        }
    }

    /// The groups by some of the sensitive columns, within a stratum or in all of them.
    Slice slice(const std::vector<std::size_t>& columns, std::optional<std::size_t> stratum) const
    {
        Slice slice;
        slice.weighted = !m_data.weights.empty();
        const auto& division = m_data.groups;
        for (auto column : columns)
            slice.attributes.push_back(division.names()[column]);
        if (stratum)
            slice.control = named(m_data.strata, *stratum);
        std::map<std::vector<std::int32_t>, std::size_t> known;
        for (std::size_t cell = 0; cell < division.cells(); ++cell) {
            std::vector<std::int32_t> key;
            std::vector<std::string> values;
            for (auto column : columns) {
                key.push_back(division.key(cell)[column]);
                values.push_back(division.categories(column)[static_cast<std::size_t>(key.back())]);
            }
            auto [at, isNew] = known.try_emplace(key, slice.groups.size());
            if (isNew)
                slice.groups.push_back({groupName(slice.attributes, values), {}});
            if (isNew)
                slice.values.push_back(values);
            for (std::size_t s = 0; s < m_data.strata.cells(); ++s)
                if (!stratum || s == *stratum) {
                    const auto& confusion = m_cells[s * division.cells() + cell];
                    slice.groups[at->second].confusion += confusion;
                    slice.overall += confusion;
                }
        }
        return slice;
    }

private:
    static std::vector<std::pair<std::string, std::string>> named(const Division& division, std::size_t cell)
    {
        std::vector<std::pair<std::string, std::string>> pairs;
        auto values = division.values(cell);
        for (std::size_t i = 0; i < values.size(); ++i)
            pairs.emplace_back(division.names()[i], values[i]);
        return pairs;
    }

    const FairnessData& m_data;
    std::vector<Confusion> m_cells;
};

/// Each sensitive column alone, then all together.
std::vector<std::vector<std::size_t>> attributeSets(std::size_t columns)
{
    std::vector<std::vector<std::size_t>> sets;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < columns; ++i) {
        sets.push_back({i});
        all.push_back(i);
    }
    if (columns > 1)
        sets.push_back(all);
    return sets;
}

Result<void> comparePrivileged(const Slice& slice, const FairnessOptions& options, Json& disparities)
{
    if (slice.attributes.size() != 1)
        return {};
    const auto& attribute = slice.attributes.front();
    auto found = options.privileged.find(attribute);
    if (found == options.privileged.end())
        return {};
    Group privileged{attribute + "=" + found->second, {}}, unprivileged{attribute + " other", {}};
    bool there = false;
    for (std::size_t i = 0; i < slice.groups.size(); ++i) {
        bool is = slice.values[i].front() == found->second;
        there = there || is;
        (is ? privileged : unprivileged).confusion += slice.groups[i].confusion;
    }
    if (!there)
        return fail(ErrorCode::NotFound, "'" + attribute + "' is never '" + found->second + "'",
                    "The values are those of `by_group`");
    for (const auto& [id, disparity] : compareWithPrivileged(unprivileged, privileged))
        disparities.push_back(disparityJson(slice, id, "privileged", {}, disparity, found->second));
    return {};
}

void addInequality(const Slice& slice, Json& disparities)
{
    auto add = [&](const char* id, double value) {
        Disparity disparity;
        disparity.value = disparity.library = value;
        if (std::isnan(value))
            disparity.undefined = "no group has a benefit";
        disparities.push_back(disparityJson(slice, id, "between_groups", {}, disparity, {}));
    };
    auto entropy = betweenGroupEntropy(slice.groups, 2);
    add("between_group_generalized_entropy_index", entropy);
    add("between_group_theil_index", betweenGroupEntropy(slice.groups, 1));
    add("between_group_coefficient_of_variation", std::sqrt(2 * entropy));
    auto predictions = differentialFairness(slice.groups, false);
    auto labels = differentialFairness(slice.groups, true);
    add("smoothed_empirical_differential_fairness", labels);
    add("smoothed_empirical_differential_fairness_of_predictions", predictions);
    add("differential_fairness_bias_amplification", predictions - labels);
}

Json individual(const Confusion& overall)
{
    return {{"generalized_entropy_index", numberOrNull(generalizedEntropy(overall, 2))},
            {"theil_index", numberOrNull(generalizedEntropy(overall, 1))},
            {"mean_log_deviation", numberOrNull(generalizedEntropy(overall, 0))},
            {"coefficient_of_variation", numberOrNull(coefficientOfVariation(overall))}};
}

ReportCheck checkOf(const Slice& slice, std::string_view metric, const Disparity& disparity, bool most,
                    double limit)
{
    ReportCheck check;
    auto attributes = joined(slice.attributes);
    check.id = std::string(metric) + ":" + attributes;
    check.expected = (most ? "<= " : ">= ") + formatDouble(limit);
    if (!disparity.undefined.empty()) {
        check.observed = "undefined";
        check.message = std::string(metric) + " by " + attributes + " is undefined: " + disparity.undefined;
        return check;
    }
    check.passed = most ? disparity.value <= limit : disparity.value >= limit;
    check.observed = formatDouble(disparity.value);
    check.message = std::string(metric) + " by " + attributes + " is " + check.observed + ", expected " +
                    check.expected + " (convention, not law)";
    return check;
}

void addChecks(const Slice& slice, const FairnessOptions& options, std::vector<ReportCheck>& checks)
{
    auto between = Comparison::BetweenGroups;
    const auto& selection = rateMetric("selection_rate");
    auto odds =
        worstOf(difference(rateMetric("true_positive_rate"), slice.groups, slice.overall, between),
                difference(rateMetric("false_positive_rate"), slice.groups, slice.overall, between), false);
    checks.push_back(checkOf(slice, "demographic_parity_ratio",
                             ratio(selection, slice.groups, slice.overall, between), false,
                             options.minRatio));
    checks.push_back(checkOf(slice, "demographic_parity_difference",
                             difference(selection, slice.groups, slice.overall, between), true,
                             options.maxDifference));
    checks.push_back(checkOf(slice, "equalized_odds_difference", odds, true, options.maxDifference));
    std::uint64_t smallest = slice.overall.count();
    std::string which;
    for (const auto& group : slice.groups)
        if (auto count = group.confusion.count(); count > 0 && (which.empty() || count < smallest)) {
            smallest = count;
            which = group.name;
        }
    checks.push_back({"group_size:" + joined(slice.attributes), Severity::Warning,
                      smallest >= options.minGroup, std::to_string(smallest),
                      ">= " + std::to_string(options.minGroup),
                      "The smallest group, " + which + ", has " + std::to_string(smallest) + " rows"});
}

/// All that is said of one favourable class.
Result<void> describe(const FairnessData& data, const Favourable& favourable, const FairnessOptions& options,
                      Json& results, std::vector<ReportCheck>* checks)
{
    Counted counted(data, favourable.code);
    auto sets = attributeSets(options.sensitive.size());
    auto whole = counted.slice(sets.front(), {});
    results["positive"] = favourable.name;
    results["overall"] = figuresJson(whole.overall, whole.weighted);
    results["by_group"] = Json::array();
    results["disparities"] = Json::array();
    for (const auto& set : sets) {
        auto slice = counted.slice(set, {});
        addGroups(slice, results["by_group"]);
        addDisparities(slice, results["disparities"]);
        SEXTANT_CHECK(comparePrivileged(slice, options, results["disparities"]));
        addInequality(slice, results["disparities"]);
        if (checks)
            addChecks(slice, options, *checks);
    }
    if (!options.control.empty()) {
        results["overall_by_control"] = Json::array();
        for (std::size_t stratum = 0; stratum < data.strata.cells(); ++stratum)
            for (const auto& set : sets) {
                auto slice = counted.slice(set, stratum);
                if (slice.overall.count() == 0)
                    continue;
                if (set == sets.front()) {
                    auto figures = figuresJson(slice.overall, slice.weighted);
                    results["overall_by_control"].push_back({{"control", pairsJson(slice.control)}});
                    results["overall_by_control"].back().update(figures);
                }
                addGroups(slice, results["by_group"]);
                addDisparities(slice, results["disparities"]);
            }
    }
    results["individual"] = individual(whole.overall);
    return {};
}

Json parameters(const FairnessOptions& options)
{
    Json json{{"label", options.label}};
    if (options.score.empty())
        json["prediction"] = options.prediction;
    else
        json.update({{"score", options.score}, {"threshold", options.threshold}});
    json["sensitive"] = options.sensitive;
    json["control"] = options.control;
    json["weight"] = options.weight.empty() ? Json() : Json(options.weight);
    json["privileged"] = options.privileged;
    json["missing"] = options.reading.missing;
    json["max_difference"] = options.maxDifference;
    json["min_ratio"] = options.minRatio;
    json["min_group"] = options.minGroup;
    return json;
}

} // namespace

Result<Report> fairnessReport(const FairnessOptions& options, const Operation& operation)
{
    SEXTANT_TRY(auto file, DataFile::open(options.data, options.reading));
    SEXTANT_TRY(auto data, readFairnessData(file, options, operation));
    SEXTANT_TRY(auto favourable, favourableClasses(data, options));
    Report report;
    report.kind = "fairness";
    report.created = now();
    SEXTANT_TRY(auto input, describeInput("data", options.data, data.rows, operation));
    report.inputs.push_back(std::move(input));
    report.parameters = parameters(options);
    report.conventions = fairnessConventions();
    report.results["excluded"] = {{"without_label", data.withoutLabel},
                                  {"without_prediction", data.withoutPrediction}};
    report.results["empty_combinations"] = data.groups.complete() ? "listed" : "left out, there are too many";
    if (favourable.size() == 1) {
        SEXTANT_CHECK(describe(data, favourable.front(), options, report.results, &report.checks));
        return report;
    }
    report.results["classes"] = Json::array();
    for (const auto& one : favourable) {
        if (operation.cancelled())
            return cancelledError();
        Json results;
        SEXTANT_CHECK(describe(data, one, options, results, nullptr));
        report.results["classes"].push_back(std::move(results));
    }
    return report;
}

} // namespace sextant
