// The contract of all stores: what real MLflow clients answered about the fixture stores that they wrote
// themselves.
#include "core/store/open.h"
#include "tests/store/temporary_folder.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace sextant {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::vector<std::string> fixtureNames()
{
    std::vector<std::string> names;
    std::error_code none;
    for (fs::directory_iterator entry(SEXTANT_SOURCE_DIR "/tests/fixtures/stores", none), end;
         !none && entry != end; ++entry)
        if (auto name = entry->path().filename().string(); name.ends_with(".tar.gz"))
            names.push_back(name.substr(0, name.size() - 7));
    std::sort(names.begin(), names.end());
    return names;
}

json text(const std::string& value)
{
    return value.empty() ? json() : json(value);
}
json time(EpochMs value)
{
    return isKnown(value) ? json(value) : json();
}
json tags(const TagMap& map)
{
    return map.empty() ? json::object() : json(map);
}

json number(double value)
{
    if (std::isfinite(value))
        return value;
    return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/// SQL stores keep the greatest double for infinity, and the client gives that number; it is infinity here.
json normal(const json& value, bool sql)
{
    if (sql && value.is_number_float() && std::abs(value.get<double>()) == std::numeric_limits<double>::max())
        return value.get<double>() > 0 ? "Infinity" : "-Infinity";
    return value.is_number_integer() ? json(static_cast<double>(value.get<std::int64_t>())) : value;
}

json normalMap(const json& map, bool sql)
{
    json result = json::object();
    for (const auto& [key, value] : map.items())
        result[key] = normal(value, sql);
    return result;
}

json orNull(const json& value)
{
    return value.is_string() && value.get<std::string>().empty() ? json() : value;
}

bool newestFirst(const json& a, const json& b)
{
    if (a["creation_time"] != b["creation_time"])
        return a["creation_time"] > b["creation_time"];
    return std::stoll(a["experiment_id"].get<std::string>()) <
           std::stoll(b["experiment_id"].get<std::string>());
}

bool isSqlite(const std::string& name)
{
    return name.ends_with("sqlite");
}

/// One unpacked fixture; unpacked once for all tests, which only read.
struct Fixture
{
    explicit Fixture(const std::string& name)
    {
        auto archive = SEXTANT_SOURCE_DIR "/tests/fixtures/stores/" + name + ".tar.gz";
        auto command = "tar xzf '" + archive + "' -C '" + folder.path().string() + "'";
        EXPECT_EQ(std::system(command.c_str()), 0);
        auto root = folder.path() / name;
        std::ifstream(root / "answers.json") >> answers;
        auto opened = openStore((root / (isSqlite(name)                ? "mlflow.db"
                                         : fs::exists(root / "mlruns") ? "mlruns"
                                                                       : ""))
                                    .string());
        EXPECT_TRUE(opened) << opened.error().message << " " << opened.error().detail;
        store = opened.value_or(Store());
    }
    test::TemporaryFolder folder;
    json answers;
    Store store;
};

class StoreContract : public testing::TestWithParam<std::string>
{
protected:
    void SetUp() override
    {
        static std::map<std::string, std::unique_ptr<Fixture>> fixtures;
        auto& fixture = fixtures[GetParam()];
        if (!fixture)
            fixture = std::make_unique<Fixture>(GetParam());
        answers = fixture->answers;
        store = fixture->store;
        ASSERT_TRUE(store.tracking);
    }
    /// The answers were asked of all experiments; active runs are listed for active ones.
    json runsOf(const std::string& view) const
    {
        std::set<json> deleted;
        for (const auto& experiment : answers["experiments"]["deleted"])
            deleted.insert(experiment["experiment_id"]);
        json runs = json::array();
        for (const auto& id : answers["run_order"][view])
            if (view != "active" ||
                !deleted.contains(answers["runs"][id.get<std::string>()]["experiment_id"]))
                runs.push_back(id);
        return runs;
    }
    static bool isSql() { return isSqlite(GetParam()); }

    json answers;
    Store store;
};

TEST_P(StoreContract, listsExperiments)
{
    for (auto [name, view] : {std::pair("active", ViewType::ActiveOnly),
                              {"deleted", ViewType::DeletedOnly},
                              {"all", ViewType::All}}) {
        auto experiments = store.tracking->experiments(view);
        ASSERT_TRUE(experiments);
        auto expected = answers["experiments"][name];
        if (GetParam().starts_with("1.")) // has an order of its own
            std::sort(expected.begin(), expected.end(), newestFirst);
        ASSERT_EQ(experiments->size(), expected.size()) << name;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto& one = (*experiments)[i];
            EXPECT_EQ(json(one.id), expected[i]["experiment_id"]) << name << " " << i;
            EXPECT_EQ(json(one.name), expected[i]["name"]);
            EXPECT_EQ(json(toText(one.lifecycle)), expected[i]["lifecycle_stage"]);
            EXPECT_EQ(tags(one.tags), expected[i]["tags"]);
            EXPECT_EQ(time(one.creationTime), expected[i]["creation_time"]);
        }
    }
}

TEST_P(StoreContract, loadsTheRunsOfEachView)
{
    for (auto [name, view] : {std::pair("active", ViewType::ActiveOnly),
                              {"deleted", ViewType::DeletedOnly},
                              {"all", ViewType::All}}) {
        auto table = store.tracking->runs({{}, view}, {});
        ASSERT_TRUE(table) << table.error().message;
        std::vector<std::string> order;
        for (auto row : (*table)->newestFirst())
            order.emplace_back((*table)->runId(row));
        EXPECT_EQ(json(order), runsOf(name)) << name;
    }
}

TEST_P(StoreContract, tableHoldsWhatTheClientGives)
{
    auto loaded = store.tracking->runs({{}, ViewType::All}, {});
    ASSERT_TRUE(loaded);
    const auto& table = **loaded;
    EXPECT_TRUE(table.complete());
    for (RowIndex row = 0; row < table.size(); ++row) {
        const auto& expected = answers["runs"][std::string(table.runId(row))];
        json metrics = json::object(), params = json::object(), runTags = json::object(),
             datasets = json::array();
        for (const auto& column : table.data().metrics)
            if (auto value = column.at(row); !isMissing(value))
                metrics[column.key] = number(value);
        for (const auto& column : table.data().params)
            if (auto value = column.at(row))
                params[column.key] = *value;
        for (const auto& column : table.data().tags)
            if (auto value = column.at(row))
                runTags[column.key] = *value;
        for (auto use : table.datasets(row)) {
            const auto& dataset = table.data().datasets[use.dataset];
            datasets.push_back({{"name", dataset.name},
                                {"digest", dataset.digest},
                                {"context", text(table.data().contexts[use.context])}});
        }
        EXPECT_EQ(metrics, normalMap(expected["metrics"], isSql())) << table.runId(row);
        EXPECT_EQ(params, expected["params"]) << table.runId(row);
        EXPECT_EQ(runTags, expected["tags"]) << table.runId(row);
        EXPECT_EQ(std::set<json>(datasets.begin(), datasets.end()),
                  std::set<json>(expected["datasets"].begin(), expected["datasets"].end()));
        EXPECT_EQ(text(std::string(table.name(row))), orNull(expected["run_name"]));
        EXPECT_EQ(json(table.experiment(row).id), expected["experiment_id"]);
        EXPECT_EQ(json(toText(table.status(row))), expected["status"]);
        EXPECT_EQ(time(table.startTime(row)), expected["start_time"]);
        EXPECT_EQ(time(table.endTime(row)), expected["end_time"]);
        EXPECT_EQ(text(std::string(table.user(row))), orNull(expected["user_id"]));
    }
}

TEST_P(StoreContract, singleRunsAreTheSame)
{
    for (const auto& [id, expected] : answers["runs"].items()) {
        auto run = store.tracking->run(id);
        ASSERT_TRUE(run) << id;
        json metrics = json::object();
        for (const auto& metric : run->metrics)
            metrics[metric.key] = number(metric.value);
        EXPECT_EQ(metrics, normalMap(expected["metrics"], isSql())) << id;
        EXPECT_EQ(tags(run->params), expected["params"]) << id;
        EXPECT_EQ(tags(run->tags), expected["tags"]) << id;
        EXPECT_EQ(text(run->info.name), orNull(expected["run_name"]));
        EXPECT_EQ(run->datasets.size(), expected["datasets"].size());
    }
    EXPECT_EQ(store.tracking->run("nothing").error().code, ErrorCode::NotFound);
}

TEST_P(StoreContract, historiesHaveEveryPointInOrder)
{
    for (const auto& [id, metrics] : answers["histories"].items())
        for (const auto& [key, points] : metrics.items()) {
            auto history = store.tracking->history(id, key, {});
            ASSERT_TRUE(history) << id << " " << key << " " << history.error().message;
            json mine = json::array(), theirs = json::array();
            for (std::size_t i = 0; i < (*history)->size(); ++i)
                mine.push_back(
                    {(*history)->timestamps[i], (*history)->steps[i], number((*history)->values[i])});
            for (const auto& point : points)
                theirs.push_back({point[0], point[1], normal(point[2], isSql())});
            EXPECT_EQ(mine, theirs) << id << " " << key;
        }
    auto some = answers["run_order"]["active"][0].get<std::string>();
    EXPECT_EQ((*store.tracking->history(some, "never logged", {}))->size(), 0U);
    EXPECT_EQ(store.tracking->history("nothing", "loss", {}).error().code, ErrorCode::NotFound);
}

TEST_P(StoreContract, summariesAgreeWithHistories)
{
    auto summaries = store.tracking->metricSummaries("loss", {});
    ASSERT_TRUE(summaries);
    std::size_t runsWithLoss = 0;
    for (const auto& [id, metrics] : answers["histories"].items())
        runsWithLoss += metrics.contains("loss");
    EXPECT_EQ(summaries->size(), runsWithLoss);
    for (const auto& summary : *summaries)
        EXPECT_EQ(summary.points, answers["histories"][summary.runId]["loss"].size());
}

TEST_P(StoreContract, findsArtifactsAfterTheStoreHasMoved)
{
    for (const auto& [id, listing] : answers["artifacts"].items()) {
        auto artifacts = store.tracking->listArtifacts(id, "", true);
        ASSERT_TRUE(artifacts) << id << artifacts.error().message;
        std::set<std::string> mine, theirs;
        for (const auto& artifact : *artifacts)
            mine.insert(artifact.path + (artifact.isDirectory ? "/" : " " + std::to_string(artifact.size)));
        for (const auto& one : listing)
            theirs.insert(one["path"].get<std::string>() +
                          (one["is_dir"].get<bool>()
                               ? "/"
                               : " " + std::to_string(one["file_size"].get<std::uint64_t>())));
        EXPECT_EQ(mine, theirs) << id;
    }
}

TEST_P(StoreContract, listsLoggedModels)
{
    std::vector<std::string> every;
    for (const auto& experiment : answers["experiments"]["all"])
        every.push_back(experiment["experiment_id"]);
    auto models = store.tracking->loggedModels(every);
    ASSERT_TRUE(models);
    const auto& expected = answers["logged_models"];
    ASSERT_EQ(models->size(), expected.size());
    for (std::size_t i = 0; i < models->size(); ++i) {
        const auto& model = (*models)[i];
        EXPECT_EQ(json(model.id), expected[i]["model_id"]) << i;
        EXPECT_EQ(json(model.name), expected[i]["name"]);
        EXPECT_EQ(json(toText(model.status)), expected[i]["status"]);
        EXPECT_EQ(tags(model.params), expected[i]["params"]);
        EXPECT_EQ(tags(model.tags), expected[i]["tags"]);
        EXPECT_EQ(model.metrics.size(), expected[i]["metrics"].size());
        EXPECT_EQ(text(model.sourceRunId), orNull(expected[i]["source_run_id"]));
    }
}

TEST_P(StoreContract, listsTheRegistry)
{
    if (answers["registered_models"].empty())
        return;
    ASSERT_TRUE(store.registry);
    auto models = store.registry->registeredModels();
    auto versions = store.registry->modelVersions("");
    ASSERT_TRUE(models && versions);
    const auto& expected = answers["registered_models"];
    ASSERT_EQ(models->size(), expected.size());
    for (std::size_t i = 0; i < models->size(); ++i) {
        const auto& model = (*models)[i];
        EXPECT_EQ(json(model.name), expected[i]["name"]);
        EXPECT_EQ(text(model.description), orNull(expected[i]["description"]));
        EXPECT_EQ(tags(model.tags), expected[i]["tags"]);
        json aliases = json::object();
        for (const auto& [alias, version] : model.aliases)
            aliases[alias] = std::to_string(version);
        EXPECT_EQ(aliases, expected[i]["aliases"]);
    }
    const auto& expectedVersions = answers["model_versions"];
    ASSERT_EQ(versions->size(), expectedVersions.size());
    for (std::size_t i = 0; i < versions->size(); ++i) {
        const auto& version = (*versions)[i];
        EXPECT_EQ(json(version.name + "/" + std::to_string(version.version)),
                  json(expectedVersions[i]["name"].get<std::string>() + "/" +
                       expectedVersions[i]["version"].get<std::string>()));
        EXPECT_EQ(json(toText(version.stage)), expectedVersions[i]["current_stage"]);
        EXPECT_EQ(tags(version.tags), expectedVersions[i]["tags"]);
        EXPECT_EQ(text(version.runId), orNull(expectedVersions[i]["run_id"]));
        EXPECT_EQ(json(version.source), expectedVersions[i]["source"]);
        auto aliases = expectedVersions[i]["aliases"].get<std::set<std::string>>();
        EXPECT_EQ(std::set(version.aliases.begin(), version.aliases.end()), aliases);
    }
}

std::string nameOf(const testing::TestParamInfo<std::string>& info)
{
    auto name = info.param;
    std::replace_if(
        name.begin(), name.end(), [](char letter) { return letter == '.' || letter == '-'; }, '_');
    return "mlflow_" + name;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreContract);
INSTANTIATE_TEST_SUITE_P(Fixtures, StoreContract, testing::ValuesIn(fixtureNames()), nameOf);

} // namespace
} // namespace sextant
