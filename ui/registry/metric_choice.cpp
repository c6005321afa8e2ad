#include "ui/registry/metric_choice.h"

#include <algorithm>
#include <array>

namespace sextant {

namespace {

/// Results on data held back come first, the machine last.
int rankOf(std::string_view key)
{
    constexpr std::array<std::string_view, 4> kFirst{"test", "val", "eval", "holdout"};
    for (std::size_t i = 0; i < kFirst.size(); ++i)
        if (key.starts_with(kFirst[i]))
            return static_cast<int>(i);
    if (key.starts_with("system") || key.starts_with("sys/"))
        return 9;
    return key.starts_with("train") ? 8 : 5;
}

} // namespace

std::vector<MetricChoice> metricsOfVersions(const RegistryData& data, const RegistryEntry& entry)
{
    std::vector<RowIndex> rows;
    for (const auto& version : entry.versions)
        if (auto row = data.runs && !version.runId.empty() ? data.runs->find(version.runId) : std::nullopt)
            rows.push_back(*row);
    std::vector<MetricChoice> choices;
    if (rows.empty())
        return choices;
    for (const auto& column : data.runs->data().metrics) {
        auto count =
            std::count_if(rows.begin(), rows.end(), [&](RowIndex row) { return !isMissing(column.at(row)); });
        if (count > 0)
            choices.push_back({column.key, static_cast<std::size_t>(count)});
    }
    std::stable_sort(choices.begin(), choices.end(), [](const MetricChoice& one, const MetricChoice& other) {
        return rankOf(one.key) < rankOf(other.key);
    });
    return choices;
}

std::string firstMetric(const std::vector<MetricChoice>& choices)
{
    auto best = std::max_element(
        choices.begin(), choices.end(), [](const MetricChoice& one, const MetricChoice& other) {
            return one.versions < other.versions; // the first of those that most versions have
        });
    return best == choices.end() ? std::string() : best->key;
}

} // namespace sextant
