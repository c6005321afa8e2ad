#include "core/ledger/rules.h"

#include "core/base/strict_json.h"

namespace sextant::ledger {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "sextant.rules/1";
constexpr JsonLimits kLimits{60'000, 12};
constexpr std::uint64_t kMostApprovals = 100;
constexpr std::string_view kEveryTarget = "*";

bool readRoles(const Json& value, Roles& roles)
{
    roles.clear();
    for (const auto& item : value) {
        if (!item.is_string() || !isRole(item.get_ref<const std::string&>()))
            return false;
        roles.insert(item.get<std::string>());
    }
    return value.is_array() && !roles.empty();
}

bool readGates(const Json& value, TargetRules& rules)
{
    for (const auto& item : value) {
        auto name = item.is_object() ? item.value("name", Json()) : item;
        if (!name.is_string() || name.get_ref<const std::string&>().empty())
            return false;
        rules.gates.push_back(name.get<std::string>());
        if (!item.is_object())
            continue;
        auto hex = item.value("sha256", Json());
        auto digest = hex.is_string() ? digestFromHex(hex.get_ref<const std::string&>()) : std::nullopt;
        if (!digest || item.size() != 2)
            return false;
        rules.definitions[rules.gates.back()] = *digest;
    }
    return value.is_array();
}

std::optional<EpochMs> readTime(const Json& object, const char* key)
{
    auto found = object.find(key);
    if (found == object.end())
        return {};
    if (found->is_number_integer())
        return found->get<EpochMs>();
    return found->is_string() ? parseIso(found->get_ref<const std::string&>()) : std::nullopt;
}

bool readFreezes(const Json& value, std::vector<Freeze>& freezes)
{
    if (!value.is_array())
        return false;
    for (const auto& item : value) {
        if (!item.is_object())
            return false;
        auto from = readTime(item, "from"), to = readTime(item, "to");
        auto why = item.find("why");
        bool hasWhy = why != item.end();
        if (!from || !to || *to <= *from || (hasWhy && !why->is_string()) ||
            item.size() != (hasWhy ? 3U : 2U))
            return false;
        freezes.push_back({*from, *to, hasWhy ? why->get<std::string>() : ""});
    }
    return true;
}

bool readField(const std::string& key, const Json& value, TargetRules& rules)
{
    if (key == "request")
        return readRoles(value, rules.request);
    if (key == "approve")
        return readRoles(value, rules.approve);
    if (key == "apply")
        return readRoles(value, rules.apply);
    if (key == "waive")
        return readRoles(value, rules.waive);
    if (key == "emergency")
        return readRoles(value, rules.emergency);
    if (key == "gates")
        return readGates(value, rules);
    if (key == "freeze")
        return readFreezes(value, rules.freezes);
    if (key == "witness" && value.is_boolean()) {
        rules.witness = value.get<bool>();
        return true;
    }
    if (key != "approvals" || !value.is_number_unsigned() || value.get<std::uint64_t>() > kMostApprovals)
        return false;
    rules.approvals = value.get<std::size_t>();
    return true;
}

} // namespace

Result<Rules> Rules::parse(std::string_view json, std::string_view what)
{
    auto broken = [&](const std::string& why) {
        return fail(ErrorCode::Corrupt, std::string(what) + ": " + why);
    };
    SEXTANT_TRY(auto document, parseStrictJson(json, what, kLimits));
    auto schema = document.is_object() ? document.find("schema") : document.end();
    auto targets = document.is_object() ? document.find("targets") : document.end();
    if (schema == document.end() || !schema->is_string() || schema->get_ref<const std::string&>() != kSchema)
        return broken("these are no rules: 'schema' must be \"" + std::string(kSchema) + "\"");
    if (targets == document.end() || !targets->is_object() || document.size() != 2)
        return broken("rules have 'schema' and 'targets', and nothing else");
    Rules rules;
    for (const auto& [target, fields] : targets->items()) {
        if (target.empty() || !fields.is_object())
            return broken("the rules of '" + target + "' are no object");
        auto& into = rules.m_targets[target];
        for (const auto& [key, value] : fields.items())
            if (!readField(key, value, into))
                return broken("'" + key + "' of '" + target + "' is not known, or its value does not fit");
    }
    return rules;
}

bool Rules::govern(std::string_view target) const
{
    return m_targets.contains(target) || m_targets.contains(kEveryTarget);
}

const TargetRules& Rules::of(std::string_view target) const
{
    static const TargetRules kDefaults;
    auto found = m_targets.find(target);
    if (found == m_targets.end())
        found = m_targets.find(kEveryTarget);
    return found == m_targets.end() ? kDefaults : found->second;
}

} // namespace sextant::ledger
