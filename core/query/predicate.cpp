#include "core/query/predicate.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <algorithm>
#include <re2/re2.h>

namespace sextant {

namespace {

bool isNegated(Comparison comparison)
{
    using enum Comparison;
    return comparison == NotEqual || comparison == NotLike || comparison == NotILike ||
           comparison == NotRLike || comparison == NotIn;
}

Comparison affirmed(Comparison comparison)
{
    return isNegated(comparison) ? static_cast<Comparison>(static_cast<int>(comparison) - 1) : comparison;
}

const std::string& textOf(const Literal& literal)
{
    static const std::string none;
    auto text = std::get_if<std::string>(&literal);
    return text ? *text : none;
}

bool isIn(const std::vector<Literal>& values, double value)
{
    return std::ranges::any_of(values, [value](const Literal& literal) {
        auto number = std::get_if<double>(&literal);
        return number && *number == value;
    });
}

} // namespace

TextTest::TextTest(const Compare& compare)
    : m_compare(compare), m_negated(isNegated(compare.comparison)), m_comparison(affirmed(compare.comparison))
{
    if (compare.values.empty())
        return;
    m_pattern = textOf(compare.values.front());
    if (m_comparison == Comparison::ILike || m_comparison == Comparison::Contains)
        m_pattern = foldCase(m_pattern);
    if (m_comparison == Comparison::RLike) {
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_max_mem(1 << 22);
        m_expression = std::make_shared<const re2::RE2>(m_pattern, options);
    }
}

TextTest::~TextTest() = default;
TextTest::TextTest(TextTest&&) noexcept = default;

bool TextTest::operator()(std::string_view text) const
{
    if (!m_compare.field.numeric)
        return test(text) != m_negated;
    auto number = parseDouble(text);
    return number && testNumber(m_compare, *number);
}

bool TextTest::test(std::string_view text) const
{
    switch (m_comparison) {
    case Comparison::Equal:
        return text == m_pattern;
    case Comparison::Like:
        return matchesLike(text, m_pattern);
    case Comparison::ILike:
        return matchesLike(foldCase(text), m_pattern);
    case Comparison::RLike:
        return re2::RE2::PartialMatch(text, *m_expression);
    case Comparison::Contains:
        return foldCase(text).find(m_pattern) != std::string::npos;
    case Comparison::In:
        return std::ranges::any_of(m_compare.values,
                                   [text](const Literal& literal) { return textOf(literal) == text; });
    case Comparison::IsNotNull:
        return true;
    default:
        return false;
    }
}

bool testNumber(const Compare& compare, double value)
{
    if (compare.comparison == Comparison::IsNotNull)
        return true;
    auto wanted = compare.values.empty() ? nullptr : std::get_if<double>(&compare.values.front());
    if (!wanted)
        return false;
    switch (compare.comparison) {
    case Comparison::Equal:
        return value == *wanted;
    case Comparison::NotEqual:
        return value != *wanted;
    case Comparison::Less:
        return value < *wanted;
    case Comparison::LessEqual:
        return value <= *wanted;
    case Comparison::Greater:
        return value > *wanted;
    case Comparison::GreaterEqual:
        return value >= *wanted;
    case Comparison::In:
        return isIn(compare.values, value);
    case Comparison::NotIn:
        return !isIn(compare.values, value);
    default:
        return false;
    }
}

bool testLiteral(const TextTest& textTest, const Compare& compare, const Literal& value)
{
    if (auto number = std::get_if<double>(&value))
        return testNumber(compare, *number);
    return textTest(std::get<std::string>(value));
}

} // namespace sextant
