#include "core/query/records.h"

#include "core/base/number.h"
#include "core/query/fields.h"

#include <algorithm>
#include <cmath>

namespace sextant {

namespace {

/// Experiment ids are numbers in the order of MLflow's databases, and texts in that of its folders.
Literal sortable(const SortKey& key, Literal value, SearchDialect dialect)
{
    auto text = std::get_if<std::string>(&value);
    bool id = key.column.kind == ColumnKind::Attribute && key.column.key == "experiment_id";
    bool numeric = key.numeric || (id && !dialect.isFiles());
    if (!text || !numeric)
        return value;
    auto number = parseDouble(*text);
    return number ? Literal(*number) : value;
}

/// 0 for a number or text, 1 for NaN, 2 for nothing: in both directions in this order.
int rankOf(const std::vector<Literal>& values)
{
    if (values.empty())
        return 2;
    auto number = std::get_if<double>(&values.front());
    return number && std::isnan(*number) ? 1 : 0;
}

template <class Record>
void order(std::vector<Record>& records, std::span<const SortKey> keys, std::vector<SortKey> ties,
           SearchDialect dialect = {})
{
    std::vector<SortKey> all(keys.begin(), keys.end());
    for (auto& tie : ties)
        if (std::ranges::find(all, tie.column, &SortKey::column) == all.end())
            all.push_back(std::move(tie));
    struct Ranked
    {
        std::vector<std::vector<Literal>> values;
        std::size_t index;
    };
    std::vector<Ranked> ranked(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        auto source = fieldsOf(records[i]);
        ranked[i].index = i;
        for (const auto& key : all) {
            auto values = source->values(fieldKindOf(key.column.kind), key.column.key);
            for (auto& value : values)
                value = sortable(key, std::move(value), dialect);
            ranked[i].values.push_back(std::move(values));
        }
    }
    std::ranges::stable_sort(ranked, [&all](const Ranked& left, const Ranked& right) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto leftRank = rankOf(left.values[i]);
            auto rightRank = rankOf(right.values[i]);
            if (leftRank != rightRank)
                return leftRank < rightRank;
            if (leftRank > 0 || left.values[i].front() == right.values[i].front())
                continue;
            return (left.values[i].front() < right.values[i].front()) == all[i].ascending;
        }
        return false;
    });
    std::vector<Record> ordered;
    ordered.reserve(records.size());
    for (const auto& item : ranked)
        ordered.push_back(std::move(records[item.index]));
    records = std::move(ordered);
}

SortKey by(std::string_view attribute, bool ascending)
{
    return {{ColumnKind::Attribute, std::string(attribute)}, ascending, false};
}

} // namespace

void orderRecords(std::vector<Experiment>& experiments, std::span<const SortKey> keys, SearchDialect dialect)
{
    if (keys.empty())
        order(experiments, keys, {by("creation_time", false), by("experiment_id", true)}, dialect);
    else
        order(experiments, keys, {by("experiment_id", false)}, dialect);
}

void orderRecords(std::vector<RegisteredModel>& models, std::span<const SortKey> keys)
{
    order(models, keys, {by("name", true)});
}

void orderRecords(std::vector<ModelVersion>& versions, std::span<const SortKey> keys)
{
    if (keys.empty())
        order(versions, keys,
              {by("last_updated_timestamp", false), by("name", true), by("version_number", false)});
    else
        order(versions, keys, {by("name", true), by("version_number", false)});
}

void orderRecords(std::vector<LoggedModel>& models, std::span<const SortKey> keys, SearchDialect dialect)
{
    std::vector<SortKey> ordered(keys.begin(), keys.end());
    if (dialect.isSqlite()) // the number of the status is in the table, not its name
        for (auto& key : ordered)
            if (key.column == ColumnRef{ColumnKind::Attribute, "status"})
                key.column.key = "status_number";
    order(models, ordered, {by("creation_timestamp", false), by("model_id", true)});
}

} // namespace sextant
