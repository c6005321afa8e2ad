#include "core/store/files/file_registry.h"

#include "core/base/text.h"
#include "core/store/files/run_meta.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace sextant::files {

namespace {

bool readYaml(TreeReader& reader, const FileHandle& folder, const Place& place, FileBuffer& buffer,
              MetaYaml& yaml)
{
    auto result = reader.readOne(folder, kMetaFile, place.path(kMetaFile), kMostMetaBytes, buffer);
    if (result && yaml.parse(buffer.text()))
        return true;
    reader.warnings().add(place.path(), result ? "Its meta.yaml is empty or broken"
                                               : "Its meta.yaml: " + describeProblem(result));
    return false;
}

void readTags(TreeReader& reader, const FileHandle& folder, const Place& place, TagMap& tags)
{
    reader.read(folder, "tags", place, kMostTextBytes, [&](std::string_view key, std::string_view text) {
        tags.insert_or_assign(std::string(key), toUtf8(text));
    });
}

void takeAlias(TreeReader& reader, const Place& place, std::string_view alias, std::string_view word,
               RegisteredModel& model)
{
    std::int64_t version = 0;
    auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), version);
    if (error == std::errc() && end == word.data() + word.size())
        model.aliases.insert_or_assign(std::string(alias), version);
    else
        reader.warnings().add(place.path("aliases", alias), "It names no version of the model");
}

} // namespace

bool isPrompt(const TagMap& tags)
{
    auto found = tags.find("mlflow.prompt.is_prompt");
    return found != tags.end() && found->second == "true";
}

std::vector<std::string> FileRegistry::modelFolders(const std::string& name) const
{
    if (!name.empty())
        return isPlainName(name) ? std::vector{name} : std::vector<std::string>();
    std::vector<std::string> names;
    auto folder = openFolder(AT_FDCWD, (m_layout->root() + "/" + kModelsFolder).c_str(), true);
    if (!folder)
        return names;
    FolderListing listing;
    listFolder(folder, listing);
    for (std::size_t i = 0; i < listing.size(); ++i)
        if (listing.kind(i) == EntryKind::Folder || listing.kind(i) == EntryKind::Link)
            names.emplace_back(listing.name(i));
    std::sort(names.begin(), names.end());
    return names;
}

bool FileRegistry::readModel(const std::string& name, RegisteredModel& model)
{
    TreeReader reader(m_layout->canonicalRoot(), *m_warnings);
    Place place{m_layout->root(), kModelsFolder, name};
    auto folder = openFolder(AT_FDCWD, place.path().c_str(), true);
    if (!folder) {
        if (errno != ENOENT)
            m_warnings->add(place.path(), "It could not be opened: " + describeError(errno));
        return false;
    }
    FileBuffer buffer;
    MetaYaml yaml;
    if (!readYaml(reader, folder, place, buffer, yaml))
        return false;
    if (yaml.textOr("name") != name) {
        m_warnings->add(place.path(), "Its meta.yaml describes another model");
        return false;
    }
    model.name = name;
    model.description = yaml.textOr("description");
    model.creationTime = timeOf(yaml, "creation_timestamp");
    model.lastUpdatedTime = timeOf(yaml, "last_updated_timestamp");
    readTags(reader, folder, place, model.tags);
    // The files are what the client reads; newer ones repeat them in meta.yaml.
    if (faccessat(folder.get(), "aliases", F_OK, 0) == 0)
        reader.read(folder, "aliases", place, kMostTextBytes,
                    [&](std::string_view alias, std::string_view text) {
                        takeAlias(reader, place, alias, trim(text), model);
                    });
    else
        for (const auto& alias : yaml.children("aliases"))
            takeAlias(reader, place, alias.key, alias.text, model);
    return true;
}

Result<std::vector<RegisteredModel>> FileRegistry::registeredModels()
{
    std::vector<RegisteredModel> models;
    for (const auto& name : modelFolders({})) {
        RegisteredModel model;
        if (readModel(name, model) && !isPrompt(model.tags))
            models.push_back(std::move(model));
    }
    return models;
}

Result<std::vector<ModelVersion>> FileRegistry::modelVersions(const std::string& name)
{
    return versionsOf(name, Which::Present);
}

Result<std::vector<ModelVersion>> FileRegistry::deletedVersions(const std::string& name)
{
    return versionsOf(name, Which::Deleted);
}

Result<std::vector<ModelVersion>> FileRegistry::versionsOf(const std::string& name, Which which)
{
    std::vector<ModelVersion> versions;
    for (const auto& folder : modelFolders(name)) {
        RegisteredModel model;
        if (readModel(folder, model))
            readVersions(folder, model, which, versions);
    }
    std::sort(versions.begin(), versions.end(), [](const ModelVersion& a, const ModelVersion& b) {
        if (a.lastUpdatedTime != b.lastUpdatedTime)
            return a.lastUpdatedTime > b.lastUpdatedTime;
        return a.name != b.name ? a.name < b.name : a.version > b.version;
    });
    return versions;
}

void FileRegistry::readVersions(const std::string& name, const RegisteredModel& model, Which which,
                                std::vector<ModelVersion>& versions)
{
    auto parent = openFolder(AT_FDCWD, (m_layout->root() + "/" + kModelsFolder + "/" + name).c_str(), true);
    if (!parent)
        return;
    TreeReader reader(m_layout->canonicalRoot(), *m_warnings);
    FolderListing listing;
    listFolder(parent, listing);
    for (std::size_t i = 0; i < listing.size(); ++i) {
        if (listing.kind(i) != EntryKind::Folder || !listing.name(i).starts_with("version-"))
            continue;
        auto entity = name + "/" + std::string(listing.name(i));
        Place place{m_layout->root(), kModelsFolder, entity};
        auto folder = openFolder(parent.get(), listing.cName(i), false);
        ModelVersion version;
        version.name = name;
        if (!folder || !readVersion(reader, folder, place, version))
            continue;
        for (const auto& [alias, target] : model.aliases)
            if (target == version.version)
                version.aliases.push_back(alias);
        bool deleted = version.stage == Stage::DeletedInternal;
        if (deleted == (which == Which::Deleted) && !isPrompt(version.tags))
            versions.push_back(std::move(version));
    }
}

bool FileRegistry::readVersion(TreeReader& reader, const FileHandle& folder, const Place& place,
                               ModelVersion& version)
{
    FileBuffer buffer;
    MetaYaml yaml;
    if (!readYaml(reader, folder, place, buffer, yaml))
        return false;
    auto number = yaml.integer("version");
    auto stage = stageFrom(yaml.textOr("current_stage", "None"));
    if (!number || !stage || !place.entity.ends_with("/version-" + std::to_string(*number))) {
        m_warnings->add(place.path(),
                        "Its meta.yaml describes another version, or a stage that MLflow does not know");
        return false;
    }
    version.version = *number;
    version.stage = *stage;
    version.status = yaml.textOr("status");
    version.statusMessage = yaml.textOr("status_message");
    version.source = yaml.textOr("source");
    version.storageLocation = yaml.textOr("storage_location");
    version.runId = yaml.textOr("run_id");
    version.runLink = yaml.textOr("run_link");
    version.userId = yaml.textOr("user_id");
    version.description = yaml.textOr("description");
    version.modelId = yaml.textOr("model_id");
    version.creationTime = timeOf(yaml, "creation_timestamp");
    version.lastUpdatedTime = timeOf(yaml, "last_updated_timestamp");
    readTags(reader, folder, place, version.tags);
    return true;
}

} // namespace sextant::files
