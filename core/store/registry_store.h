// RegistryStore: reading the registered models of one store. Threads as TrackingStore.
#pragma once

#include "core/base/error.h"
#include "core/tracking/registry.h"

#include <string>
#include <vector>

namespace sextant {

class RegistryStore
{
public:
    virtual ~RegistryStore() = default;

    /// All registered models by name, prompts left out as the real client does.
    virtual Result<std::vector<RegisteredModel>> registeredModels() = 0;

    /// Versions of one model, or of all when the name is empty: newest update first, then name, then newest
    /// version, as the real client. Deleted versions are left out.
    virtual Result<std::vector<ModelVersion>> modelVersions(const std::string& name) = 0;
};

} // namespace sextant
