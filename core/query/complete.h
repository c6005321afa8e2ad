// What may stand at the cursor of a filter that is being typed: fields, operators, values, keywords.
#pragma once

#include "core/query/filter.h"
#include "core/table/run_table.h"

namespace sextant {

enum class CompletionKind {
    Metric,
    Param,
    Tag,
    Attribute,
    Dataset,
    Prefix,
    Function,
    Operator,
    Value,
    Keyword
};

struct Completion
{
    std::string text;  // to be inserted for `replace`, quoted where it must be
    TextRange replace; // in the filter
    CompletionKind kind = CompletionKind::Attribute;
    std::string type;               // "text", "number", "time"…; empty for others than fields
    std::string detail;             // "25 runs, 4 values"
    std::vector<TextRange> matched; // the parts of `text` that answer to what was typed
};

/// The best ones first. Keys and values come from `table`, which may be null; `cursor` is a byte offset.
/// Reads at most the table's columns and their dictionaries, never all rows of all columns.
std::vector<Completion> complete(std::string_view text, std::size_t cursor, FilterTarget target,
                                 const RunTable* table, std::size_t limit = 50);

} // namespace sextant
