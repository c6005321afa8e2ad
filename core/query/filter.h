// Filter: MLflow's search language and our superset, parsed once, evaluated on tables and on single objects.
// MLflow's own grammar: comparisons joined by AND. Ours adds OR, NOT, parentheses, IS NULL everywhere, IN on any field, RLIKE,
// num(params.x), ISO times and durations, min()/max()/first()/last() of a metric, and free text.
#pragma once

#include "core/base/operation.h"
#include "core/query/syntax.h"
#include "core/table/order.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sextant {

/// What is searched: decides which fields exist and which operators each takes.
enum class FilterTarget { Runs, Experiments, RegisteredModels, ModelVersions, LoggedModels };

class Filter
{
public:
    /// An empty text matches everything. Error: Syntax with the range, what is wrong, and in the hint what is allowed there.
    static Result<Filter> parse(std::string_view text, FilterTarget target);

    const std::string& text() const { return m_text; }
    const Condition* root() const { return m_root.get(); } // null: matches everything

    /// True when the real MLflow understands it as well (the UI says which).
    bool portable() const { return m_portable; }

    /// Metrics whose histories are needed: min(), max(), first() of them were asked for.
    std::vector<std::string> historyMetrics() const;

private:
    std::string m_text;
    std::shared_ptr<const Condition> m_root;
    bool m_portable = true;
};

/// "metrics.x DESC", "attributes.start_time", "params.`a b` asc". Error: Syntax; a key that is named twice is refused.
Result<std::vector<SortKey>> parseOrderBy(std::span<const std::string> clauses);

} // namespace sextant
