// Wilcoxon's signed-rank test.
#include "core/statistics/distributions.h"
#include "core/statistics/mean_test.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sextant {

namespace {

// Where SciPy's test turns from counting to the normal approximation; equal figures are worth more here than
// counting further.
constexpr std::size_t kMostExact = 50, kMostExactTied = 13;
constexpr double kUsualLevel = 0.05;

/// Differences that are not 0 by their size, ranked: equal ones share the mean of their ranks.
struct Ranked
{
    std::vector<std::size_t> twice; // twice the rank of each, a whole number
    std::size_t positive = 0;       // twice the sum of ranks above 0
    std::size_t all = 0;            // twice the sum of all ranks
    double tieCubes = 0;            // sum of t^3 - t over ties of t values
};

Ranked rankedOf(std::vector<double> differences)
{
    std::sort(differences.begin(), differences.end(),
              [](double one, double other) { return std::abs(one) < std::abs(other); });
    Ranked ranked;
    for (std::size_t begin = 0; begin < differences.size();) {
        auto end = begin;
        while (end < differences.size() && std::abs(differences[end]) == std::abs(differences[begin]))
            ++end;
        const auto rank = begin + end + 1; // twice the mean of begin + 1 to end
        for (auto at = begin; at < end; ++at) {
            ranked.twice.push_back(rank);
            ranked.positive += differences[at] > 0 ? rank : 0;
            ranked.all += rank;
        }
        const auto ties = static_cast<double>(end - begin);
        ranked.tieCubes += ties * ties * ties - ties;
        begin = end;
    }
    return ranked;
}

/// Two-sided p by the number of sign patterns whose sum is no larger. All counts are below 2^53.
double exactTail(const Ranked& ranked, std::size_t smaller)
{
    std::vector<double> patterns(ranked.all + 1);
    patterns[0] = 1;
    for (std::size_t reach = 0; const auto rank : ranked.twice) {
        reach += rank;
        for (auto sum = reach; sum >= rank; --sum)
            patterns[sum] += patterns[sum - rank];
    }
    const auto low = std::accumulate(patterns.begin(), patterns.begin() + std::ptrdiff_t(smaller) + 1, 0.0);
    return std::min(1.0, 2 * std::ldexp(low, -static_cast<int>(ranked.twice.size())));
}

double normalApproximation(const Ranked& ranked)
{
    const auto n = static_cast<double>(ranked.twice.size());
    const auto deviation = std::sqrt((n * (n + 1) * (2 * n + 1) - ranked.tieCubes / 2) / 24);
    return normalTail((static_cast<double>(ranked.positive) / 2 - n * (n + 1) / 4) / deviation);
}

/// What so few pairs can't show, whatever they are.
void addSizeDoubt(MeanTest& test, std::size_t pairs)
{
    const auto least = std::ldexp(2.0, -static_cast<int>(std::min<std::size_t>(pairs, 60)));
    if (least > kUsualLevel)
        test.assumptions.push_back("With " + std::to_string(pairs) + (pairs == 1 ? " pair" : " pairs") +
                                   " that differ, p can't be below 0.05 whatever the values are");
}

} // namespace

MeanTest signedRankTest(std::span<const double> first, std::span<const double> second)
{
    auto test = pairedTest(first, second); // for its pairs and their summaries
    test = {.kind = MeanTestKind::SignedRank,
            .first = test.first,
            .second = test.second,
            .pairs = test.pairs,
            .left = test.left};
    test.assumptions = {"The pairs are independent of each other",
                        "The differences within pairs are spread alike above and below their median"};
    std::vector<double> all, differences;
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (std::isfinite(first[i]) && std::isfinite(second[i]))
            all.push_back(first[i] - second[i]);
    }
    if (all.empty()) {
        test.undefined = "there is no pair of finite values";
        return test;
    }
    test.difference = summarize(all).median;
    std::copy_if(all.begin(), all.end(), std::back_inserter(differences),
                 [](double difference) { return difference != 0; });
    test.equal = all.size() - differences.size();
    if (differences.empty()) {
        test.undefined = "both values are equal in every pair";
        return test;
    }
    const auto ranked = rankedOf(std::move(differences));
    const auto negative = ranked.all - ranked.positive, smaller = std::min(ranked.positive, negative);
    test.statistic = static_cast<double>(smaller) / 2;
    test.exact = all.size() <= (test.equal > 0 || ranked.tieCubes > 0 ? kMostExactTied : kMostExact);
    test.pValue = test.exact ? exactTail(ranked, smaller) : normalApproximation(ranked);
    test.effect = (static_cast<double>(ranked.positive) - static_cast<double>(negative)) /
                  static_cast<double>(ranked.all);
    test.effectCorrected = test.effect;
    addSizeDoubt(test, ranked.twice.size());
    return test;
}

} // namespace sextant
