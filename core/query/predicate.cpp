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

/// foldCase() into memory that is used again for the next text: most texts are ASCII, and there are many.
std::string_view TextTest::folded(std::string_view text) const
{
    if (m_folded.size() < text.size())
        m_folded.resize(text.size());
    unsigned char all = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        all |= c;
        m_folded[i] = static_cast<char>(c + (static_cast<unsigned char>(c - 'A') < 26 ? 32 : 0));
    }
    if (all < 0x80)
        return {m_folded.data(), text.size()};
    m_folded = foldCase(text);
    return m_folded;
}

TextTest::TextTest(const Compare& compare)
    : m_compare(compare), m_negated(isNegated(compare.comparison)), m_comparison(affirmed(compare.comparison))
{
    if (compare.values.empty())
        return;
    m_pattern = textOf(compare.values.front());
    if (m_comparison == Comparison::ILike || m_comparison == Comparison::Contains)
        m_pattern = foldCase(m_pattern);
    if (m_comparison == Comparison::Like || m_comparison == Comparison::ILike)
        shapePattern();
    if (m_comparison == Comparison::RLike) {
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_max_mem(1 << 22);
        m_expression = std::make_shared<const re2::RE2>(m_pattern, options);
    }
}

void TextTest::shapePattern()
{
    m_piece = m_pattern;
    bool before = m_piece.starts_with('%');
    if (before)
        m_piece.remove_prefix(1);
    bool after = m_piece.ends_with('%');
    if (after)
        m_piece.remove_suffix(1);
    if (m_piece.find_first_of("%_") == std::string_view::npos)
        m_shape = before && after ? Shape::Inside
                  : before        ? Shape::Suffix
                  : after         ? Shape::Prefix
                                  : Shape::Whole;
}

bool TextTest::like(std::string_view text) const
{
    switch (m_shape) {
    case Shape::Whole:
        return text == m_piece;
    case Shape::Prefix:
        return text.starts_with(m_piece);
    case Shape::Suffix:
        return text.ends_with(m_piece);
    case Shape::Inside:
        return text.find(m_piece) != std::string_view::npos;
    case Shape::General:
        break;
    }
    return matchesLike(text, m_pattern);
}

TextTest::~TextTest() = default;

bool TextTest::operator()(std::string_view text) const
{
    if (!m_compare.field.numeric)
        return test(text) != m_negated;
    auto number = parseDouble(text);
    return number && testNumber(m_compare, *number);
}

std::string_view TextTest::soughtPiece() const
{
    bool plain = m_comparison == Comparison::Like && m_shape == Shape::Inside && !m_negated &&
                 !m_compare.field.numeric;
    return plain ? m_piece : std::string_view();
}

bool TextTest::test(std::string_view text) const
{
    switch (m_comparison) {
    case Comparison::Equal:
        return text == m_pattern;
    case Comparison::Like:
        return like(text);
    case Comparison::ILike:
        return like(folded(text));
    case Comparison::RLike:
        return re2::RE2::PartialMatch(text, *m_expression);
    case Comparison::Contains:
        return folded(text).find(m_pattern) != std::string_view::npos;
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
