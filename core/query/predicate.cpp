#include "core/query/predicate.h"

#include "core/base/number.h"
#include "core/base/text.h"
#include "core/query/like.h"
#include "core/table/columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

bool hasExpressionSigns(std::string_view pattern)
{
    return pattern.find_first_of(".^$*+?{}[]\\|()") != std::string_view::npos;
}

/// The regular expression that MLflow made of a pattern until 3.13, from the start of the text.
std::string likeAsExpression(std::string_view pattern)
{
    std::string expression = "\\A(?:";
    for (char c : pattern)
        expression += c == '_' ? "." : c == '%' ? ".*" : std::string(1, c);
    return expression + (pattern.ends_with('%') ? ")" : ")\\n?\\z");
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
    if (all < 0x80 || (m_dialect.isSqlite() && m_comparison == Comparison::ILike)) // SQLite folds ASCII alone
        return {m_folded.data(), text.size()};
    m_folded = foldFully(text);
    return m_folded;
}

std::string TextTest::foldFully(std::string_view text) const
{
    bool python = m_dialect.isFiles() && m_comparison == Comparison::ILike;
    return python ? foldAsPython(text) : foldCase(text);
}

TextTest::TextTest(const Compare& compare, SearchDialect dialect)
    : m_compare(compare), m_dialect(dialect), m_negated(isNegated(compare.comparison)),
      m_comparison(affirmed(compare.comparison))
{
    if (compare.values.empty())
        return;
    m_pattern = textOf(compare.values.front());
    if (m_comparison == Comparison::ILike || m_comparison == Comparison::Contains)
        m_pattern = std::string(folded(m_pattern));
    if (m_comparison == Comparison::Like || m_comparison == Comparison::ILike)
        shapePattern();
    bool expression = m_dialect.patternsAreExpressions() && hasExpressionSigns(m_pattern);
    if (m_shape == Shape::General && expression) {
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_max_mem(1 << 22);
        options.set_case_sensitive(m_comparison == Comparison::Like);
        auto pattern = likeAsExpression(textOf(compare.values.front()));
        m_expression = std::make_shared<const re2::RE2>(pattern, options);
    }
    if (m_comparison == Comparison::RLike) {
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_max_mem(1 << 22);
        m_expression = std::make_shared<const re2::RE2>(m_pattern, options);
    }
}

void TextTest::shapePattern()
{
    if (m_dialect.isFiles())
        return;
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
    if (m_expression)
        return m_expression->ok() && re2::RE2::PartialMatch(text, *m_expression);
    return m_dialect.isFiles() ? matchesLikeInPython(text, m_pattern) : matchesLike(text, m_pattern);
}

TextTest::~TextTest() = default;

bool TextTest::losesCapitals() const
{
    bool dataset = m_compare.field.kind == FieldKind::Dataset;
    bool attribute = m_compare.field.kind == FieldKind::Attribute && m_dialect.isFiles();
    return m_dialect.listsLoseCapitals() && (dataset || attribute);
}

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
        return like(m_expression ? text : folded(text));
    case Comparison::RLike:
        return re2::RE2::PartialMatch(text, *m_expression);
    case Comparison::Contains:
        return folded(text).find(m_pattern) != std::string_view::npos;
    case Comparison::In:
        return std::ranges::any_of(m_compare.values, [this, text](const Literal& literal) {
            const auto& wanted = textOf(literal);
            return wanted == text && !(losesCapitals() && !isLowerInPython(wanted));
        });
    case Comparison::IsNotNull:
        return true;
    default:
        return false;
    }
}

Compare asStored(Compare compare, SearchDialect dialect)
{
    if (dialect.greatestIsInfinity())
        for (auto& literal : compare.values)
            if (auto value = std::get_if<double>(&literal);
                value && std::abs(*value) == std::numeric_limits<double>::max())
                *value = std::copysign(std::numeric_limits<double>::infinity(), *value);
    return compare;
}

double asStored(double value, SearchDialect dialect)
{
    return dialect.nanIsZero() && std::isnan(value) && !isMissing(value) ? 0.0 : value;
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
