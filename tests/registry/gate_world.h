// Facts for tests of gates: a candidate that is a little better than its champion, with reports and a card.
#pragma once

#include "core/registry/gates/evaluate.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sextant::registry {

inline constexpr EpochMs kEvaluated = 1'763'000'000'000;
inline constexpr EpochMs kOneDay = 86'400'000;

inline std::string fairnessReport(EpochMs created = kEvaluated - 5 * kOneDay)
{
    return R"({"schema":"sextant.report/1","kind":"fairness","created":)" + std::to_string(created) + R"(,
        "overall":{"accuracy":0.91,"auc":"NaN","note":"ok","gone":null},
        "by_group":[{"group":{"sex":"f"},"count":412},{"group":{"sex":"m"},"count":530},
                    {"group":{"age":"18-24"},"count":29}],
        "disparities":[
          {"metric":"demographic_parity_difference","attributes":["sex"],"method":"between_groups","value":0.04},
          {"metric":"demographic_parity_difference","attributes":["age"],"method":"between_groups","value":-0.07},
          {"metric":"demographic_parity_ratio","attributes":["sex"],"method":"between_groups","value":0.8},
          {"metric":"true_positive_rate_ratio","attributes":["sex"],"method":"between_groups","value":null,
           "undefined":"no positives among f"}],
        "checks":[{"id":"a","severity":"fail","passed":true},{"id":"b","severity":"warn","passed":false}]})";
}

inline std::string driftReport(const std::string& share = "0.2")
{
    return R"({"schema":"sextant.report/1","kind":"drift","created":"2025-11-12T00:00:00Z",
        "share_of_drifted_columns":)" +
           share + R"(,"columns":[{"column":"a","drifted":true},{"column":"b","drifted":false}],
        "checks":[{"id":"c","passed":false,"message":"b has moved"},{"id":"d","passed":true}]})";
}

inline Facts someFacts()
{
    Facts facts;
    facts.asOf = kEvaluated;
    facts.model = "fraud";
    facts.target = facts.championTarget = "alias:champion";
    facts.modelTags = {{"owner", "risk"}};
    auto& candidate = facts.candidate;
    candidate.version = 7;
    candidate.runId = "0123";
    candidate.metrics = {{"auc", 0.57}, {"broken", std::nan("")}, {"endless", INFINITY}, {"f1", 0.8}};
    candidate.params = {{"depth", "8"}, {"kind", "tree"}, {"version", "1.4.0"}, {"empty", ""}};
    candidate.runTags = {{"mlflow.source.git.commit", "abc"}};
    candidate.tags = {{"validation", "passed"}, {"semver", "1.4.0"}};
    candidate.datasets = {{"loans", "d1", "train"}, {"holdout", "h1", "eval"}};
    candidate.signature = {{{"x", "double", true}}, {{"y", "long", true}}, {}};
    candidate.files = candidate.recorded = std::string(64, 'a');
    facts.champion = candidate;
    facts.champion->version = 5;
    facts.champion->metrics = {{"auc", 0.56}, {"broken", 0.5}, {"f1", 0.815}};
    facts.champion->tags = {{"semver", "1.3.9"}};
    facts.champion->params = {{"version", "1.3.9"}};
    facts.reports = {parseReport(fairnessReport(), "fairness.json").value(),
                     parseReport(driftReport(), "drift.json").value()};
    facts.card =
        R"({"details":{"overview":"Finds fraud.","owners":[]},"considerations":{"limitations":"not provided"}})";
    return facts;
}

/// The result of one clause, given by its fields but for the id.
inline ClauseResult clauseOn(const Facts& facts, const std::string& fields)
{
    auto gate =
        parseGate(R"({"schema":"sextant.gate/1","name":"g","clauses":[{"id":"c",)" + fields + "}]}", "It");
    EXPECT_TRUE(gate) << fields << ": " << gate.error().message;
    return gate ? evaluate(*gate, facts).clauses.at(0) : ClauseResult{};
}

} // namespace sextant::registry
