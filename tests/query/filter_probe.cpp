// Reads JSON lines {"target": "runs", "filter": "…"} or {…, "order_by": "…"} and answers each with what
// Sextant makes of it, for the comparison with the real client: {"ok", "portable", "clauses": [[kind, key,
// operator, value]], "message", "range"}.
#include "core/query/fields.h"
#include "core/query/order_by.h"

#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

using namespace sextant;
using nlohmann::json;

namespace {

std::string_view kindName(FieldKind kind)
{
    static constexpr std::string_view names[] = {"attribute", "metric",  "parameter",
                                                 "tag",       "dataset", "anything"};
    return names[static_cast<int>(kind)];
}

json valueOf(const Compare& compare)
{
    json values = json::array();
    for (const auto& literal : compare.values)
        std::visit([&values](const auto& value) { values.push_back(value); }, literal);
    bool list = compare.comparison == Comparison::In || compare.comparison == Comparison::NotIn;
    return list ? values : values.empty() ? json() : values.front();
}

/// The comparisons of a filter that is nothing but comparisons joined by AND; null for others.
json clausesOf(const Condition* root)
{
    json clauses = json::array();
    auto add = [&clauses](const Condition& condition) {
        auto compare = std::get_if<Compare>(&condition.node);
        if (compare)
            clauses.push_back({kindName(compare->field.kind), compare->field.key, toText(compare->comparison),
                               valueOf(*compare)});
        return compare != nullptr;
    };
    if (!root)
        return clauses;
    auto all = std::get_if<And>(&root->node);
    if (!all)
        return add(*root) ? clauses : json();
    for (const auto& part : all->parts)
        if (!add(*part))
            return {};
    return clauses;
}

json answer(const json& question)
{
    static const std::map<std::string, FilterTarget> targets{
        {"runs", FilterTarget::Runs},
        {"experiments", FilterTarget::Experiments},
        {"registered_models", FilterTarget::RegisteredModels},
        {"model_versions", FilterTarget::ModelVersions},
        {"logged_models", FilterTarget::LoggedModels}};
    auto target = targets.at(question.at("target").get<std::string>());
    if (question.contains("order_by")) {
        auto problem = explainOrderBy(question.at("order_by").get<std::string>(), target);
        return {{"ok", !problem}, {"message", problem ? problem->error.message : ""}};
    }
    auto text = question.at("filter").get<std::string>();
    if (auto problem = Filter::explain(text, target))
        return {{"ok", false},
                {"message", problem->error.message},
                {"hint", problem->error.hint},
                {"range", {problem->error.range->begin, problem->error.range->length}},
                {"fixed", problem->fix ? json(applied(text, *problem->fix)) : json()}};
    auto filter = Filter::parse(text, target, 0);
    return {{"ok", true},
            {"portable", filter->portable()},
            {"reason", filter->localReason()},
            {"clauses", clausesOf(filter->root())}};
}

} // namespace

int main()
{
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(json::parse(line)).dump(-1, ' ', false, json::error_handler_t::replace) << "\n";
}
