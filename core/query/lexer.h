// The words of a filter, cut where MLflow's own reader (the sqlparse library) cuts them.
#pragma once

#include "core/base/error.h"

#include <string_view>
#include <vector>

namespace sextant {

enum class TokenType {
    Word,      // a field path, a keyword or a bare word: status, params.lr, metrics.`val/loss`, muon-lr2e-2
    Text,      // 'single quoted'
    Symbol,    // "double quoted": a text, or a field without prefix
    Number,    // as MLflow reads numbers
    BadNumber, // begins as a number: 1e+5, 3fa8c1, 1_000
    Operator,  // any run of < > = ! ~
    LeftParen,
    RightParen,
    Comma,
    Unclosed, // a quote without its end
    Unknown,  // a character that means nothing here
    End,      // only as the parser's sentinel
};

struct Token
{
    TokenType type = TokenType::Unknown;
    TextRange range;
    std::string_view text;

    std::size_t end() const { return range.begin + range.length; }
};

/// Never fails and is linear in the text; the views point into it.
std::vector<Token> tokenize(std::string_view text);

/// True for letters, digits and the underscore of any script, as \w takes them.
bool isWordCharacter(char32_t character);

/// Length in bytes and value of the first character; a stray byte is U+FFFD.
struct Character
{
    char32_t value;
    std::size_t length;
};
Character firstCharacter(std::string_view text);

/// Without regard to case; for keywords.
bool isWord(const Token& token, std::string_view keyword);

/// In single or double quotes.
inline bool isString(const Token& token)
{
    return token.type == TokenType::Text || token.type == TokenType::Symbol;
}

/// The text between the quotes of a string.
inline std::string_view inside(const Token& token)
{
    return token.text.substr(1, token.text.size() - 2);
}

} // namespace sextant
