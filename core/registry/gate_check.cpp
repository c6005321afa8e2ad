#include "core/registry/gate_check.h"

#include "core/base/strict_json.h"
#include "core/registry/gates/engine.h"

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kPassed = "PASSED", kWarned = "WARNED", kFailed = "FAILED";

Json outcome(const GateResult& result)
{
    auto passed = Json::array(), warned = Json::array(), failed = Json::array();
    for (const auto& clause : result.clauses)
        (clause.passed() ? passed : clause.denies() ? failed : warned).push_back(clause.id);
    auto word = !result.allow ? kFailed : warned.empty() ? kPassed : kWarned;
    return {{"result", word},
            {"configuration",
             Json::array({{{"name", result.policyName}, {"digest", {{"sha256", result.policyDigest}}}}})},
            {"passedTests", std::move(passed)},
            {"warnedTests", std::move(warned)},
            {"failedTests", std::move(failed)},
            {"engine", {{"name", result.engineName}, {"version", result.engineVersion}}},
            {"inputDigest", result.inputDigest}};
}

} // namespace

std::string testResult(const GateResult& result, std::size_t most)
{
    auto document = outcome(result);
    for (bool explained : {true, false}) {
        auto clauses = Json::array();
        for (const auto& clause : result.clauses) {
            Json one = {{"id", clause.id}, {"verdict", toText(clause.verdict)}};
            if (explained)
                one.update({{"observed", clause.observed},
                            {"expected", clause.expected},
                            {"message", clause.message}});
            clauses.push_back(std::move(one));
        }
        document["clauses"] = std::move(clauses);
        auto text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
        if (text.size() <= most)
            return text;
    }
    document.erase("clauses");
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<GateCheck> checkGate(const PromotionAccess& access, Promotions& promotions, const Promotion& promotion,
                            const std::string& definition, std::vector<NamedText> reports,
                            const std::string& card, const Operation& operation)
{
    SEXTANT_TRY(auto gate, parseGate(definition, "The gate"));
    SEXTANT_TRY(auto evidence, promotions.evidenceOf(promotion));
    for (auto& file : evidence)
        if (parseReport(file.content, file.name))
            reports.push_back({std::move(file.name), std::move(file.content)});
    FactsRequest request{.model = promotion.model,
                         .version = promotion.change.subject(),
                         .target = promotion.act.target,
                         .reports = std::move(reports),
                         .card = card,
                         .recorded = toHex(promotion.act.subject.digest)};
    SEXTANT_TRY(auto facts, gatherFacts(access.tracking, access.registry, gate, request, operation));
    GateCheck check;
    SEXTANT_TRY(check.result, evaluateGate(gate, facts, {}, operation));
    check.verdict = {.gate = gate.name,
                     .passed = check.result.allow,
                     .inputs = {{gate.name, sha256(definition)}},
                     .details = testResult(check.result),
                     .facts = formatFacts(facts)};
    return check;
}

} // namespace sextant::registry
