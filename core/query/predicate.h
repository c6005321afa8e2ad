// The tests that comparisons make on single values, prepared once for many values.
#pragma once

#include "core/query/syntax.h"
#include "core/tracking/search_dialect.h"

#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace sextant {

/// Tests a text that is there; used by one thread. For num() fields it reads the text as a number first.
class TextTest
{
public:
    explicit TextTest(const Compare& compare, SearchDialect dialect = {});
    ~TextTest();
    TextTest(const TextTest&) = delete;
    TextTest& operator=(const TextTest&) = delete;

    bool operator()(std::string_view text) const;

    /// What a matching text must hold, byte for byte, where that is the whole test; else empty.
    std::string_view soughtPiece() const;

private:
    bool test(std::string_view text) const;
    bool like(std::string_view text) const;
    bool losesCapitals() const;
    void shapePattern();
    std::string_view folded(std::string_view text) const;
    std::string foldFully(std::string_view text) const;

    /// Most patterns are one piece of text with % around it.
    enum class Shape { General, Whole, Prefix, Suffix, Inside };

    const Compare& m_compare;
    SearchDialect m_dialect;
    mutable std::string m_folded;
    std::string m_pattern; // folded where case does not count
    std::shared_ptr<const re2::RE2> m_expression;
    std::string_view m_piece; // of m_pattern, without the %
    Shape m_shape = Shape::General;
    bool m_negated = false;
    Comparison m_comparison;
};

/// The comparison of a metric as its store means it: an infinity in the text of a filter is what the store
/// holds in its place.
Compare asStored(Compare compare, SearchDialect dialect);

/// A metric's value as its store compares it.
double asStored(double value, SearchDialect dialect);

/// Tests a number that is there; a NaN matches != and NOT IN only.
bool testNumber(const Compare& compare, double value);

/// Tests a value of either kind: the field's class decides, MLflow has no comparisons between the two.
bool testLiteral(const TextTest& textTest, const Compare& compare, const Literal& value);

} // namespace sextant
