// What evaluation is made of: the facts as clauses look at them, what one clause saw, and the ways to judge
// it. For sources of this folder.
#pragma once

#include "core/registry/gates/evaluate.h"

#include <nlohmann/json.hpp>

namespace sextant::registry {

struct ParsedReport
{
    const ReportFact* fact = nullptr;
    nlohmann::ordered_json document;
};

struct World
{
    const Facts& facts;
    std::vector<ParsedReport> reports; // the newest of each kind
    nlohmann::ordered_json card;       // null: none
};

struct Seen
{
    Verdict verdict = Verdict::Missing;
    std::string from, observed, expected, message;
    std::optional<double> number;
};

Seen seen(bool passed, std::string from, std::string observed, std::string expected, std::string message);
Seen missing(std::string from, std::string expected, std::string message);

/// A number as people read it: 12 significant digits at most.
std::string numberText(double value);

struct Quantity
{
    double value = 0;
    std::string subject;   // "test/auc", "test/auc minus the champion's"
    double slack = 0;      // what rounding may have done to a difference
    bool isSigned = false; // shown with its sign
};
Seen judgeNumber(const Quantity& quantity, const Bounds& bounds, std::string from);
/// The least room to a bound, negative outside; for choosing the worst of several.
double roomOf(double value, const Bounds& bounds);
/// A text that is there and must fit; also one that must be a number.
Seen judgeText(const std::string& value, const Clause& clause, const std::string& subject, std::string from);
std::string describe(const TextRule& rule);

Seen seeMetric(const Clause& clause, const World& world);
Seen seeChampionMetric(const Clause& clause, const World& world);
Seen seeParam(const Clause& clause, const World& world);
Seen seeTag(const Clause& clause, const World& world);
Seen seeCard(const Clause& clause, const World& world);
Seen seeReport(const Clause& clause, const World& world);
Seen seeReportAge(const Clause& clause, const World& world);
Seen seeReportValue(const Clause& clause, const World& world);
Seen seeDisparity(const Clause& clause, const World& world);
Seen seeGroupSize(const Clause& clause, const World& world);
Seen seeDriftShare(const Clause& clause, const World& world);
Seen seeChecks(const Clause& clause, const World& world);
Seen seeDataset(const Clause& clause, const World& world);
Seen seeSemanticVersion(const Clause& clause, const World& world);
Seen seeSignature(const Clause& clause, const World& world);
Seen seeDigest(const Clause& clause, const World& world);

} // namespace sextant::registry
