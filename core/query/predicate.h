// The tests that comparisons make on single values, prepared once for many values.
#pragma once

#include "core/query/syntax.h"

#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace sextant {

/// Tests a text that is there. For num() fields it reads the text as a number first.
class TextTest
{
public:
    explicit TextTest(const Compare& compare);
    ~TextTest();
    TextTest(TextTest&&) noexcept;

    bool operator()(std::string_view text) const;

private:
    bool test(std::string_view text) const;

    const Compare& m_compare;
    std::string m_pattern; // folded where case does not count
    std::shared_ptr<const re2::RE2> m_expression;
    bool m_negated = false;
    Comparison m_comparison;
};

/// Tests a number that is there; a NaN matches != and NOT IN only.
bool testNumber(const Compare& compare, double value);

/// Tests a value of either kind: the field's class decides, MLflow has no comparisons between the two.
bool testLiteral(const TextTest& textTest, const Compare& compare, const Literal& value);

} // namespace sextant
