// StoreAge: which MLflow's keys a new meta.yaml gets, by those that are in the store already. Every client
// reads the files of another; this only keeps them alike.
#pragma once

#include "core/store/files/meta_edit.h"
#include "core/store/files/store_layout.h"

#include <string>
#include <vector>

namespace sextant::files {

enum class StoreAge : std::uint8_t { BeforeThree, Three, Workspaces };

/// Looks at experiments, then models, then runs. Older when nothing tells.
StoreAge ageOf(const StoreLayout& layout);

/// By the keys in the meta.yaml of one registered model.
StoreAge ageOfModel(const std::string& modelFolder);

/// Whether the meta.yaml in a folder has a key; false when it can't be read.
bool hasMetaKey(const std::string& folder, std::string_view key);

/// Keys that the newest experiments have beside the old ones, as a new one has them.
std::vector<MetaChange> newerExperimentKeys(const StoreLayout& layout);

} // namespace sextant::files
