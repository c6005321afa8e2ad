// Opening a store by its URI, as MLflow names stores.
#pragma once

#include "core/store/registry_store.h"
#include "core/store/tracking_store.h"

#include <memory>
#include <string>

namespace sextant {

/// Both faces of one opened store; the registry is null where it has none.
struct Store
{
    std::shared_ptr<TrackingStore> tracking;
    std::shared_ptr<RegistryStore> registry;
};

struct OpenOptions
{
    std::string cacheFolder; // empty: no caches
};

/// `uri`: a path to a database or a folder, sqlite:///PATH, file:///PATH.
/// Errors: NotFound, PermissionDenied, NotAStore, Corrupt, Unsupported, Locked; each with a hint.
Result<Store> openStore(const std::string& uri, const OpenOptions& options = {});

/// The store to open when none is named: MLFLOW_TRACKING_URI, else ./mlflow.db, else ./mlruns; empty when
/// there is none.
std::string defaultStoreUri();

/// The user's cache folder for this program (XDG_CACHE_HOME or ~/.cache, /sextant).
std::string defaultCacheFolder();

} // namespace sextant
