#include "core/query/parser.h"

#include "core/query/values.h"

#include <array>

namespace sextant {

namespace {

struct OperatorWord
{
    std::string_view text;
    Comparison comparison;
};
constexpr std::array<OperatorWord, 6> kSymbols{{{"=", Comparison::Equal},
                                                {"!=", Comparison::NotEqual},
                                                {"<", Comparison::Less},
                                                {"<=", Comparison::LessEqual},
                                                {">", Comparison::Greater},
                                                {">=", Comparison::GreaterEqual}}};

/// What people write for an operator that is spelled otherwise.
std::string_view mended(std::string_view symbol)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> words{{{"==", "="},
                                                                                         {"===", "="},
                                                                                         {"<>", "!="},
                                                                                         {"!==", "!="},
                                                                                         {"=<", "<="},
                                                                                         {"=>", ">="},
                                                                                         {"~", "RLIKE"},
                                                                                         {"=~", "RLIKE"}}};
    for (auto [from, to] : words)
        if (from == symbol)
            return to;
    return {};
}

std::string operatorList(ValueClass valueClass)
{
    return valueClass == ValueClass::Text ? "=, !=, LIKE, ILIKE, RLIKE, IN or IS NULL"
                                          : "=, !=, <, <=, >, >=, IN or IS NULL";
}

} // namespace

std::string_view Parser::nounOf(const Field& field) const
{
    switch (field.kind) {
    case FieldKind::Metric:
        return "Metrics are numbers";
    case FieldKind::Param:
        return field.numeric ? "num() is a number" : "Params are text";
    case FieldKind::Tag:
        return field.numeric ? "num() is a number" : "Tags are text";
    case FieldKind::Dataset:
        return "Dataset names, digests and contexts are text";
    default:
        break;
    }
    switch (classOf(m_target, field)) {
    case ValueClass::Text:
        return field.numeric ? "num() is a number" : "This field is text";
    case ValueClass::Time:
        return "This field is a time";
    case ValueClass::Duration:
        return "This field is a length of time";
    default:
        return "This field is a number";
    }
}

ConditionPtr Parser::parseComparison(Field field)
{
    if (isWord(peek(), "BETWEEN") || (isWord(peek(), "NOT") && isWord(peek(1), "BETWEEN")))
        return parseBetween(field);
    auto operation = peek();
    auto comparison = parseOperator(field);
    if (!comparison || !checkComparison(field, *comparison, operation))
        return nullptr;
    Compare compare{std::move(field), *comparison, {}, {}};
    bool list = *comparison == Comparison::In || *comparison == Comparison::NotIn;
    bool nullTest = *comparison == Comparison::IsNull || *comparison == Comparison::IsNotNull;
    if (list) {
        if (!parseList(compare))
            return nullptr;
    } else if (!nullTest) {
        auto value = parseValue(compare, false);
        if (!value)
            return nullptr;
        compare.values.push_back(std::move(*value));
    }
    return finish(std::move(compare));
}

std::optional<Comparison> Parser::parseOperator(const Field& field)
{
    const auto& token = peek();
    auto valueClass = classOf(m_target, field);
    if (token.type == TokenType::Operator) {
        for (auto [text, comparison] : kSymbols)
            if (token.text == text) {
                take();
                return comparison;
            }
        auto mend = mended(token.text);
        auto fix = mend.empty() ? std::nullopt : std::optional(Fix{token.range, std::string(mend)});
        problem(token.range, "There is no operator " + std::string(token.text.substr(0, 20)),
                mend.empty() ? "Here stands " + operatorList(valueClass)
                             : "Did you mean " + std::string(mend) + "?",
                std::move(fix));
        return std::nullopt;
    }
    bool negated = isWord(token, "NOT");
    if (negated)
        take();
    if (auto comparison = parseWordOperator(negated))
        return comparison;
    if (isWord(peek(), "REGEXP"))
        problem(peek().range, "There is no operator REGEXP", "Did you mean RLIKE?",
                Fix{peek().range, "RLIKE"});
    else
        problem(
            atEnd() ? field.range : peek().range,
            "An operator is missing after " +
                std::string(between(field.range.begin, field.range.begin + field.range.length).substr(0, 60)),
            "Here stands " + operatorList(valueClass), quotedBlanks(field));
    return std::nullopt;
}

/// metrics.val loss > 3: the blank belongs to the key.
std::optional<Fix> Parser::quotedBlanks(const Field& field) const
{
    auto begin = field.range.begin;
    auto dot = m_text.find('.', begin);
    std::size_t words = 0;
    while (words < 4 && peek(words).type == TokenType::Word && !startsComparison(words))
        ++words;
    if (words == 0 || !startsComparison(words) || dot >= begin + field.range.length ||
        field.kind == FieldKind::Attribute)
        return std::nullopt;
    auto end = peek(words - 1).end();
    return Fix{{dot + 1, end - dot - 1}, quoteKey(between(dot + 1, end))};
}

std::optional<Comparison> Parser::parseWordOperator(bool negated)
{
    static constexpr std::array<OperatorWord, 4> words{{{"LIKE", Comparison::Like},
                                                        {"ILIKE", Comparison::ILike},
                                                        {"RLIKE", Comparison::RLike},
                                                        {"IN", Comparison::In}}};
    for (auto [text, comparison] : words)
        if (isWord(peek(), text)) {
            take();
            return negated ? static_cast<Comparison>(static_cast<int>(comparison) + 1) : comparison;
        }
    if (!isWord(peek(), "IS") || negated)
        return std::nullopt;
    auto is = take();
    bool isNot = isWord(peek(), "NOT");
    auto notToken = isNot ? take() : is;
    if (!isWord(peek(), "NULL")) {
        problem({is.range.begin, m_tokens[m_at - 1].end() - is.range.begin}, "NULL is missing after IS",
                "IS NULL or IS NOT NULL");
        return std::nullopt;
    }
    auto null = take();
    if (isNot && null.range.begin != notToken.end() + 1)
        local("blanks in NOT NULL");
    return isNot ? Comparison::IsNotNull : Comparison::IsNull;
}

bool Parser::checkComparison(const Field& field, Comparison comparison, const Token& token)
{
    auto valueClass = classOf(m_target, field);
    auto portable = portableOn(m_target, field);
    if (!portable.has(comparison))
        local(toText(comparison));
    if (allowedOn(valueClass).has(comparison))
        return true;
    std::optional<Fix> fix;
    auto hint = "Here stands " + operatorList(valueClass);
    TextRange range{field.range.begin, token.end() - field.range.begin};
    bool ordering = token.type == TokenType::Operator;
    const auto& value = peek();
    if (ordering && (field.kind == FieldKind::Param || field.kind == FieldKind::Tag)) {
        hint = "num() reads the text as a number";
        auto name =
            "num(" + std::string(between(field.range.begin, field.range.begin + field.range.length)) + ")";
        auto number = isString(value) ? plainNumber(inside(value)) : plainNumber(value.text);
        if (number) {
            range.length = value.end() - range.begin;
            fix = Fix{range, name + " " + std::string(token.text) + " " + *number};
        } else if (atEnd()) {
            fix = Fix{field.range, name};
        }
    }
    problem(range,
            std::string(nounOf(field)) + " and cannot be compared with " + std::string(toText(comparison)),
            hint, std::move(fix));
    return false;
}

/// MLflow has no BETWEEN and neither have we: the mend says it with two comparisons.
ConditionPtr Parser::parseBetween(const Field& field)
{
    bool negated = isWord(peek(), "NOT");
    if (negated)
        take();
    auto word = take();
    std::optional<Fix> fix;
    auto name = std::string(between(field.range.begin, field.range.begin + field.range.length));
    if (!negated && isWord(peek(1), "AND") && peek(2).type != TokenType::End) {
        auto end = peek(2).end();
        fix = Fix{{field.range.begin, end - field.range.begin},
                  name + " >= " + std::string(peek().text) + " AND " + name +
                      " <= " + std::string(peek(2).text)};
    }
    return problem(word.range, "There is no operator BETWEEN", "Two comparisons say the same",
                   std::move(fix));
}

} // namespace sextant
