#include "core/query/evaluate.h"
#include "core/query/free_text.h"
#include "core/query/predicate.h"

#include <algorithm>

namespace sextant {

namespace {

bool matchesCompare(const Compare& compare, const FieldSource& source, SearchDialect dialect)
{
    const auto& field = compare.field;
    std::vector<Literal> values;
    if (field.aspect != MetricAspect::Latest) {
        if (auto summary = source.summary(field.key))
            values.emplace_back(aspectOf(*summary, field));
    } else {
        values = source.values(field.kind, field.key);
    }
    bool metric = field.kind == FieldKind::Metric;
    if (metric && field.aspect == MetricAspect::Latest)
        for (auto& value : values)
            value = asStored(std::get<double>(value), dialect);
    auto tested = metric ? asStored(compare, dialect) : compare;
    bool isNull = compare.comparison == Comparison::IsNull;
    if (isNull)
        tested.comparison = Comparison::IsNotNull;
    TextTest test(tested, dialect);
    return isNull != std::ranges::any_of(
                         values, [&](const Literal& value) { return testLiteral(test, tested, value); });
}

bool matchesCondition(const Condition& condition, const FieldSource& source, SearchDialect dialect)
{
    auto part = [&](const ConditionPtr& inner) { return matchesCondition(*inner, source, dialect); };
    if (auto compare = std::get_if<Compare>(&condition.node))
        return matchesCompare(*compare, source, dialect);
    if (auto all = std::get_if<And>(&condition.node))
        return std::ranges::all_of(all->parts, part);
    if (auto any = std::get_if<Or>(&condition.node))
        return std::ranges::any_of(any->parts, part);
    return !part(std::get<Not>(condition.node).part);
}

} // namespace

bool matches(const Filter& filter, const FieldSource& source, SearchDialect dialect)
{
    return !filter.root() || matchesCondition(*filter.root(), source, dialect);
}

} // namespace sextant
