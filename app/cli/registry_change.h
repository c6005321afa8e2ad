// RegistryChange: one thing that a command changes in the registry, planned before anything is written.
#pragma once

#include "app/cli/context.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sextant::cli {

struct RegistryChange
{
    using Text = std::optional<std::string>;
    using Version = std::optional<std::int64_t>;

    std::string model;
    Version version;  // of a new one: what it will be
    std::string what; // "alias"
    std::string key;  // of a tag or an alias
    Text before, after;
    /// Does it; a new version's true number is the value. None for what another change brings about.
    std::function<Result<Version>(RegistryStore&)> apply;
};
using RegistryChanges = std::vector<RegistryChange>;

/// Makes the changes unless it is a dry run, and prints them. Naming the command is the consent to write.
Result<int> changeRegistry(Context& context, RegistryChanges changes, bool dryRun);

/// The model; its versions with its deleted ones at the end are in `versions`.
/// Error: NotFound with the nearest names.
struct ModelInView
{
    RegisteredModel model;
    std::vector<ModelVersion> versions;

    /// By number or "@ALIAS". Error: NotFound, InvalidArgument.
    Result<ModelVersion> version(const std::string& named) const;
    std::int64_t nextVersion(const std::vector<ModelVersion>& deleted) const;
};
Result<ModelInView> modelInView(RegistryStore& registry, const std::string& name);

/// Error: NotFound with the nearest names.
Result<void> checkModelExists(RegistryStore& registry, const std::string& name);

} // namespace sextant::cli
