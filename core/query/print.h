// From a syntax tree back to text, and the safe quoting of keys and values that "only this value" filters are
// made with.
#pragma once

#include "core/query/filter.h"

namespace sextant {

/// "metrics.acc", "metrics.`val/loss`", "start_time": the field as a filter or an ordering names it.
std::string quoteField(FieldKind kind, std::string_view key);

/// The value in quotes, nullopt when MLflow's grammar has no way to write it (both kinds of quotes, a
/// backslash at the end).
std::optional<std::string> quoteText(std::string_view value);

/// A clause that holds for exactly this value, whatever is in it. Falls back on IN, whose list knows escapes.
std::string equalsClause(FieldKind kind, std::string_view key, std::string_view value);
std::string equalsClause(FieldKind kind, std::string_view key, double value);

/// A clause that holds for numbers from `value` on, or up to it. Params and tags are read as numbers.
std::string boundClause(FieldKind kind, std::string_view key, double value, bool atLeast);

/// `filter AND clause`; parentheses where `filter` has an OR of its own. Either may be empty.
std::string joinedByAnd(std::string_view filter, std::string_view clause, FilterTarget target);

/// Text that parses to the same tree. The one exception: a LIKE, RLIKE or free text with a value that
/// quoteText() refuses.
std::string print(const Condition& condition);

} // namespace sextant
