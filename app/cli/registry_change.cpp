#include "app/cli/registry_change.h"

#include "app/cli/display.h"
#include "core/base/number.h"
#include "core/registry/observations.h"

#include <algorithm>

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;

nlohmann::ordered_json jsonOf(const RegistryChange::Text& text)
{
    return text ? nlohmann::ordered_json(*text) : nlohmann::ordered_json();
}

void print(Context& context, const RegistryChanges& changes, bool dryRun)
{
    RecordList output{dryRun ? "change, not made (--dry-run)" : "change",
                      dryRun ? "changes, not made (--dry-run)" : "changes",
                      {{"name", "MODEL"},
                       {"version", "VERSION", Kind::Integer},
                       {"change", "CHANGE"},
                       {"key", "KEY"},
                       {"before", "BEFORE"},
                       {"after", "AFTER"}},
                      {}};
    for (const auto& change : changes)
        output.records.push_back(
            {{"name", change.model},
             {"version", change.version ? nlohmann::ordered_json(*change.version) : nlohmann::ordered_json()},
             {"change", change.what},
             {"key", textOrNull(change.key)},
             {"before", jsonOf(change.before)},
             {"after", jsonOf(change.after)},
             {"dry_run", dryRun}});
    output.write(context.sink(), context.format(), context.screenWidth());
}

Result<void> apply(Context& context, RegistryStore& registry, RegistryChanges& changes)
{
    SEXTANT_CHECK(registry.unlock());
    for (std::size_t made = 0; made < changes.size(); ++made) {
        auto& change = changes[made];
        if (!change.apply)
            continue;
        auto applied =
            context.cancelled() ? Result<RegistryChange::Version>(cancelledError()) : change.apply(registry);
        if (applied) {
            change.version = *applied ? *applied : change.version;
            continue;
        }
        auto& error = applied.error();
        if (made > 0)
            error.hint += (error.hint.empty() ? "" : "\n") + std::string("Before that ") +
                          counted(made, "change was", "changes were") + " made, of " +
                          std::to_string(changes.size());
        return forward(applied);
    }
    return {};
}

} // namespace

Result<int> changeRegistry(Context& context, RegistryChanges changes, bool dryRun)
{
    SEXTANT_TRY(auto* registry, context.registry());
    if (!dryRun) {
        SEXTANT_CHECK(apply(context, *registry, changes));
        SEXTANT_TRY(auto* tracking, context.tracking());
        if (auto versions = registry->modelVersions({}))
            registry::observeRegistry(tracking->info().path, *versions);
    }
    print(context, changes, dryRun);
    return kDone;
}

Result<void> checkModelExists(RegistryStore& registry, const std::string& name)
{
    SEXTANT_TRY(auto models, registry.registeredModels());
    std::vector<std::string> names;
    for (const auto& model : models) {
        if (model.name == name)
            return {};
        names.push_back(model.name);
    }
    auto near = didYouMean(nearNames(name, names));
    return fail(ErrorCode::NotFound, "There is no registered model '" + name + "'",
                near + (near.empty() ? "" : " ") + "`sextant models list` shows all");
}

Result<ModelInView> modelInView(RegistryStore& registry, const std::string& name)
{
    SEXTANT_CHECK(checkModelExists(registry, name));
    SEXTANT_TRY(auto models, registry.registeredModels());
    ModelInView view;
    for (auto& model : models)
        if (model.name == name)
            view.model = std::move(model);
    SEXTANT_TRY(view.versions, registry.modelVersions(name));
    return view;
}

Result<ModelVersion> ModelInView::version(const std::string& named) const
{
    auto number = parseInteger(named);
    if (named.starts_with('@')) {
        auto alias = model.aliases.find(named.substr(1));
        if (alias == model.aliases.end())
            return fail(ErrorCode::NotFound,
                        "The model '" + model.name + "' has no alias '" + named.substr(1) + "'",
                        "`sextant models list` shows the aliases");
        number = alias->second;
    }
    if (!number)
        return fail(ErrorCode::InvalidArgument, "'" + named + "' is no version",
                    "Write its number, or @ALIAS for the version at an alias");
    auto found = std::find_if(versions.begin(), versions.end(),
                              [&](const ModelVersion& one) { return one.version == *number; });
    if (found != versions.end())
        return *found;
    return fail(ErrorCode::NotFound,
                "The model '" + model.name + "' has no version " + std::to_string(*number),
                "`sextant models versions` lists them; with --deleted those that were deleted");
}

std::int64_t ModelInView::nextVersion(const std::vector<ModelVersion>& deleted) const
{
    std::int64_t greatest = 0;
    for (const auto* some : {&versions, &deleted})
        for (const auto& one : *some)
            greatest = std::max(greatest, one.version);
    return greatest + 1;
}

} // namespace sextant::cli
