#include "core/query/path.h"

#include "core/query/lexer.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace sextant {

namespace {

bool isQuotedBy(std::string_view text, char quote)
{
    return text.size() >= 2 && text.front() == quote && text.back() == quote;
}

std::string_view withoutQuotes(std::string_view text, std::string_view quotes)
{
    for (char quote : quotes)
        if (isQuotedBy(text, quote))
            return text.substr(1, text.size() - 2);
    return text;
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// sqlparse reads `.12ab` as the number .12, `1e5x` as 1e5, and these words as keywords even after a dot.
bool isPlainPiece(std::string_view piece)
{
    static constexpr std::array<std::string_view, 6> reserved{"case", "in", "values", "using", "from", "as"};
    if (piece.empty())
        return true;
    if (isDigit(piece.front())) {
        if (piece.size() < 2 || (!isLetter(piece[1]) && piece[1] != '_'))
            return false;
        auto exponent = piece.substr(1);
        if (exponent.size() > 1 && (exponent[0] == 'e' || exponent[0] == 'E') && isDigit(exponent[1]))
            return false;
    }
    if (piece.size() <= 6 && std::ranges::find(reserved, foldCase(piece)) != reserved.end())
        return false;
    for (auto rest = piece; !rest.empty();) {
        auto character = firstCharacter(rest);
        if (!isWordCharacter(character.value))
            return false;
        rest.remove_prefix(character.length);
    }
    return true;
}

/// Pieces between dots that stand outside of quotes.
bool arePiecesPlain(std::string_view text)
{
    while (!text.empty()) {
        char c = text.front();
        if (c == '`' || c == '"' || c == '\'') {
            auto close = text.find(c, 1);
            while (close != std::string_view::npos && close + 1 < text.size() && text[close + 1] != '.')
                close = text.find(c, close + 1);
            text.remove_prefix(close == std::string_view::npos ? text.size()
                                                               : std::min(close + 2, text.size()));
            continue;
        }
        auto piece = text.substr(0, text.find('.'));
        if (!isPlainPiece(piece))
            return false;
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
    }
    return true;
}

} // namespace

FieldPath parsePath(std::string_view text)
{
    FieldPath path;
    auto dot = text.find('.');
    path.hasDot = dot != std::string_view::npos;
    auto raw = path.hasDot ? text.substr(dot + 1) : text;
    if (path.hasDot)
        path.prefix = withoutQuotes(text.substr(0, dot), "`");
    auto key = withoutQuotes(withoutQuotes(raw, "'\""), "`");
    path.quoted = key.size() != raw.size();
    path.key = std::string(key);
    path.plain = arePiecesPlain(path.hasDot ? raw : text);
    // sqlparse knows PARAMETER as a keyword, which a digit behind the dot does not turn into a name.
    if (path.prefix.starts_with("parameter") && !raw.empty() && isDigit(raw.front()))
        path.plain = false;
    return path;
}

bool isPlainKey(std::string_view text)
{
    if (text.find_first_of("`\"'") != std::string_view::npos)
        return false;
    return !text.empty() && arePiecesPlain(text);
}

std::string quoteKey(std::string_view key)
{
    if (isPlainKey(key))
        return std::string(key);
    char quote = key.find('`') == std::string_view::npos   ? '`'
                 : key.find('"') == std::string_view::npos ? '"'
                                                           : '\'';
    return quote + std::string(key) + quote;
}

} // namespace sextant
