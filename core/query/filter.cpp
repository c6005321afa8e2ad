#include "core/query/filter.h"

#include "core/query/parser.h"

#include <algorithm>

namespace sextant {

namespace {

template <class Visit>
void forEachCompare(const Condition& condition, const Visit& visit)
{
    if (auto compare = std::get_if<Compare>(&condition.node))
        visit(*compare);
    else if (auto all = std::get_if<And>(&condition.node))
        for (const auto& part : all->parts)
            forEachCompare(*part, visit);
    else if (auto any = std::get_if<Or>(&condition.node))
        for (const auto& part : any->parts)
            forEachCompare(*part, visit);
    else
        forEachCompare(*std::get<Not>(condition.node).part, visit);
}

bool samePart(const ConditionPtr& left, const ConditionPtr& right)
{
    return sameMeaning(*left, *right);
}

} // namespace

Result<Filter> Filter::parse(std::string_view text, FilterTarget target, EpochMs now)
{
    Parser parser(text, target, now);
    Filter filter;
    filter.m_root = parser.parse();
    if (auto problem = parser.takeProblem())
        return tl::unexpected(std::move(problem->error));
    filter.m_text = text;
    filter.m_target = target;
    filter.m_localReason = parser.localReason();
    return filter;
}

std::optional<Problem> Filter::explain(std::string_view text, FilterTarget target)
{
    Parser parser(text, target, 0);
    parser.parse();
    return parser.takeProblem();
}

std::vector<std::string> Filter::historyMetrics() const
{
    std::vector<std::string> keys;
    if (!m_root)
        return keys;
    forEachCompare(*m_root, [&keys](const Compare& compare) {
        if (compare.field.aspect != MetricAspect::Latest)
            keys.push_back(compare.field.key);
    });
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

std::string applied(std::string_view text, const Fix& fix)
{
    std::string mended(text);
    return mended.replace(fix.range.begin, fix.range.length, fix.replacement);
}

bool sameMeaning(const Condition& left, const Condition& right)
{
    if (left.node.index() != right.node.index())
        return false;
    if (auto compare = std::get_if<Compare>(&left.node)) {
        const auto& other = std::get<Compare>(right.node);
        return compare->field.kind == other.field.kind && compare->field.key == other.field.key &&
               compare->field.numeric == other.field.numeric && compare->field.aspect == other.field.aspect &&
               compare->comparison == other.comparison && compare->values == other.values;
    }
    if (auto all = std::get_if<And>(&left.node))
        return std::ranges::equal(all->parts, std::get<And>(right.node).parts, samePart);
    if (auto any = std::get_if<Or>(&left.node))
        return std::ranges::equal(any->parts, std::get<Or>(right.node).parts, samePart);
    return samePart(std::get<Not>(left.node).part, std::get<Not>(right.node).part);
}

} // namespace sextant
