// The writing half of FileRegistry: each change begins with what is on the disk now.
#include "core/store/files/file_registry.h"
#include "core/store/files/logged_model_reader.h"
#include "core/store/files/run_meta.h"
#include "core/store/registry_rules.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace sextant::files {

Result<void> FileRegistry::unlock()
{
    if (::faccessat(AT_FDCWD, m_layout->root().c_str(), W_OK, AT_EACCESS) != 0)
        return fail(ErrorCode::ReadOnly, "There is no permission to write in this folder",
                    "Copy the store to a place where you may write");
    m_unlocked = true;
    return {};
}

Result<RegistryWriter> FileRegistry::writer(const std::string& name)
{
    if (!m_unlocked)
        return storeIsLocked();
    RegisteredModel model;
    if (!isPlainName(name) || !readModel(name, model))
        return noSuchModel(name);
    if (isPrompt(model.tags))
        return isPromptNotModel(name);
    return RegistryWriter(*m_layout, std::move(model));
}

Result<ModelVersion> FileRegistry::version(const std::string& name, std::int64_t number)
{
    SEXTANT_TRY(auto versions, modelVersions(name));
    for (auto& version : versions)
        if (version.version == number)
            return std::move(version);
    SEXTANT_TRY(auto deleted, deletedVersions(name));
    bool was = std::any_of(deleted.begin(), deleted.end(),
                           [number](const ModelVersion& version) { return version.version == number; });
    return noSuchVersion(name, number, was);
}

Result<RegistryWriter> FileRegistry::writer(const std::string& name, std::int64_t number)
{
    SEXTANT_TRY(auto model, writer(name));
    SEXTANT_TRY(auto found, version(name, number));
    return model;
}

Result<void> FileRegistry::createModel(const std::string& name, const std::string& description,
                                       const TagMap& tags)
{
    auto known = writer(name);
    if (known)
        return modelExists(name);
    if (!m_unlocked)
        return forward(known);
    RegisteredModel model;
    if (isPlainName(name) && readModel(name, model))
        return promptExists(name);
    return RegistryWriter::createModel(*m_layout, name, description, tags);
}

Result<void> FileRegistry::describeModel(const std::string& name, const std::string& description)
{
    SEXTANT_TRY(auto model, writer(name));
    return model.describe(description);
}

Result<void> FileRegistry::setModelTag(const std::string& name, const std::string& key,
                                       const std::string& value)
{
    SEXTANT_TRY(auto model, writer(name));
    return model.setTag(key, value);
}

Result<void> FileRegistry::deleteModelTag(const std::string& name, const std::string& key)
{
    SEXTANT_TRY(auto model, writer(name));
    return model.deleteTag(key);
}

/// The version with its run, and in `location` where its files are.
Result<NewVersion> FileRegistry::resolved(NewVersion made, std::string& location)
{
    location = made.source;
    std::string logged = made.runId.empty() ? made.modelId : "";
    if (isModelSource(made.source)) {
        SEXTANT_TRY(auto source, parseModelSource(made.source));
        if (source.loggedModel.empty()) {
            SEXTANT_TRY(auto original, version(source.name, source.version));
            location = original.storageLocation.empty() ? original.source : original.storageLocation;
        } else {
            logged = source.loggedModel;
        }
    }
    if (logged.empty())
        return made;
    std::vector<LoggedModel> models;
    for (const auto& folder : m_layout->experiments(ViewType::ActiveOnly, false))
        readLoggedModels(*m_layout, folder, models);
    auto found = std::find_if(models.begin(), models.end(),
                              [&](const LoggedModel& model) { return model.id == logged; });
    if (found == models.end())
        return fail(ErrorCode::NotFound, "There is no logged model '" + logged + "' in this store",
                    "`sextant logged-models list` shows all");
    if (isModelSource(made.source) && made.source.ends_with(logged))
        location = found->artifactLocation;
    if (made.runId.empty())
        made.runId = found->sourceRunId;
    return made;
}

Result<ModelVersion> FileRegistry::createVersion(const NewVersion& wanted)
{
    SEXTANT_CHECK(checkDescription(wanted.description));
    if (wanted.source.empty())
        return fail(ErrorCode::InvalidArgument, "The new version has no source",
                    "Name the folder or URI of the model's files");
    SEXTANT_TRY(auto model, writer(wanted.model));
    std::string location;
    SEXTANT_TRY(auto made, resolved(wanted, location));
    SEXTANT_TRY(auto number, model.createVersion(made, location));
    return version(wanted.model, number);
}

Result<void> FileRegistry::describeVersion(const std::string& name, std::int64_t number,
                                           const std::string& description)
{
    SEXTANT_TRY(auto model, writer(name, number));
    return model.describeVersion(number, description);
}

Result<void> FileRegistry::setVersionTag(const std::string& name, std::int64_t number, const std::string& key,
                                         const std::string& value)
{
    SEXTANT_TRY(auto model, writer(name, number));
    return model.setVersionTag(number, key, value);
}

Result<void> FileRegistry::deleteVersionTag(const std::string& name, std::int64_t number,
                                            const std::string& key)
{
    SEXTANT_TRY(auto model, writer(name, number));
    return model.deleteVersionTag(number, key);
}

Result<void> FileRegistry::transition(const std::string& name, std::int64_t number, Stage stage,
                                      bool archiveExisting)
{
    SEXTANT_CHECK(checkTransition(stage, archiveExisting));
    SEXTANT_TRY(auto model, writer(name, number));
    std::vector<std::int64_t> archived;
    if (archiveExisting) {
        SEXTANT_TRY(auto versions, modelVersions(name));
        for (const auto& other : versions)
            if (other.stage == stage && other.version != number)
                archived.push_back(other.version);
    }
    return model.transition(number, stage, archived);
}

Result<void> FileRegistry::setAlias(const std::string& name, const std::string& alias, std::int64_t number)
{
    SEXTANT_TRY(auto model, writer(name, number));
    return model.setAlias(alias, number);
}

Result<void> FileRegistry::deleteAlias(const std::string& name, const std::string& alias)
{
    SEXTANT_TRY(auto model, writer(name));
    return model.deleteAlias(alias);
}

Result<void> FileRegistry::deleteVersion(const std::string& name, std::int64_t number)
{
    SEXTANT_TRY(auto model, writer(name, number));
    return model.deleteVersion(number);
}

Result<ModelVersion> FileRegistry::copyVersion(const std::string& sourceName, std::int64_t sourceVersion,
                                               const std::string& destination)
{
    if (!m_unlocked)
        return storeIsLocked();
    SEXTANT_TRY(auto source, version(sourceName, sourceVersion));
    auto made = createModel(destination, {}, {});
    if (!made && made.error().code != ErrorCode::AlreadyExists)
        return forward(made);
    return createVersion(copyOf(source, destination));
}

} // namespace sextant::files
