// What the real client accepts in the registry: names of models and aliases, tags, stages.
#pragma once

#include "core/base/error.h"
#include "core/tracking/experiment.h"

#include <string>
#include <string_view>

namespace sextant {

inline constexpr std::size_t kLongestAlias = 255;            // characters
inline constexpr std::size_t kLongestRegistryTag = 100'000;  // characters of a value
inline constexpr std::size_t kLongestOldRegistryTag = 5'000; // before MLflow 3

/// The name of a model that is made now: older stores hold names that would be refused today.
Result<void> checkModelName(std::string_view name);

/// The name of an alias that is set now.
Result<void> checkAlias(std::string_view alias);

/// Unlike tags of runs, values that are too long are refused.
Result<void> checkRegistryTag(std::string_view key, std::string_view value, std::size_t longestValue);

/// The tags of a model that is made now: one that makes it a prompt is refused.
Result<void> checkModelTags(const TagMap& tags, std::size_t longestValue);

/// Any text that is kept as a description.
Result<void> checkDescription(std::string_view text);

/// A stage that a version can be moved to, and whether others can be archived for it.
Result<void> checkTransition(Stage stage, bool archiveExisting);

// The sentences that all stores say alike.
[[nodiscard]] tl::unexpected<Error> noSuchModel(const std::string& name);
[[nodiscard]] tl::unexpected<Error> noSuchVersion(const std::string& name, std::int64_t version,
                                                  bool wasDeleted);
[[nodiscard]] tl::unexpected<Error> isPromptNotModel(const std::string& name);
[[nodiscard]] tl::unexpected<Error> modelExists(const std::string& name);
[[nodiscard]] tl::unexpected<Error> promptExists(const std::string& name);
[[nodiscard]] tl::unexpected<Error> storeIsLocked();

/// What a "models:" source names: a logged model, or a version of a registered model.
struct ModelSource
{
    std::string loggedModel; // else empty
    std::string name;
    std::int64_t version = 0;
};
bool isModelSource(std::string_view source);
/// Error: InvalidArgument for one that names neither (an alias, a stage).
Result<ModelSource> parseModelSource(std::string_view source);

} // namespace sextant
