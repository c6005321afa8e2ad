// RunModels: what a run logged that can be registered as a version of a model.
#pragma once

#include "core/store/tracking_store.h"

namespace sextant {

struct RunModels
{
    struct Source
    {
        std::string name; // "model"
        std::string uri;  // as the real client would write it: models:/m-…, or where the run's folder is
    };
    std::string runName;
    std::vector<Source> sources; // logged models first
};

/// Errors: as TrackingStore::run.
Result<RunModels> modelsOfRun(TrackingStore& store, const std::string& runId);

} // namespace sextant
