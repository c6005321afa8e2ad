#include "core/ledger/act.h"

#include "core/base/strict_json.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace sextant::ledger {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kStatementType = "https://in-toto.io/Statement/v1";
constexpr std::string_view kPredicatePrefix = "urn:sextant:ledger:";
constexpr std::string_view kPredicateSuffix = ":v1";
constexpr JsonLimits kLimits{65'535, 24};

constexpr std::array<std::string_view, 13> kKinds = {
    "rules",   "key-added", "key-revoked", "request", "gate", "decision",      "withdrawal",
    "comment", "waiver",    "transition",  "report",  "card", "reconciliation"};

const std::set<std::string_view> kFields = {"seq",       "prevLeafHash", "log",    "actor",  "claimedTime",
                                            "reason",    "request",      "target", "from",   "to",
                                            "leaves",    "author",       "gate",   "passed", "expires",
                                            "emergency", "key",          "inputs", "details"};

Json subjectJson(const Subject& subject)
{
    return {{"name", subject.name}, {"digest", {{"sha256", toHex(subject.digest)}}}};
}

void putText(Json& predicate, const char* key, const std::string& text)
{
    if (!text.empty())
        predicate[key] = text;
}

Result<Json> predicateOf(const Act& act)
{
    Json predicate = {{"seq", act.index},
                      {"prevLeafHash", toHex(act.previous)},
                      {"log", act.origin},
                      {"actor", act.actor},
                      {"claimedTime", act.time}};
    putText(predicate, "reason", act.reason);
    if (act.request)
        predicate["request"] = *act.request;
    putText(predicate, "target", act.target);
    if (!act.from.empty())
        predicate["from"] = act.from;
    putText(predicate, "to", act.to);
    if (!act.leaves.empty())
        predicate["leaves"] = act.leaves;
    putText(predicate, "author", act.author);
    putText(predicate, "gate", act.gate);
    if (act.passed)
        predicate["passed"] = *act.passed;
    if (act.expires)
        predicate["expires"] = *act.expires;
    if (act.emergency)
        predicate["emergency"] = true;
    putText(predicate, "key", act.keyLine);
    for (const auto& input : act.inputs)
        predicate["inputs"].push_back(subjectJson(input));
    if (!act.details.empty()) {
        SEXTANT_TRY(auto details, parseStrictJson(act.details, "What the entry says in detail",
                                                  {kLimits.bytes, kLimits.depth - 2}));
        if (!details.is_object())
            return fail(ErrorCode::InvalidArgument, "What the entry says in detail must be a JSON object");
        predicate["details"] = std::move(details);
    }
    return predicate;
}

/// Reads the fields of one object; the first that does not fit is remembered.
class FieldReader
{
public:
    explicit FieldReader(const Json& object) : m_object(object) {}

    bool good() const { return m_wrong.empty(); }
    const std::string& wrong() const { return m_wrong; }

    const Json* find(const char* key, bool required = false)
    {
        auto found = m_object.find(key);
        if (found != m_object.end())
            return &*found;
        if (required)
            refuse(key);
        return nullptr;
    }
    void text(const char* key, std::string& target, bool required = false)
    {
        if (const auto* value = find(key, required)) {
            if (value->is_string())
                target = value->get<std::string>();
            else
                refuse(key);
        }
    }
    template <class Number>
    void number(const char* key, Number& target, bool required = false)
    {
        const auto* value = find(key, required);
        if (!value)
            return;
        // Times and places are never negative, nor beyond what every reader holds exactly.
        constexpr std::uint64_t kLargest = std::uint64_t{1} << 53;
        if (value->is_number_unsigned() && value->get<std::uint64_t>() <= kLargest)
            target = static_cast<std::int64_t>(value->get<std::uint64_t>());
        else
            refuse(key);
    }
    void truth(const char* key, std::optional<bool>& target)
    {
        if (const auto* value = find(key)) {
            if (value->is_boolean())
                target = value->get<bool>();
            else
                refuse(key);
        }
    }
    void refuse(const char* key)
    {
        if (m_wrong.empty())
            m_wrong = key;
    }

private:
    const Json& m_object;
    std::string m_wrong;
};

std::optional<Subject> readSubject(const Json& item)
{
    auto name = item.is_object() ? item.find("name") : item.end();
    auto digest = item.is_object() ? item.find("digest") : item.end();
    if (name == item.end() || digest == item.end() || !name->is_string() || !digest->is_object())
        return {};
    auto sha256 = digest->find("sha256");
    auto bytes = sha256 != digest->end() && sha256->is_string()
                     ? digestFromHex(sha256->get_ref<const std::string&>())
                     : std::nullopt;
    return bytes ? std::optional(Subject{name->get<std::string>(), *bytes}) : std::nullopt;
}

void readNames(FieldReader& reader, const char* key, std::vector<std::string>& names)
{
    const auto* list = reader.find(key);
    if (!list)
        return;
    if (!list->is_array())
        return reader.refuse(key);
    for (const auto& item : *list) {
        if (!item.is_string())
            return reader.refuse(key);
        names.push_back(item.get<std::string>());
    }
}

void readLists(FieldReader& reader, Act& act)
{
    readNames(reader, "from", act.from);
    readNames(reader, "leaves", act.leaves);
    if (const auto* inputs = reader.find("inputs")) {
        if (!inputs->is_array())
            return reader.refuse("inputs");
        for (const auto& item : *inputs) {
            auto subject = readSubject(item);
            if (!subject)
                return reader.refuse("inputs");
            act.inputs.push_back(std::move(*subject));
        }
    }
}

void readPlace(FieldReader& reader, Act& act)
{
    std::int64_t index = 0;
    reader.number("seq", index, true);
    act.index = static_cast<std::uint64_t>(index);
    std::string previous;
    reader.text("prevLeafHash", previous, true);
    if (auto digest = digestFromHex(previous))
        act.previous = *digest;
    else
        reader.refuse("prevLeafHash");
    reader.text("log", act.origin, true);
    reader.text("actor", act.actor, true);
    reader.number("claimedTime", act.time, true);
}

void readPredicate(FieldReader& reader, Act& act)
{
    readPlace(reader, act);
    reader.text("reason", act.reason);
    reader.number("request", act.request);
    reader.text("target", act.target);
    reader.text("to", act.to);
    reader.text("author", act.author);
    reader.text("gate", act.gate);
    reader.truth("passed", act.passed);
    reader.number("expires", act.expires);
    std::optional<bool> emergency;
    reader.truth("emergency", emergency);
    act.emergency = emergency.value_or(false);
    reader.text("key", act.keyLine);
    readLists(reader, act);
    if (const auto* details = reader.find("details")) {
        if (details->is_object())
            act.details = details->dump();
        else
            reader.refuse("details");
    }
}

std::optional<ActKind> kindOf(std::string_view type)
{
    if (!type.starts_with(kPredicatePrefix) || !type.ends_with(kPredicateSuffix))
        return {};
    type.remove_prefix(kPredicatePrefix.size());
    auto found =
        std::find(kKinds.begin(), kKinds.end(), type.substr(0, type.size() - kPredicateSuffix.size()));
    return found == kKinds.end() ? std::nullopt : std::optional(static_cast<ActKind>(found - kKinds.begin()));
}

} // namespace

std::string_view toText(ActKind kind)
{
    return kKinds[static_cast<std::size_t>(kind)];
}

std::string predicateType(ActKind kind)
{
    return std::string(kPredicatePrefix) + std::string(toText(kind)) + std::string(kPredicateSuffix);
}

Result<std::string> formatAct(const Act& act)
{
    SEXTANT_TRY(auto predicate, predicateOf(act));
    Json statement = {{"_type", kStatementType},
                      {"subject", Json::array({subjectJson(act.subject)})},
                      {"predicateType", predicateType(act.kind)},
                      {"predicate", std::move(predicate)}};
    try {
        return statement.dump();
    } catch (const Json::exception& exception) {
        return fail(ErrorCode::InvalidArgument, "The texts of an entry must be UTF-8", {}, exception.what());
    }
}

Result<Act> parseAct(std::string_view statement, std::string_view what)
{
    auto broken = [&](const std::string& why) {
        return fail(ErrorCode::Corrupt, std::string(what) + " is no statement: " + why);
    };
    SEXTANT_TRY(auto document, parseStrictJson(statement, what, kLimits));
    if (!document.is_object())
        return broken("it is no JSON object");
    FieldReader outer(document);
    std::string type, predicateText;
    outer.text("_type", type, true);
    outer.text("predicateType", predicateText, true);
    const auto* subjects = outer.find("subject", true);
    const auto* predicate = outer.find("predicate", true);
    if (!outer.good() || type != kStatementType || document.size() != 4 || !predicate->is_object())
        return broken("it has not the form of in-toto v1");
    auto kind = kindOf(predicateText);
    if (!kind)
        return fail(ErrorCode::Unsupported,
                    std::string(what) + " is of a kind that is not known: " + predicateText,
                    "A newer Sextant may know it");
    for (const auto& field : predicate->items())
        if (!kFields.contains(field.key()))
            return fail(ErrorCode::Unsupported,
                        std::string(what) + " has a field that is not known: " + field.key(),
                        "A newer Sextant may know it");
    auto subject =
        subjects->is_array() && subjects->size() == 1 ? readSubject(subjects->front()) : std::nullopt;
    if (!subject)
        return broken("it must have one subject with a SHA-256 digest");
    Act act;
    act.kind = *kind;
    act.subject = std::move(*subject);
    FieldReader reader(*predicate);
    readPredicate(reader, act);
    if (!reader.good())
        return broken("its field '" + reader.wrong() + "' is missing or wrong");
    return act;
}

} // namespace sextant::ledger
