// What filters select: NaN, missing values, case, line breaks, other scripts. Each filter is asked of the
// table and of the single runs, which must agree.
#include "core/query/print.h"
#include "core/table/run_table_builder.h"
#include "sample_runs.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace sextant {
namespace {

std::vector<RowIndex> selected(const std::string& text, const MetricSummaries& summaries = {})
{
    auto filter = Filter::parse(text, FilterTarget::Runs, 10'000);
    EXPECT_TRUE(filter) << text << ": " << filter.error().message;
    if (!filter)
        return {kNoRow};
    auto rows = selectRows(*sampleTable(), *filter, summaries);
    EXPECT_TRUE(rows) << text << ": " << rows.error().message;
    return rows ? *rows : std::vector<RowIndex>{kNoRow};
}

std::vector<RowIndex> matching(const std::string& text)
{
    auto filter = Filter::parse(text, FilterTarget::Runs, 10'000);
    auto runs = sampleRuns();
    auto experiments = sampleExperiments();
    std::vector<RowIndex> rows;
    for (RowIndex row = 0; row < runs.size(); ++row)
        if (filter &&
            matches(*filter, *fieldsOf(runs[row], &experiments[runs[row].info.experimentId == "2" ? 1 : 0])))
            rows.push_back(row);
    return rows;
}

struct Row
{
    std::string text;
    std::vector<RowIndex> rows;
};

void PrintTo(const Row& row, std::ostream* out)
{
    *out << row.text;
}

class Selects : public testing::TestWithParam<Row>
{
};

TEST_P(Selects, TheseRuns)
{
    EXPECT_EQ(selected(GetParam().text), GetParam().rows);
    EXPECT_EQ(matching(GetParam().text), GetParam().rows);
}

INSTANTIATE_TEST_SUITE_P(
    Metrics, Selects,
    testing::Values(Row{"metrics.acc > 0.5", {0}}, Row{"metrics.acc = 0", {4}},
                    Row{"metrics.acc < 1", {0, 4}},
                    Row{"metrics.acc != 0.9",
                        {1, 4}}, // a NaN is unequal to everything, as the newest MLflow has it
                    Row{"metrics.acc IS NULL", {2, 3}}, Row{"metrics.acc IS NOT NULL", {0, 1, 4}},
                    Row{"metrics.nothing != 1", {}}, Row{"metrics.nothing IS NULL", {0, 1, 2, 3, 4}},
                    Row{"metrics.loss > 1e300", {2}}, Row{"metrics.loss >= 1.7976931348623157e308", {2}},
                    Row{"metrics.`val/loss` >= 2.5", {4}}, Row{"metrics.acc IN (0, 0.9)", {0, 4}},
                    Row{"metrics.acc NOT IN (0, 7)", {0, 1}}, Row{"NOT metrics.acc > 0.5", {1, 2, 3, 4}}));

INSTANTIATE_TEST_SUITE_P(
    Texts, Selects,
    testing::Values(Row{"params.optimizer = 'adam'", {0}}, Row{"params.optimizer != 'adam'", {1, 2, 4}},
                    Row{"params.optimizer LIKE 'a%'", {0}}, Row{"params.optimizer LIKE '%d%'", {0, 1, 2}},
                    Row{"params.optimizer LIKE '_dam'", {0, 1}}, Row{"params.optimizer ILIKE 'ADAM'", {0, 1}},
                    Row{"params.optimizer NOT ILIKE 'ADAM'", {2, 4}},
                    Row{"NOT params.optimizer ILIKE 'ADAM'", {2, 3, 4}},
                    Row{"params.optimizer IN ('adam', 'sgd')", {0, 2}}, Row{"params.optimizer IS NULL", {3}},
                    Row{"params.note LIKE 'first%second'", {0}}, Row{"params.note = 'first\nsecond'", {0}},
                    Row{"params.optimizer RLIKE '^[as]'", {0, 2}},
                    Row{"params.optimizer RLIKE '(?i)DAM'", {0, 1}},
                    Row{"params.optimizer NOT RLIKE 'd'", {4}}, Row{"params.path = 'C:\\'", {4}},
                    Row{"params.path IN ('C:\\x5c', 'D')", {4}}, Row{"tags.phase = ''", {1}},
                    Row{"tags.phase LIKE '%'", {0, 1}}, Row{"tags.phase IS NOT NULL", {0, 1}},
                    Row{"run_name ILIKE '%ωmega naïve'", {2}}, Row{"run_name LIKE '%ωmega%'", {}},
                    Row{"run_name LIKE '_mega%'", {2}}, Row{"run_name != 'x'", {0, 1, 2, 4}},
                    Row{"run_name IS NULL", {3}}, Row{"run_name = \"it's\"", {}},
                    Row{"run_name LIKE '%100\\%'", {}}, Row{"run_name LIKE '%100%'", {4}}));

INSTANTIATE_TEST_SUITE_P(
    Attributes, Selects,
    testing::Values(Row{"status = 'FINISHED'", {0, 3}}, Row{"status = 'finished'", {}},
                    Row{"status IN ('FAILED', 'KILLED')", {1, 4}}, Row{"run_id = 'ab03'", {2}},
                    Row{"run_id IN ('ab03', 'none', 'aa01')", {0, 2}},
                    Row{"run_id NOT IN ('ab03', 'aa01')", {1, 3, 4}}, Row{"run_id LIKE 'aa%'", {0, 1}},
                    Row{"run_id != 'aa01'", {1, 2, 3, 4}}, Row{"user_id = 'ann'", {0, 1, 2}},
                    Row{"user_id != 'ann'", {3, 4}}, Row{"start_time >= 2000", {1, 2, 4}},
                    Row{"start_time != 2000", {0, 2, 4}}, Row{"start_time IS NULL", {3}},
                    Row{"end_time > 0", {0, 4}}, Row{"start_time > '8s ago'", {2, 4}},
                    Row{"start_time = '1970-01-01'", {0, 1, 2, 4}}, Row{"start_time != '1970-01-01'", {}},
                    Row{"start_time IN (1000, 5000)", {0, 4}}, Row{"duration > '30m'", {4}},
                    Row{"duration <= '1m'", {0}}, Row{"duration IS NULL", {1, 2, 3}},
                    Row{"lifecycle_stage = 'deleted'", {3}}, Row{"experiment_name ILIKE 'GROßE%'", {2}},
                    Row{"experiment_id = '1'", {0, 1, 3, 4}}, Row{"artifact_uri LIKE '%ac05%'", {4}}));

INSTANTIATE_TEST_SUITE_P(
    Datasets, Selects,
    testing::Values(Row{"dataset.name = 'Eval Set'", {2}}, Row{"dataset.name IN ('Eval Set')", {2}},
                    Row{"dataset.name NOT IN ('churn-train')", {2}},
                    Row{"dataset.name != 'churn-train'", {2}},
                    Row{"dataset.name = 'churn-train' AND dataset.name = 'Eval Set'", {2}},
                    Row{"dataset.digest LIKE 'd%'", {2, 4}}, Row{"dataset.context = 'train'", {2}},
                    Row{"dataset.context IS NULL", {0, 1, 3, 4}}, Row{"dataset.name IS NULL", {0, 1, 3}}));

INSTANTIATE_TEST_SUITE_P(
    Superset, Selects,
    testing::Values(Row{"num(params.lr) >= 0.1", {0}}, Row{"num(params.lr) < 0.01", {1}},
                    Row{"num(params.lr) != 5", {0, 1, 4}}, Row{"num(params.lr) IS NULL", {2, 3}},
                    Row{"num(params.lr) IS NOT NULL", {0, 1, 4}},
                    Row{"num(params.lr) IN (0.001, 0.1)", {0, 1}}, Row{"adam", {0, 1}},
                    Row{"'ADAM small'", {0}}, Row{"ab0", {2, 3}}, Row{"suche", {2}}, Row{"ablation", {0}},
                    Row{"adamant", {}}, Row{"NOT adam", {2, 3, 4}},
                    Row{"status = 'FINISHED' OR params.optimizer = 'sgd'", {0, 2, 3}},
                    Row{"(status = 'FINISHED' OR status = 'FAILED') AND metrics.loss IS NOT NULL", {0, 1}},
                    Row{"status = 'FINISHED' OR status = 'FAILED' AND metrics.loss < 0", {0, 3}},
                    Row{"", {0, 1, 2, 3, 4}}));

TEST(Evaluate, HistorySummariesAreUsed)
{
    MetricSummaries summaries;
    summaries["acc"] = {
        {"aa01", 0.1, 0.95, 0.1, 0.9, 10}, {"ac05", 0, 0.5, 0.5, 0, 3}, {"gone", 0, 1, 0, 1, 2}};
    summaries["loss"] = {{"aa01", 0.2, 9, 9, 0.5, 10}};
    EXPECT_EQ(selected("max(metrics.acc) > 0.9", summaries), std::vector<RowIndex>{0});
    EXPECT_EQ(selected("min(metrics.acc) < 0.05", summaries), std::vector<RowIndex>{4});
    EXPECT_EQ(selected("first(metrics.acc) > 0.3", summaries), std::vector<RowIndex>{4});
    EXPECT_EQ(selected("best(metrics.acc) > 0.4", summaries), (std::vector<RowIndex>{0, 4}));
    EXPECT_EQ(selected("best(metrics.loss) <= 0.2", summaries), std::vector<RowIndex>{0});
    EXPECT_EQ(selected("max(metrics.acc) IS NULL", summaries), (std::vector<RowIndex>{1, 2, 3}));
}

TEST(Evaluate, MissingSummariesAreAnError)
{
    auto rows = selectRows(*sampleTable(), *Filter::parse("max(metrics.acc) > 0.9", FilterTarget::Runs));
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, ErrorCode::InvalidArgument);
}

TEST(Evaluate, CanBeCancelled)
{
    std::stop_source source;
    source.request_stop();
    Operation operation{source.get_token(), {}};
    auto rows =
        selectRows(*sampleTable(), *Filter::parse("metrics.acc > 0.9", FilterTarget::Runs), {}, operation);
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, ErrorCode::Cancelled);
}

TEST(Evaluate, FilterOfAnotherTargetIsRefused)
{
    EXPECT_FALSE(selectRows(*sampleTable(), *Filter::parse("name = 'x'", FilterTarget::Experiments)));
}

TEST(Evaluate, EmptyTable)
{
    auto rows =
        selectRows(*RunTableBuilder().finish(),
                   *Filter::parse("NOT (metrics.acc > 0.9 OR adam OR status = 'X')", FilterTarget::Runs));
    ASSERT_TRUE(rows);
    EXPECT_TRUE(rows->empty());
}

TEST(Evaluate, EveryRowOfManyBlocks)
{
    std::vector<sextant::Run> runs(201); // gtest has a Run of its own
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].info.id = "r" + std::to_string(i);
        runs[i].info.experimentId = "1";
        runs[i].metrics = {{"i", static_cast<double>(i), 0, 0}};
        if (i % 50 == 0)
            runs[i].params = {{"rare", std::to_string(i)}};
    }
    auto table = sampleTable(runs);
    auto count = [&](const std::string& text) {
        return selectRows(*table, *Filter::parse(text, FilterTarget::Runs))->size();
    };
    EXPECT_EQ(count("metrics.i >= 0"), 201u);
    EXPECT_EQ(count("metrics.i >= 64 AND metrics.i < 128"), 64u);
    EXPECT_EQ(count("NOT metrics.i = 200"), 200u);
    EXPECT_EQ(count("params.rare IS NULL"), 196u);
    EXPECT_EQ(count("num(params.rare) > 60"), 3u);
}

TEST(Evaluate, OnlyThisValueFindsItsRunWhateverIsInIt)
{
    auto table = sampleTable();
    auto check = [&](const std::vector<TextColumn>& columns, FieldKind kind) {
        for (const auto& column : columns)
            for (RowIndex row = 0; row < table->size(); ++row)
                if (auto value = column.at(row)) {
                    auto rows = selected(equalsClause(kind, column.key, *value));
                    EXPECT_TRUE(std::ranges::find(rows, row) != rows.end()) << column.key << " " << *value;
                }
    };
    check(table->data().params, FieldKind::Param);
    check(table->data().tags, FieldKind::Tag);
    for (const auto* hostile :
         {"it's \"both\"", "\\", "'\\'\"", "line\nbreak'\"", "\\n", "%_", "'", "\"", "`"}) {
        auto clause = equalsClause(FieldKind::Param, "a b.c/d", hostile);
        auto filter = Filter::parse(clause + " AND " + clause + " AND params.x = 'y'", FilterTarget::Runs);
        ASSERT_TRUE(filter) << hostile;
        const auto& compare = std::get<Compare>(std::get<And>(filter->root()->node).parts[1]->node);
        EXPECT_EQ(compare.field.key, "a b.c/d");
        EXPECT_EQ(std::get<std::string>(compare.values.front()), hostile);
    }
}

TEST(Evaluate, BoundsReadSettingsAsNumbers)
{
    EXPECT_EQ(boundClause(FieldKind::Metric, "val/loss", 0.5, true), "metrics.`val/loss` >= 0.5");
    EXPECT_EQ(boundClause(FieldKind::Param, "lr", 1e-4, false).substr(0, 18), "num(params.lr) <= ");
    for (auto clause : {boundClause(FieldKind::Tag, "a b'c", -3, true),
                        boundClause(FieldKind::Attribute, "duration", 1500, false)})
        EXPECT_TRUE(Filter::parse(clause, FilterTarget::Runs)) << clause;
}

TEST(Evaluate, ClausesAreAddedSafely)
{
    auto joined = [](const char* filter) {
        return joinedByAnd(filter, "params.a = 'x'", FilterTarget::Runs);
    };
    EXPECT_EQ(joined(""), "params.a = 'x'");
    EXPECT_EQ(joined("metrics.a > 1"), "metrics.a > 1 AND params.a = 'x'");
    EXPECT_EQ(joined("metrics.a > 1 OR metrics.b > 1"),
              "(metrics.a > 1 OR metrics.b > 1) AND params.a = 'x'");
    EXPECT_EQ(joinedByAnd("adam", "", FilterTarget::Runs), "adam");
}

TEST(Evaluate, DirectionOfMetricsByName)
{
    for (auto name :
         {"loss", "val/loss", "train_loss", "RMSE", "test.mae", "perplexity", "valloss", "wall time"})
        EXPECT_TRUE(lowerIsBetter(name)) << name;
    for (auto name : {"acc", "auc", "f1-score", "times_better", "r2", "errand"})
        EXPECT_FALSE(lowerIsBetter(name)) << name;
}

} // namespace
} // namespace sextant
