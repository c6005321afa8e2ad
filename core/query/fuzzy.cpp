#include "core/query/fuzzy.h"

namespace sextant {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool isBoundary(std::string_view name, std::size_t at)
{
    if (at == 0)
        return true;
    char before = name[at - 1];
    return std::string_view("/_-. :`\"'").find(before) != std::string_view::npos;
}

/// Where `pattern` stands as a whole; the beginning of a word is preferred.
std::size_t findWhole(std::string_view name, std::string_view pattern)
{
    auto first = std::string_view::npos;
    for (std::size_t at = 0; at + pattern.size() <= name.size(); ++at) {
        std::size_t same = 0;
        while (same < pattern.size() && lower(name[at + same]) == lower(pattern[same]))
            ++same;
        if (same < pattern.size())
            continue;
        if (isBoundary(name, at))
            return at;
        if (first == std::string_view::npos)
            first = at;
    }
    return first;
}

/// The letters one after another; with `preferBoundaries` each goes to the beginning of a word when one is
/// ahead.
std::optional<FuzzyMatch> scattered(std::string_view name, std::string_view pattern, bool preferBoundaries)
{
    FuzzyMatch match;
    std::size_t from = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        auto found = std::string_view::npos;
        bool adjacent = i > 0 && from < name.size() && lower(name[from]) == lower(pattern[i]);
        for (auto at = from; at < name.size(); ++at) {
            if (lower(name[at]) != lower(pattern[i]))
                continue;
            if (found == std::string_view::npos)
                found = at;
            if (adjacent || !preferBoundaries || isBoundary(name, at)) {
                found = at;
                break;
            }
        }
        if (found == std::string_view::npos)
            return std::nullopt;
        bool joined = !match.parts.empty() && match.parts.back().begin + match.parts.back().length == found;
        if (joined)
            ++match.parts.back().length;
        else
            match.parts.push_back({found, 1});
        match.score += joined ? 4 : isBoundary(name, found) ? 3 : 0;
        from = found + 1;
    }
    return match;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(std::string_view name, std::string_view pattern)
{
    if (pattern.empty())
        return FuzzyMatch{};
    auto length = static_cast<int>(std::min<std::size_t>(name.size(), 200));
    if (auto at = findWhole(name, pattern); at != std::string_view::npos) {
        int place = at == 0 ? 3000 : isBoundary(name, at) ? 2000 : 1000;
        return FuzzyMatch{place - length, {{at, pattern.size()}}};
    }
    auto match = scattered(name, pattern, true);
    if (!match) // the choice of a boundary may have run past a letter
        match = scattered(name, pattern, false);
    if (!match)
        return std::nullopt;
    // Letters strewn about a name are an accident, not an answer.
    if (match->parts.size() > 2 && match->score < static_cast<int>(pattern.size()) * 2)
        return std::nullopt;
    bool initials =
        match->score >= static_cast<int>(pattern.size()) * 3; // each begins a word or follows the one before
    match->score = match->score * 4 - length + (initials ? 1200 : 0);
    return match;
}

} // namespace sextant
