#include "app/cli/filtering.h"

#include "app/cli/messages.h"

namespace sextant::cli {

namespace {

Error explained(const Problem& problem, const std::string& text)
{
    auto error = withPlace(problem.error, text);
    if (problem.fix)
        error.hint += "\nThis is understood: " + applied(text, *problem.fix);
    return error;
}

} // namespace

Result<Filter> parseFilter(const std::string& text, FilterTarget target)
{
    auto filter = Filter::parse(text, target);
    if (filter)
        return filter;
    auto problem = Filter::explain(text, target);
    return tl::unexpected(problem ? explained(*problem, text) : withPlace(filter.error(), text));
}

Result<std::vector<SortKey>> parseOrdering(const std::vector<std::string>& clauses, FilterTarget target)
{
    for (const auto& clause : clauses) {
        if (auto problem = explainOrderBy(clause, target))
            return tl::unexpected(explained(*problem, clause));
    }
    return parseOrderBy(clauses, target);
}

Result<SearchDialect> dialectFor(Context& context, const std::vector<SortKey>& order, FilterTarget target)
{
    SEXTANT_TRY(auto* store, context.tracking());
    auto dialect = store->info().dialect;
    SEXTANT_CHECK(checkRepeats(order, target, dialect));
    return dialect;
}

} // namespace sextant::cli
