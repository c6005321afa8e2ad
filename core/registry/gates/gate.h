// Gate: what must hold before a version takes a target, as clauses from a closed list of operators. Read from
// JSON, strictly: a word that is not known is refused, for it may be meant to forbid. Values; any thread.
//     {"schema":"sextant.gate/1","name":"better","clauses":[
//         {"id":"auc","op":"champion_metric","metric":"test/roc_auc","at_least":0.01}]}
#pragma once

#include "core/base/error.h"
#include "core/base/sha256.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::registry {

enum class Operator : std::uint8_t {
    Metric,          // a metric of the candidate's run within bounds
    ChampionMetric,  // candidate minus champion (or by champion) within bounds
    Param,           // a parameter of the run: there, and as asked for
    Tag,             // a tag of version, run or model: there, and as asked for
    Card,            // fields of the model card are filled
    Report,          // a report is there, passed, and not too old
    ReportAge,       // age in days of one kind of report, or of the oldest
    ReportValue,     // what a JSON pointer leads to in a report
    Disparity,       // every fitting disparity of a fairness report within bounds
    GroupSize,       // rows of the smallest group of a fairness report
    DriftShare,      // share of drifted columns
    Checks,          // failed checks of a report, or one check by its id
    Dataset,         // a data set the run read, by digest
    SemanticVersion, // greater than the champion's
    Signature,       // callers of the champion can call the candidate
    Digest,          // the files are those that were recorded
};

enum class Severity : std::uint8_t { Fail, Warn };
enum class TagOwner : std::uint8_t { Version, Run, Model };
enum class Increase : std::uint8_t { Patch, Minor, Major };

/// Where a number must lie. With a tolerance each bound is that much wider.
struct Bounds
{
    std::optional<double> atLeast, above, atMost, below, equals;
    double tolerance = 0;
    bool absolute = false; // the number's size counts, not its sign

    bool any() const { return atLeast || above || atMost || below || equals; }
};

/// What a text must be; all that is given must hold.
struct TextRule
{
    std::optional<std::string> equals;
    std::vector<std::string> oneOf;
    std::string matches; // a regular expression for the whole text

    bool any() const { return equals || !oneOf.empty() || !matches.empty(); }
};

struct Clause
{
    std::string id;
    std::string title; // what is checked, for people; may be empty
    Operator op = Operator::Metric;
    Severity severity = Severity::Fail;

    std::string metric, param, tag, report, path, attribute, method, aggregate, check, context, dataset;
    TagOwner of = TagOwner::Version;
    Bounds bounds;
    TextRule text;
    std::vector<std::string> fields;  // of the card: "considerations.limitations"
    std::vector<std::string> digests; // of a data set
    std::optional<double> maxAgeDays;
    bool ratio = false;           // candidate / champion
    bool anyVerdict = false;      // a report that failed will do
    bool sameAsChampion = false;  // the champion's data set
    bool withoutChampion = false; // passes where nobody holds the target
    Increase increase = Increase::Patch;
};

/// Rules that Open Policy Agent evaluates, in place of clauses.
struct OpaPolicy
{
    std::string url;    // of the server: "http://localhost:8181"; empty: the program `opa`
    std::string path;   // of the rule: "gates/better"
    std::string policy; // file of the rules, beside the gate; for the program
};

struct Gate
{
    std::string name, title, description;
    std::string champion; // "alias:champion"; empty: who holds the target
    std::vector<Clause> clauses;
    std::optional<OpaPolicy> opa;
    Digest digest{}; // of the text

    bool uses(Operator op) const;
};

std::string_view toText(Operator op); // "champion_metric"
std::string_view toText(Severity severity);
/// "at least 0.8 and below 1"; in signs: "≥ 0.8, < 1".
std::string describe(const Bounds& bounds);

/// `what` names the text in messages. Errors: Corrupt, with the clause and the field that is wrong.
Result<Gate> parseGate(std::string_view json, std::string_view what);

} // namespace sextant::registry
