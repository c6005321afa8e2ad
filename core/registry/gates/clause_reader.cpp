#include "core/registry/gates/clause_reader.h"

#include "core/base/text.h"
#include "core/registry/gates/json_path.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;
using Names = std::vector<std::string_view>;

/// Which thresholds an operator takes.
enum class Wants : std::uint8_t { Nothing, Number, Anything };

struct OperatorRule
{
    Operator op;
    std::string_view word;
    Names required, optional;
    Wants wants = Wants::Nothing;
};

const std::vector<OperatorRule>& operatorRules()
{
    static const std::vector<OperatorRule> kRules = {
        {Operator::Metric, "metric", {"metric"}, {}, Wants::Number},
        {Operator::ChampionMetric,
         "champion_metric",
         {"metric"},
         {"ratio", "without_champion"},
         Wants::Number},
        {Operator::Param, "param", {"param"}, {}, Wants::Anything},
        {Operator::Tag, "tag", {"tag"}, {"of"}, Wants::Anything},
        {Operator::Card, "card", {"fields"}, {}},
        {Operator::Report, "report", {"report"}, {"verdict", "max_age_days"}},
        {Operator::ReportAge, "report_age", {"max_age_days"}, {"report"}},
        {Operator::ReportValue, "report_value", {"report", "path"}, {}, Wants::Anything},
        {Operator::Disparity,
         "disparity",
         {"metric"},
         {"report", "attribute", "method", "aggregate"},
         Wants::Number},
        {Operator::GroupSize, "group_size", {}, {"report", "attribute"}, Wants::Number},
        {Operator::DriftShare, "drift_share", {}, {"report"}, Wants::Number},
        {Operator::Checks, "checks", {"report"}, {"check"}, Wants::Anything},
        {Operator::Dataset,
         "dataset",
         {},
         {"context", "dataset", "digest", "same_as_champion", "without_champion"}},
        {Operator::SemanticVersion,
         "semantic_version",
         {},
         {"tag", "param", "of", "increase", "without_champion"}},
        {Operator::Signature, "signature", {}, {"without_champion"}},
        {Operator::Digest, "digest", {}, {}},
    };
    return kRules;
}

const OperatorRule* ruleOf(std::string_view word)
{
    const auto& rules = operatorRules();
    auto found =
        std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return rule.word == word; });
    return found == rules.end() ? nullptr : &*found;
}

bool readText(const Json& value, std::string& into)
{
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        return false;
    into = value.get<std::string>();
    return true;
}

bool readTexts(const Json& value, std::vector<std::string>& into)
{
    if (!value.is_array() || value.empty())
        return false;
    for (const auto& item : value)
        if (!readText(item, into.emplace_back()))
            return false;
    return true;
}

bool readNumber(const Json& value, std::optional<double>& into)
{
    if (!value.is_number() || !std::isfinite(value.get<double>()))
        return false;
    into = value.get<double>();
    return true;
}

bool readSize(const Json& value, std::optional<double>& into)
{
    return readNumber(value, into) && *into >= 0;
}

bool readFlag(const Json& value, bool& into)
{
    into = value.is_boolean() && value.get<bool>();
    return value.is_boolean();
}

template <class Value>
bool readWord(const Json& value, Value& into, const std::map<std::string, Value>& words)
{
    auto found = value.is_string() ? words.find(value.get<std::string>()) : words.end();
    if (found == words.end())
        return false;
    into = found->second;
    return true;
}

bool readPattern(const Json& value, std::string& into)
{
    return readText(value, into) && RE2(into, RE2::Quiet).ok();
}

struct Field
{
    const char* wants;
    bool (*read)(const Json&, Clause&);
};

const std::map<std::string_view, Field>& fields()
{
    static const char* const kText = "a text that is not empty";
    static const char* const kNumber = "a number";
    static const std::map<std::string_view, Field> kFields = {
        {"id", {kText, [](const Json& v, Clause& c) { return readText(v, c.id); }}},
        {"title", {kText, [](const Json& v, Clause& c) { return readText(v, c.title); }}},
        {"severity",
         {"\"fail\" or \"warn\"",
          [](const Json& v, Clause& c) {
              return readWord<Severity>(v, c.severity, {{"fail", Severity::Fail}, {"warn", Severity::Warn}});
          }}},
        {"metric", {kText, [](const Json& v, Clause& c) { return readText(v, c.metric); }}},
        {"param", {kText, [](const Json& v, Clause& c) { return readText(v, c.param); }}},
        {"tag", {kText, [](const Json& v, Clause& c) { return readText(v, c.tag); }}},
        {"of",
         {"\"version\", \"run\" or \"model\"",
          [](const Json& v, Clause& c) {
              return readWord<TagOwner>(
                  v, c.of,
                  {{"version", TagOwner::Version}, {"run", TagOwner::Run}, {"model", TagOwner::Model}});
          }}},
        {"report", {"a kind of report", [](const Json& v, Clause& c) { return readText(v, c.report); }}},
        {"path",
         {"a JSON pointer such as \"/overall/accuracy\"",
          [](const Json& v, Clause& c) { return readText(v, c.path) && isJsonPointer(c.path); }}},
        {"attribute", {kText, [](const Json& v, Clause& c) { return readText(v, c.attribute); }}},
        {"method", {kText, [](const Json& v, Clause& c) { return readText(v, c.method); }}},
        {"aggregate", {kText, [](const Json& v, Clause& c) { return readText(v, c.aggregate); }}},
        {"check", {kText, [](const Json& v, Clause& c) { return readText(v, c.check); }}},
        {"context", {kText, [](const Json& v, Clause& c) { return readText(v, c.context); }}},
        {"dataset", {kText, [](const Json& v, Clause& c) { return readText(v, c.dataset); }}},
        {"fields",
         {"a list of fields of the card", [](const Json& v, Clause& c) { return readTexts(v, c.fields); }}},
        {"digest", {"a list of digests", [](const Json& v, Clause& c) { return readTexts(v, c.digests); }}},
        {"same_as_champion",
         {"true or false", [](const Json& v, Clause& c) { return readFlag(v, c.sameAsChampion); }}},
        {"ratio", {"true or false", [](const Json& v, Clause& c) { return readFlag(v, c.ratio); }}},
        {"without_champion",
         {"\"pass\" or \"fail\"",
          [](const Json& v, Clause& c) {
              return readWord<bool>(v, c.withoutChampion, {{"pass", true}, {"fail", false}});
          }}},
        {"verdict",
         {"\"passed\" or \"any\"",
          [](const Json& v, Clause& c) {
              return readWord<bool>(v, c.anyVerdict, {{"passed", false}, {"any", true}});
          }}},
        {"increase",
         {"\"patch\", \"minor\" or \"major\"",
          [](const Json& v, Clause& c) {
              return readWord<Increase>(
                  v, c.increase,
                  {{"patch", Increase::Patch}, {"minor", Increase::Minor}, {"major", Increase::Major}});
          }}},
        {"max_age_days",
         {"a number of days", [](const Json& v, Clause& c) { return readSize(v, c.maxAgeDays); }}},
        {"at_least", {kNumber, [](const Json& v, Clause& c) { return readNumber(v, c.bounds.atLeast); }}},
        {"above", {kNumber, [](const Json& v, Clause& c) { return readNumber(v, c.bounds.above); }}},
        {"at_most", {kNumber, [](const Json& v, Clause& c) { return readNumber(v, c.bounds.atMost); }}},
        {"below", {kNumber, [](const Json& v, Clause& c) { return readNumber(v, c.bounds.below); }}},
        {"equals",
         {"a number or a text",
          [](const Json& v, Clause& c) {
              if (v.is_number())
                  return readNumber(v, c.bounds.equals);
              return readText(v, c.text.equals.emplace());
          }}},
        {"tolerance",
         {"a number that is not below 0",
          [](const Json& v, Clause& c) {
              std::optional<double> size;
              bool good = readSize(v, size);
              c.bounds.tolerance = size.value_or(0);
              return good;
          }}},
        {"absolute",
         {"true or false", [](const Json& v, Clause& c) { return readFlag(v, c.bounds.absolute); }}},
        {"one_of", {"a list of texts", [](const Json& v, Clause& c) { return readTexts(v, c.text.oneOf); }}},
        {"matches",
         {"a regular expression", [](const Json& v, Clause& c) { return readPattern(v, c.text.matches); }}},
    };
    return kFields;
}

bool has(const Names& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool allowed(const OperatorRule& rule, std::string_view name)
{
    static const Names kCommon = {"id", "op", "severity", "title"};
    static const Names kNumbers = {"at_least", "above",     "at_most", "below",
                                   "equals",   "tolerance", "absolute"};
    static const Names kTexts = {"one_of", "matches"};
    return has(kCommon, name) || has(rule.required, name) || has(rule.optional, name) ||
           (rule.wants != Wants::Nothing && has(kNumbers, name)) ||
           (rule.wants == Wants::Anything && has(kTexts, name));
}

/// What the fields mean together; empty when they fit.
std::string conflict(const Clause& clause, const OperatorRule& rule)
{
    const auto& b = clause.bounds;
    if (rule.wants == Wants::Number && clause.text.any())
        return "'equals' must be a number";
    if (rule.wants == Wants::Number && !b.any())
        return "a bound is missing: 'at_least', 'above', 'at_most', 'below' or 'equals'";
    if ((b.atLeast && b.above) || (b.atMost && b.below) ||
        (b.equals && (b.atLeast || b.above || b.atMost || b.below)))
        return "two of its bounds exclude each other";
    auto low = b.atLeast ? b.atLeast : b.above;
    auto high = b.atMost ? b.atMost : b.below;
    if (low && high && *low > *high)
        return "no number lies between its bounds";
    if (!b.any() && (b.tolerance > 0 || b.absolute))
        return "'tolerance' and 'absolute' need a bound";
    if (b.any() && clause.text.any())
        return "it asks for a number and for a text";
    if (clause.op == Operator::Dataset && clause.digests.empty() == !clause.sameAsChampion)
        return "it needs either 'digest' or 'same_as_champion'";
    if (clause.op == Operator::SemanticVersion && clause.tag.empty() == clause.param.empty())
        return "it needs either 'tag' or 'param'";
    if (clause.op == Operator::ReportValue && !b.any() && !clause.text.any())
        return "a bound or a text to compare with is missing";
    if (clause.op == Operator::Checks && (clause.text.any() || (!clause.check.empty() && b.any())))
        return "it takes a bound on the number of failed checks, or one 'check'";
    return {};
}

} // namespace

std::string_view toText(Operator op)
{
    for (const auto& rule : operatorRules())
        if (rule.op == op)
            return rule.word;
    return {};
}

Result<Clause> readClause(const Json& value, std::size_t number)
{
    std::string name = "clause " + std::to_string(number);
    auto broken = [&](const std::string& why) { return fail(ErrorCode::Corrupt, name + ": " + why); };
    if (!value.is_object())
        return broken("it must be an object");
    Clause clause;
    if (!value.contains("id") || !readText(value["id"], clause.id))
        return broken("it needs an 'id'");
    name += " '" + clause.id + "'";
    std::string word;
    if (!value.contains("op") || !readText(value["op"], word))
        return broken("it needs an operator, 'op'");
    const auto* rule = ruleOf(word);
    if (!rule)
        return broken("the operator '" + word + "' is not known");
    clause.op = rule->op;
    for (const auto& [key, item] : value.items()) {
        if (!allowed(*rule, key))
            return broken("'" + key + "' is not known with the operator '" + word + "'");
        if (key == "op")
            continue;
        const auto& field = fields().at(key);
        if (!field.read(item, clause))
            return broken("'" + key + "' must be " + field.wants);
    }
    for (auto required : rule->required)
        if (!value.contains(required))
            return broken("it needs '" + std::string(required) + "'");
    if (auto why = conflict(clause, *rule); !why.empty())
        return broken(why);
    return clause;
}

} // namespace sextant::registry
