// Gates as a whole: what is refused when one is read, the result, the same verdict from the same facts, the
// templates, and facts of a store that the real client wrote.
#include "core/ledger/folder_digest.h"
#include "core/ledger/rules.h"
#include "core/registry/gates/gather.h"
#include "core/registry/gates/semantic_version.h"
#include "core/registry/gates/templates.h"
#include "core/store/open.h"
#include "tests/registry/gate_world.h"
#include "tests/store/temporary_folder.h"

#include <filesystem>

namespace sextant::registry {

namespace {

constexpr const char* kModel = "breast-cancer-screening";

std::string gateOf(const std::string& clauses)
{
    return R"({"schema":"sextant.gate/1","name":"g","clauses":[)" + clauses + "]}";
}

TEST(GateFile, WhatIsNotKnownIsRefusedByItsPlace)
{
    const std::pair<const char*, const char*> kRows[] = {
        {R"({"op":"metric","metric":"a","at_least":1})", "clause 1: it needs an 'id'"},
        {R"({"id":"x","op":"metrik","metric":"a","at_least":1})",
         "clause 1 'x': the operator 'metrik' is not known"},
        {R"({"id":"x"})", "clause 1 'x': it needs an operator"},
        {R"({"id":"x","op":"metric","metric":"a","atleast":1})",
         "clause 1 'x': 'atleast' is not known with the operator 'metric'"},
        {R"({"id":"x","op":"metric","metric":"a","tag":"b","at_least":1})",
         "'tag' is not known with the operator 'metric'"},
        {R"({"id":"x","op":"metric","at_least":1})", "it needs 'metric'"},
        {R"({"id":"x","op":"metric","metric":"a"})", "a bound is missing"},
        {R"({"id":"x","op":"metric","metric":"a","at_least":"1"})", "'at_least' must be a number"},
        {R"({"id":"x","op":"metric","metric":"","at_least":1})", "'metric' must be a text that is not empty"},
        {R"({"id":"x","op":"metric","metric":"a","equals":"b"})", "'equals' must be a number"},
        {R"({"id":"x","op":"metric","metric":"a","at_least":1,"above":2})", "exclude each other"},
        {R"({"id":"x","op":"metric","metric":"a","at_least":2,"at_most":1})", "no number lies between"},
        {R"({"id":"x","op":"metric","metric":"a","at_least":2,"tolerance":-1})", "'tolerance' must be"},
        {R"({"id":"x","op":"metric","metric":"a","at_least":2,"severity":"loud"})",
         "'severity' must be \"fail\" or \"warn\""},
        {R"({"id":"x","op":"param","param":"a","tolerance":1})", "need a bound"},
        {R"({"id":"x","op":"param","param":"a","at_least":1,"matches":"b"})", "for a number and for a text"},
        {R"({"id":"x","op":"param","param":"a","matches":"("})", "'matches' must be a regular expression"},
        {R"({"id":"x","op":"param","param":"a","one_of":[]})", "'one_of' must be a list of texts"},
        {R"({"id":"x","op":"dataset"})", "either 'digest' or 'same_as_champion'"},
        {R"({"id":"x","op":"dataset","digest":["a"],"same_as_champion":true})", "either 'digest' or"},
        {R"({"id":"x","op":"semantic_version"})", "either 'tag' or 'param'"},
        {R"({"id":"x","op":"report_value","report":"r","path":"overall","at_least":1})",
         "'path' must be a JSON pointer"},
        {R"({"id":"x","op":"report_value","report":"r","path":"/a"})", "to compare with is missing"},
        {R"({"id":"x","op":"checks","report":"r","check":"a","at_most":1})", "or one 'check'"},
        {R"({"id":"x","op":"digest"},{"id":"x","op":"digest"})", "two clauses have the id 'x'"},
        {R"({"id":"x","op":"digest"},7)", "clause 2: it must be an object"},
        {R"({"id":"x","id":"y","op":"digest"})", "a key that comes twice"},
        {"", "a list of 1 to"},
    };
    for (const auto& [clauses, words] : kRows) {
        auto gate = parseGate(gateOf(clauses), "my.json");
        ASSERT_FALSE(gate) << clauses;
        EXPECT_EQ(gate.error().code, ErrorCode::Corrupt);
        EXPECT_NE(gate.error().message.find(words), std::string::npos) << clauses << "\n"
                                                                       << gate.error().message;
        EXPECT_NE(gate.error().message.find("my.json"), std::string::npos) << gate.error().message;
    }
    for (
        const char* text :
        {"", "[]", "{}", R"({"schema":"sextant.gate/2","name":"g","clauses":[]})",
         R"({"schema":"sextant.gate/1","clauses":[{"id":"x","op":"digest"}]})",
         R"({"schema":"sextant.gate/1","name":"g","clauses":[{"id":"x","op":"digest"}],"when":1})",
         R"({"schema":"sextant.gate/1","name":"g","champion":"champion","clauses":[{"id":"x","op":"digest"}]})",
         R"({"schema":"sextant.gate/1","name":"g","opa":{"url":"ftp://x","path":"a"}})",
         R"({"schema":"sextant.gate/1","name":"g","opa":{"url":"http://x","path":"a/../b"}})",
         R"({"schema":"sextant.gate/1","name":"g","opa":{"url":"http://x","path":"a","policy":"b"}})"})
        EXPECT_FALSE(parseGate(text, "It")) << text;
}

TEST(GateResults, FailAndMissingDenyAndWarningsDoNot)
{
    auto gate = parseGate(gateOf(R"({"id":"good","op":"metric","metric":"auc","at_least":0.5},
        {"id":"soft","op":"metric","metric":"auc","at_least":0.9,"severity":"warn"},
        {"id":"unknown","op":"metric","metric":"none","at_least":0.9,"severity":"warn"})"),
                          "It")
                    .value();
    auto result = evaluate(gate, someFacts());
    EXPECT_TRUE(result.allow);
    EXPECT_EQ(summaryOf(result), "All 3 clauses allow it, 2 warnings: soft, unknown");
    gate.clauses[2].severity = Severity::Fail;
    result = evaluate(gate, someFacts());
    EXPECT_FALSE(result.allow) << "missing data fails";
    EXPECT_EQ(summaryOf(result), "1 of 3 clauses fail or miss data: unknown; 1 warning: soft");

    auto text = formatGateResult(result);
    EXPECT_NE(text.find(R"("deny":[{"id":"unknown","msg":"The run of the candidate has no metric 'none'")"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find(R"("observed":0.57)"), std::string::npos) << text;
    auto back = parseGateResult(text, "It");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(formatGateResult(*back), text);
    EXPECT_FALSE(parseGateResult("{}", "It"));
    EXPECT_FALSE(
        parseGateResult(R"({"allow":true,"asOf":1,"clauses":[{"id":"a","verdict":"maybe"}]})", "It"));
    Gate none;
    EXPECT_FALSE(evaluate(none, someFacts()).allow) << "nothing that was asked allows nothing";
}

TEST(GateResults, TheSameFactsGiveTheSameVerdict)
{
    auto facts = someFacts();
    facts.candidate.params["bytes\xff"] = "bad \xc3 text";
    facts.candidate.missing["files"] = "elsewhere";
    facts.notes = {"one was left out"};
    auto text = formatFacts(facts);
    auto back = parseFacts(text, "It");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(formatFacts(*back), text);
    EXPECT_EQ(digestOfFacts(*back), digestOfFacts(facts));
    EXPECT_TRUE(std::isnan(back->candidate.metrics.at("broken")));
    for (const auto& one : gateTemplates()) {
        auto gate = parseGate(one.text, one.name).value();
        EXPECT_EQ(formatGateResult(evaluate(gate, facts)), formatGateResult(evaluate(gate, *back)))
            << one.name;
    }
    std::swap(facts.reports[0], facts.reports[1]);
    auto newer = parseReport(fairnessReport(kEvaluated), "newer.json").value();
    facts.reports.push_back(newer);
    EXPECT_NE(digestOfFacts(facts), digestOfFacts(*back));
    EXPECT_EQ(clauseOn(facts, R"("op":"report_age","report":"fairness","max_age_days":1)").observed,
              "0 days");
    for (const char* broken : {"{}", "[]", "null", R"({"schema":"sextant.facts/1"})"})
        EXPECT_FALSE(parseFacts(broken, "It")) << broken;
}

TEST(GateTemplates, AreGatesAndRules)
{
    ASSERT_GE(gateTemplates().size(), 5u);
    for (const auto& one : gateTemplates()) {
        auto gate = parseGate(one.text, one.name);
        ASSERT_TRUE(gate) << gate.error().message;
        EXPECT_EQ(gate->name, one.name);
        EXPECT_FALSE(gate->title.empty());
        EXPECT_FALSE(gate->description.empty());
    }
    const auto* rules = findTemplate(rulesTemplates(), "four-eyes");
    ASSERT_TRUE(rules);
    auto parsed = ledger::Rules::parse(rules->text, "It");
    ASSERT_TRUE(parsed) << parsed.error().message;
    for (const auto& gate : parsed->of("alias:champion").gates)
        EXPECT_TRUE(findTemplate(gateTemplates(), gate)) << gate;
    EXPECT_FALSE(findTemplate(gateTemplates(), "none"));
}

TEST(SemanticVersions, OrderOfTheirSpecification)
{
    const char* const kOrdered[] = {"1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
                                    "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",       "v1.0.0",
                                    "1.0.1",        "1.10.0"};
    for (std::size_t i = 1; i < std::size(kOrdered); ++i) {
        auto before = parseSemanticVersion(kOrdered[i - 1]), after = parseSemanticVersion(kOrdered[i]);
        ASSERT_TRUE(before && after) << kOrdered[i];
        EXPECT_LT(compareVersions(*before, *after), 0) << kOrdered[i];
        EXPECT_GT(compareVersions(*after, *before), 0) << kOrdered[i];
    }
    EXPECT_EQ(compareVersions(*parseSemanticVersion("1.0.0+a"), *parseSemanticVersion("1.0.0+b")), 0);
    for (const char* none : {"", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.x", "1.2.3-", "1.2.3-01", "1.2.3+",
                             "-1.2.3", "99999999999999999999.0.0"})
        EXPECT_FALSE(parseSemanticVersion(none)) << none;
}

TEST(ModelSignatures, AreReadAndCompared)
{
    auto signature = readModelSignature(R"(
signature:
  inputs: '[{"type": "double", "name": "a", "required": true}, {"type": "array", "items": {"type": "string"}, "name": "b", "required": false},
            {"type": "object", "name": "o", "required": true, "properties": {"x": {"type": "long", "required": false}}}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: '[{"name": "t", "type": "float", "default": 1.0, "shape": null}]'
)");
    ASSERT_TRUE(signature) << signature.error().message;
    EXPECT_EQ(signature->inputs[1].type, "array(string)");
    EXPECT_EQ(signature->inputs[2].type, "object(x: long?)");
    EXPECT_FALSE(signature->inputs[1].required);
    EXPECT_EQ(signature->outputs[0].type, "tensor(int64, [-1])");
    EXPECT_TRUE(incompatibilities(*signature, *signature).empty());

    auto other = *signature;
    other.inputs[0].type = "long";
    other.inputs[1].required = true;
    other.inputs.pop_back(); // callers may send more
    other.outputs[0].type = "tensor(float64, [-1])";
    auto problems = incompatibilities(other, *signature);
    ASSERT_EQ(problems.size(), 3u);
    EXPECT_EQ(problems[0], "the input 'a' was double and is long");
    EXPECT_EQ(problems[1], "the input 'b' was optional and is required");
    EXPECT_EQ(problems[2], "the output 1 was tensor(int64, [-1]) and is tensor(float64, [-1])");
    EXPECT_EQ(readModelSignature("flavors: {}").error().code, ErrorCode::NotFound);
    EXPECT_EQ(readModelSignature("a: [").error().code, ErrorCode::Corrupt);
    EXPECT_EQ(readModelSignature("signature: {inputs: '{'}").error().code, ErrorCode::Corrupt);
}

class GatheredFacts : public testing::Test
{
protected:
    GatheredFacts()
    {
        std::filesystem::copy(SEXTANT_SOURCE_DIR "/resources/demo", m_folder.path(),
                              std::filesystem::copy_options::recursive);
        m_store = openStore(m_folder / "mlflow.db").value();
    }
    Result<Facts> gather(const Gate& gate, FactsRequest request)
    {
        request.model = kModel;
        request.asOf = kEvaluated;
        return gatherFacts(*m_store.tracking, *m_store.registry, gate, request, {});
    }
    Gate gateNamed(const char* name)
    {
        return parseGate(findTemplate(gateTemplates(), name)->text, name).value();
    }

    test::TemporaryFolder m_folder;
    Store m_store;
};

TEST_F(GatheredFacts, CandidateAndChampionOfARealStore)
{
    auto gate = gateNamed("better-than-champion");
    auto facts = gather(gate, {.version = 3, .target = "alias:champion"});
    ASSERT_TRUE(facts) << facts.error().message;
    ASSERT_TRUE(facts->champion);
    EXPECT_EQ(facts->champion->version, 2);
    EXPECT_EQ(facts->candidate.tags.at("validation"), "pending");
    ASSERT_TRUE(facts->candidate.signature) << facts->candidate.missing["signature"];
    EXPECT_EQ(facts->candidate.signature->inputs.at(0).type, "tensor(float64, [-1, 30])");
    auto result = evaluate(gate, *facts);
    EXPECT_EQ(result.clauses[0].verdict, Verdict::Fail) << result.clauses[0].message;
    EXPECT_EQ(result.clauses[1].verdict, Verdict::Missing) << "test/f1 was not logged";
    EXPECT_EQ(result.clauses[2].verdict, Verdict::Pass) << result.clauses[2].message;
    EXPECT_EQ(result.clauses[3].verdict, Verdict::Pass) << result.clauses[3].message;
    EXPECT_EQ(gather(gate, {.version = 3, .target = "stage:Production"})->champion->version, 2);
    EXPECT_FALSE(gather(gate, {.version = 3, .target = "alias:nobody"})->champion);
    gate.champion = "alias:challenger";
    EXPECT_EQ(gather(gate, {.version = 2, .target = "alias:champion"})->champion->version, 3);
    EXPECT_EQ(gather(gate, {.version = 77}).error().code, ErrorCode::NotFound);
}

TEST_F(GatheredFacts, ReportsOfTheRunAndFilesOfTheModel)
{
    auto versions = m_store.registry->modelVersions(kModel).value();
    auto run =
        std::find_if(versions.begin(), versions.end(), [](const auto& v) { return v.version == 2; })->runId;
    auto any = m_store.tracking->listArtifacts(run, "", false).value();
    ASSERT_FALSE(any.empty());
    auto probe =
        std::find_if(any.begin(), any.end(), [](const auto& artifact) { return !artifact.isDirectory; });
    auto root = std::filesystem::path(m_store.tracking->artifactFile(run, probe->path).value()).parent_path();
    std::filesystem::create_directories(root / "reports");
    std::ofstream(root / "reports/fairness.json") << fairnessReport();
    std::ofstream(root / "reports/broken.json") << "{";
    std::ofstream(root / "reports/notes.txt") << "x";
    auto gate = gateNamed("evidence");
    auto facts = gather(gate, {.version = 2, .reports = {{"drift.json", driftReport()}}});
    ASSERT_TRUE(facts) << facts.error().message;
    ASSERT_EQ(facts->reports.size(), 2u);
    EXPECT_EQ(facts->reports[1].name, "reports/fairness.json");
    ASSERT_EQ(facts->notes.size(), 1u);
    EXPECT_NE(facts->notes[0].find("reports/broken.json was left out"), std::string::npos) << facts->notes[0];
    EXPECT_EQ(facts->candidate.files.size(), 64u) << facts->candidate.missing["files"];
    EXPECT_EQ(clauseOn(*facts, R"("op":"digest")").verdict, Verdict::Missing);
    auto recorded = gather(gate, {.version = 2, .recorded = "sha256:" + facts->candidate.files});
    EXPECT_EQ(clauseOn(*recorded, R"("op":"digest")").verdict, Verdict::Pass);
    EXPECT_FALSE(gather(gate, {.version = 2, .reports = {{"mine.json", "{}"}}}))
        << "what was named must be good";
    std::filesystem::remove_all(m_folder / "artifacts");
    auto gone = gather(gate, {.version = 2});
    ASSERT_TRUE(gone);
    EXPECT_FALSE(gone->candidate.missing["files"].empty());
}

} // namespace

} // namespace sextant::registry
