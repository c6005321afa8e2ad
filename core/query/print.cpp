#include "core/query/print.h"

#include "core/query/fields.h"
#include "core/query/path.h"
#include "core/query/values.h"

namespace sextant {

namespace {

std::string_view prefixOf(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Metric:
        return "metrics.";
    case FieldKind::Param:
        return "params.";
    case FieldKind::Tag:
        return "tags.";
    case FieldKind::Dataset:
        return "dataset.";
    default:
        return {};
    }
}

std::string_view functionOf(const Field& field)
{
    if (field.numeric)
        return "num";
    switch (field.aspect) {
    case MetricAspect::Min:
        return "min";
    case MetricAspect::Max:
        return "max";
    case MetricAspect::First:
        return "first";
    case MetricAspect::Best:
        return "best";
    case MetricAspect::Latest:
        break;
    }
    return {};
}

std::string printField(const Field& field)
{
    auto name = quoteField(field.kind, field.key);
    auto function = functionOf(field);
    return function.empty() ? name : std::string(function) + "(" + name + ")";
}

std::string printLiteral(const Literal& literal, bool inList)
{
    if (auto number = std::get_if<double>(&literal))
        return numberText(*number);
    const auto& text = std::get<std::string>(literal);
    if (inList)
        return escapePython(text);
    char quote = text.find('\'') == std::string::npos ? '\'' : '"';
    return quoteText(text).value_or(quote + text + quote);
}

std::string printList(const Compare& compare, std::string_view word)
{
    auto text = printField(compare.field) + " " + std::string(word) + " (";
    for (std::size_t i = 0; i < compare.values.size(); ++i)
        text += (i ? ", " : "") + printLiteral(compare.values[i], true);
    return text + ")";
}

bool needsList(const Compare& compare)
{
    auto text = std::get_if<std::string>(&compare.values.front());
    return text && !quoteText(*text);
}

std::string printCompare(const Compare& compare)
{
    auto comparison = compare.comparison;
    if (comparison == Comparison::Contains)
        return printLiteral(compare.values.front(), false);
    if (comparison == Comparison::IsNull || comparison == Comparison::IsNotNull)
        return printField(compare.field) + " " + std::string(toText(comparison));
    if (comparison == Comparison::In || comparison == Comparison::NotIn)
        return printList(compare, toText(comparison));
    bool equal = comparison == Comparison::Equal;
    if ((equal || comparison == Comparison::NotEqual) && needsList(compare))
        return printList(compare, equal ? "IN" : "NOT IN");
    return printField(compare.field) + " " + std::string(toText(comparison)) + " " +
           printLiteral(compare.values.front(), false);
}

std::string printPart(const Condition& condition)
{
    bool joined = std::holds_alternative<And>(condition.node) || std::holds_alternative<Or>(condition.node);
    return joined ? "(" + print(condition) + ")" : print(condition);
}

std::string printJoined(const std::vector<ConditionPtr>& parts, std::string_view word)
{
    std::string text;
    for (const auto& part : parts)
        text += (text.empty() ? "" : " " + std::string(word) + " ") + printPart(*part);
    return text;
}

} // namespace

std::string quoteField(FieldKind kind, std::string_view key)
{
    auto prefix = std::string(prefixOf(kind));
    return prefix.empty() ? std::string(key) : prefix + quoteKey(key);
}

std::optional<std::string> quoteText(std::string_view value)
{
    if (value.ends_with('\\'))
        return std::nullopt;
    for (char quote : {'\'', '"'})
        if (value.find(quote) == std::string_view::npos)
            return quote + std::string(value) + quote;
    return std::nullopt;
}

std::string equalsClause(FieldKind kind, std::string_view key, std::string_view value)
{
    auto quoted = quoteText(value);
    return quoteField(kind, key) + (quoted ? " = " + *quoted : " IN (" + escapePython(value) + ")");
}

std::string equalsClause(FieldKind kind, std::string_view key, double value)
{
    return quoteField(kind, key) + " = " + numberText(value);
}

std::string boundClause(FieldKind kind, std::string_view key, double value, bool atLeast)
{
    auto field = quoteField(kind, key);
    if (kind == FieldKind::Param || kind == FieldKind::Tag)
        field = "num(" + field + ")";
    return field + (atLeast ? " >= " : " <= ") + numberText(value);
}

std::string joinedByAnd(std::string_view filter, std::string_view clause, FilterTarget target)
{
    auto parsed = Filter::parse(filter, target);
    bool nothing = parsed && !parsed->root();
    if (nothing || clause.empty())
        return std::string(nothing ? clause : filter);
    bool any = parsed && std::holds_alternative<Or>(parsed->root()->node);
    auto first = any ? "(" + std::string(filter) + ")" : std::string(filter);
    return first + " AND " + std::string(clause);
}

std::string print(const Condition& condition)
{
    if (auto compare = std::get_if<Compare>(&condition.node))
        return printCompare(*compare);
    if (auto all = std::get_if<And>(&condition.node))
        return printJoined(all->parts, "AND");
    if (auto any = std::get_if<Or>(&condition.node))
        return printJoined(any->parts, "OR");
    return "NOT " + printPart(*std::get<Not>(condition.node).part);
}

} // namespace sextant
