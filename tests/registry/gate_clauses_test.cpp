// Each operator of the gate language: passes, fails and misses, and says why.
#include "tests/registry/gate_world.h"

#include <cmath>

namespace sextant::registry {

namespace {

struct Row
{
    const char* fields;
    Verdict verdict;
    const char* from;
    const char* words; // part of the message
};

void expectRows(const std::vector<Row>& rows, const Facts& facts = someFacts())
{
    for (const auto& row : rows) {
        auto result = clauseOn(facts, row.fields);
        EXPECT_EQ(result.verdict, row.verdict) << row.fields << ": " << result.message;
        EXPECT_EQ(result.from, row.from) << row.fields;
        EXPECT_NE(result.message.find(row.words), std::string::npos) << row.fields << ": " << result.message;
        EXPECT_FALSE(result.expected.empty()) << row.fields;
        EXPECT_FALSE(result.title.empty()) << row.fields;
        EXPECT_EQ(result.message.back() == '.', false) << result.message;
    }
}

TEST(GateClauses, Metric)
{
    expectRows({
        {R"("op":"metric","metric":"auc","at_least":0.57)", Verdict::Pass, "metric",
         "auc is 0.57, as asked: ≥ 0.57"},
        {R"("op":"metric","metric":"auc","above":0.57)", Verdict::Fail, "metric",
         "auc is 0.57, asked for is > 0.57"},
        {R"("op":"metric","metric":"auc","above":0.57,"tolerance":0.01)", Verdict::Pass, "metric", "± 0.01"},
        {R"("op":"metric","metric":"auc","at_most":0.57)", Verdict::Pass, "metric", "≤ 0.57"},
        {R"("op":"metric","metric":"auc","below":0.57)", Verdict::Fail, "metric", "< 0.57"},
        {R"("op":"metric","metric":"auc","equals":0.5,"tolerance":0.07)", Verdict::Pass, "metric",
         "= 0.5 ± 0.07"},
        {R"("op":"metric","metric":"auc","equals":0.5)", Verdict::Fail, "metric", "= 0.5"},
        {R"("op":"metric","metric":"auc","at_least":0.5,"below":0.57)", Verdict::Fail, "metric",
         "≥ 0.5, < 0.57"},
        {R"("op":"metric","metric":"auc","below":0.5,"severity":"warn")", Verdict::Warn, "metric", "auc is"},
        {R"("op":"metric","metric":"none","below":0.5,"severity":"warn")", Verdict::Missing, "metric",
         "no metric 'none'"},
        {R"("op":"metric","metric":"none","at_least":0)", Verdict::Missing, "metric",
         "The run of the candidate has no metric"},
        {R"("op":"metric","metric":"broken","at_least":0)", Verdict::Missing, "metric",
         "broken is NaN, which is no number"},
        {R"("op":"metric","metric":"endless","at_least":0)", Verdict::Missing, "metric",
         "endless is Infinity"},
    });
    auto facts = someFacts();
    facts.candidate.metrics.clear();
    facts.candidate.missing["run"] = "The run of version 7 can't be read: gone";
    expectRows(
        {{R"("op":"metric","metric":"auc","at_least":0)", Verdict::Missing, "metric", "can't be read: gone"}},
        facts);
}

TEST(GateClauses, ChampionMetric)
{
    expectRows({
        // 0.57 - 0.56 is a little less than 0.01 in binary: the numbers that are written count.
        {R"("op":"champion_metric","metric":"auc","at_least":0.01)", Verdict::Pass, "champion",
         "auc minus the champion's is +0.01"},
        {R"("op":"champion_metric","metric":"auc","above":0.01)", Verdict::Fail, "champion",
         "(0.57, champion 0.56)"},
        {R"("op":"champion_metric","metric":"auc","at_least":0.011)", Verdict::Fail, "champion",
         "asked for is ≥ 0.011"},
        {R"("op":"champion_metric","metric":"auc","at_least":0.011,"tolerance":0.001)", Verdict::Pass,
         "champion", "+0.01"},
        {R"("op":"champion_metric","metric":"f1","at_least":-0.02)", Verdict::Pass, "champion", "-0.015"},
        {R"("op":"champion_metric","metric":"f1","at_least":-0.01)", Verdict::Fail, "champion", "-0.015"},
        {R"("op":"champion_metric","metric":"f1","at_least":0.95,"ratio":true)", Verdict::Pass, "champion",
         "divided by"},
        {R"("op":"champion_metric","metric":"f1","at_least":1,"ratio":true)", Verdict::Fail, "champion",
         "0.98159"},
        {R"("op":"champion_metric","metric":"broken","at_least":0)", Verdict::Missing, "champion",
         "broken of the candidate is NaN"},
        {R"("op":"champion_metric","metric":"endless","at_least":0)", Verdict::Missing, "champion",
         "endless of the candidate is Infinity"},
        {R"("op":"champion_metric","metric":"none","at_least":0)", Verdict::Missing, "champion",
         "no metric 'none'"},
    });
    auto alone = someFacts();
    alone.champion.reset();
    expectRows({{R"("op":"champion_metric","metric":"auc","at_least":0)", Verdict::Missing, "champion",
                 "Nobody is at alias:champion"},
                {R"("op":"champion_metric","metric":"auc","at_least":0,"without_champion":"pass")",
                 Verdict::Pass, "champion", "which this clause allows"},
                {R"("op":"champion_metric","metric":"auc","at_least":0,"without_champion":"fail")",
                 Verdict::Missing, "champion", "Nobody is at"}},
               alone);
    auto zero = someFacts();
    zero.champion->metrics["auc"] = 0;
    expectRows({{R"("op":"champion_metric","metric":"auc","at_least":0,"ratio":true)", Verdict::Missing,
                 "champion", "no number to compare"}},
               zero);
}

TEST(GateClauses, ParamsAndTags)
{
    expectRows({
        {R"("op":"param","param":"kind")", Verdict::Pass, "param", "kind is 'tree'"},
        {R"("op":"param","param":"kind","equals":"tree")", Verdict::Pass, "param", "kind is 'tree'"},
        {R"("op":"param","param":"kind","equals":"net")", Verdict::Fail, "param", "asked for is 'net'"},
        {R"("op":"param","param":"kind","one_of":["net","tree"])", Verdict::Pass, "param", "tree"},
        {R"("op":"param","param":"kind","one_of":["net"],"matches":"t.*")", Verdict::Fail, "param",
         "one of 'net' and matches t.*"},
        {R"("op":"param","param":"kind","matches":"tr")", Verdict::Fail, "param", "matches tr"},
        {R"("op":"param","param":"depth","at_most":8)", Verdict::Pass, "param", "depth is 8"},
        {R"("op":"param","param":"kind","at_most":8)", Verdict::Fail, "param", "which is no number"},
        {R"("op":"param","param":"none")", Verdict::Missing, "param", "no parameter 'none'"},
        {R"("op":"param","param":"empty")", Verdict::Missing, "param", "empty is empty"},
        {R"("op":"tag","tag":"validation","equals":"passed")", Verdict::Pass, "tag",
         "The tag 'validation' is 'passed'"},
        {R"("op":"tag","tag":"validation","equals":"done")", Verdict::Fail, "tag", "asked for is 'done'"},
        {R"("op":"tag","tag":"owner")", Verdict::Missing, "tag", "The version has no tag 'owner'"},
        {R"("op":"tag","tag":"owner","of":"model")", Verdict::Pass, "tag", "'risk'"},
        {R"("op":"tag","tag":"none","of":"model")", Verdict::Missing, "tag", "The model has no tag"},
        {R"("op":"tag","tag":"mlflow.source.git.commit","of":"run","matches":"[0-9a-f]+")", Verdict::Pass,
         "tag", "abc"},
        {R"("op":"tag","tag":"none","of":"run")", Verdict::Missing, "tag", "The run has no tag"},
    });
}

TEST(GateClauses, CardAndReports)
{
    expectRows({
        {R"("op":"card","fields":["details.overview"])", Verdict::Pass, "card", "is filled"},
        {R"("op":"card","fields":["details.overview","details.owners","considerations.limitations","x.y"])",
         Verdict::Missing, "card", "does not say: details.owners, considerations.limitations, x.y"},
        {R"("op":"report","report":"fairness")", Verdict::Pass, "fairness", "passed its 1 check"},
        {R"("op":"report","report":"fairness","max_age_days":5)", Verdict::Pass, "fairness", "passed"},
        {R"("op":"report","report":"fairness","max_age_days":4)", Verdict::Fail, "age",
         "is 5 days old, asked for is ≤ 4 days"},
        {R"("op":"report","report":"drift")", Verdict::Fail, "drift", "failed: c"},
        {R"("op":"report","report":"drift","verdict":"any")", Verdict::Pass, "drift", "drift.json"},
        {R"("op":"report","report":"quality")", Verdict::Missing, "quality", "There is no quality report"},
        {R"("op":"report_age","max_age_days":6)", Verdict::Pass, "age", "fairness report is 5 days old"},
        {R"("op":"report_age","max_age_days":4)", Verdict::Fail, "age", "5 days old"},
        {R"("op":"report_age","max_age_days":3,"report":"drift")", Verdict::Pass, "age",
         "drift report is 1 day old"},
        {R"("op":"report_age","max_age_days":3,"report":"quality")", Verdict::Missing, "age",
         "no quality report"},
        {R"("op":"report_value","report":"fairness","path":"/overall/accuracy","at_least":0.9)",
         Verdict::Pass, "fairness", "0.91"},
        {R"("op":"report_value","report":"fairness","path":"/overall/accuracy","at_least":0.95)",
         Verdict::Fail, "fairness", "0.91"},
        {R"("op":"report_value","report":"fairness","path":"/overall/auc","at_least":0.9)", Verdict::Missing,
         "fairness", "is NaN, which is no number"},
        {R"("op":"report_value","report":"fairness","path":"/overall/gone","at_least":0.9)", Verdict::Missing,
         "fairness", "is undefined"},
        {R"("op":"report_value","report":"fairness","path":"/by_group/1/count","equals":530)", Verdict::Pass,
         "fairness", "530"},
        {R"("op":"report_value","report":"fairness","path":"/by_group/9/count","equals":530)",
         Verdict::Missing, "fairness", "has nothing at"},
        {R"("op":"report_value","report":"fairness","path":"/overall/note","equals":"ok")", Verdict::Pass,
         "fairness", "'ok'"},
        {R"("op":"report_value","report":"quality","path":"/x","equals":1)", Verdict::Missing, "quality",
         "no quality report"},
        {R"("op":"checks","report":"fairness")", Verdict::Pass, "fairness", "failed checks among 1 is 0"},
        {R"("op":"checks","report":"drift")", Verdict::Fail, "drift", "among 2 is 1, asked for is ≤ 0: c"},
        {R"("op":"checks","report":"drift","at_most":1)", Verdict::Pass, "drift", "is 1"},
        {R"("op":"checks","report":"drift","check":"d")", Verdict::Pass, "drift", "The check d passed"},
        {R"("op":"checks","report":"drift","check":"c")", Verdict::Fail, "drift",
         "The check c failed: b has moved"},
        {R"("op":"checks","report":"drift","check":"e")", Verdict::Missing, "drift", "has no check e"},
        {R"("op":"checks","report":"quality")", Verdict::Missing, "quality", "no quality report"},
    });
    auto none = someFacts();
    none.reports.clear();
    none.card.clear();
    expectRows(
        {{R"("op":"card","fields":["details.overview"])", Verdict::Missing, "card", "There is no model card"},
         {R"("op":"report_age","max_age_days":6)", Verdict::Missing, "age", "There is no report"}},
        none);
    auto odd = someFacts();
    odd.reports = {parseReport(fairnessReport(kEvaluated + kOneDay), "f.json").value(),
                   parseReport(R"({"schema":"sextant.report/1","kind":"drift"})", "d.json").value()};
    expectRows({{R"("op":"report_age","report":"fairness","max_age_days":9)", Verdict::Fail, "age",
                 "dated after this moment"},
                {R"("op":"report_age","report":"drift","max_age_days":9)", Verdict::Missing, "age",
                 "does not say when"},
                {R"("op":"report_age","max_age_days":9)", Verdict::Missing, "age", "does not say when"},
                {R"("op":"report","report":"drift")", Verdict::Missing, "drift",
                 "has no checks, and so no verdict"}},
               odd);
}

TEST(GateClauses, FairnessAndDrift)
{
    expectRows({
        {R"("op":"disparity","metric":"demographic_parity_difference","absolute":true,"at_most":0.05)",
         Verdict::Fail, "fairness",
         "demographic_parity_difference, age is -0.07, asked for is size ≤ 0.05, the worst of 2"},
        {R"("op":"disparity","metric":"demographic_parity_difference","absolute":true,"at_most":0.05,"attribute":"sex")",
         Verdict::Pass, "fairness", "sex is 0.04"},
        {R"("op":"disparity","metric":"demographic_parity_ratio","at_least":0.8)", Verdict::Pass, "fairness",
         "0.8"},
        {R"("op":"disparity","metric":"demographic_parity_ratio","at_least":0.8,"attribute":"age")",
         Verdict::Missing, "fairness", "has no demographic_parity_ratio by age"},
        {R"("op":"disparity","metric":"demographic_parity_ratio","at_least":0.8,"method":"to_overall")",
         Verdict::Missing, "fairness", "has no"},
        {R"("op":"disparity","metric":"true_positive_rate_ratio","at_least":0.8)", Verdict::Missing,
         "fairness", "is undefined: no positives among f"},
        {R"("op":"group_size","at_least":30)", Verdict::Fail, "fairness", "age 18-24, is 29"},
        {R"("op":"group_size","at_least":30,"attribute":"sex")", Verdict::Pass, "fairness", "sex f, is 412"},
        {R"("op":"group_size","at_least":30,"attribute":"race")", Verdict::Missing, "fairness",
         "no groups by race"},
        {R"("op":"group_size","at_least":30,"report":"other")", Verdict::Missing, "other", "no other report"},
        {R"("op":"drift_share","below":0.3)", Verdict::Pass, "drift", "(1 of 2)"},
        {R"("op":"drift_share","below":0.2)", Verdict::Fail, "drift", "is 0.2"},
        {R"("op":"drift_share","below":0.2,"report":"fairness")", Verdict::Missing, "fairness", "no share"},
    });
    auto facts = someFacts();
    facts.reports = {parseReport(driftReport("null"), "d").value()};
    expectRows({{R"("op":"drift_share","below":0.3)", Verdict::Missing, "drift", "is undefined"},
                {R"("op":"disparity","metric":"x","at_most":1)", Verdict::Missing, "fairness",
                 "no fairness report"}},
               facts);
}

TEST(GateClauses, Datasets)
{
    expectRows({
        {R"("op":"dataset","context":"train","digest":["d0","d1"])", Verdict::Pass, "dataset", "d1"},
        {R"("op":"dataset","context":"train","digest":["d0"])", Verdict::Fail, "dataset", "asked for is d0"},
        {R"("op":"dataset","digest":["d1"])", Verdict::Fail, "dataset", "d1, h1"},
        {R"("op":"dataset","context":"test","digest":["d1"])", Verdict::Missing, "dataset",
         "no data set of the context 'test'"},
        {R"("op":"dataset","dataset":"loans","same_as_champion":true)", Verdict::Pass, "dataset",
         "is the one of the champion"},
    });
    auto facts = someFacts();
    facts.champion->datasets[0].digest = "d9";
    expectRows(
        {{R"("op":"dataset","context":"train","same_as_champion":true)", Verdict::Fail, "dataset", "read d9"},
         {R"("op":"dataset","context":"eval","same_as_champion":true)", Verdict::Pass, "dataset",
          "is the one"}},
        facts);
    facts.champion->datasets.clear();
    expectRows({{R"("op":"dataset","context":"eval","same_as_champion":true)", Verdict::Missing, "dataset",
                 "read no"}},
               facts);
    facts.champion.reset();
    expectRows({{R"("op":"dataset","same_as_champion":true)", Verdict::Missing, "dataset", "Nobody is at"}},
               facts);
}

TEST(GateClauses, VersionsSignaturesAndFiles)
{
    expectRows({
        {R"("op":"semantic_version","tag":"semver")", Verdict::Pass, "version",
         "1.4.0, the champion's is 1.3.9"},
        {R"("op":"semantic_version","param":"version","increase":"minor")", Verdict::Pass, "version",
         "1.4.0"},
        {R"("op":"semantic_version","tag":"semver","increase":"major")", Verdict::Fail, "version",
         "not > 1.3.9 in its major number"},
        {R"("op":"semantic_version","tag":"none")", Verdict::Missing, "version",
         "no version number in the tag 'none'"},
        {R"("op":"semantic_version","param":"kind")", Verdict::Fail, "version",
         "'tree' in the parameter 'kind' is no version number"},
        {R"("op":"semantic_version","tag":"owner","of":"model")", Verdict::Fail, "version", "'risk'"},
        {R"("op":"signature")", Verdict::Pass, "signature", "takes and gives what that of the champion"},
        {R"("op":"digest")", Verdict::Pass, "digest", "are those that were recorded"},
    });
    auto facts = someFacts();
    facts.candidate.signature->inputs.push_back({"z", "double", true});
    facts.candidate.signature->outputs.clear();
    facts.candidate.files[0] = 'b';
    facts.champion->tags.clear();
    expectRows({{R"("op":"signature")", Verdict::Fail, "signature",
                 "the input 'z' is new and required; the output 'y' is gone"},
                {R"("op":"digest")", Verdict::Fail, "digest", "are not those that were recorded"},
                {R"("op":"semantic_version","tag":"semver")", Verdict::Missing, "version",
                 "There is no version number of the champion, version 5"}},
               facts);
    facts.candidate.recorded.clear();
    facts.candidate.signature.reset();
    facts.candidate.missing["signature"] = "There is no MLmodel file";
    expectRows(
        {{R"("op":"signature")", Verdict::Missing, "signature", "There is no MLmodel file"},
         {R"("op":"digest")", Verdict::Missing, "digest", "No digest of the model's files was recorded"}},
        facts);
    facts = someFacts();
    facts.champion->signature.reset();
    facts.candidate.files.clear();
    expectRows({{R"("op":"signature")", Verdict::Missing, "signature", "it has no signature"},
                {R"("op":"digest")", Verdict::Missing, "digest", "was not made"}},
               facts);
}

} // namespace

} // namespace sextant::registry
