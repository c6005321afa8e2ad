// Brushes as filter text: what the clause selects is what lies inside of the brush.
#include "core/query/brush_clause.h"
#include "core/query/evaluate.h"
#include "core/table/run_table_builder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace sextant {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const ColumnRef kLoss{ColumnKind::Metric, "val/loss"}, kRate{ColumnKind::Param, "lr"},
    kPlain{ColumnKind::Metric, "plain"}, kTeam{ColumnKind::Tag, "the team"};

/// Every kind of value a column can have.
RunTablePtr table()
{
    RunTableBuilder builder;
    Experiment experiment;
    experiment.id = "1";
    builder.setExperiments({experiment});
    const double losses[] = {1, 2, 0, std::nan(""), kInfinity, -kInfinity, kMissing, -3};
    const char* rates[] = {"0.1", "0.01", nullptr, "auto", "0.001", "1e-3", " 0.1 ", "inf"};
    const char* teams[] = {"red", "it's \"x\"", nullptr, "", "ends\\", "red", "blue", "Red"};
    for (RowIndex row = 0; row < 8; ++row) {
        builder.addRun(RunTableBuilder::RunRow{"run" + std::to_string(row), "r", "ada", "file:///a"});
        if (!isMissing(losses[row]))
            builder.setMetric(row, "val/loss", losses[row]);
        builder.setMetric(row, "plain", row);
        if (rates[row])
            builder.setParam(row, "lr", rates[row]);
        if (teams[row])
            builder.setTag(row, "the team", teams[row]);
    }
    return builder.finish();
}

void expectSame(const Brush& brush)
{
    const auto runs = table();
    std::vector<RowIndex> all(runs->size());
    std::iota(all.begin(), all.end(), RowIndex(0));
    const auto inside = rowsInside(*runs, std::vector{brush}, all);
    for (const RunTable* known :
         {static_cast<const RunTable*>(runs.get()), static_cast<const RunTable*>(nullptr)}) {
        const auto clause = brushClause(brush, known);
        if (clause.empty()) { // the filter has no words for nothing
            EXPECT_TRUE(inside.empty());
            continue;
        }
        auto filter = Filter::parse(clause, FilterTarget::Runs);
        ASSERT_TRUE(filter) << clause;
        auto selected = selectRows(*runs, *filter);
        ASSERT_TRUE(selected) << clause;
        EXPECT_EQ(*selected, inside) << clause;
    }
}

TEST(BrushClause, SelectsWhatLiesInside)
{
    const double bounds[] = {-kInfinity, -3,   0, std::numeric_limits<double>::denorm_min(),
                             0.001,      0.01, 2, kInfinity};
    for (const auto& column : {kLoss, kRate, kPlain, kTeam}) {
        for (double low : bounds)
            for (double high : bounds)
                for (int flags = 0; flags < 16; ++flags) {
                    Brush brush{.column = column, .numbers = true, .low = low, .high = high};
                    brush.missing = (flags & 1) != 0;
                    brush.notANumber = (flags & 2) != 0;
                    brush.negativeInfinity = (flags & 4) != 0;
                    brush.positiveInfinity = (flags & 8) != 0;
                    expectSame(brush);
                }
    }
    for (const auto& values : std::vector<std::vector<std::string>>{
             {"red"}, {"red", "blue"}, {"it's \"x\""}, {"ends\\", ""}, {"no such"}})
        for (bool missing : {false, true}) {
            Brush brush{.column = kTeam, .categorical = true, .values = values};
            brush.missing = missing;
            expectSame(brush);
        }
}

TEST(BrushClause, ReadsAsPeopleWriteIt)
{
    const auto runs = table();
    auto text = [&](Brush brush) { return brushClause(brush, runs.get()); };
    EXPECT_EQ(text({.column = kPlain, .numbers = true, .low = 1, .high = 2.5}),
              "metrics.plain >= 1 AND metrics.plain <= 2.5");
    EXPECT_EQ(text({.column = kPlain, .numbers = true, .high = 2.5}), "metrics.plain <= 2.5");
    EXPECT_EQ(text({.column = kLoss, .numbers = true, .high = 2.5}),
              "metrics.`val/loss` > -1e999 AND metrics.`val/loss` <= 2.5")
        << "a run has -Inf, which no brush of numbers takes in";
    EXPECT_EQ(text({.column = kRate, .numbers = true, .low = 0.01, .high = 0.1, .missing = true}),
              "((num(params.lr) >= 0.01 AND num(params.lr) <= 0.1) OR num(params.lr) IS NULL)");
    EXPECT_EQ(text({.column = kTeam, .categorical = true, .values = {"red"}}), "tags.`the team` = 'red'");
    EXPECT_EQ(text({.column = kTeam}), "") << "nothing lies in it";
}

} // namespace
} // namespace sextant
