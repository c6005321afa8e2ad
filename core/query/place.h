// PlaceTracker: what each word of a half-typed filter is, by the words before it. Unlike the parser it never
// gives up.
#pragma once

#include "core/query/lexer.h"

namespace sextant {

/// What is expected at a place.
enum class Place {
    Operand,
    FunctionStart,
    Argument,
    ArgumentEnd,
    Operator,
    Null,
    ListStart,
    ListValue,
    ListNext,
    Value,
    Join
};

class PlaceTracker
{
public:
    Place place() const { return m_place; }
    int openParentheses() const { return m_open; }

    /// Of the comparison that is being written: the field's token and the function around it, null where
    /// there is none.
    const Token* field() const { return m_field; }
    const Token* function() const { return m_function; }
    bool negated() const { return m_negated; }

    /// Goes past a token; `next` is the one after it or null.
    void take(const Token& token, const Token* next);

private:
    void takeOperand(const Token& token, const Token* next);
    void takeOperator(const Token& token);

    Place m_place = Place::Operand;
    int m_open = 0;
    bool m_negated = false;
    const Token* m_field = nullptr;
    const Token* m_function = nullptr;
};

} // namespace sextant
