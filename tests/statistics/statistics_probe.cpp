// Reads JSON lines {"do": "summary", "x": […], "y": […]} and answers each with our figures, for the
// comparison with SciPy, pandas and scikit-learn. NaN and infinities are the texts Python writes; undefined
// figures are null.
#include "core/statistics/correlation.h"
#include "core/statistics/forest.h"
#include "core/statistics/histogram.h"
#include "core/statistics/mean_test.h"
#include "ui/charts/triangulation.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

using namespace sextant;
using nlohmann::json;

namespace {

std::vector<double> numbers(const json& list)
{
    std::vector<double> values;
    for (const auto& item : list)
        values.push_back(item.is_string() ? std::strtod(item.get<std::string>().c_str(), nullptr)
                                          : item.get<double>());
    return values;
}

json answer(const Summary& s)
{
    return {{"count", s.count},
            {"nan", s.nan},
            {"infinite", s.infinite},
            {"mean", s.mean},
            {"std", s.deviation},
            {"sem", s.standardError},
            {"low", s.confidence.low},
            {"high", s.confidence.high},
            {"min", s.min},
            {"max", s.max},
            {"median", s.median}};
}

json answer(const MeanTest& t)
{
    return {{"statistic", t.statistic},
            {"df", t.degreesOfFreedom},
            {"p", t.pValue},
            {"difference", t.difference},
            {"low", t.differenceInterval.low},
            {"high", t.differenceInterval.high},
            {"effect", t.effect},
            {"corrected", t.effectCorrected},
            {"undefined", t.undefined},
            {"exact", t.exact}};
}

json answer(const Correlation& c)
{
    return {{"coefficient", c.coefficient}, {"p", c.pValue}, {"pairs", c.pairs}, {"undefined", c.undefined}};
}

json answer(const TrendLine& t)
{
    return {{"slope", t.slope},
            {"intercept", t.intercept},
            {"slope_error", t.slopeError},
            {"intercept_error", t.interceptError},
            {"p", t.pValue},
            {"r2", t.rSquared}};
}

json forest(const json& question)
{
    std::vector<Feature> features;
    for (const auto& column : question["features"])
        features.push_back({std::to_string(features.size()), numbers(column), false});
    ForestOptions options;
    options.seed = question.value("seed", options.seed);
    auto report = forestImportance(features, numbers(question["y"]), options).value();
    std::vector<double> importance(features.size());
    for (const auto& feature : report.features)
        importance[feature.feature] = feature.importance;
    return {{"r2", report.outOfBagR2}, {"importance", importance}, {"undefined", report.undefined}};
}

json histogram(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto bins = histogramBins(values, 1000);
    return {{"edges", bins.edges},
            {"counts", histogramCounts(bins, values)},
            {"rule", bins.rule == HistogramBins::Rule::FreedmanDiaconis ? "fd" : "sturges"}};
}

json triangles(const std::vector<double>& x, const std::vector<double>& y)
{
    std::vector<PlanePoint> points;
    for (std::size_t index = 0; index < x.size(); ++index)
        points.push_back({x[index], y[index]});
    return {{"triangles", delaunayTriangles(points)}};
}

json answer(const json& question)
{
    auto what = question["do"].get<std::string>();
    if (what == "forest")
        return forest(question);
    auto x = numbers(question["x"]), y = numbers(question.value("y", json::array()));
    if (what == "summary")
        return answer(summarize(x));
    if (what == "histogram")
        return histogram(x);
    if (what == "quantile") {
        std::sort(x.begin(), x.end());
        return {{"value", quantile(x, y.front())}};
    }
    if (what == "triangles")
        return triangles(x, y);
    if (what == "welch")
        return answer(welchTest(x, y));
    if (what == "paired")
        return answer(pairedTest(x, y));
    if (what == "signed rank")
        return answer(signedRankTest(x, y));
    if (what == "pearson")
        return answer(pearson(x, y));
    if (what == "spearman")
        return answer(spearman(x, y));
    if (what == "kendall")
        return answer(kendall(x, y));
    return answer(trendLine(x, y));
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(json::parse(line)).dump() << std::endl;
}
