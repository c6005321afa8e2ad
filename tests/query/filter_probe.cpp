// Reads JSON lines {"target": "runs", "filter": "…"} or {…, "order_by": "…"} and answers each with what
// Sextant makes of it, for the comparison with the real client: {"ok", "portable", "clauses": [[kind, key,
// operator, value]], "message", "range"}.
#include "core/query/fields.h"
#include "core/query/order_by.h"
#include "core/query/records.h"
#include "core/store/open.h"

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

FilterTarget targetOf(const json& question)
{
    static const std::map<std::string, FilterTarget> targets{
        {"runs", FilterTarget::Runs},
        {"experiments", FilterTarget::Experiments},
        {"registered_models", FilterTarget::RegisteredModels},
        {"model_versions", FilterTarget::ModelVersions},
        {"logged_models", FilterTarget::LoggedModels}};
    return targets.at(question.at("target").get<std::string>());
}

json answer(const json& question)
{
    auto target = targetOf(question);
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

/// Searches in one store; everything is read once.
class Searcher
{
public:
    explicit Searcher(const std::string& uri) : m_store(openStore(uri).value())
    {
        m_dialect = m_store.tracking->info().dialect;
        auto experiments = m_store.tracking->experiments(ViewType::All).value();
        for (const auto& experiment : experiments)
            m_experimentIds.push_back(experiment.id);
        for (auto view : {ViewType::ActiveOnly, ViewType::DeletedOnly, ViewType::All})
            m_tables[view] = m_store.tracking->runs({m_experimentIds, view}, {}).value();
    }

    json search(const json& question) const
    {
        auto target = targetOf(question);
        auto filter = Filter::parse(question.at("filter").get<std::string>(), target);
        auto keys = parseOrderBy(question.at("orderings").get<std::vector<std::string>>(), target);
        if (!filter || !keys)
            return {{"ok", false}, {"message", (filter ? keys.error() : filter.error()).message}};
        if (auto repeated = checkRepeats(*keys, target, m_dialect); !repeated)
            return {{"ok", false}, {"message", repeated.error().message}};
        return {{"ok", true},
                {"portable", filter->portable()},
                {"found", found(target, viewOf(question), *filter, *keys)}};
    }

private:
    static ViewType viewOf(const json& question)
    {
        auto view = question.value("view", std::string("active"));
        return view == "all"       ? ViewType::All
               : view == "deleted" ? ViewType::DeletedOnly
                                   : ViewType::ActiveOnly;
    }

    json found(FilterTarget target, ViewType view, const Filter& filter,
               const std::vector<SortKey>& keys) const
    {
        switch (target) {
        case FilterTarget::Experiments:
            return names(m_store.tracking->experiments(view).value(), filter, keys,
                         [](const Experiment& experiment) { return experiment.id; });
        case FilterTarget::RegisteredModels:
            return names(m_store.registry->registeredModels().value(), filter, keys,
                         [](const RegisteredModel& model) { return model.name; });
        case FilterTarget::ModelVersions:
            return names(m_store.registry->modelVersions({}).value(), filter, keys,
                         [](const ModelVersion& version) {
                             return version.name + "/" + std::to_string(version.version);
                         });
        case FilterTarget::LoggedModels:
            return names(m_store.tracking->loggedModels(m_experimentIds).value(), filter, keys,
                         [](const LoggedModel& model) { return model.id; });
        case FilterTarget::Runs:
            break;
        }
        json ids = json::array();
        const auto& table = *m_tables.at(view);
        auto rows = orderRows(table, selectRows(table, filter).value(), keys).value();
        for (auto row : rows)
            ids.push_back(table.runId(row));
        return ids;
    }

    template <class Record, class NameOf>
    json names(std::vector<Record> records, const Filter& filter, const std::vector<SortKey>& keys,
               NameOf nameOf) const
    {
        keepMatching(records, filter, m_dialect);
        if constexpr (std::is_same_v<Record, LoggedModel> || std::is_same_v<Record, Experiment>)
            orderRecords(records, keys, m_dialect);
        else
            orderRecords(records, keys);
        json all = json::array();
        for (const auto& record : records)
            all.push_back(nameOf(record));
        return all;
    }

    Store m_store;
    std::vector<std::string> m_experimentIds;
    std::map<ViewType, RunTablePtr> m_tables;
    SearchDialect m_dialect;
};

} // namespace

int main(int argc, char** argv)
{
    auto searcher = argc > 1 ? std::make_unique<Searcher>(argv[1]) : nullptr;
    for (std::string line; std::getline(std::cin, line);) {
        auto question = json::parse(line);
        auto reply = searcher ? searcher->search(question) : answer(question);
        std::cout << reply.dump(-1, ' ', false, json::error_handler_t::replace) << "\n";
    }
}
