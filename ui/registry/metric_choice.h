// Which metric of the source runs stands beside the versions of a model. Pure functions.
#pragma once

#include "ui/shell/registry_data.h"

namespace sextant {

struct MetricChoice
{
    std::string key;
    std::size_t versions = 0; // that have it
};

/// The metrics that source runs of the model's versions have, the ones people look at first before the
/// others.
std::vector<MetricChoice> metricsOfVersions(const RegistryData& data, const RegistryEntry& entry);

/// The one to begin with; empty when there is none.
std::string firstMetric(const std::vector<MetricChoice>& choices);

} // namespace sextant
