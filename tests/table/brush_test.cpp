// Brushes: which rows lie inside, for numbers, texts, and what is neither.
#include "core/table/brush.h"
#include "core/table/run_table_builder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace sextant {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// loss: 1, 2, 3, NaN, Inf, -Inf, none; lr as text: 0.1, 0.01, none, auto, ...; optimizer: adam or sgd.
RunTablePtr table()
{
    RunTableBuilder builder;
    Experiment experiment;
    experiment.id = "1";
    builder.setExperiments({experiment});
    const double losses[] = {1, 2, 3, std::nan(""), kInfinity, -kInfinity, kMissing};
    const char* rates[] = {"0.1", "0.01", nullptr, "auto", "0.001", "1e-3", " 0.1 "};
    for (RowIndex row = 0; row < 7; ++row) {
        RunTableBuilder::RunRow run{"run" + std::to_string(row), "r", "ada", "file:///a"};
        builder.addRun(run);
        if (!isMissing(losses[row]))
            builder.setMetric(row, "loss", losses[row]);
        if (rates[row])
            builder.setParam(row, "lr", rates[row]);
        if (row < 5)
            builder.setParam(row, "optimizer", row % 2 == 0 ? "adam" : "sgd");
        if (row == 5)
            builder.setParam(row, "optimizer", "");
    }
    return builder.finish();
}

std::vector<RowIndex> inside(const std::vector<Brush>& brushes)
{
    std::vector<RowIndex> rows(7);
    std::iota(rows.begin(), rows.end(), RowIndex(0));
    return rowsInside(*table(), brushes, rows);
}

Brush numbers(ColumnRef column, double low, double high)
{
    Brush brush;
    brush.column = std::move(column);
    brush.numbers = true;
    brush.low = low;
    brush.high = high;
    return brush;
}

using Rows = std::vector<RowIndex>;
const ColumnRef kLoss{ColumnKind::Metric, "loss"}, kRate{ColumnKind::Param, "lr"};

TEST(Brush, WithoutAnyAllRowsAreInside)
{
    EXPECT_EQ(inside({}).size(), 7U);
}

TEST(Brush, BoundsAreInsideAndInfinitiesAreNoNumbers)
{
    EXPECT_EQ(inside({numbers(kLoss, 1, 2)}), (Rows{0, 1}));
    EXPECT_EQ(inside({numbers(kLoss, -kInfinity, kInfinity)}), (Rows{0, 1, 2}));
    EXPECT_EQ(inside({numbers(kLoss, 5, 4)}), Rows{});
}

TEST(Brush, PlacesBeyondTheScaleAreTakenOneByOne)
{
    Brush brush;
    brush.column = kLoss;
    brush.missing = true;
    EXPECT_EQ(inside({brush}), Rows{6});
    brush.notANumber = true;
    EXPECT_EQ(inside({brush}), (Rows{3, 6}));
    brush.positiveInfinity = true;
    brush.negativeInfinity = true;
    EXPECT_EQ(inside({brush}), (Rows{3, 4, 5, 6}));
}

TEST(Brush, TextsThatAreNumbersCompareAsNumbersOthersAreMissing)
{
    EXPECT_EQ(inside({numbers(kRate, 0.001, 0.01)}), (Rows{1, 4, 5}));
    auto brush = numbers(kRate, 0.01, 0.01);
    brush.missing = true;
    EXPECT_EQ(inside({brush}), (Rows{1, 2, 3}));
}

TEST(Brush, CategoriesAreTextsAndEmptyIsOneOfThem)
{
    Brush brush;
    brush.column = {ColumnKind::Param, "optimizer"};
    brush.categorical = true;
    brush.values = {"sgd", ""};
    EXPECT_EQ(inside({brush}), (Rows{1, 3, 5}));
    brush.missing = true;
    EXPECT_EQ(inside({brush}), (Rows{1, 3, 5, 6}));
    brush.column.key = "no such column";
    EXPECT_EQ(inside({brush}).size(), 7U); // none has it
    brush.missing = false;
    EXPECT_TRUE(inside({brush}).empty());
}

TEST(Brush, SeveralNarrowTogetherAndKeepTheOrder)
{
    auto rows =
        rowsInside(*table(), std::vector{numbers(kLoss, 1, 3), numbers(kRate, 0.01, 1)}, {6, 1, 0, 2});
    EXPECT_EQ(rows, (Rows{1, 0}));
}

} // namespace
} // namespace sextant
