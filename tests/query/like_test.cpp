// What a store's own client finds: databases and folders fold case, cross line ends and take NaN differently,
// and so do their releases. The expected rows are those of the real clients.
#include "core/query/like.h"
#include "core/query/order_by.h"
#include "sample_runs.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

constexpr SearchDialect kDatabase{SearchDialect::Backend::Sqlite};
constexpr SearchDialect kOldDatabase{SearchDialect::Backend::Sqlite, 316};
constexpr SearchDialect kFolder{SearchDialect::Backend::Files};
constexpr SearchDialect kOldFolder{SearchDialect::Backend::Files, 309};

/// The values of param `p` that the filter finds, by the table and by single runs alike.
std::vector<std::string> found(const std::string& filterText, const std::vector<std::string>& values,
                               SearchDialect dialect)
{
    std::vector<sextant::Run> runs(values.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].info.id = std::to_string(i);
        runs[i].info.experimentId = "1";
        runs[i].params = {{"p", values[i]}};
    }
    auto filter = Filter::parse(filterText, FilterTarget::Runs);
    EXPECT_TRUE(filter) << filterText;
    std::vector<std::string> hits, single;
    auto table = sampleTable(runs, dialect);
    auto rows = selectRows(*table, *filter).value();
    for (auto row : rows)
        hits.push_back(values[row]);
    for (const auto& run : runs)
        if (matches(*filter, *fieldsOf(run, nullptr, dialect), dialect))
            single.push_back(run.params.at("p"));
    EXPECT_EQ(hits, single) << filterText;
    return hits;
}

using Texts = std::vector<std::string>;

TEST(Like, DatabasesFoldAsciiAlone)
{
    Texts values{"É", "é", "ADAM", "adam", "ß", "ẞ", "\u212A", "Σ", "ς"};
    EXPECT_EQ(found("params.p ILIKE 'é'", values, kDatabase), Texts{"é"});
    EXPECT_EQ(found("params.p ILIKE 'Adam'", values, kDatabase), (Texts{"ADAM", "adam"}));
    EXPECT_EQ(found("params.p ILIKE 'k'", values, kDatabase), Texts{});
    EXPECT_EQ(found("params.p LIKE 'adam'", values, kDatabase), Texts{"adam"});
}

TEST(Like, FoldersFoldAsPythonDoes)
{
    Texts values{"É", "é", "ß", "ẞ", "ss", "\u212A", "k", "Σ", "σ", "ς",
                 "İ", "I", "i", "ı", "ſ",  "ﬅ",      "ﬆ", "µ", "Μ"};
    auto kept = [&](const std::string& text) {
        return found("params.p ILIKE '" + text + "'", values, kFolder);
    };
    EXPECT_EQ(kept("é"), (Texts{"É", "é"}));
    EXPECT_EQ(kept("ß"), (Texts{"ß", "ẞ"}));
    EXPECT_EQ(kept("SS"), Texts{"ss"});
    EXPECT_EQ(kept("K"), (Texts{"\u212A", "k"}));
    EXPECT_EQ(kept("Σ"), (Texts{"Σ", "σ", "ς"}));
    EXPECT_EQ(kept("i"), (Texts{"İ", "I", "i", "ı"}));
    EXPECT_EQ(kept("S"), Texts{"ſ"});
    EXPECT_EQ(kept("ﬆ"), (Texts{"ﬅ", "ﬆ"}));
    EXPECT_EQ(kept("μ"), (Texts{"µ", "Μ"}));
    EXPECT_EQ(found("params.p LIKE 'é'", values, kFolder), Texts{"é"});
}

TEST(Like, LineEndsStopFoldersAlone)
{
    Texts values{"a", "a\n", "\na", "a\nb", "ab", "a\r\nb", "a\n\n"};
    EXPECT_EQ(found("params.p LIKE 'a%'", values, kFolder),
              (Texts{"a", "a\n", "a\nb", "ab", "a\r\nb", "a\n\n"}));
    EXPECT_EQ(found("params.p LIKE '%a'", values, kFolder), (Texts{"a", "a\n"}));
    EXPECT_EQ(found("params.p LIKE 'a'", values, kFolder), (Texts{"a", "a\n"}));
    EXPECT_EQ(found("params.p LIKE 'a%b'", values, kFolder), Texts{"ab"});
    EXPECT_EQ(found("params.p LIKE 'a_b'", values, kFolder), Texts{});
    EXPECT_EQ(found("params.p LIKE '%b%'", values, kFolder), Texts{"ab"});
    EXPECT_EQ(found("params.p LIKE '_\n_'", values, kFolder), Texts{"a\nb"});
    EXPECT_EQ(found("params.p LIKE 'a%b'", values, kDatabase), (Texts{"a\nb", "ab", "a\r\nb"}));
    EXPECT_EQ(found("params.p LIKE 'a'", values, kDatabase), Texts{"a"});
    EXPECT_EQ(found("params.p LIKE 'a_b'", values, kDatabase), Texts{"a\nb"});
}

TEST(Like, SignsOfExpressionsAreSuchInOldFoldersOnly)
{
    Texts values{"a.b", "axb", "AXB", "[ab]", "a", "(x"};
    EXPECT_EQ(found("params.p LIKE 'a.b'", values, kOldFolder), (Texts{"a.b", "axb"}));
    EXPECT_EQ(found("params.p ILIKE 'A.B'", values, kOldFolder), (Texts{"a.b", "axb", "AXB"}));
    EXPECT_EQ(found("params.p LIKE '[ab]'", values, kOldFolder), Texts{"a"});
    EXPECT_EQ(found("params.p LIKE '(x'", values, kOldFolder), Texts{}) << "no expression: the client fails";
    for (auto dialect : {kFolder, kDatabase, kOldDatabase}) {
        EXPECT_EQ(found("params.p LIKE 'a.b'", values, dialect), Texts{"a.b"});
        EXPECT_EQ(found("params.p LIKE '[ab]'", values, dialect), Texts{"[ab]"});
    }
}

std::size_t count(const std::string& text, SearchDialect dialect)
{
    return selectRows(*sampleTable(sampleRuns(), dialect), *Filter::parse(text, FilterTarget::Runs))->size();
}

TEST(Dialect, OldDatabasesCompareNaNAsZero)
{
    EXPECT_EQ(count("metrics.acc = 0", kOldDatabase), 2u);
    EXPECT_EQ(count("metrics.acc < 1", kOldDatabase), 3u);
    EXPECT_EQ(count("metrics.acc != 0", kOldDatabase), 1u);
    for (auto dialect : {kDatabase, kOldFolder, kFolder, SearchDialect{}}) {
        EXPECT_EQ(count("metrics.acc = 0", dialect), 1u);
        EXPECT_EQ(count("metrics.acc != 0", dialect), 2u);
    }
}

TEST(Dialect, ListsLoseCapitalsInOldStores)
{
    EXPECT_EQ(count("dataset.name IN ('Eval Set')", kOldDatabase), 0u);
    EXPECT_EQ(count("dataset.name NOT IN ('Eval Set')", kOldDatabase), 2u);
    EXPECT_EQ(count("dataset.name IN ('Eval Set', 'churn-train')", kOldFolder), 2u);
    EXPECT_EQ(count("dataset.name = 'Eval Set'", kOldDatabase), 1u);
    EXPECT_EQ(count("dataset.name IN ('Eval Set')", kDatabase), 1u);
}

TEST(Dialect, DatabasesFindRunNamesInTheirTag)
{
    auto runs = sampleRuns();
    runs[0].tags["mlflow.runName"] = "by tag";
    auto hits = [&](const std::string& text, SearchDialect dialect) {
        return *selectRows(*sampleTable(runs, dialect), *Filter::parse(text, FilterTarget::Runs));
    };
    EXPECT_EQ(hits("run_name LIKE '%tag%'", kDatabase), std::vector<RowIndex>{0});
    EXPECT_EQ(hits("run_name != 'x'", kDatabase), std::vector<RowIndex>{0});
    EXPECT_EQ(hits("run_name = 'adam small'", kFolder), std::vector<RowIndex>{0});
}

TEST(Dialect, TheGreatestNumberIsItselfInFolders)
{
    auto runs = sampleRuns();
    runs[0].metrics = {{"m", std::numeric_limits<double>::max(), 0, 0}};
    runs[1].metrics = {{"m", std::numeric_limits<double>::infinity(), 0, 0}};
    auto size = [&](const std::string& text, SearchDialect dialect) {
        return selectRows(*sampleTable(runs, dialect), *Filter::parse(text, FilterTarget::Runs))->size();
    };
    EXPECT_EQ(size("metrics.m > 1.7976931348623157e308", kFolder), 1u);
    EXPECT_EQ(size("metrics.m = 1.7976931348623157e308", kFolder), 1u);
    EXPECT_EQ(size("metrics.m = 1.7976931348623157e308", kDatabase), 1u) << "the infinity";
}

TEST(Dialect, DatabasesRefuseToOrderByOneFieldTwice)
{
    std::vector<std::string> clauses{"metrics.m", "metrics.m DESC"};
    auto keys = parseOrderBy(clauses);
    ASSERT_TRUE(keys);
    EXPECT_FALSE(checkRepeats(*keys, FilterTarget::Runs, kDatabase));
    EXPECT_TRUE(checkRepeats(*keys, FilterTarget::Runs, kFolder));
    EXPECT_TRUE(checkRepeats(*keys, FilterTarget::Experiments, kDatabase));
}

TEST(Dialect, FoldersOrderExperimentsByTheTextOfTheirIds)
{
    std::vector<Experiment> list{{.id = "2"}, {.id = "10"}, {.id = "1"}};
    auto keys = parseOrderBy(std::vector<std::string>{"experiment_id"}, FilterTarget::Experiments);
    orderRecords(list, *keys, kFolder);
    EXPECT_EQ(list[1].id, "10");
    orderRecords(list, *keys, kDatabase);
    EXPECT_EQ(list[1].id, "2");
}

TEST(Dialect, LoggedModelsOfOldDatabases)
{
    std::vector<LoggedModel> models{{.id = "m-1",
                                     .status = LoggedModelStatus::Ready,
                                     .metrics = {{"acc", 0.5, 1, 1}, {"acc", 0.9, 0, 9}}},
                                    {.id = "m-2", .status = LoggedModelStatus::Failed},
                                    {.id = "m-3", .status = LoggedModelStatus::Pending}};
    auto kept = [&](const std::string& text, SearchDialect dialect) {
        auto list = models;
        keepMatching(list, *Filter::parse(text, FilterTarget::LoggedModels), dialect);
        return list.size();
    };
    EXPECT_EQ(kept("metrics.acc > 0.8", kOldDatabase), 1u);
    EXPECT_EQ(kept("metrics.acc > 0.8", kDatabase), 0u);
    EXPECT_EQ(kept("status = 'READY'", kOldDatabase), 0u);
    EXPECT_EQ(kept("status = 'READY'", kDatabase), 1u);
    auto keys = parseOrderBy(std::vector<std::string>{"status"}, FilterTarget::LoggedModels);
    orderRecords(models, *keys, kDatabase);
    EXPECT_EQ(models.front().id, "m-3") << "by number";
    orderRecords(models, *keys, kFolder);
    EXPECT_EQ(models.front().id, "m-2") << "by name";
}

} // namespace
} // namespace sextant
