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
    char letter = lower(pattern.front());
    for (std::size_t at = 0; at + pattern.size() <= name.size(); ++at) {
        if (lower(name[at]) != letter)
            continue;
        std::size_t same = 1;
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

/// Where the letters of a match stand; parts are kept only when somebody wants them.
class Trail
{
public:
    explicit Trail(std::vector<TextRange>* parts) : m_parts(parts) {}

    /// True when it follows the one before.
    bool add(std::size_t at)
    {
        bool joined = m_pieces > 0 && m_end == at;
        m_end = at + 1;
        m_pieces += joined ? 0 : 1;
        if (m_parts && joined)
            ++m_parts->back().length;
        else if (m_parts)
            m_parts->push_back({at, 1});
        return joined;
    }
    std::size_t pieces() const { return m_pieces; }

private:
    std::vector<TextRange>* m_parts;
    std::size_t m_end = 0;
    std::size_t m_pieces = 0;
};

/// Where the next letter is taken from: the one that follows, else with `preferBoundaries` the beginning of a
/// word.
std::size_t nextLetter(std::string_view name, std::size_t from, char letter, bool follows,
                       bool preferBoundaries)
{
    auto found = std::string_view::npos;
    bool adjacent = follows && from < name.size() && lower(name[from]) == letter;
    for (auto at = from; at < name.size(); ++at) {
        if (lower(name[at]) != letter)
            continue;
        if (adjacent || !preferBoundaries || isBoundary(name, at))
            return at;
        if (found == std::string_view::npos)
            found = at;
    }
    return found;
}

/// The letters one after another.
std::optional<int> scattered(std::string_view name, std::string_view pattern, bool preferBoundaries,
                             std::vector<TextRange>* parts)
{
    if (parts)
        parts->clear();
    Trail trail(parts);
    int score = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        auto at = nextLetter(name, from, lower(pattern[i]), i > 0, preferBoundaries);
        if (at == std::string_view::npos)
            return std::nullopt;
        score += trail.add(at) ? 4 : isBoundary(name, at) ? 3 : 0;
        from = at + 1;
    }
    // Letters strewn about a name are an accident, not an answer.
    auto length = static_cast<int>(pattern.size());
    if (trail.pieces() > 2 && score < length * 2)
        return std::nullopt;
    bool initials = score >= length * 3; // each begins a word or follows the one before
    return score * 4 + (initials ? 1200 : 0);
}

std::optional<int> matched(std::string_view name, std::string_view pattern, std::vector<TextRange>* parts)
{
    if (pattern.empty())
        return 0;
    auto length = static_cast<int>(std::min<std::size_t>(name.size(), 200));
    if (auto at = findWhole(name, pattern); at != std::string_view::npos) {
        if (parts)
            parts->assign({{at, pattern.size()}});
        return (at == 0 ? 3000 : isBoundary(name, at) ? 2000 : 1000) - length;
    }
    auto score = scattered(name, pattern, true, parts);
    if (!score) // the choice of a boundary may have run past a letter
        score = scattered(name, pattern, false, parts);
    return score ? std::optional(*score - length) : std::nullopt;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(std::string_view name, std::string_view pattern)
{
    FuzzyMatch match;
    auto score = matched(name, pattern, &match.parts);
    if (!score)
        return std::nullopt;
    match.score = *score;
    return match;
}

std::optional<int> fuzzyScore(std::string_view name, std::string_view pattern)
{
    return matched(name, pattern, nullptr);
}

} // namespace sextant
