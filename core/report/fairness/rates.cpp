#include "core/report/fairness/rates.h"

#include <algorithm>
#include <array>

namespace sextant::fairness {
namespace {

constexpr std::string_view kNoRows = "no rows";
constexpr std::string_view kNoPositives = "no positive labels";
constexpr std::string_view kNoNegatives = "no negative labels";
constexpr std::string_view kNoneSelected = "nothing is predicted positive";
constexpr std::string_view kAllSelected = "nothing is predicted negative";
constexpr std::string_view kNoPositivesAtAll = "no positive labels and nothing is predicted positive";

/// part / whole; where the whole is 0 the libraries say 0, but for a group without rows.
Figure share(const Confusion& c, double part, double whole, std::initializer_list<Cell> partRows,
             std::initializer_list<Cell> wholeRows, std::string_view none)
{
    if (c.count() == 0)
        return {.undefined = kNoRows};
    if (whole == 0)
        return {.library = 0, .undefined = none};
    Proportion proportion;
    for (auto cell : partRows)
        proportion.successes += c.rows[cell];
    for (auto cell : wholeRows)
        proportion.trials += c.rows[cell];
    return {part / whole, part / whole, {}, proportion};
}

Figure selectionRate(const Confusion& c)
{
    auto figure = share(c, c.selected(), c.weight(), {kTruePositive, kFalsePositive},
                        {kTruePositive, kFalsePositive, kTrueNegative, kFalseNegative}, "all weights are 0");
    if (c.weight() == 0)
        figure.library = kUndefined;
    return figure;
}

Figure baseRate(const Confusion& c)
{
    auto figure = share(c, c.positives(), c.weight(), {kTruePositive, kFalseNegative},
                        {kTruePositive, kFalsePositive, kTrueNegative, kFalseNegative}, "all weights are 0");
    if (c.weight() == 0)
        figure.library = kUndefined;
    return figure;
}

Figure truePositiveRate(const Confusion& c)
{
    return share(c, c.tp(), c.positives(), {kTruePositive}, {kTruePositive, kFalseNegative}, kNoPositives);
}

Figure falseNegativeRate(const Confusion& c)
{
    return share(c, c.fn(), c.positives(), {kFalseNegative}, {kTruePositive, kFalseNegative}, kNoPositives);
}

Figure falsePositiveRate(const Confusion& c)
{
    return share(c, c.fp(), c.negatives(), {kFalsePositive}, {kFalsePositive, kTrueNegative}, kNoNegatives);
}

Figure trueNegativeRate(const Confusion& c)
{
    return share(c, c.tn(), c.negatives(), {kTrueNegative}, {kFalsePositive, kTrueNegative}, kNoNegatives);
}

Figure precision(const Confusion& c)
{
    return share(c, c.tp(), c.selected(), {kTruePositive}, {kTruePositive, kFalsePositive}, kNoneSelected);
}

Figure falseDiscoveryRate(const Confusion& c)
{
    return share(c, c.fp(), c.selected(), {kFalsePositive}, {kTruePositive, kFalsePositive}, kNoneSelected);
}

Figure falseOmissionRate(const Confusion& c)
{
    return share(c, c.fn(), c.notSelected(), {kFalseNegative}, {kFalseNegative, kTrueNegative}, kAllSelected);
}

Figure accuracy(const Confusion& c)
{
    return share(c, c.tp() + c.tn(), c.weight(), {kTruePositive, kTrueNegative},
                 {kTruePositive, kFalsePositive, kTrueNegative, kFalseNegative}, "all weights are 0");
}

Figure zeroOneLoss(const Confusion& c)
{
    return share(c, c.fp() + c.fn(), c.weight(), {kFalsePositive, kFalseNegative},
                 {kTruePositive, kFalsePositive, kTrueNegative, kFalseNegative}, "all weights are 0");
}

/// The mean of both rates; scikit-learn takes the one there is when a class has no rows.
Figure balancedAccuracy(const Confusion& c)
{
    auto positive = truePositiveRate(c), negative = trueNegativeRate(c);
    if (c.count() == 0)
        return {.undefined = kNoRows};
    if (!positive.undefined.empty())
        return {.library = negative.value, .undefined = positive.undefined};
    if (!negative.undefined.empty())
        return {.library = positive.value, .undefined = negative.undefined};
    auto value = (positive.value + negative.value) / 2;
    return {.value = value, .library = value};
}

Figure f1(const Confusion& c)
{
    auto figure = share(c, 2 * c.tp(), 2 * c.tp() + c.fp() + c.fn(), {}, {}, kNoPositivesAtAll);
    figure.proportion.reset();
    return figure;
}

constexpr std::array<RateMetric, 14> kMetrics{{
    {"selection_rate", selectionRate, "share of rows that are predicted positive"},
    {"base_rate", baseRate, "share of rows that are labelled positive"},
    {"true_positive_rate", truePositiveRate, "share of labelled positives that are predicted positive"},
    {"false_negative_rate", falseNegativeRate, "share of labelled positives that are predicted negative"},
    {"false_positive_rate", falsePositiveRate, "share of labelled negatives that are predicted positive"},
    {"true_negative_rate", trueNegativeRate, "share of labelled negatives that are predicted negative"},
    {"accuracy_score", accuracy, "share of rows that are predicted as labelled"},
    {"zero_one_loss", zeroOneLoss, "share of rows that are not predicted as labelled"},
    {"balanced_accuracy_score", balancedAccuracy, "mean of true positive and true negative rate"},
    {"precision_score", precision, "share of predicted positives that are labelled positive"},
    {"recall_score", truePositiveRate, "the true positive rate"},
    {"f1_score", f1, "harmonic mean of precision and recall"},
    {"false_discovery_rate", falseDiscoveryRate, "share of predicted positives that are labelled negative"},
    {"false_omission_rate", falseOmissionRate, "share of predicted negatives that are labelled positive"},
}};

} // namespace

std::span<const RateMetric> rateMetrics()
{
    return kMetrics;
}

const RateMetric& rateMetric(std::string_view id)
{
    return *std::find_if(kMetrics.begin(), kMetrics.end(),
                         [&](const auto& metric) { return metric.id == id; });
}

} // namespace sextant::fairness
