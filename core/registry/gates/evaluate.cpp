#include "core/registry/gates/evaluate.h"

#include "core/base/strict_json.h"
#include "core/registry/gates/clauses.h"

#include <algorithm>
#include <map>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

Seen see(const Clause& clause, const World& world)
{
    switch (clause.op) {
    case Operator::Metric:
        return seeMetric(clause, world);
    case Operator::ChampionMetric:
        return seeChampionMetric(clause, world);
    case Operator::Param:
        return seeParam(clause, world);
    case Operator::Tag:
        return seeTag(clause, world);
    case Operator::Card:
        return seeCard(clause, world);
    case Operator::Report:
        return seeReport(clause, world);
    case Operator::ReportAge:
        return seeReportAge(clause, world);
    case Operator::ReportValue:
        return seeReportValue(clause, world);
    case Operator::Disparity:
        return seeDisparity(clause, world);
    case Operator::GroupSize:
        return seeGroupSize(clause, world);
    case Operator::DriftShare:
        return seeDriftShare(clause, world);
    case Operator::Checks:
        return seeChecks(clause, world);
    case Operator::Dataset:
        return seeDataset(clause, world);
    case Operator::SemanticVersion:
        return seeSemanticVersion(clause, world);
    case Operator::Signature:
        return seeSignature(clause, world);
    case Operator::Digest:
        return seeDigest(clause, world);
    }
    return {};
}

/// What is checked, where the clause's author did not say.
std::string titleOf(const Clause& clause)
{
    if (!clause.title.empty())
        return clause.title;
    auto by = clause.attribute.empty() ? std::string() : ", " + clause.attribute;
    switch (clause.op) {
    case Operator::Metric:
        return clause.metric;
    case Operator::ChampionMetric:
        return clause.metric + (clause.ratio ? " divided by champion" : " minus champion");
    case Operator::Param:
        return "parameter " + clause.param;
    case Operator::Tag:
        return "tag " + clause.tag;
    case Operator::Card:
        return "model card filled";
    case Operator::Report:
        return clause.report + " report";
    case Operator::ReportAge:
        return clause.report.empty() ? "age of the oldest report" : "age of the " + clause.report + " report";
    case Operator::ReportValue:
        return clause.report + " report " + clause.path;
    case Operator::Disparity:
        return "worst " + clause.metric + by;
    case Operator::GroupSize:
        return "smallest group" + by;
    case Operator::DriftShare:
        return "share of drifted columns";
    case Operator::Checks:
        return clause.check.empty() ? "failed checks, " + clause.report
                                    : clause.report + " check " + clause.check;
    case Operator::Dataset:
        return "data set" + (clause.context.empty() ? "" : ", " + clause.context);
    case Operator::SemanticVersion:
        return "version number";
    case Operator::Signature:
        return "signature against the champion's";
    case Operator::Digest:
        return "model files as recorded";
    }
    return {};
}

/// The newest report of each kind; of two at one moment the one whose digest is greater, so that the order in
/// which they were found has no say.
std::vector<ParsedReport> newestReports(const Facts& facts)
{
    std::map<std::string, const ReportFact*, std::less<>> newest;
    for (const auto& report : facts.reports) {
        auto& chosen = newest[report.kind];
        if (!chosen || std::tie(report.created, report.digest) > std::tie(chosen->created, chosen->digest))
            chosen = &report;
    }
    std::vector<ParsedReport> reports;
    for (const auto& [kind, fact] : newest)
        if (auto document = Json::parse(fact->document, nullptr, false); !document.is_discarded())
            reports.push_back({fact, std::move(document)});
    return reports;
}

ClauseResult resultOf(const Clause& clause, const World& world)
{
    auto found = see(clause, world);
    ClauseResult result{clause.id,
                        titleOf(clause),
                        clause.severity,
                        found.verdict,
                        std::move(found.observed),
                        found.number,
                        std::move(found.expected),
                        std::move(found.message),
                        std::move(found.from)};
    if (result.verdict == Verdict::Fail && clause.severity == Severity::Warn)
        result.verdict = Verdict::Warn;
    return result;
}

} // namespace

std::string_view toText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return "pass";
    case Verdict::Warn:
        return "warn";
    case Verdict::Fail:
        return "fail";
    case Verdict::Missing:
        break;
    }
    return "missing";
}

GateResult evaluate(const Gate& gate, const Facts& facts)
{
    World world{facts, newestReports(facts), Json()};
    if (auto card = Json::parse(facts.card, nullptr, false); !card.is_discarded())
        world.card = std::move(card);
    GateResult result;
    for (const auto& clause : gate.clauses)
        result.clauses.push_back(resultOf(clause, world));
    result.allow =
        !result.clauses.empty() && std::none_of(result.clauses.begin(), result.clauses.end(),
                                                [](const auto& clause) { return clause.denies(); });
    result.policyName = gate.name;
    result.policyDigest = toHex(gate.digest);
    result.engineName = "sextant";
    result.engineVersion = SEXTANT_VERSION;
    result.inputDigest = digestOfFacts(facts);
    result.asOf = facts.asOf;
    result.notes = facts.notes;
    return result;
}

} // namespace sextant::registry
