// GateResult as JSON and in words.
#include "core/registry/gates/evaluate.h"

#include "core/base/strict_json.h"
#include "core/base/text.h"

#include <algorithm>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

constexpr JsonLimits kLimits{std::size_t{1} << 22, 64};

Json observedJson(const ClauseResult& clause)
{
    if (clause.number)
        return *clause.number;
    return clause.observed.empty() ? Json() : Json(toUtf8(clause.observed));
}

Json embedded(const std::string& text)
{
    auto document = Json::parse(text, nullptr, false);
    return document.is_discarded() ? Json() : document;
}

std::string textAt(const Json& object, const char* key)
{
    auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

std::optional<ClauseResult> readClause(const Json& item)
{
    ClauseResult clause{textAt(item, "id"),
                        textAt(item, "title"),
                        textAt(item, "severity") == "warn" ? Severity::Warn : Severity::Fail,
                        Verdict::Missing,
                        textAt(item, "observed_text"),
                        {},
                        textAt(item, "expected"),
                        textAt(item, "message"),
                        textAt(item, "from")};
    auto word = textAt(item, "verdict");
    bool known = false;
    for (auto verdict : {Verdict::Pass, Verdict::Warn, Verdict::Fail, Verdict::Missing})
        if (toText(verdict) == word) {
            clause.verdict = verdict;
            known = true;
        }
    auto observed = item.is_object() ? item.find("observed") : item.end();
    if (item.is_object() && observed != item.end() && observed->is_number())
        clause.number = observed->get<double>();
    if (clause.id.empty() || !known)
        return std::nullopt;
    return clause;
}

std::string listed(const GateResult& result, bool (*chosen)(const ClauseResult&))
{
    std::string ids;
    for (const auto& clause : result.clauses)
        if (chosen(clause))
            ids += (ids.empty() ? "" : ", ") + clause.id;
    return ids;
}

} // namespace

std::string summaryOf(const GateResult& result)
{
    auto count = [&](auto chosen) {
        return std::count_if(result.clauses.begin(), result.clauses.end(), chosen);
    };
    auto all = std::to_string(result.clauses.size());
    auto against = count([](const ClauseResult& clause) { return clause.denies(); });
    auto warnings = count([](const ClauseResult& clause) { return !clause.passed() && !clause.denies(); });
    std::string text = against == 0
                           ? "All " + all + " clauses allow it"
                           : std::to_string(against) + " of " + all + " clauses fail or miss data: " +
                                 listed(result, [](const ClauseResult& clause) { return clause.denies(); });
    if (result.clauses.size() == 1 && against == 0)
        text = "The clause allows it";
    if (warnings > 0)
        text +=
            (against ? "; " : ", ") + std::to_string(warnings) +
            (warnings == 1 ? " warning: " : " warnings: ") +
            listed(result, [](const ClauseResult& clause) { return !clause.passed() && !clause.denies(); });
    return text;
}

std::string formatGateResult(const GateResult& result)
{
    auto clauses = Json::array(), deny = Json::array(), warn = Json::array(), notes = Json::array();
    for (const auto& clause : result.clauses) {
        clauses.push_back({{"id", clause.id},
                           {"title", toUtf8(clause.title)},
                           {"severity", toText(clause.severity)},
                           {"passed", clause.passed()},
                           {"verdict", toText(clause.verdict)},
                           {"observed", observedJson(clause)},
                           {"observed_text", toUtf8(clause.observed)},
                           {"expected", toUtf8(clause.expected)},
                           {"message", toUtf8(clause.message)},
                           {"from", toUtf8(clause.from)}});
        if (!clause.passed())
            (clause.denies() ? deny : warn)
                .push_back({{"id", clause.id},
                            {"msg", toUtf8(clause.message)},
                            {"observed", observedJson(clause)},
                            {"expected", toUtf8(clause.expected)}});
    }
    for (const auto& note : result.notes)
        notes.push_back(toUtf8(note));
    Json document = {{"allow", result.allow},
                     {"clauses", clauses},
                     {"deny", deny},
                     {"warn", warn},
                     {"policy", {{"name", result.policyName}, {"digest", result.policyDigest}}},
                     {"engine", {{"name", result.engineName}, {"version", result.engineVersion}}},
                     {"inputDigest", result.inputDigest},
                     {"asOf", result.asOf},
                     {"notes", notes}};
    if (!result.provenance.empty())
        document["engine"]["provenance"] = embedded(result.provenance);
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<GateResult> parseGateResult(std::string_view json, std::string_view what)
{
    SEXTANT_TRY(auto document, parseStrictJson(json, what, kLimits));
    auto broken = [&] { return fail(ErrorCode::Corrupt, std::string(what) + " is no result of a gate"); };
    if (!document.is_object())
        return broken();
    GateResult result;
    auto object = [&](const char* key) { return document.value(key, Json()); };
    auto allow = object("allow"), clauses = object("clauses"), asOf = object("asOf");
    if (!allow.is_boolean() || !clauses.is_array() || !asOf.is_number_integer())
        return broken();
    result.allow = allow.get<bool>();
    result.asOf = asOf.get<EpochMs>();
    for (const auto& item : clauses) {
        auto clause = readClause(item);
        if (!clause)
            return broken();
        result.clauses.push_back(std::move(*clause));
    }
    auto policy = object("policy"), engine = object("engine");
    result.policyName = textAt(policy, "name");
    result.policyDigest = textAt(policy, "digest");
    result.engineName = textAt(engine, "name");
    result.engineVersion = textAt(engine, "version");
    if (engine.is_object() && engine.contains("provenance"))
        result.provenance = engine["provenance"].dump();
    result.inputDigest = textAt(document, "inputDigest");
    for (const auto& note : object("notes"))
        if (note.is_string())
            result.notes.push_back(note.get<std::string>());
    return result;
}

} // namespace sextant::registry
