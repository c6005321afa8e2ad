#include "core/query/place.h"

namespace sextant {

void PlaceTracker::take(const Token& token, const Token* next)
{
    switch (m_place) {
    case Place::Operand:
        return takeOperand(token, next);
    case Place::FunctionStart:
        m_place = Place::Argument;
        return;
    case Place::Argument:
        if (token.type == TokenType::Word) {
            m_field = &token;
            m_place = Place::ArgumentEnd;
        }
        return;
    case Place::ArgumentEnd:
        if (token.type == TokenType::RightParen)
            m_place = Place::Operator;
        return;
    case Place::Operator:
        return takeOperator(token);
    case Place::Null:
        if (!isWord(token, "NOT"))
            m_place = Place::Join;
        return;
    case Place::ListStart:
        m_place = token.type == TokenType::LeftParen ? Place::ListValue : Place::Join;
        return;
    case Place::ListValue:
        m_place = token.type == TokenType::RightParen ? Place::Join : Place::ListNext;
        return;
    case Place::ListNext:
        m_place = token.type == TokenType::RightParen ? Place::Join : Place::ListValue;
        return;
    case Place::Value:
        m_place = Place::Join;
        return;
    case Place::Join:
        if (isWord(token, "AND") || isWord(token, "OR"))
            m_place = Place::Operand;
        else if (token.type == TokenType::RightParen)
            m_open -= m_open > 0 ? 1 : 0;
        else
            takeOperand(token, next); // the missing AND is the parser's to report
        return;
    }
}

void PlaceTracker::takeOperand(const Token& token, const Token* next)
{
    m_negated = false;
    m_function = nullptr;
    m_field = nullptr;
    m_place = Place::Operand;
    if (token.type == TokenType::LeftParen) {
        ++m_open;
    } else if (token.type == TokenType::Word && next && next->type == TokenType::LeftParen &&
               !isWord(token, "NOT") && !isWord(token, "AND") && !isWord(token, "OR")) {
        m_function = &token;
        m_place = Place::FunctionStart;
    } else if (token.type == TokenType::Word || token.type == TokenType::Symbol) {
        bool joins = isWord(token, "NOT") || isWord(token, "AND") || isWord(token, "OR");
        if (!joins) {
            m_field = &token;
            m_place = Place::Operator;
        }
    } else if (token.type == TokenType::Operator) {
        m_place = Place::Value;
    } else if (token.type != TokenType::Unknown) {
        m_place = Place::Join;
    }
}

void PlaceTracker::takeOperator(const Token& token)
{
    if (token.type == TokenType::Operator || isWord(token, "LIKE") || isWord(token, "ILIKE") ||
        isWord(token, "RLIKE"))
        m_place = Place::Value;
    else if (isWord(token, "IN"))
        m_place = Place::ListStart;
    else if (isWord(token, "IS"))
        m_place = Place::Null;
    else if (isWord(token, "NOT"))
        m_negated = true;
    else if (isWord(token, "AND") || isWord(token, "OR"))
        m_place = Place::Operand; // the word before was free text
    else if (token.type == TokenType::RightParen) {
        m_open -= m_open > 0 ? 1 : 0;
        m_place = Place::Join;
    }
}

} // namespace sextant
