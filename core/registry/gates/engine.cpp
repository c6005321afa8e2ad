#include "core/registry/gates/engine.h"

#include "core/base/child_process.h"
#include "core/base/http.h"
#include "core/base/strict_json.h"
#include "core/ledger/folder_storage.h"
#include "core/registry/gates/clauses.h"

#include <algorithm>
#include <filesystem>

namespace sextant::registry {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr JsonLimits kLimits{std::size_t{1} << 22, 64};
constexpr std::size_t kMostPolicy = std::size_t{1} << 22;
constexpr std::size_t kMostItems = 1000;
constexpr const char* kFrom = "policy";

std::string shown(const Json& value)
{
    return value.is_string() ? value.get<std::string>()
                             : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string memberText(const Json& item, const char* key)
{
    auto found = item.is_object() ? item.find(key) : item.end();
    return item.is_object() && found != item.end() && !found->is_null() ? shown(*found) : std::string();
}

/// One of what a policy denies or warns of: a sentence, or {id, msg, observed, expected}.
ClauseResult clauseOf(const Json& item, Severity severity, const std::string& path, std::size_t number)
{
    ClauseResult clause;
    clause.id = memberText(item, "id");
    if (clause.id.empty())
        clause.id = (severity == Severity::Fail ? "deny-" : "warn-") + std::to_string(number);
    clause.title = path;
    clause.severity = severity;
    clause.verdict = severity == Severity::Fail ? Verdict::Fail : Verdict::Warn;
    clause.message = memberText(item, "msg");
    if (clause.message.empty())
        clause.message = memberText(item, "message");
    if (clause.message.empty())
        clause.message = shown(item);
    clause.observed = memberText(item, "observed");
    if (item.is_object() && item.contains("observed") && item["observed"].is_number())
        clause.number = item["observed"].get<double>();
    clause.expected = memberText(item, "expected");
    clause.from = kFrom;
    return clause;
}

class AnswerReader
{
public:
    AnswerReader(const Gate& gate, GateResult& result) : m_path(gate.opa->path), m_result(result) {}

    Result<void> read(const Json* value)
    {
        if (!value)
            return undefined("The rule " + m_path + " is undefined for these facts");
        if (value->is_boolean())
            return decided(value->get<bool>());
        auto allow = value->is_object() ? value->find("allow") : value->end();
        if (!value->is_object() || allow == value->end() || !allow->is_boolean())
            return undefined("The rule " + m_path + " says neither true or false nor what it allows");
        SEXTANT_CHECK(addAll(*value, "deny", Severity::Fail));
        SEXTANT_CHECK(addAll(*value, "warn", Severity::Warn));
        bool denied = std::any_of(m_result.clauses.begin(), m_result.clauses.end(),
                                  [](const ClauseResult& clause) { return clause.denies(); });
        if (!denied) // with something to deny, that is the reason
            return decided(allow->get<bool>());
        return {};
    }

private:
    Result<void> addAll(const Json& value, const char* key, Severity severity)
    {
        auto list = value.find(key);
        if (list == value.end() || list->is_null())
            return {};
        if (!list->is_array() || list->size() > kMostItems)
            return fail(ErrorCode::Corrupt, "The policy's '" + std::string(key) + "' is no list");
        std::size_t number = 0;
        for (const auto& item : *list)
            m_result.clauses.push_back(clauseOf(item, severity, m_path, ++number));
        return {};
    }
    Result<void> decided(bool allow)
    {
        ClauseResult clause{"allow",
                            m_path,
                            Severity::Fail,
                            allow ? Verdict::Pass : Verdict::Fail,
                            allow ? "true" : "false",
                            {},
                            "true",
                            "The policy " + m_path + (allow ? " allows it" : " does not allow it"),
                            kFrom};
        m_result.clauses.insert(m_result.clauses.begin(), std::move(clause));
        return {};
    }
    Result<void> undefined(const std::string& message)
    {
        m_result.clauses.push_back(
            {"allow", m_path, Severity::Fail, Verdict::Missing, "", {}, "true", message, kFrom});
        return {};
    }

    const std::string& m_path;
    GateResult& m_result;
};

GateResult resultOf(const Gate& gate, const Facts& facts)
{
    GateResult result;
    result.policyName = gate.name;
    result.policyDigest = toHex(gate.digest);
    result.engineName = "opa";
    result.inputDigest = digestOfFacts(facts);
    result.asOf = facts.asOf;
    result.notes = facts.notes;
    return result;
}

Result<GateResult> readValue(const Gate& gate, const Facts& facts, const Json* value)
{
    auto result = resultOf(gate, facts);
    SEXTANT_CHECK(AnswerReader(gate, result).read(value));
    result.allow = std::none_of(result.clauses.begin(), result.clauses.end(),
                                [](const ClauseResult& clause) { return clause.denies(); });
    return result;
}

std::string messageOf(std::string_view body)
{
    auto document = parseStrictJson(body, "The answer", kLimits);
    return document ? memberText(*document, "message") : std::string();
}

Result<GateResult> askServer(const Gate& gate, const Facts& facts, const EngineOptions& options,
                             const Operation& operation)
{
    auto url = gate.opa->url;
    while (url.ends_with('/'))
        url.pop_back();
    HttpRequest request{.url = url + "/v1/data/" + gate.opa->path + "?provenance=true",
                        .headers = {"Content-Type: application/json"},
                        .body = "{\"input\":" + formatFacts(facts) + "}",
                        .timeoutMs = options.timeoutMs,
                        .mostBytes = kLimits.bytes};
    SEXTANT_TRY(auto answer, sendHttp(request, operation));
    if (answer.status != 200)
        return fail(ErrorCode::Io,
                    "The policy server " + hostOf(url) + " answered " + std::to_string(answer.status),
                    "Nothing is allowed without its verdict; look at the server", messageOf(answer.body));
    return readOpaAnswer(gate, facts, answer.body);
}

/// The file of the rules: beside the gate, never outside of its folder.
Result<std::string> policyFile(const Gate& gate, const EngineOptions& options)
{
    if (options.folder.empty()) // a gate out of a log: nothing binds a file that happens to lie around
        return fail(ErrorCode::InvalidArgument,
                    "The policy '" + gate.opa->policy + "' is not kept with the gate",
                    "Ask a policy server instead: \"opa\": {\"url\", \"path\"}");
    fs::path policy(gate.opa->policy);
    bool inside = policy.is_relative() && std::none_of(policy.begin(), policy.end(),
                                                       [](const fs::path& part) { return part == ".."; });
    if (!inside)
        return fail(ErrorCode::InvalidArgument,
                    "The policy '" + gate.opa->policy + "' is not beside its gate");
    return (fs::absolute(options.folder) / policy).string();
}

Result<std::string> versionOf(const EngineOptions& options, const Operation& operation)
{
    SEXTANT_TRY(
        auto outcome,
        runChild({.arguments = {options.opaProgram, "version"}, .timeoutMs = options.timeoutMs}, operation));
    constexpr std::string_view kLabel = "Version: ";
    auto begin = outcome.output.find(kLabel);
    if (outcome.code != 0 || begin == std::string::npos)
        return fail(ErrorCode::Corrupt, "'" + options.opaProgram + "' is no Open Policy Agent");
    begin += kLabel.size();
    return outcome.output.substr(begin, outcome.output.find('\n', begin) - begin);
}

Result<GateResult> runProgram(const Gate& gate, const Facts& facts, const EngineOptions& options,
                              const Operation& operation)
{
    SEXTANT_TRY(auto file, policyFile(gate, options));
    fs::path place(file);
    SEXTANT_TRY(
        auto policy,
        ledger::FolderStorage(place.parent_path().string()).read(place.filename().string(), kMostPolicy));
    SEXTANT_TRY(auto version, versionOf(options, operation));
    auto query = "data." + gate.opa->path;
    std::replace(query.begin(), query.end(), '/', '.');
    SEXTANT_TRY(auto outcome, runChild({.arguments = {options.opaProgram, "eval", "--data", file, "--format",
                                                      "json", "--stdin-input", query},
                                        .input = formatFacts(facts),
                                        .timeoutMs = options.timeoutMs,
                                        .mostBytes = kLimits.bytes},
                                       operation));
    if (outcome.code != 0)
        return fail(ErrorCode::Io, "'" + options.opaProgram + "' could not evaluate the policy",
                    "Check it with `opa check " + gate.opa->policy + "`",
                    outcome.errors.empty() ? outcome.output : outcome.errors);
    SEXTANT_TRY(auto document, parseStrictJson(outcome.output, "What opa said", kLimits));
    const Json* value = nullptr;
    auto found = document.is_object() ? document.find("result") : document.end();
    if (document.is_object() && found != document.end() && found->is_array() && !found->empty()) {
        auto expressions =
            found->front().is_object() ? found->front().find("expressions") : found->front().end();
        if (!found->front().is_object() || expressions == found->front().end() || !expressions->is_array() ||
            expressions->empty() || !expressions->front().is_object() ||
            !expressions->front().contains("value"))
            return fail(ErrorCode::Corrupt, "What opa said is no result");
        value = &expressions->front()["value"];
    }
    SEXTANT_TRY(auto result, readValue(gate, facts, value));
    result.engineVersion = version;
    result.provenance =
        Json{{"version", version}, {"policy", gate.opa->policy}, {"sha256", toHex(sha256(policy))}}.dump();
    return result;
}

} // namespace

Result<GateResult> readOpaAnswer(const Gate& gate, const Facts& facts, std::string_view answer)
{
    SEXTANT_TRY(auto document, parseStrictJson(answer, "The answer of the policy server", kLimits));
    if (!document.is_object())
        return fail(ErrorCode::Corrupt, "The answer of the policy server is no object");
    auto value = document.find("result");
    SEXTANT_TRY(auto result, readValue(gate, facts, value == document.end() ? nullptr : &*value));
    if (auto provenance = document.find("provenance"); provenance != document.end()) {
        result.engineVersion = memberText(*provenance, "version");
        result.provenance = shown(*provenance);
    }
    return result;
}

Result<GateResult> evaluateGate(const Gate& gate, const Facts& facts, const EngineOptions& options,
                                const Operation& operation)
{
    if (!gate.opa)
        return evaluate(gate, facts);
    return gate.opa->url.empty() ? runProgram(gate, facts, options, operation)
                                 : askServer(gate, facts, options, operation);
}

} // namespace sextant::registry
