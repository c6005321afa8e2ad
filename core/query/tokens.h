// The parts of a filter for syntax colouring. Never fails on half-typed text.
#pragma once

#include "core/query/filter.h"

namespace sextant {

enum class SyntaxKind { Field, Function, Operator, String, Number, Keyword, Other, Error };

struct SyntaxToken
{
    TextRange range;
    SyntaxKind kind = SyntaxKind::Other;
    bool operator==(const SyntaxToken&) const = default;
};

/// The parts in their order, without the blanks between them. An Error is what can stand nowhere, or a field
/// that does not exist; where a filter fails to parse as a whole Filter::explain() knows.
std::vector<SyntaxToken> syntaxTokens(std::string_view text, FilterTarget target);

/// A mended filter, as the editor offers it.
struct Repair
{
    std::string text;  // the whole filter
    std::string shown; // the part of it that changes
    std::string note;  // what to know before: that the store does not understand it
};

/// Nullopt when the filter is right or nobody can tell what was meant.
std::optional<Repair> repair(std::string_view text, FilterTarget target);

} // namespace sextant
