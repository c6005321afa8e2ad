#include "core/query/parser.h"

#include "core/base/number.h"
#include "core/query/values.h"

#include <cmath>
#include <limits>
#include <re2/re2.h>

namespace sextant {

namespace {

ConditionPtr make(std::variant<Compare, And, Or, Not> node)
{
    return std::make_shared<const Condition>(Condition{std::move(node)});
}

std::string inQuotes(std::string_view text)
{
    bool single = text.find('\'') == std::string_view::npos;
    return (single ? "'" : "\"") + std::string(text) + (single ? "'" : "\"");
}

} // namespace

bool Parser::parseList(Compare& compare)
{
    if (peek().type != TokenType::LeftParen) {
        auto value = peek();
        bool single = isString(value) || value.type == TokenType::Number;
        auto fix =
            single ? std::optional(Fix{value.range, "(" + std::string(value.text) + ")"}) : std::nullopt;
        problem(value.range, "A list in parentheses stands after IN", "Such as IN ('a', 'b')",
                std::move(fix));
        return false;
    }
    auto open = take();
    while (peek().type != TokenType::RightParen) {
        auto value = parseValue(compare, true);
        if (!value)
            return false;
        compare.values.push_back(std::move(*value));
        if (peek().type == TokenType::Comma) {
            take();
        } else if (peek().type != TokenType::RightParen) {
            auto end = m_tokens[m_at - 1].end();
            if (atEnd())
                problem(open.range, "This list is not closed", "Close it with )", Fix{{end, 0}, ")"});
            else
                problem(peek().range, "A comma is missing in the list", "Such as IN ('a', 'b')",
                        Fix{{end, 0}, ","});
            return false;
        }
    }
    auto close = take();
    if (compare.values.empty()) {
        problem({open.range.begin, close.end() - open.range.begin}, "This list is empty",
                "Such as IN ('a', 'b')");
        return false;
    }
    return true;
}

std::optional<Literal> Parser::parseValue(const Compare& compare, bool inList)
{
    const auto& token = peek();
    bool missing = token.type == TokenType::End || token.type == TokenType::RightParen ||
                   isWord(token, "AND") || isWord(token, "OR");
    if (missing) {
        auto before = m_tokens[m_at - 1];
        problem(before.range, "A value is missing after " + std::string(before.text.substr(0, 40)),
                classOf(m_target, compare.field) == ValueClass::Text ? "Write a text in single quotes"
                                                                     : "Write a number");
        return std::nullopt;
    }
    if (isWord(token, "NULL") && !inList) {
        bool equal = compare.comparison == Comparison::Equal;
        auto before = m_tokens[m_at - 1].range.begin;
        std::optional<Fix> fix;
        if (equal || compare.comparison == Comparison::NotEqual)
            fix = Fix{{before, token.end() - before}, equal ? "IS NULL" : "IS NOT NULL"};
        problem(token.range, "Nothing is compared with NULL",
                "IS NULL and IS NOT NULL test for a missing value", std::move(fix));
        return std::nullopt;
    }
    if (token.type == TokenType::Unclosed || token.type == TokenType::Unknown ||
        token.type == TokenType::Comma) {
        unknownToken(token);
        return std::nullopt;
    }
    switch (classOf(m_target, compare.field)) {
    case ValueClass::Text:
        return parseTextValue(compare, inList);
    case ValueClass::Time:
    case ValueClass::Duration:
        return parseTimeValue(compare);
    default:
        return parseNumberValue(compare);
    }
}

std::optional<Literal> Parser::parseTextValue(const Compare& compare, bool inList)
{
    auto token = take();
    bool word = token.type == TokenType::Word || token.type == TokenType::Number ||
                token.type == TokenType::BadNumber;
    bool loggedModels = m_target == FilterTarget::LoggedModels;
    bool bare = token.type == TokenType::Number || (token.type == TokenType::Word && isPlainKey(token.text));
    if (!isString(token) && !(loggedModels && bare && !inList)) {
        bool apart = peek().range.begin > token.end() || atEnd() || peek().type != TokenType::Text;
        auto fix = word && apart ? std::optional(Fix{token.range, inQuotes(token.text)}) : std::nullopt;
        problem(token.range, std::string(nounOf(compare.field)) + ": the value needs quotes",
                "Such as = 'adam'", std::move(fix));
        return std::nullopt;
    }
    if (!isString(token)) // MLflow's logged models take a bare word for a text
        return checkValue(compare, token, std::string(token.text))
                   ? std::optional<Literal>(std::string(token.text))
                   : std::nullopt;
    auto text = std::optional(std::string(inside(token)));
    bool quotesLost = text->starts_with('\'') || text->ends_with('\'');
    if (loggedModels && !inList && (token.type == TokenType::Symbol || quotesLost))
        local("quotes"); // MLflow takes double quotes for a part of the text here, and strips all single ones
    if (inList) {
        auto quotes = std::string(2, token.text.front());
        if (text->find('\n') != std::string::npos)
            local("a line break in a list");
        text = text->find(quotes) == std::string::npos ? unescapePython(*text) : std::nullopt;
        if (!text) {
            problem(token.range, "This text is not well-formed in a list",
                    "In lists a backslash stands before \\ and quotes, as in Python");
            return std::nullopt;
        }
    }
    if (!checkValue(compare, token, *text))
        return std::nullopt;
    return Literal(std::move(*text));
}

/// What a text must be beyond text.
bool Parser::checkValue(const Compare& compare, const Token& token, const std::string& value)
{
    const auto& field = compare.field;
    bool nominal = compare.comparison == Comparison::Equal || compare.comparison == Comparison::NotEqual ||
                   compare.comparison == Comparison::In || compare.comparison == Comparison::NotIn;
    if (compare.comparison == Comparison::RLike || compare.comparison == Comparison::NotRLike) {
        RE2::Options options(RE2::Quiet);
        options.set_max_mem(1 << 22);
        RE2 pattern(value, options);
        if (pattern.ok())
            return true;
        auto at = pattern.error_arg().empty() ? std::string::npos : token.text.find(pattern.error_arg());
        bool placed = at != std::string::npos;
        TextRange range{token.range.begin + (placed ? at : 0),
                        placed ? pattern.error_arg().size() : token.range.length};
        problem(range, "This is not a regular expression: " + pattern.error(),
                "RLIKE takes RE2's syntax; \\ takes away a special meaning");
        return false;
    }
    if (field.kind != FieldKind::Attribute || !nominal)
        return true;
    if (m_target == FilterTarget::Experiments && field.key == "experiment_id" && !parseInteger(value)) {
        problem(token.range, "An experiment's id is a whole number", "Such as experiment_id = '1'");
        return false;
    }
    bool statusOfModel = m_target == FilterTarget::LoggedModels && field.key == "status";
    if (statusOfModel && value != "UNSPECIFIED" && value != "PENDING" && value != "READY" &&
        value != "FAILED") {
        problem(token.range, "There is no status '" + value.substr(0, 40) + "'",
                "PENDING, READY, FAILED or UNSPECIFIED");
        return false;
    }
    return true;
}

std::optional<Literal> Parser::parseNumberValue(const Compare& compare)
{
    auto token = take();
    bool version = classOf(m_target, compare.field) == ValueClass::Integer;
    if (version && isString(token) && parseInteger(inside(token)))
        return static_cast<double>(*parseInteger(inside(token)));
    if (version && token.type == TokenType::Number && !parseInteger(token.text)) {
        problem(token.range, "A version is a whole number", "Such as version_number = 3");
        return std::nullopt;
    }
    return readNumber(compare, token);
}

std::optional<Literal> Parser::readNumber(const Compare& compare, const Token& token)
{
    if (token.type == TokenType::Number)
        if (auto value = parseDouble(token.text)) {
            if (std::isinf(*value))
                local("infinity");
            return *value;
        }
    auto plain = isString(token) ? plainNumber(inside(token)) : plainNumber(token.text);
    auto fix = plain ? std::optional(Fix{token.range, *plain}) : std::nullopt;
    problem(token.range, std::string(nounOf(compare.field)) + " and are compared with plain numbers",
            "Such as 0.9, -3 or 1e-5", std::move(fix));
    return std::nullopt;
}

std::optional<Literal> Parser::parseTimeValue(const Compare& compare)
{
    auto token = take();
    bool time = classOf(m_target, compare.field) == ValueClass::Time;
    if (isString(token)) {
        local(time ? "a time in words" : "a duration in words");
        if (auto value = time ? parseMoment(inside(token), m_now) : parseDuration(inside(token)))
            return static_cast<double>(*value);
        problem(token.range, time ? "This is not a time" : "This is not a length of time",
                time
                    ? "Such as '2025-11-01', '2025-11-01T21:04:11+01:00', '7d ago' or milliseconds since 1970"
                    : "Such as '90s', '2h', '1d 12h' or milliseconds");
        return std::nullopt;
    }
    if (token.type == TokenType::BadNumber &&
        (time ? isDateOnly(token.text) : parseDuration(token.text).has_value())) {
        problem(token.range, "The value needs quotes", time ? "Such as '2025-11-01'" : "Such as '2h'",
                Fix{token.range, inQuotes(token.text)});
        return std::nullopt;
    }
    if (m_target == FilterTarget::Experiments && token.type == TokenType::Number &&
        !parseInteger(token.text)) {
        problem(token.range, "A time is a whole number of milliseconds",
                "Such as 1762030800000 or '2025-11-01'");
        return std::nullopt;
    }
    return readNumber(compare, token);
}

ConditionPtr Parser::finish(Compare compare)
{
    auto end = m_tokens[m_at - 1].end();
    compare.range = {compare.field.range.begin, end - compare.field.range.begin};
    // A list of one says the same as a plain comparison, but where lists lose values, see SearchDialect.
    bool alike = compare.field.kind != FieldKind::Dataset && m_target != FilterTarget::LoggedModels;
    if (compare.values.size() == 1 && alike) {
        if (compare.comparison == Comparison::In)
            compare.comparison = Comparison::Equal;
        else if (compare.comparison == Comparison::NotIn)
            compare.comparison = Comparison::NotEqual;
    }
    bool wholeDay = classOf(m_target, compare.field) == ValueClass::Time && compare.values.size() == 1 &&
                    isString(m_tokens[m_at - 1]) && isDateOnly(inside(m_tokens[m_at - 1]));
    bool equal = compare.comparison == Comparison::Equal;
    if (!wholeDay || (!equal && compare.comparison != Comparison::NotEqual))
        return make(std::move(compare));
    // `start_time = '2025-11-01'` means that day, not its first millisecond.
    auto next = std::get<double>(compare.values.front()) + 86'400'000;
    auto from = compare;
    auto to = std::move(compare);
    to.values = {next};
    from.comparison = equal ? Comparison::GreaterEqual : Comparison::Less;
    to.comparison = equal ? Comparison::Less : Comparison::GreaterEqual;
    std::vector<ConditionPtr> parts{make(std::move(from)), make(std::move(to))};
    return equal ? make(And{std::move(parts)}) : make(Or{std::move(parts)});
}

} // namespace sextant
