// Filter: MLflow's search language and our superset, parsed once, evaluated on tables and on single objects.
// MLflow's own grammar: comparisons joined by AND. Ours adds OR, NOT, parentheses, IS NULL everywhere, IN on
// any field, RLIKE, num(params.x), ISO times and durations, min()/max()/first()/last()/best() of a metric,
// and free text.
#pragma once

#include "core/base/time.h"
#include "core/query/syntax.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant {

/// What is searched: decides which fields exist and which operators each takes.
enum class FilterTarget { Runs, Experiments, RegisteredModels, ModelVersions, LoggedModels };

/// A change of the text that mends it: `replacement` for what stands in `range`.
struct Fix
{
    TextRange range;
    std::string replacement;
    bool operator==(const Fix&) const = default;
};

/// What is wrong with a filter: where, why, what is allowed there (in the hint), and a mend where there is
/// one.
struct Problem
{
    Error error; // code Syntax, always with a range
    std::optional<Fix> fix;
};

/// The text after the fix.
std::string applied(std::string_view text, const Fix& fix);

class Filter
{
public:
    /// An empty text matches everything. `now` is what "7d ago" counts from. Error: as explain().
    static Result<Filter> parse(std::string_view text, FilterTarget target, EpochMs now = sextant::now());

    /// Why the text does not parse, nullopt when it does.
    static std::optional<Problem> explain(std::string_view text, FilterTarget target);

    const std::string& text() const { return m_text; }
    FilterTarget target() const { return m_target; }
    const Condition* root() const { return m_root.get(); } // null: matches everything

    /// True when the newest MLflow takes the same text and means the same by it (the UI says which).
    bool portable() const { return m_localReason.empty(); }

    /// What MLflow lacks for this filter, in a word or two ("OR", "num()"); empty when portable.
    const std::string& localReason() const { return m_localReason; }

    /// Metrics whose histories are needed: min(), max(), first() or best() of them were asked for. Sorted.
    std::vector<std::string> historyMetrics() const;

private:
    std::string m_text;
    std::string m_localReason;
    ConditionPtr m_root;
    FilterTarget m_target = FilterTarget::Runs;
};

} // namespace sextant
