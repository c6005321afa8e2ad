// Reading databases made by hand: schemas of all ages, values that real life holds, plans, and the registry.
#include "core/store/sqlite/sqlite_store.h"
#include "tests/store/sample_database.h"

#include <cmath>
#include <limits>

namespace sextant {
namespace {

using namespace test;

class SqliteReading : public testing::Test
{
protected:
    Store open(const std::string& file)
    {
        auto store = openSqliteStore(file);
        EXPECT_TRUE(store) << store.error().message << " " << store.error().detail;
        return store.value_or(Store());
    }
    static RunTablePtr runs(Store& store, const RunsRequest& request = {{}, ViewType::All})
    {
        auto table = store.tracking->runs(request, {});
        EXPECT_TRUE(table) << table.error().message << " " << table.error().detail;
        return table.value_or(nullptr);
    }
    TemporaryFolder folder;
};

TEST_F(SqliteReading, readsOddValuesAndCountsWhatItSkips)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute(
        "PRAGMA ignore_check_constraints = on;"
        "INSERT INTO latest_metrics VALUES ('nan', 0, 1, 1, 1, 'run1'), ('up', 1.7976931348623157e308, 1, 1, "
        "0, 'run1'),"
        "('down', -1.7976931348623157e308, 1, 1, 0, 'run1'), ('whole', 3, 1, 1, 0, 'run1'), ('words', 'abc', "
        "1, 1, 0, 'run1'),"
        "('', 1, 1, 1, 0, 'run1'), ('stranger', 1, 1, 1, 0, 'no such run');"
        "INSERT INTO tags VALUES ('null', NULL, 'run1'), ('bad', CAST(x'61ff62' AS TEXT), 'run1'), ('blob', "
        "x'6162', 'run1'), "
        "('number', 12, 'run1'); INSERT INTO params VALUES ('größe', '1', 'run1');" +
        runSql("broken") +
        "UPDATE runs SET status = 'EXPLODED', start_time = NULL, user_id = NULL WHERE run_uuid = 'broken';" +
        runSql("lost") + "UPDATE runs SET lifecycle_stage = 'limbo' WHERE run_uuid = 'lost';");
    auto store = open(file);
    auto table = runs(store);
    ASSERT_EQ(table->size(), 2U);
    auto row = *table->find("run1");
    EXPECT_TRUE(std::isnan(table->metric("nan")->at(row)));
    EXPECT_FALSE(isMissing(table->metric("nan")->at(row)));
    EXPECT_EQ(table->metric("up")->at(row), std::numeric_limits<double>::infinity());
    EXPECT_EQ(table->metric("down")->at(row), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(table->metric("whole")->at(row), 3);
    EXPECT_EQ(table->metric("words"), nullptr);
    EXPECT_EQ(table->tag("null")->at(row), "");
    EXPECT_EQ(table->tag("bad")->at(row), "a\xEF\xBF\xBD"
                                          "b");
    EXPECT_EQ(table->tag("blob")->at(row), "ab");
    EXPECT_EQ(table->tag("number")->at(row), "12");
    EXPECT_EQ(table->param("größe")->at(row), "1");
    auto broken = *table->find("broken");
    EXPECT_EQ(table->status(broken), RunStatus::Running);
    EXPECT_EQ(table->startTime(broken), kNoTime);
    EXPECT_EQ(store.tracking->warnings().size(), 4U);
    runs(store);
    EXPECT_EQ(store.tracking->warnings().size(), 4U) << "each place once";
    EXPECT_EQ(store.tracking->run("run1")->tags["bad"], "a\xEF\xBF\xBD"
                                                        "b");
}

TEST_F(SqliteReading, takesNamesFromTheTagWhereTheColumnIsEmpty)
{
    auto file = newDatabase(folder);
    OtherWriter(file).execute(runSql("a") + runSql("b") +
                              "UPDATE runs SET name = ''; UPDATE runs SET name = NULL WHERE run_uuid = 'b';"
                              "INSERT INTO tags VALUES ('mlflow.runName', 'from tag', 'a');");
    auto store = open(file);
    auto table = runs(store);
    EXPECT_EQ(table->name(*table->find("a")), "from tag");
    EXPECT_EQ(table->name(*table->find("b")), "");
    EXPECT_EQ(store.tracking->run("a")->info.name, "from tag");
}

TEST_F(SqliteReading, choosesExperimentsAndViews)
{
    auto file = newDatabase(folder);
    OtherWriter(file).execute("INSERT INTO experiments VALUES (7, 'seven', '', 'active', 5, 5, 'default'), "
                              "(8, 'gone', '', 'deleted', 6, 6, 'default');" +
                              runSql("a") + runSql("b", "", "7") + runSql("c", "", "8") +
                              runSql("d", "", "8") +
                              "UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid IN ('b', 'd');");
    auto store = open(file);
    auto ids = [&](const RunsRequest& request) {
        auto table = runs(store, request);
        std::string text;
        for (RowIndex row = 0; row < table->size(); ++row)
            text += std::string(table->runId(row)) + "@" + table->experiment(row).id + " ";
        return text;
    };
    EXPECT_EQ(ids({{}, ViewType::ActiveOnly}), "a@0 ");
    EXPECT_EQ(ids({{}, ViewType::DeletedOnly}), "b@7 d@8 ");
    EXPECT_EQ(ids({{}, ViewType::All}), "a@0 b@7 c@8 d@8 ");
    EXPECT_EQ(ids({{"8", "8", "0"}, ViewType::ActiveOnly}), "a@0 c@8 ");
    EXPECT_EQ(store.tracking->runs({{"99"}, ViewType::All}, {}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store.tracking->experiments(ViewType::ActiveOnly)->front().id, "0") << "newest first";
}

TEST_F(SqliteReading, givesTheRunListEarly)
{
    auto store = open(smallDatabase(folder));
    RunTablePtr early;
    int calls = 0;
    auto table = store.tracking->runs({}, {}, [&](RunTablePtr list) {
        early = std::move(list);
        ++calls;
    });
    ASSERT_TRUE(table && early);
    EXPECT_EQ(calls, 1);
    EXPECT_FALSE(early->complete());
    EXPECT_EQ(early->runId(0), "run1");
    EXPECT_EQ(early->metric("loss"), nullptr);
    EXPECT_TRUE((*table)->complete());
}

TEST_F(SqliteReading, readsSchemasAsOldAsTheRegistry)
{
    auto file = folder / "old.db";
    OtherWriter(file).execute(
        "CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, artifact_location TEXT, "
        "lifecycle_stage TEXT);"
        "CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, user_id TEXT, status TEXT, start_time "
        "BIGINT, end_time BIGINT,"
        " lifecycle_stage TEXT, artifact_uri TEXT, experiment_id INTEGER);"
        "CREATE TABLE metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT DEFAULT "
        "0, is_nan BOOLEAN DEFAULT 0);"
        "CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT); CREATE TABLE tags (key TEXT, value TEXT, "
        "run_uuid TEXT);"
        "CREATE TABLE registered_models (name TEXT PRIMARY KEY, creation_time BIGINT, last_updated_time "
        "BIGINT, description TEXT);"
        "CREATE TABLE model_versions (name TEXT, version INTEGER, creation_time BIGINT, last_updated_time "
        "BIGINT, description TEXT,"
        " user_id TEXT, current_stage TEXT, source TEXT, run_id TEXT, status TEXT, status_message TEXT);"
        "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES "
        "('2b4d017a5e9b');"
        "INSERT INTO experiments VALUES (0, 'Default', './mlruns/0', 'active');" +
        runSql("run1") +
        "INSERT INTO metrics VALUES ('loss', 3, 30, 'run1', 2, 0), ('loss', 2, 20, 'run1', 3, 0), ('loss', "
        "0, 10, 'run1', 1, 1);"
        "INSERT INTO registered_models VALUES ('m', 1, 2, 'd');"
        "INSERT INTO model_versions VALUES ('m', 1, 1, 2, '', 'ada', 'Staging', 's', 'run1', 'READY', '');");
    auto store = open(file);
    auto table = runs(store);
    EXPECT_EQ(table->metric("loss")->at(0), 2) << "the latest is the greatest step";
    EXPECT_EQ(store.tracking->run("run1")->metrics.front().value, 2);
    auto history = *store.tracking->history("run1", "loss", {});
    EXPECT_EQ(std::vector(history->steps.begin(), history->steps.end()),
              (std::vector<std::int64_t>{1, 3, 2}));
    EXPECT_EQ(store.registry->modelVersions("m")->front().stage, Stage::Staging);
    auto info = store.tracking->info();
    EXPECT_FALSE(info.capabilities.aliases || info.capabilities.datasets || info.capabilities.writable);
    EXPECT_TRUE(store.tracking->loggedModels({})->empty());
}

TEST_F(SqliteReading, historiesAreTheSameByEveryPlan)
{
    auto file = newDatabase(folder);
    OtherWriter writer(file);
    // Points with one step, with one timestamp, out of order, and those of another run in between.
    writer.execute(
        "BEGIN;" + runSql("run1") + runSql("run2") +
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999) "
        "INSERT INTO metrics SELECT 'loss', i * 0.5, CASE WHEN i < 30000 THEN 5 ELSE 70000 - i END, "
        "'run' || (1 + i % 2), CASE WHEN i > 50000 THEN 9 ELSE i END, 0 FROM n;"
        "INSERT INTO metrics VALUES ('loss', 0, 4, 'run1', -3, 1), ('loss', 1.7976931348623157e308, 4, "
        "'run1', -3, 0);"
        "COMMIT");
    std::vector<std::vector<double>> answers;
    for (const char* change :
         {"SELECT 1", "DROP INDEX index_metrics_run_uuid_key_step", "DROP INDEX index_metrics_run_uuid",
          "CREATE TABLE copied AS SELECT * FROM metrics; DROP TABLE metrics; ALTER TABLE copied RENAME TO "
          "metrics"}) {
        writer.execute(change);
        auto store = open(file);
        auto history = store.tracking->history("run1", "loss", {});
        ASSERT_TRUE(history) << change << history.error().message << history.error().detail;
        const auto& points = **history;
        ASSERT_EQ(points.size(), 30'002U) << change;
        for (std::size_t i = 1; i < points.size(); ++i)
            ASSERT_LE(std::pair(points.timestamps[i - 1], points.steps[i - 1]),
                      std::pair(points.timestamps[i], points.steps[i]));
        EXPECT_TRUE(std::isnan(points.values[0]));
        EXPECT_TRUE(std::isinf(points.values[1]));
        answers.emplace_back(points.values.begin() + 1, points.values.end());
        EXPECT_EQ(answers.back(), answers.front()) << change;
        auto summaries = *store.tracking->metricSummaries("loss", {});
        ASSERT_EQ(summaries.size(), 2U);
        EXPECT_EQ(summaries[0].points, 30'002U);
        EXPECT_EQ(summaries[0].min, 0);
        EXPECT_TRUE(std::isinf(summaries[0].max));
        EXPECT_TRUE(std::isnan(summaries[0].first)) << "of one step and time the lowest stored value";
        EXPECT_EQ(summaries[1].points, 30'000U);
    }
}

TEST_F(SqliteReading, theLeastAndGreatestNumbersAreReadByEveryPlan)
{
    auto file = newDatabase(folder);
    OtherWriter writer(file);
    const std::string least = "-9223372036854775807 - 1", greatest = "9223372036854775807";
    writer.execute(runSql("run1"));
    for (const auto& [timestamp, step] : {std::pair{least, least}, std::pair{std::string("0"), least},
                                          std::pair{least, std::string("0")}, std::pair{greatest, greatest}})
        writer.execute("INSERT INTO metrics VALUES ('loss', 1, " + timestamp + ", 'run1', " + step + ", 0)");
    for (const char* change :
         {"SELECT 1", "DROP INDEX index_metrics_run_uuid_key_step", "DROP INDEX index_metrics_run_uuid"}) {
        writer.execute(change);
        auto store = open(file);
        auto history = *store.tracking->history("run1", "loss", {});
        ASSERT_EQ(history->size(), 4U) << change;
        EXPECT_EQ(history->steps[0], std::numeric_limits<std::int64_t>::min());
        EXPECT_EQ(history->steps[3], std::numeric_limits<std::int64_t>::max());
        EXPECT_EQ(store.tracking->metricSummaries("loss", {})->front().points, 4U) << change;
    }
}

TEST_F(SqliteReading, pointsThatAreNoNumbersAreCounted)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute("INSERT INTO metrics VALUES ('loss', 'much', 8, 'run1', 4, 0)");
    auto store = open(file);
    EXPECT_EQ((*store.tracking->history("run1", "loss", {}))->size(), 1U);
    ASSERT_EQ(store.tracking->warnings().size(), 1U);
    EXPECT_EQ(store.tracking->warnings().front().what, "1 row: the value is not a number");
}

TEST_F(SqliteReading, anotherWorkspaceIsAnotherStateOfTheStore)
{
    auto store = open(newDatabase(folder));
    auto ours = *store.tracking->stamp();
    setenv("MLFLOW_WORKSPACE", "team", 1);
    EXPECT_NE(*store.tracking->stamp(), ours) << "a table kept for one is not that of the other";
    unsetenv("MLFLOW_WORKSPACE");
    EXPECT_EQ(*store.tracking->stamp(), ours);
}

TEST_F(SqliteReading, showsTheWorkspaceThatTheClientShows)
{
    auto file = newDatabase(folder);
    OtherWriter(file).execute(
        "INSERT INTO experiments VALUES (5, 'theirs', '', 'active', 5, 5, 'team');"
        "INSERT INTO registered_models VALUES ('theirs', 1, 1, '', 'team'), ('ours', 1, 1, '', 'default');" +
        runSql("hidden", "", "5"));
    auto store = open(file);
    EXPECT_EQ(store.tracking->experiments(ViewType::All)->size(), 1U);
    EXPECT_EQ(runs(store)->size(), 0U);
    EXPECT_EQ(store.registry->registeredModels()->size(), 1U);
    ASSERT_EQ(store.tracking->warnings().size(), 1U);
    EXPECT_EQ(store.tracking->warnings().front().where, "workspace team");
}

TEST_F(SqliteReading, readsLineage)
{
    auto file = smallDatabase(folder);
    OtherWriter(file).execute(
        "INSERT INTO datasets VALUES ('d1', 0, 'Train', 'abc', 'local', '{\"uri\":\"x\"}', '{}', NULL);"
        "INSERT INTO inputs VALUES ('i1', 'DATASET', 'd1', 'RUN', 'run1', 0), ('i2', 'RUN_INPUT', 'run1', "
        "'MODEL_INPUT', 'm-1', 0),"
        "('i3', 'RUN_OUTPUT', 'run1', 'MODEL_OUTPUT', 'm-2', 4), ('i4', 'DATASET', 'missing', 'RUN', 'run1', "
        "0);"
        "INSERT INTO input_tags VALUES ('i1', 'mlflow.data.context', 'train'), ('i1', 'other', 'x');");
    auto store = open(file);
    auto run = *store.tracking->run("run1");
    ASSERT_EQ(run.datasets.size(), 1U);
    EXPECT_EQ(run.datasets[0].context(), "train");
    EXPECT_EQ(run.datasets[0].dataset.source, "{\"uri\":\"x\"}");
    EXPECT_EQ(run.modelInputs.front().modelId, "m-1");
    EXPECT_EQ(run.modelOutputs.front().step, 4);
    auto table = runs(store);
    ASSERT_EQ(table->datasets(0).size(), 1U);
    EXPECT_EQ(table->data().datasets[table->datasets(0)[0].dataset].name, "Train");
}

TEST_F(SqliteReading, leavesOutPromptsAndDeletedVersions)
{
    auto file = newDatabase(folder);
    OtherWriter(file).execute(
        "INSERT INTO registered_models VALUES ('b', 1, 1, '', 'default'), ('a', 1, 1, '', 'default'), ('p', "
        "1, 1, '', 'default');"
        "INSERT INTO registered_model_tags VALUES ('mlflow.prompt.is_prompt', 'true', 'p', 'default'), ('k', "
        "'v', 'a', 'default');"
        "INSERT INTO model_version_tags VALUES ('mlflow.prompt.is_prompt', 'true', 'p', 1, 'default');"
        "INSERT INTO model_versions (name, version, last_updated_time, current_stage, source) VALUES ('a', "
        "1, 5, 'Production', 's1'),"
        "('a', 2, 9, 'None', 's2'), ('a', 3, 11, 'Deleted_Internal', ''), ('b', 1, 9, 'Archived', ''), ('p', "
        "1, 20, 'None', '');"
        "INSERT INTO registered_model_aliases VALUES ('champion', 2, 'a', 'default'), ('best', 2, 'a', "
        "'default');");
    auto store = open(file);
    auto models = *store.registry->registeredModels();
    ASSERT_EQ(models.size(), 2U);
    EXPECT_EQ(models[0].name, "a");
    EXPECT_EQ(models[0].tags["k"], "v");
    EXPECT_EQ(models[0].aliases["champion"], 2);
    std::string order;
    auto versions = *store.registry->modelVersions("");
    for (const auto& version : versions)
        order += version.name + std::to_string(version.version) + " ";
    EXPECT_EQ(order, "a2 b1 a1 ");
    EXPECT_EQ(store.registry->modelVersions("a")->front().aliases,
              (std::vector<std::string>{"best", "champion"}));
    EXPECT_TRUE(store.registry->modelVersions("nothing")->empty());
}

TEST_F(SqliteReading, readsFewRunsOfManyByTheirIndex)
{
    auto file = newDatabase(folder);
    OtherWriter writer(file);
    writer.execute("BEGIN; INSERT INTO experiments VALUES (1, 'one', '', 'active', 1, 1, 'default');");
    for (int i = 0; i < 400; ++i) {
        auto id = "run" + std::to_string(i);
        writer.execute(runSql(id, "", i == 7 ? "1" : "0") + "INSERT INTO params SELECT key || '" +
                       std::to_string(i % 3) + "', value, '" + id +
                       "' FROM (VALUES (1), (2)) JOIN (SELECT 'p' AS key, '1' AS value) LIMIT 1;"
                       "INSERT INTO tags VALUES ('t', '" +
                       id + "', '" + id +
                       "');"
                       "INSERT INTO latest_metrics VALUES ('m', " +
                       std::to_string(i) + ", 1, 1, 0, '" + id + "')");
    }
    writer.execute("COMMIT");
    auto store = open(file);
    auto some = runs(store, {{"1"}, ViewType::All});
    ASSERT_EQ(some->size(), 1U);
    EXPECT_EQ(some->metric("m")->at(0), 7);
    EXPECT_EQ(some->tag("t")->at(0), "run7");
    EXPECT_EQ(some->data().params.size(), 1U);
}

} // namespace
} // namespace sextant
