// Facts: all that the clauses of a gate can see, gathered once. As JSON they are what a verdict's input
// digest is made of, so that a verifier can evaluate again. Values; pure.
#pragma once

#include "core/base/sha256.h"
#include "core/base/time.h"
#include "core/registry/gates/model_signature.h"
#include "core/tracking/experiment.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sextant::registry {

struct DatasetFact
{
    std::string name, digest, context;
};

/// A report of the schema sextant.report/1.
struct ReportFact
{
    std::string name; // its file
    std::string kind; // "fairness"
    EpochMs created = kNoTime;
    std::string digest;   // SHA-256 of the file, hex
    std::string document; // JSON, compact
};

struct VersionFacts
{
    std::int64_t version = 0;
    std::string runId;
    std::map<std::string, double, std::less<>> metrics; // the latest values
    TagMap params, runTags, tags;
    std::vector<DatasetFact> datasets;
    std::optional<ModelSignature> signature;
    std::string files;    // digest of the model's files now, hex; empty when it was not made
    std::string recorded; // digest that was recorded
    // What could not be read: "run", "signature", "files" -> why, in a sentence.
    std::map<std::string, std::string, std::less<>> missing;
};

struct Facts
{
    EpochMs asOf = 0; // the moment that ages are counted to
    std::string model;
    std::string target;         // "alias:champion"
    std::string championTarget; // where the champion stands
    TagMap modelTags;
    VersionFacts candidate;
    std::optional<VersionFacts> champion; // nothing: nobody is there
    std::vector<ReportFact> reports;
    std::string card;               // JSON of the model card; empty: none
    std::vector<std::string> notes; // what was left out while gathering, in sentences
};

/// A report from its text. Errors: Corrupt, and Unsupported for another schema.
Result<ReportFact> parseReport(std::string_view json, const std::string& name);

/// Compact JSON. Numbers that are not finite are the texts "NaN", "Infinity", "-Infinity".
std::string formatFacts(const Facts& facts);
/// Errors: Corrupt. What is read is written back the same.
Result<Facts> parseFacts(std::string_view json, std::string_view what);
/// SHA-256 of formatFacts(), hex.
std::string digestOfFacts(const Facts& facts);

} // namespace sextant::registry
