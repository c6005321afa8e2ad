// Logged models of one experiment (MLflow 3): <experiment>/models/m-…/
#pragma once

#include "core/store/files/store_layout.h"
#include "core/tracking/logged_model.h"

#include <vector>

namespace sextant::files {

/// Appends the models that are not deleted. What can't be read is warned of.
void readLoggedModels(const StoreLayout& layout, const ExperimentFolder& experiment,
                      std::vector<LoggedModel>& models);

} // namespace sextant::files
