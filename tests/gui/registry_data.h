// Registered models in memory, for tests of the Registry page.
#pragma once

#include "tests/gui/runs_table_builder.h"
#include "ui/shell/registry_data.h"

namespace sextant::test {

constexpr EpochMs kDay = 86'400'000;
constexpr EpochMs kFirstDay = 1'763'000'000'000;

inline ModelVersion version(const std::string& model, std::int64_t number, Stage stage = Stage::None,
                            std::vector<std::string> aliases = {}, const std::string& runId = {})
{
    ModelVersion made;
    made.name = model;
    made.version = number;
    made.stage = stage;
    made.status = "READY";
    made.source = "models:/m-" + std::to_string(number);
    made.runId = runId;
    made.creationTime = made.lastUpdatedTime = kFirstDay + number * kDay;
    made.aliases = std::move(aliases);
    return made;
}

/// Versions as given, greatest number first; the aliases of the model follow from theirs.
inline RegistryEntry entry(const std::string& name, std::vector<ModelVersion> versions,
                           std::vector<ModelVersion> deleted = {})
{
    RegistryEntry made;
    made.model.name = name;
    for (const auto& one : versions)
        for (const auto& alias : one.aliases)
            made.model.aliases[alias] = one.version;
    made.versions = std::move(versions);
    made.deleted = std::move(deleted);
    return made;
}

inline RegistryDataPtr registryOf(std::vector<RegistryEntry> entries, RunTablePtr runs = nullptr)
{
    auto data = std::make_shared<RegistryData>();
    data->entries = std::move(entries);
    data->runs = std::move(runs);
    data->logsRead = true;
    return data;
}

} // namespace sextant::test
