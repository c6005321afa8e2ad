// Parser: from tokens to the syntax tree. Stops at the first problem and says where it is and how to mend it.
#pragma once

#include "core/query/fields.h"
#include "core/query/lexer.h"
#include "core/query/path.h"

namespace sextant {

class Parser
{
public:
    Parser(std::string_view text, FilterTarget target, EpochMs now);

    /// Null when the text is empty or has a problem.
    ConditionPtr parse();

    /// Of an ordering: one field and nothing else.
    std::optional<Field> parseSoleField();

    std::optional<Problem> takeProblem() { return std::move(m_problem); }
    const std::string& localReason() const { return m_localReason; }

private:
    // Conditions and how they are joined: parser.cpp
    ConditionPtr parseOr();
    ConditionPtr parseAnd();
    ConditionPtr parseUnary();
    ConditionPtr parseGroup();
    ConditionPtr parseOperand();
    ConditionPtr parseFreeText();
    ConditionPtr parseReversed();
    bool checkJoin();
    bool endsOperand() const;
    bool startsComparison(std::size_t at) const;

    // Fields: parser_fields.cpp
    std::optional<Field> parseField();
    std::optional<Field> parseFunction();
    std::optional<Field> resolve(const Token& token);
    bool resolvePrefixed(const Token& token, const FieldPath& path, Field& field);
    bool resolveAttribute(const Token& token, const FieldPath& path, Field& field);
    bool knowsAsField(const Token& token) const;

    // Operators: parser_operators.cpp
    ConditionPtr parseComparison(Field field);
    std::optional<Comparison> parseOperator(const Field& field);
    std::optional<Comparison> parseWordOperator(bool negated);
    std::optional<Fix> quotedBlanks(const Field& field) const;
    bool checkComparison(const Field& field, Comparison comparison, const Token& token);
    ConditionPtr parseBetween(const Field& field);

    // Values: parser_values.cpp
    bool parseList(Compare& compare);
    std::optional<Literal> parseValue(const Compare& compare, bool inList);
    std::optional<Literal> parseTextValue(const Compare& compare, bool inList);
    std::optional<Literal> parseNumberValue(const Compare& compare);
    std::optional<Literal> parseTimeValue(const Compare& compare);
    std::optional<Literal> readNumber(const Compare& compare, const Token& token);
    bool checkValue(const Compare& compare, const Token& token, const std::string& value);
    ConditionPtr finish(Compare compare);

    const Token& peek(std::size_t ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    const Token& take() { return m_tokens[std::min(m_at++, m_tokens.size() - 1)]; }
    bool atEnd() const { return peek().type == TokenType::End; }
    std::string_view between(std::size_t begin, std::size_t end) const
    {
        return m_text.substr(begin, end - begin);
    }

    /// Notes the first problem; returns nullptr so that callers can return it.
    std::nullptr_t problem(TextRange range, std::string message, std::string hint,
                           std::optional<Fix> fix = {});
    std::nullptr_t unknownToken(const Token& token);
    std::nullptr_t missingBefore(const Token& token);
    void local(std::string_view reason);
    std::string_view nounOf(const Field& field) const;

    std::string_view m_text;
    FilterTarget m_target;
    EpochMs m_now;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::optional<Problem> m_problem;
    std::string m_localReason;
};

} // namespace sextant
