// Benches of what is computed on a table of runs: groups and their figures and the matrix of differences.
// Usage: table_bench FOLDER-OF-STORES
#include "core/store/open.h"
#include "core/table/differences.h"
#include "core/table/groups.h"
#include "core/table/run_table_builder.h"
#include "tests/bench/measure.h"

#include <cmath>
#include <iostream>
#include <random>

namespace sextant::bench {
namespace {

constexpr std::size_t kRuns = 100'000;

/// Runs with a param of few values, one of fifty, one that differs in each run, and two metrics.
RunTablePtr manyRuns()
{
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> unit(0, 1);
    RunTableBuilder builder;
    builder.setExperiments({Experiment{.id = "1", .name = "bench"}});
    for (std::size_t i = 0; i < kRuns; ++i)
        builder.addRun({.id = "run" + std::to_string(i), .startTime = static_cast<EpochMs>(i)});
    for (RowIndex row = 0; row < kRuns; ++row) {
        builder.setParam(row, "optimizer", std::to_string(random() % 5));
        builder.setParam(row, "seed", std::to_string(random() % 50));
        builder.setMetric(row, "loss", unit(random));
        if (row % 20)
            builder.setMetric(row, "skewed", std::exp(30 * unit(random)));
    }
    return builder.finish();
}

struct Tally
{
    double count = 0, sum = 0, squares = 0, min = 0, max = 0;
};

/// The floor: reads each code and each value once and adds up.
double onePass(const TextColumn& codes, const MetricColumn& values)
{
    std::vector<Tally> tallies(codes.values.size());
    for (RowIndex row = 0; row < kRuns; ++row) {
        auto value = values.at(row);
        auto code = codes.codeAt(row);
        if (code == TextColumn::kNoCode || !std::isfinite(value))
            continue;
        auto& tally = tallies[code];
        ++tally.count;
        tally.sum += value;
        tally.squares += value * value;
        tally.min = std::min(tally.min, value);
        tally.max = std::max(tally.max, value);
    }
    return tallies.front().squares;
}

void groups(Budgets& budgets)
{
    auto table = manyRuns();
    auto rows = table->allRows();
    double kept = 0;
    for (auto [param, metric] :
         {std::pair{"optimizer", "loss"}, std::pair{"seed", "loss"}, std::pair{"seed", "skewed"}}) {
        const auto& codes = *table->param(param);
        const auto& values = *table->metric(metric);
        auto floor = fastest(60, [&] { kept += onePass(codes, values); });
        std::size_t made = 0;
        auto ours = fastest(60, [&] {
            auto found = groupRows(table, rows, {{{ColumnKind::Param, param}, true}}).value();
            made = summarizeGroups(found, {ColumnKind::Metric, metric}, Better::Lower).value().size();
        });
        auto found = groupRows(table, rows, {{{ColumnKind::Param, param}, true}}).value();
        auto figures = fastest(60, [&] {
            made = summarizeGroups(found, {ColumnKind::Metric, metric}, Better::Lower).value().size();
        });
        auto what = std::to_string(made) + " groups of 100,000 runs: " + metric;
        budgets.atMost("C6", (what + ", figures").c_str(), figures / floor, 3, "of one pass",
                       milliseconds(figures, floor));
        budgets.atMost("C6", (what + ", grouping too").c_str(), ours / floor, 3, "of one pass",
                       milliseconds(ours, floor));
    }
    if (kept == 0)
        std::puts("nothing was measured");
}

void differences(Budgets& budgets, const std::string& file)
{
    RunTablePtr table;
    auto load = fastest(3, [&] {
        auto store = openStore(file, {});
        table = store ? store->tracking->runs({{}, ViewType::All}, {}).value_or(nullptr) : nullptr;
    });
    if (!table) {
        std::cerr << file << " can't be read\n";
        std::exit(2);
    }
    DifferencesPtr matrix;
    std::size_t shown = 0;
    auto open = fastest(5, [&] {
        matrix = findDifferences(table, {.runs = table->allRows()}).value();
        shown = matrix->select(true, DifferenceOrder::Variation).size();
    });
    auto what = "differences of " + std::to_string(table->size()) + " runs x " +
                std::to_string(matrix->rows().size()) + " rows";
    budgets.atMost("C5", what.c_str(), (load + open) / load, 2, "of loading them",
                   milliseconds(load + open, load));
    auto cells = fastest(5, [&] {
        for (std::size_t row = 0; row < 40; ++row)
            for (std::size_t column = 0; column < matrix->runs(); ++column)
                shown += matrix->change(row, column, 0).differs;
    });
    budgets.atMost("C5", "a screen of 40 x 300 cells against a baseline", cells, 16,
                   "ms of the window's thread", "");
}

} // namespace
} // namespace sextant::bench

int main(int argc, char** argv)
{
    using namespace sextant::bench;
    if (argc != 2) {
        std::cerr << "usage: table_bench FOLDER-OF-STORES\n";
        return 2;
    }
    Budgets budgets;
    groups(budgets);
    differences(budgets, std::string(argv[1]) + "/wide300.db");
    return budgets.exitCode();
}
