// Ordering follows MLflow: values, then NaN, then missing, in both directions; ties newest first, then by run
// id.
#include "core/table/order.h"
#include "core/table/run_table_builder.h"
#include "core/table/sort.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace sextant {
namespace {

struct Row
{
    std::string id;
    EpochMs start;
    double loss;
    std::string lr;
};

RunTablePtr tableOf(const std::vector<Row>& rows)
{
    RunTableBuilder builder;
    builder.setExperiments({Experiment{}});
    for (const auto& row : rows)
        builder.addRun({.id = row.id, .startTime = row.start});
    for (RowIndex i = 0; i < rows.size(); ++i) {
        if (!isMissing(rows[i].loss))
            builder.setMetric(i, "loss", rows[i].loss);
        if (!rows[i].lr.empty())
            builder.setParam(i, "lr", rows[i].lr);
    }
    return builder.finish();
}

std::string ordered(const RunTable& table, std::vector<SortKey> keys)
{
    std::string ids;
    auto rows = orderRows(table, table.allRows(), keys);
    for (auto row : *rows)
        ids += table.runId(row);
    return ids;
}

const ColumnRef kLoss{ColumnKind::Metric, "loss"};
const ColumnRef kLr{ColumnKind::Param, "lr"};

TEST(Order, DefaultIsNewestFirstThenId)
{
    auto table = tableOf({{"b", 5, 0, ""}, {"a", 5, 0, ""}, {"c", 9, 0, ""}, {"d", kNoTime, 0, ""}});
    EXPECT_EQ(ordered(*table, {}), "cabd");
}

TEST(Order, NanAndMissingStayLast)
{
    auto inf = std::numeric_limits<double>::infinity();
    auto table = tableOf({{"a", 1, 2, ""},
                          {"b", 2, std::nan(""), ""},
                          {"c", 3, kMissing, ""},
                          {"d", 4, -inf, ""},
                          {"e", 5, inf, ""},
                          {"f", 6, -1, ""}});
    EXPECT_EQ(ordered(*table, {{kLoss, true}}), "dfaebc");
    EXPECT_EQ(ordered(*table, {{kLoss, false}}), "eafdbc");
}

TEST(Order, TiesByNewestThenId)
{
    auto table = tableOf({{"b", 1, 0.0, ""}, {"a", 1, -0.0, ""}, {"c", 2, 0, ""}});
    EXPECT_EQ(ordered(*table, {{kLoss, true}}), "cab");
    EXPECT_EQ(ordered(*table, {{kLoss, false}}), "cab");
}

TEST(Order, ParamsAsTextOrAsNumbers)
{
    auto table = tableOf(
        {{"a", 1, 0, "10"}, {"b", 2, 0, "9"}, {"c", 3, 0, ""}, {"d", 4, 0, "auto"}, {"e", 5, 0, "1e-3"}});
    EXPECT_EQ(ordered(*table, {{kLr, true}}), "aebdc");
    EXPECT_EQ(ordered(*table, {{kLr, false}}), "dbeac");
    EXPECT_EQ(ordered(*table, {{kLr, true, true}}), "ebadc");
    EXPECT_EQ(ordered(*table, {{kLr, false, true}}), "abedc");
}

TEST(Order, LaterKeysBreakTies)
{
    auto table = tableOf({{"a", 1, 1, "y"}, {"b", 2, 1, "x"}, {"c", 3, 0, "z"}});
    EXPECT_EQ(ordered(*table, {{kLoss, true}, {kLr, true}}), "cba");
}

TEST(Order, UnknownColumnIsAllMissing)
{
    auto table = tableOf({{"a", 1, 0, ""}, {"b", 2, 0, ""}});
    EXPECT_EQ(ordered(*table, {{{ColumnKind::Metric, "nope"}, true}}), "ba");
}

TEST(Order, ASelectionKeepsOnlyItsRows)
{
    auto table = tableOf({{"a", 1, 3, ""}, {"b", 2, 2, ""}, {"c", 3, 1, ""}});
    std::vector<SortKey> keys{{kLoss, true}};
    EXPECT_EQ(*orderRows(*table, {0, 2}, keys), (std::vector<RowIndex>{2, 0}));
}

TEST(Order, Cancels)
{
    auto table = tableOf({{"a", 1, 3, ""}});
    std::stop_source stop;
    stop.request_stop();
    std::vector<SortKey> keys{{kLoss, true}};
    auto rows = orderRows(*table, {0}, keys, {stop.get_token(), {}});
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, ErrorCode::Cancelled);
}

TEST(Sort, LargeInputsMatchAStableSort)
{
    std::mt19937_64 random(11);
    std::vector<std::uint64_t> ranks(20'000);
    std::vector<RowIndex> rows(ranks.size());
    for (RowIndex i = 0; i < rows.size(); ++i) {
        rows[i] = i;
        ranks[i] = random() % 3 ? rankOf(std::bit_cast<double>(random()), random() % 2) : random() % 5;
    }
    auto expected = rows;
    std::stable_sort(expected.begin(), expected.end(),
                     [&](RowIndex a, RowIndex b) { return ranks[a] < ranks[b]; });
    sortByRank(rows, ranks);
    EXPECT_EQ(rows, expected);
}

} // namespace
} // namespace sextant
