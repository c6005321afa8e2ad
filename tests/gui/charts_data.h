// Curves for the tests of charts: what trainings look like.
#pragma once

#include "tests/series/series_data.h"
#include "ui/charts/line_series.h"
#include "ui/theme/theme.h"

#include <cmath>
#include <random>

namespace sextant::test {

/// A falling loss with noise, `count` points a second apart, steps `stride` apart.
inline HistoryPtr lossHistory(std::size_t count, unsigned seed, double level, std::int64_t stride = 1,
                              double noise = 0.02)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(0, noise);
    std::vector<std::int64_t> steps(count);
    std::vector<EpochMs> times(count);
    std::vector<double> values(count);
    for (std::size_t index = 0; index < count; ++index) {
        const double done = static_cast<double>(index) / static_cast<double>(count);
        steps[index] = static_cast<std::int64_t>(index) * stride;
        times[index] = 1'763'397'240'000 + static_cast<EpochMs>(index) * 740;
        values[index] = level + 1.1 * std::exp(-9 * done) + 0.15 * (1 - done) + normal(random);
    }
    return makeHistory(std::move(steps), std::move(times), std::move(values));
}

inline LineSeries makeSeries(int index, const QString& name, const HistoryPtr& history,
                             const CurveRequest& request = {})
{
    const auto prepared = prepareCurve(history, request);
    LineSeries series;
    series.runId = QStringLiteral("run%1").arg(index);
    series.name = name;
    series.color = Theme::current().series(index);
    series.curve = prepared->raw;
    series.smoothed = prepared->smoothed;
    return series;
}

inline std::vector<LineSeries> lossSeries(int runs, std::size_t count, const CurveRequest& request = {},
                                          double noise = 0.02)
{
    const char* names[] = {"muon-lr2e-2-s3",  "muon-lr2e-2-s1",       "adamw-lr6e-4-s3", "adamw-lr6e-4-s1",
                           "adamw-lr1e-3-s1", "adamw-lr3e-4-s1",      "lion-lr1e-4-s1",  "lion-lr2e-4-s1",
                           "sophia-g-s1",     "sgd-nesterov-lr0.3-s1"};
    std::vector<LineSeries> series;
    for (int run = 0; run < runs; ++run) {
        const auto seed = static_cast<unsigned>(run + 1);
        series.push_back(makeSeries(
            run, QString::fromLatin1(names[run % 10]),
            lossHistory(count, seed, 2.85 + 0.03 * run, static_cast<std::int64_t>(100'000 / count), noise),
            request));
    }
    return series;
}

} // namespace sextant::test
