#include "core/query/tokens.h"

#include "core/query/fields.h"
#include "core/query/path.h"
#include "core/query/place.h"

#include <algorithm>
#include <array>

namespace sextant {

namespace {

bool isKeyword(const Token& token)
{
    static constexpr std::array<std::string_view, 9> words{"AND",  "OR",   "NOT",   "IN",   "IS",
                                                           "NULL", "LIKE", "ILIKE", "RLIKE"};
    return std::ranges::any_of(words, [&token](std::string_view word) { return isWord(token, word); });
}

bool isOperator(std::string_view text)
{
    static constexpr std::array<std::string_view, 6> symbols{"=", "!=", "<", "<=", ">", ">="};
    return std::ranges::find(symbols, text) != symbols.end();
}

/// A word where a field may stand: unknown ones are wrong once an operator follows, and free text before.
SyntaxKind kindOfOperand(const Token& token, FilterTarget target, bool compared)
{
    auto path = parsePath(token.text);
    bool known = path.hasDot ? findPrefix(target, path.prefix).has_value()
                             : findAttribute(target, path.key) != nullptr;
    if (known)
        return path.plain ? SyntaxKind::Field : SyntaxKind::Error;
    if (compared)
        return SyntaxKind::Error;
    return token.type == TokenType::Symbol ? SyntaxKind::String : SyntaxKind::Other;
}

SyntaxKind kindOf(const Token& token, const Token* next, const PlaceTracker& before, FilterTarget target)
{
    auto place = before.place();
    bool value = place == Place::Value || place == Place::ListValue || place == Place::ListNext;
    switch (token.type) {
    case TokenType::Text:
        return SyntaxKind::String;
    case TokenType::Unclosed:
        return value || token.text.front() == '\'' ? SyntaxKind::String : SyntaxKind::Field;
    case TokenType::Number:
        return value ? SyntaxKind::Number : SyntaxKind::Other;
    case TokenType::BadNumber:
        return value ? SyntaxKind::Error : SyntaxKind::Other;
    case TokenType::Operator:
        return isOperator(token.text) ? SyntaxKind::Operator : SyntaxKind::Error;
    case TokenType::Unknown:
        return SyntaxKind::Error;
    case TokenType::Word:
    case TokenType::Symbol:
        break;
    default:
        return SyntaxKind::Other;
    }
    if (isKeyword(token))
        return SyntaxKind::Keyword;
    if (value)
        return token.type == TokenType::Symbol ? SyntaxKind::String : SyntaxKind::Other;
    bool called = next && next->type == TokenType::LeftParen && place != Place::Operator;
    if (called)
        return SyntaxKind::Function;
    bool compared = place != Place::Argument && next &&
                    (next->type == TokenType::Operator || isWord(*next, "LIKE") || isWord(*next, "ILIKE") ||
                     isWord(*next, "RLIKE") || isWord(*next, "IN"));
    return kindOfOperand(token, target, compared);
}

/// The words around a change, so that it can be recognised.
std::string shownPart(std::string_view text, const Fix& fix)
{
    auto changed = TextRange{fix.range.begin, fix.replacement.size()};
    auto tokens = tokenize(text);
    auto begin = changed.begin;
    auto end = changed.begin + changed.length;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        bool touched = tokens[i].end() >= begin && tokens[i].range.begin <= changed.begin + changed.length;
        if (!touched)
            continue;
        auto first = i > 1 ? i - 2 : 0;
        auto last = std::min(i + 2, tokens.size() - 1);
        begin = std::min(begin, tokens[first].range.begin);
        end = std::max(end, tokens[last].end());
    }
    return std::string(text.substr(begin, end - begin));
}

} // namespace

std::vector<SyntaxToken> syntaxTokens(std::string_view text, FilterTarget target)
{
    auto tokens = tokenize(text);
    std::vector<SyntaxToken> colored;
    colored.reserve(tokens.size());
    PlaceTracker tracker;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto next = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
        colored.push_back({tokens[i].range, kindOf(tokens[i], next, tracker, target)});
        tracker.take(tokens[i], next);
    }
    return colored;
}

std::optional<Repair> repair(std::string_view text, FilterTarget target)
{
    auto problem = Filter::explain(text, target);
    if (!problem || !problem->fix)
        return std::nullopt;
    Repair mended;
    mended.text = applied(text, *problem->fix);
    bool clause = problem->error.range == problem->fix->range &&
                  problem->fix->replacement.find(' ') != std::string::npos;
    mended.shown = clause ? problem->fix->replacement : shownPart(mended.text, *problem->fix);
    auto filter = Filter::parse(mended.text, target);
    if (filter && !filter->portable())
        mended.note = "Evaluated in Sextant, not in the store";
    return mended;
}

} // namespace sextant
