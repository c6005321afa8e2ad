#include "core/registry/gates/semantic_version.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace sextant::registry {

namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::uint64_t> numberOf(std::string_view text)
{
    std::uint64_t value = 0;
    if (!isNumber(text) || (text.size() > 1 && text.front() == '0') ||
        std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

bool isIdentifier(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

int compareIdentifiers(const std::string& first, const std::string& second)
{
    bool number = isNumber(first), other = isNumber(second);
    if (number != other)
        return number ? -1 : 1;
    if (number && first.size() != second.size()) // no leading zeros: the longer is greater
        return first.size() < second.size() ? -1 : 1;
    return first.compare(second);
}

} // namespace

std::optional<SemanticVersion> parseSemanticVersion(std::string_view text)
{
    if (text.starts_with('v'))
        text.remove_prefix(1);
    if (auto build = text.find('+'); build != std::string_view::npos) {
        for (auto part : split(text.substr(build + 1), '.'))
            if (!isIdentifier(part))
                return std::nullopt;
        text = text.substr(0, build);
    }
    SemanticVersion version;
    if (auto dash = text.find('-'); dash != std::string_view::npos) {
        for (auto part : split(text.substr(dash + 1), '.')) {
            if (!isIdentifier(part) || (isNumber(part) && part.size() > 1 && part.front() == '0'))
                return std::nullopt;
            version.preRelease.emplace_back(part);
        }
        text = text.substr(0, dash);
    }
    auto parts = split(text, '.');
    if (parts.size() != version.numbers.size())
        return std::nullopt;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto number = numberOf(parts[i]);
        if (!number)
            return std::nullopt;
        version.numbers[i] = *number;
    }
    return version;
}

int compareVersions(const SemanticVersion& first, const SemanticVersion& second)
{
    if (first.numbers != second.numbers)
        return first.numbers < second.numbers ? -1 : 1;
    if (first.preRelease.empty() != second.preRelease.empty())
        return first.preRelease.empty() ? 1 : -1; // 1.0.0-rc comes before 1.0.0
    auto common = std::min(first.preRelease.size(), second.preRelease.size());
    for (std::size_t i = 0; i < common; ++i)
        if (int order = compareIdentifiers(first.preRelease[i], second.preRelease[i]))
            return order;
    return static_cast<int>(first.preRelease.size()) - static_cast<int>(second.preRelease.size());
}

} // namespace sextant::registry
