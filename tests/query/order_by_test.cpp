// Orderings as text for each target, and lists of records in MLflow's orders.
#include "core/query/order_by.h"
#include "core/query/records.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

struct Row
{
    FilterTarget target;
    std::string clause;
    std::string printed; // empty: refused
};

void PrintTo(const Row& row, std::ostream* out)
{
    *out << row.clause;
}

class OrderBy : public testing::TestWithParam<Row>
{
};

TEST_P(OrderBy, IsReadAsMlflowDoes)
{
    const auto& row = GetParam();
    auto keys = parseOrderBy(std::vector{row.clause}, row.target);
    EXPECT_EQ(keys ? print(keys->front()) : "", row.printed);
    EXPECT_EQ(explainOrderBy(row.clause, row.target).has_value(), row.printed.empty());
    if (!keys) {
        EXPECT_EQ(keys.error().code, ErrorCode::Syntax);
        ASSERT_TRUE(keys.error().range);
        EXPECT_LE(keys.error().range->begin + keys.error().range->length, row.clause.size());
    }
}

constexpr auto kRuns = FilterTarget::Runs;
INSTANTIATE_TEST_SUITE_P(
    Runs, OrderBy,
    testing::Values(
        Row{kRuns, "metrics.x", "metrics.x ASC"}, Row{kRuns, "metrics.x  DESC", "metrics.x DESC"},
        Row{kRuns, "metrics.x aSc", "metrics.x ASC"}, Row{kRuns, "metrics.`a b` desc", "metrics.`a b` DESC"},
        Row{kRuns, "metrics.\"a b\"", "metrics.`a b` ASC"}, Row{kRuns, "params.x", "params.x ASC"},
        Row{kRuns, "tags.a.b", "tags.a.b ASC"}, Row{kRuns, "created DESC", "start_time DESC"},
        Row{kRuns, "run.start_time", "start_time ASC"},
        Row{kRuns, "attributes.`start_time` desc", "start_time DESC"}, Row{kRuns, "run_name", "run_name ASC"},
        Row{kRuns, "metrics.desc", "metrics.desc ASC"},
        Row{kRuns, "num(params.lr) DESC", "num(params.lr) DESC"}, Row{kRuns, "duration", "duration ASC"},
        Row{kRuns, "experiment_id", "experiment_id ASC"}, Row{kRuns, "`run name`", ""},
        Row{kRuns, "dataset.name", ""}, Row{kRuns, "metrics.a/b", ""}, Row{kRuns, "metrics.x, metrics.y", ""},
        Row{kRuns, "metrics.x metrics.y", ""}, Row{kRuns, "metrics.x ASC DESC", ""},
        Row{kRuns, "metrics.x NULLS LAST", ""}, Row{kRuns, "", ""}, Row{kRuns, "5", ""},
        Row{kRuns, "'x'", ""}, Row{kRuns, "foo", ""}, Row{kRuns, "foo.x", ""}, Row{kRuns, "START_TIME", ""},
        Row{kRuns, "max(metrics.x)", ""}, Row{kRuns, "metrics.`x", ""}));

constexpr auto kExperiments = FilterTarget::Experiments;
constexpr auto kModels = FilterTarget::RegisteredModels;
constexpr auto kVersions = FilterTarget::ModelVersions;
constexpr auto kLogged = FilterTarget::LoggedModels;
INSTANTIATE_TEST_SUITE_P(
    Others, OrderBy,
    testing::Values(Row{kExperiments, "name DESC", "name DESC"},
                    Row{kExperiments, "attribute.creation_time", "creation_time ASC"},
                    Row{kExperiments, "last_update_time", "last_update_time ASC"},
                    Row{kExperiments, "tags.x", ""}, Row{kExperiments, "lifecycle_stage", ""},
                    Row{kModels, "timestamp desc", "last_updated_timestamp DESC"},
                    Row{kModels, "name", "name ASC"}, Row{kModels, "attribute.name", ""},
                    Row{kModels, "creation_timestamp", "creation_timestamp ASC"}, Row{kModels, "tags.x", ""},
                    Row{kVersions, "version_number DESC", "version_number DESC"},
                    Row{kVersions, "creation_timestamp", "creation_timestamp ASC"},
                    Row{kVersions, "version", ""}, Row{kVersions, "run_id", ""},
                    Row{kLogged, "metrics.acc DESC", "metrics.acc DESC"},
                    Row{kLogged, "creation_time", "creation_timestamp ASC"}, Row{kLogged, "params.x", ""}));

TEST(OrderBy, AFieldNamedTwiceIsLeftToTheStore)
{
    EXPECT_EQ(parseOrderBy(std::vector<std::string>{"start_time", "created DESC"})->size(), 2u)
        << "the first counts";
    EXPECT_TRUE(parseOrderBy(std::vector<std::string>{"metrics.x", "params.x"}));
    EXPECT_TRUE(parseOrderBy(std::vector<std::string>{})->empty());
}

template <class Record>
std::vector<std::string> names(const std::vector<Record>& records)
{
    std::vector<std::string> all;
    for (const auto& record : records)
        all.push_back(record.name);
    return all;
}

TEST(OrderRecords, Experiments)
{
    std::vector<Experiment> list{{.id = "2", .name = "b", .creationTime = 5},
                                 {.id = "10", .name = "a", .creationTime = 5},
                                 {.id = "3", .name = "c", .creationTime = 9},
                                 {.id = "4", .name = "d"}};
    orderRecords(list, {});
    EXPECT_EQ(names(list), (std::vector<std::string>{"c", "b", "a", "d"}));
    orderRecords(list, *parseOrderBy(std::vector<std::string>{"creation_time ASC"}, kExperiments));
    EXPECT_EQ(names(list),
              (std::vector<std::string>{"a", "b", "c", "d"})); // ties by id, as a number, descending
}

TEST(OrderRecords, RegistryAndLoggedModels)
{
    std::vector<RegisteredModel> models{{.name = "b", .lastUpdatedTime = 1},
                                        {.name = "a", .lastUpdatedTime = 2}};
    orderRecords(models, {});
    EXPECT_EQ(names(models), (std::vector<std::string>{"a", "b"}));
    orderRecords(models, *parseOrderBy(std::vector<std::string>{"timestamp"}, kModels));
    EXPECT_EQ(names(models), (std::vector<std::string>{"b", "a"}));

    std::vector<ModelVersion> versions{{.name = "m", .version = 2, .lastUpdatedTime = 1},
                                       {.name = "m", .version = 10, .lastUpdatedTime = 1},
                                       {.name = "a", .version = 1, .lastUpdatedTime = 0}};
    orderRecords(versions, {});
    EXPECT_EQ(versions[0].version, 10);
    EXPECT_EQ(versions[1].version, 2);
    EXPECT_EQ(versions[2].name, "a");

    std::vector<LoggedModel> logged{
        {.id = "m-1", .name = "x", .creationTime = 1},
        {.id = "m-2", .name = "y", .creationTime = 2, .metrics = {{"acc", 0.5, 1, 1}, {"acc", 0.9, 0, 9}}}};
    orderRecords(logged, *parseOrderBy(std::vector<std::string>{"metrics.acc"}, kLogged));
    EXPECT_EQ(names(logged), (std::vector<std::string>{"y", "x"})); // missing last
    auto filter = Filter::parse("metrics.acc < 0.6", kLogged); // the latest is the one of the greatest step
    keepMatching(logged, *filter);
    EXPECT_EQ(names(logged), std::vector<std::string>{"y"});
}

TEST(OrderRecords, RegistryFiltersBeyondMlflow)
{
    std::vector<ModelVersion> versions{
        {.name = "m", .version = 1, .stage = Stage::Production, .aliases = {"champion"}},
        {.name = "m", .version = 2}};
    auto kept = [&](const std::string& text) {
        auto list = versions;
        keepMatching(list, *Filter::parse(text, kVersions));
        return list.size();
    };
    EXPECT_EQ(kept("alias = 'champion'"), 1u);
    EXPECT_EQ(kept("alias IS NULL"), 1u);
    EXPECT_EQ(kept("stage = 'Production' AND version_number <= 1"), 1u);
    EXPECT_EQ(kept("champ"), 1u);
}

} // namespace
} // namespace sextant
