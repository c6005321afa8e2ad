#include "core/registry/gates/gate.h"

#include "core/base/strict_json.h"
#include "core/registry/gates/clause_reader.h"
#include "core/registry/gates/clauses.h"

#include <algorithm>
#include <set>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "sextant.gate/1";
constexpr JsonLimits kLimits{std::size_t{1} << 18, 12};
constexpr std::size_t kMostClauses = 500;

class GateReader
{
public:
    GateReader(const Json& document, std::string_view what) : m_document(document), m_what(what) {}

    Result<Gate> read()
    {
        if (!m_document.is_object() || !m_document.contains("schema") || m_document["schema"] != kSchema)
            return broken("it is no gate: 'schema' must be \"" + std::string(kSchema) + "\"");
        for (const auto& [key, value] : m_document.items())
            SEXTANT_CHECK(readField(key, value));
        if (m_gate.name.empty())
            return broken("'name' is missing");
        if (m_gate.clauses.empty() == !m_gate.opa)
            return broken("a gate has either 'clauses' or 'opa'");
        return std::move(m_gate);
    }

private:
    tl::unexpected<Error> broken(const std::string& why) const
    {
        return fail(ErrorCode::Corrupt, std::string(m_what) + ": " + why,
                    "`sextant gates show better-than-champion` shows how a gate is written");
    }

    Result<void> readField(const std::string& key, const Json& value)
    {
        if (key == "schema")
            return {};
        if (key == "clauses")
            return readClauses(value);
        if (key == "opa")
            return readOpa(value);
        auto* text = key == "name"          ? &m_gate.name
                     : key == "title"       ? &m_gate.title
                     : key == "description" ? &m_gate.description
                     : key == "champion"    ? &m_gate.champion
                                            : nullptr;
        if (!text)
            return broken("'" + key + "' is not known");
        if (!value.is_string())
            return broken("'" + key + "' must be a text");
        *text = value.get<std::string>();
        if (text == &m_gate.champion && !text->starts_with("alias:") && !text->starts_with("stage:"))
            return broken("'champion' names a target: \"alias:champion\" or \"stage:Production\"");
        return {};
    }

    Result<void> readClauses(const Json& value)
    {
        if (!value.is_array() || value.empty() || value.size() > kMostClauses)
            return broken("'clauses' must be a list of 1 to " + std::to_string(kMostClauses));
        std::set<std::string> ids;
        for (const auto& item : value) {
            auto clause = readClause(item, m_gate.clauses.size() + 1);
            if (!clause)
                return broken(clause.error().message);
            if (!ids.insert(clause->id).second)
                return broken("two clauses have the id '" + clause->id + "'");
            m_gate.clauses.push_back(std::move(*clause));
        }
        return {};
    }

    Result<void> readOpa(const Json& value)
    {
        if (!value.is_object())
            return broken("'opa' must be an object");
        OpaPolicy opa;
        for (const auto& [key, text] : value.items()) {
            auto* into = key == "url"      ? &opa.url
                         : key == "path"   ? &opa.path
                         : key == "policy" ? &opa.policy
                                           : nullptr;
            if (!into || !text.is_string())
                return broken("'" + key + "' of 'opa' is not known, or is no text");
            *into = text.get<std::string>();
        }
        if (opa.url.empty() == opa.policy.empty())
            return broken("'opa' has either a 'url' of a server or a 'policy' file for the program");
        if (!opa.url.empty() && !opa.url.starts_with("http://") && !opa.url.starts_with("https://"))
            return broken("'url' of 'opa' must begin with http:// or https://");
        if (!isRulePath(opa.path))
            return broken("'path' of 'opa' must name a rule, such as \"gates/better\"");
        m_gate.opa = std::move(opa);
        return {};
    }

    /// Words between slashes: it becomes part of an address and of a query.
    static bool isRulePath(std::string_view path)
    {
        bool wordBegins = true;
        for (char c : path) {
            bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            bool digit = c >= '0' && c <= '9';
            if (c == '/' ? wordBegins : !letter && !(digit && !wordBegins))
                return false;
            wordBegins = c == '/';
        }
        return !wordBegins;
    }

    const Json& m_document;
    std::string_view m_what;
    Gate m_gate;
};

std::string withSign(const char* sign, const std::optional<double>& bound)
{
    return bound ? std::string(", ") + sign + " " + numberText(*bound) : std::string();
}

} // namespace

bool Gate::uses(Operator op) const
{
    return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) { return clause.op == op; });
}

std::string_view toText(Severity severity)
{
    return severity == Severity::Fail ? "fail" : "warn";
}

std::string describe(const Bounds& bounds)
{
    auto text = withSign("≥", bounds.atLeast) + withSign(">", bounds.above) + withSign("≤", bounds.atMost) +
                withSign("<", bounds.below) + withSign("=", bounds.equals);
    text.erase(0, std::min<std::size_t>(2, text.size()));
    if (bounds.absolute)
        text = "size " + text;
    return bounds.tolerance > 0 ? text + " ± " + numberText(bounds.tolerance) : text;
}

Result<Gate> parseGate(std::string_view json, std::string_view what)
{
    SEXTANT_TRY(auto document, parseStrictJson(json, what, kLimits));
    SEXTANT_TRY(auto gate, GateReader(document, what).read());
    gate.digest = sha256(json);
    return gate;
}

} // namespace sextant::registry
