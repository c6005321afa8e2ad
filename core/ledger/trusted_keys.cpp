#include "core/ledger/trusted_keys.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace sextant::ledger {

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kMostKeys = 4'096;
constexpr std::size_t kLongestRole = 32;
constexpr std::size_t kLongestPerson = 128;

std::optional<std::uint64_t> parseIndex(std::string_view text)
{
    std::uint64_t index = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(index) : std::nullopt;
}

/// "120" or "risk/fraud#120".
bool takeIndex(std::string_view text, IndexByLog& indexes)
{
    auto hash = text.rfind('#');
    auto origin = hash == std::string_view::npos ? std::string_view() : text.substr(0, hash);
    auto index = parseIndex(hash == std::string_view::npos ? text : text.substr(hash + 1));
    return index && indexes.emplace(origin, *index).second;
}

bool takeField(std::string_view field, TrustedKey& key)
{
    auto value = field.substr(std::min(field.find('=') + 1, field.size()));
    if (field.starts_with("person=") && !value.empty() && value.size() <= kLongestPerson) {
        key.person = value;
        return true;
    }
    if (field.starts_with("from="))
        return takeIndex(value, key.from);
    return field.starts_with("until=") && takeIndex(value, key.until);
}

std::vector<std::string_view> words(std::string_view line)
{
    std::vector<std::string_view> result;
    for (auto word : split(line, ' '))
        if (!word.empty())
            result.push_back(word);
    return result;
}

std::optional<std::uint64_t> indexFor(const IndexByLog& indexes, std::string_view origin)
{
    auto found = indexes.find(origin);
    if (found == indexes.end())
        found = indexes.find("");
    return found == indexes.end() ? std::nullopt : std::optional(found->second);
}

std::string indexesText(std::string_view field, const IndexByLog& indexes)
{
    std::string text;
    for (const auto& [origin, index] : indexes)
        text += " " + std::string(field) + "=" + (origin.empty() ? "" : origin + "#") + std::to_string(index);
    return text;
}

} // namespace

bool isRole(std::string_view role)
{
    return !role.empty() && role.size() <= kLongestRole && std::all_of(role.begin(), role.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool TrustedKey::validAt(std::string_view origin, std::uint64_t index) const
{
    auto end = indexFor(until, origin);
    return index >= indexFor(from, origin).value_or(0) && (!end || index < *end);
}

Result<TrustedKey> parseTrustedKey(std::string_view line)
{
    auto broken = [](const std::string& why) {
        return fail(ErrorCode::Corrupt, why,
                    "A line is: KEY ROLE,ROLE [person=NAME] [from=INDEX] [until=INDEX]");
    };
    auto parts = words(line);
    if (parts.size() < 2)
        return broken("A trusted key needs its text and its roles");
    SEXTANT_TRY(auto key, PublicKey::parse(parts[0]));
    TrustedKey trusted{key, {}, key.name(), {}, {}};
    for (auto role : split(parts[1], ',')) {
        if (!isRole(role))
            return broken("'" + toUtf8(role) + "' is no role");
        trusted.roles.emplace(role);
    }
    for (std::size_t i = 2; i < parts.size(); ++i)
        if (!takeField(parts[i], trusted))
            return broken("'" + toUtf8(parts[i]) + "' is not understood");
    return trusted;
}

std::string formatTrustedKey(const TrustedKey& key)
{
    std::string roles;
    for (const auto& role : key.roles)
        roles += (roles.empty() ? "" : ",") + role;
    return key.key.text() + " " + roles + (key.person == key.key.name() ? "" : " person=" + key.person) +
           indexesText("from", key.from) + indexesText("until", key.until);
}

Result<TrustedKeys> TrustedKeys::parse(std::string_view text, std::string_view what)
{
    if (text.size() > kMostBytes || !isUtf8(text))
        return fail(ErrorCode::Corrupt,
                    std::string(what) + " is no list of trusted keys: it is too large or not UTF-8");
    TrustedKeys result;
    std::size_t number = 0;
    for (auto line : split(text, '\n')) {
        ++number;
        line = trim(line);
        if (line.empty() || line.front() == '#')
            continue;
        auto key = parseTrustedKey(line);
        auto added = key ? result.add(std::move(*key)) : Result<void>(tl::unexpected(key.error()));
        if (!added) {
            auto error = added.error();
            error.message =
                "Line " + std::to_string(number) + " of " + std::string(what) + ": " + error.message;
            return tl::unexpected(std::move(error));
        }
    }
    return result;
}

std::string TrustedKeys::format() const
{
    std::string text;
    for (const auto& key : m_keys)
        text += formatTrustedKey(key) + "\n";
    return text;
}

Result<void> TrustedKeys::add(TrustedKey key)
{
    if (m_keys.size() >= kMostKeys)
        return fail(ErrorCode::InvalidArgument, "There are too many trusted keys");
    for (const auto& other : m_keys) {
        if (other.key.name() == key.key.name())
            return fail(ErrorCode::AlreadyExists, "A key named '" + key.key.name() + "' is trusted already",
                        "Two keys of one person have two names and the same person=");
        if (other.key.bytes() == key.key.bytes())
            return fail(ErrorCode::AlreadyExists,
                        "This key is trusted already, as '" + other.key.name() + "'");
    }
    m_keys.push_back(std::move(key));
    return {};
}

const TrustedKey* TrustedKeys::find(std::string_view id) const
{
    auto found =
        std::find_if(m_keys.begin(), m_keys.end(), [&](const TrustedKey& key) { return key.key.id() == id; });
    return found == m_keys.end() ? nullptr : &*found;
}

TrustedKey* TrustedKeys::find(std::string_view id)
{
    return const_cast<TrustedKey*>(std::as_const(*this).find(id));
}

const TrustedKey* TrustedKeys::named(std::string_view name) const
{
    auto found = std::find_if(m_keys.begin(), m_keys.end(),
                              [&](const TrustedKey& key) { return key.key.name() == name; });
    return found == m_keys.end() ? nullptr : &*found;
}

std::vector<PublicKey> TrustedKeys::publicKeys() const
{
    std::vector<PublicKey> keys;
    for (const auto& key : m_keys)
        keys.push_back(key.key);
    return keys;
}

} // namespace sextant::ledger
