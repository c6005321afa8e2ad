// What the real client makes of a new experiment or run before it is written.
#pragma once

#include "core/store/tracking_store.h"

#include <string>
#include <string_view>

namespace sextant {

Result<void> checkExperimentName(std::string_view name);
[[nodiscard]] tl::unexpected<Error> experimentExists(const Experiment& experiment);

/// The experiment if runs can be added to it; `found` is null when there is none of that id.
Result<Experiment> usableForRuns(const Experiment* found, const std::string& id);

/// The run with its name among the tags, tags checked and cut, and a start. Error: InvalidArgument.
Result<NewRun> completed(NewRun run);

/// The tag mlflow.user, or "unknown".
std::string userOf(const NewRun& run);

/// `path` after the path of a URI or a plain path, before what a URI has behind it.
std::string appendToUri(const std::string& uri, const std::string& path);

} // namespace sextant
