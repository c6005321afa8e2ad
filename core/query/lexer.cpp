#include "core/query/lexer.h"

#include <utf8proc.h>

namespace sextant {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Joins words as in muon-lr2e-2 or val/loss: no part of a plain key, but of what people type.
bool isJoiner(char c)
{
    return c != '\0' && std::string_view("-/:@#$+&^|\\").find(c) != std::string_view::npos;
}

/// sqlparse's Number tokens: -?\d+(\.\d+)?E-?\d+, -?(\d+\.\d*|\.\d+) and -?\d+.
bool isPlainNumber(std::string_view text)
{
    if (text.starts_with('-'))
        text.remove_prefix(1);
    auto digits = [&text] {
        std::size_t count = 0;
        while (count < text.size() && isDigit(text[count]))
            ++count;
        text.remove_prefix(count);
        return count;
    };
    auto whole = digits();
    bool point = text.starts_with('.');
    if (point)
        text.remove_prefix(1);
    auto fraction = point ? digits() : 0;
    if (text.empty())
        return whole + fraction > 0;
    if ((text.front() != 'e' && text.front() != 'E') || whole == 0 || (point && fraction == 0))
        return false;
    text.remove_prefix(1);
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return digits() > 0 && text.empty();
}

class Lexer
{
public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    std::vector<Token> run()
    {
        while (m_at < m_text.size())
            step();
        return std::move(m_tokens);
    }

private:
    char at(std::size_t position) const { return position < m_text.size() ? m_text[position] : '\0'; }

    void add(TokenType type, std::size_t end)
    {
        m_tokens.push_back({type, {m_at, end - m_at}, m_text.substr(m_at, end - m_at)});
        m_at = end;
    }

    void step()
    {
        char c = m_text[m_at];
        auto character = firstCharacter(m_text.substr(m_at));
        if (isBlank(character.value))
            m_at += character.length;
        else if (c == '\'')
            quoted(TokenType::Text);
        else if (c == '(' || c == ')' || c == ',')
            add(c == '('   ? TokenType::LeftParen
                : c == ')' ? TokenType::RightParen
                           : TokenType::Comma,
                m_at + 1);
        else if (isOperator(c))
            add(TokenType::Operator, operatorEnd());
        else if (startsNumber())
            number();
        else if (c == '"' || c == '`' || isWordCharacter(character.value))
            word();
        else
            add(TokenType::Unknown,
                at(m_at + 1) == c && (c == '&' || c == '|') ? m_at + 2 : m_at + character.length);
    }

    static bool isOperator(char c) { return c == '<' || c == '>' || c == '=' || c == '!' || c == '~'; }

    static bool isBlank(char32_t c)
    {
        if (c < 0x80)
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
        return c == 0x85 || utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_ZS ||
               c == 0x2028 || c == 0x2029;
    }

    std::size_t operatorEnd() const
    {
        auto end = m_at;
        while (isOperator(at(end)))
            ++end;
        return end;
    }

    /// Past the closing quote, or npos. A doubled quote and, but in backticks, one after a backslash do not
    /// close; when nothing else does, the last such quote closes after all (the backtracking of MLflow's
    /// pattern).
    std::size_t quoteEnd(std::size_t begin) const
    {
        char quote = m_text[begin];
        auto fallback = std::string_view::npos;
        for (auto i = begin + 1; i < m_text.size(); ++i) {
            if (quote != '`' && m_text[i] == '\\' && at(i + 1) == quote) {
                fallback = ++i + 1;
            } else if (m_text[i] == quote) {
                if (at(i + 1) != quote)
                    return i + 1;
                fallback = ++i;
            }
        }
        return fallback;
    }

    void quoted(TokenType type)
    {
        auto end = quoteEnd(m_at);
        if (end == std::string_view::npos)
            add(TokenType::Unclosed, m_text.size());
        else
            add(type, end);
    }

    bool startsNumber() const
    {
        auto i = m_at + (m_text[m_at] == '-' || m_text[m_at] == '+' ? 1 : 0);
        return isDigit(at(i)) || (at(i) == '.' && isDigit(at(i + 1)));
    }

    void number()
    {
        auto end = m_at + 1;
        for (; end < m_text.size(); ++end) {
            char c = m_text[end];
            if (c != '.' && !isWordByte(c) && !isJoiner(c))
                break;
        }
        auto text = m_text.substr(m_at, end - m_at);
        add(isPlainNumber(text) ? TokenType::Number : TokenType::BadNumber, end);
    }

    static bool isWordByte(char c)
    {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80;
    }

    /// A path: bare and quoted pieces joined by dots. A quote opens a piece at the start and after a dot
    /// only.
    void word()
    {
        auto end = m_at;
        bool pieceMayStart = true;
        while (end < m_text.size()) {
            char c = m_text[end];
            if (c == '.') {
                pieceMayStart = true;
                ++end;
            } else if (pieceMayStart && (c == '`' || c == '"' || (c == '\'' && end > m_at))) {
                auto close = quoteEnd(end);
                if (close == std::string_view::npos)
                    return add(TokenType::Unclosed, m_text.size());
                end = close;
                if (at(end) != '.')
                    break;
            } else {
                auto character = firstCharacter(m_text.substr(end));
                if (!isWordCharacter(character.value) && !isJoiner(c))
                    break;
                pieceMayStart = false;
                end += character.length;
            }
        }
        bool symbol = m_text[m_at] == '"' && m_text[end - 1] == '"' && quoteEnd(m_at) == end;
        add(symbol ? TokenType::Symbol : TokenType::Word, end);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
};

} // namespace

Character firstCharacter(std::string_view text)
{
    if (static_cast<unsigned char>(text.front()) < 0x80)
        return {static_cast<char32_t>(text.front()), 1};
    utf8proc_int32_t value = 0;
    auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &value);
    if (length <= 0)
        return {0xFFFD, 1};
    return {static_cast<char32_t>(value), static_cast<std::size_t>(length)};
}

bool isWordCharacter(char32_t character)
{
    if (character < 0x80) {
        auto c = static_cast<char>(character);
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

std::vector<Token> tokenize(std::string_view text)
{
    return Lexer(text).run();
}

bool isWord(const Token& token, std::string_view keyword)
{
    if (token.type != TokenType::Word || token.text.size() != keyword.size())
        return false;
    for (std::size_t i = 0; i < keyword.size(); ++i)
        if ((token.text[i] & ~0x20) != (keyword[i] & ~0x20))
            return false;
    return true;
}

} // namespace sextant
