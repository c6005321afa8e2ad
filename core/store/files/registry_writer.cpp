#include "core/store/files/registry_writer.h"

#include "core/store/files/store_age.h"
#include "core/store/files/yaml_scalar.h"
#include "core/store/registry_rules.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <filesystem>

namespace sextant::files {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kVersionPrefix = "version-";
constexpr std::size_t kLongestSimpleKey = 128; // bytes; PyYAML writes a longer one in another way
constexpr int kAttempts = 3;                   // as the client, when another program makes a version as well

MetaChange text(std::string_view key, std::string_view value)
{
    return {key, yamlScalar(value, key.size() + 2)};
}

MetaChange textOrNull(std::string_view key, std::string_view value)
{
    return value.empty() ? MetaChange{key, "null"} : text(key, value);
}

MetaChange updated(EpochMs time)
{
    return {"last_updated_timestamp", std::to_string(time)};
}

/// Aliases as the meta.yaml of a model repeats them.
MetaChange aliasMap(const RegisteredModel& model)
{
    if (model.aliases.empty())
        return {"aliases", "{}"};
    std::string lines;
    for (const auto& [alias, version] : model.aliases) {
        bool simple = alias.size() <= kLongestSimpleKey;
        lines += simple ? "\n  " : "\n  ? ";
        lines +=
            yamlScalar(alias, simple ? 2 : 4) + (simple ? ": '" : "\n  : '") + std::to_string(version) + "'";
    }
    return {"aliases", lines};
}

/// The model's keys that came with later clients.
std::vector<MetaChange> newerKeys(StoreAge age)
{
    std::vector<MetaChange> keys;
    if (age != StoreAge::BeforeThree)
        keys.push_back({"deployment_job_state", "null"});
    if (age == StoreAge::Workspaces)
        keys.push_back({"workspace", "default"});
    return keys;
}

Result<void> mustBePlace(const StoreLayout& layout, const std::string& folder)
{
    std::error_code error;
    auto real = fs::weakly_canonical(folder, error).string();
    if (!error && (real + "/").starts_with(layout.canonicalRoot() + "/"))
        return {};
    return fail(ErrorCode::InvalidArgument, "The folder " + folder + " leads out of the store",
                "Put a folder in place of the link");
}

std::size_t longestTagOf(StoreAge age)
{
    return age == StoreAge::BeforeThree ? kLongestOldRegistryTag : kLongestRegistryTag;
}

} // namespace

Result<void> RegistryWriter::createModel(const StoreLayout& layout, const std::string& name,
                                         const std::string& description, const TagMap& tags)
{
    SEXTANT_CHECK(checkModelName(name));
    SEXTANT_CHECK(checkDescription(description));
    auto age = ageOf(layout);
    SEXTANT_CHECK(checkModelTags(tags, longestTagOf(age)));
    auto path = layout.root() + "/" + kModelsFolder + "/" + name;
    SEXTANT_CHECK(mustBePlace(layout, path));
    auto keys = newerKeys(age);
    if (age != StoreAge::BeforeThree)
        keys.push_back({"deployment_job_id", "null"});
    auto time = now();
    keys.push_back({"aliases", "{}"});
    keys.push_back({"creation_timestamp", std::to_string(time)});
    keys.push_back(textOrNull("description", description));
    keys.push_back(updated(time));
    keys.push_back(text("name", name));
    SEXTANT_TRY(auto folder, NewFolder::create(layout.root()));
    SEXTANT_CHECK(folder.write(kMetaFile, composeMeta(std::move(keys))));
    for (const auto& [key, value] : tags)
        SEXTANT_CHECK(KeyFiles(folder.path(), "tags").write(key, value));
    auto made = folder.appearAs(path);
    if (!made && made.error().code == ErrorCode::AlreadyExists)
        return modelExists(name);
    return made;
}

std::string RegistryWriter::folder() const
{
    return m_layout.root() + "/" + kModelsFolder + "/" + m_model.name;
}

std::string RegistryWriter::versionFolder(std::int64_t version) const
{
    return folder() + "/" + std::string(kVersionPrefix) + std::to_string(version);
}

std::size_t RegistryWriter::longestTag() const
{
    return longestTagOf(ageOfModel(folder()));
}

Result<void> RegistryWriter::touch(EpochMs time, std::vector<MetaChange> more)
{
    SEXTANT_CHECK(mustBePlace(m_layout, folder()));
    more.push_back(updated(time));
    more.push_back(aliasMap(m_model));
    return changeMeta(folder(), more);
}

Result<void> RegistryWriter::changeVersion(std::int64_t version, EpochMs time,
                                           std::vector<MetaChange> changes)
{
    auto place = versionFolder(version);
    SEXTANT_CHECK(mustBePlace(m_layout, place));
    changes.push_back(updated(time));
    if (hasMetaKey(place, "aliases")) { // clients before 3.5 repeat them here
        std::string list;
        for (const auto& [alias, target] : m_model.aliases)
            if (target == version)
                list += "\n- " + yamlScalar(alias, 2);
        changes.push_back({"aliases", list.empty() ? "[]" : list});
    }
    return changeMeta(place, changes);
}

Result<void> RegistryWriter::describe(const std::string& description)
{
    SEXTANT_CHECK(checkDescription(description));
    return touch(now(), {text("description", description)});
}

Result<void> RegistryWriter::setTag(const std::string& key, const std::string& value)
{
    SEXTANT_CHECK(checkRegistryTag(key, value, longestTag()));
    SEXTANT_CHECK(mustBePlace(m_layout, folder()));
    SEXTANT_CHECK(KeyFiles(folder(), "tags").write(key, value));
    return touch(now());
}

Result<void> RegistryWriter::deleteTag(const std::string& key)
{
    SEXTANT_CHECK(checkRegistryTag(key, {}, kLongestRegistryTag));
    SEXTANT_TRY(bool was, KeyFiles(folder(), "tags").remove(key));
    return was ? touch(now()) : Result<void>();
}

Result<std::int64_t> RegistryWriter::nextVersion() const
{
    auto opened = openFolder(AT_FDCWD, folder().c_str(), true);
    FolderListing listing;
    if (int error = opened ? listFolder(opened, listing) : errno; error != 0)
        return fail(ErrorCode::Io, "The versions of the model can't be listed", "Look at " + folder(),
                    describeError(error));
    std::int64_t greatest = 0;
    for (std::size_t i = 0; i < listing.size(); ++i) {
        auto name = listing.name(i);
        if (!name.starts_with(kVersionPrefix))
            continue;
        std::int64_t number = 0;
        std::from_chars(name.data() + kVersionPrefix.size(), name.data() + name.size(), number);
        greatest = std::max(greatest, number);
    }
    return greatest + 1;
}

Result<void> RegistryWriter::writeVersion(const NewVersion& version, const std::string& location,
                                          std::int64_t number, EpochMs time)
{
    auto age = ageOfModel(folder());
    auto keys = newerKeys(age);
    if (age == StoreAge::BeforeThree)
        keys.push_back({"aliases", "[]"});
    else
        keys.push_back(textOrNull("model_id", version.modelId));
    keys.push_back({"creation_timestamp", std::to_string(time)});
    keys.push_back(text("current_stage", toText(Stage::None)));
    keys.push_back(textOrNull("description", version.description));
    keys.push_back(updated(time));
    keys.push_back(text("name", version.model));
    keys.push_back(textOrNull("run_id", version.runId));
    keys.push_back(textOrNull("run_link", version.runLink));
    keys.push_back(text("source", version.source));
    keys.push_back({"status", "READY"});
    keys.push_back({"status_message", "null"});
    keys.push_back(text("storage_location", location));
    keys.push_back({"user_id", "null"});
    keys.push_back({"version", std::to_string(number)});
    SEXTANT_TRY(auto made, NewFolder::create(m_layout.root()));
    SEXTANT_CHECK(made.write(kMetaFile, composeMeta(std::move(keys))));
    for (const auto& [key, value] : version.tags)
        SEXTANT_CHECK(KeyFiles(made.path(), "tags").write(key, value));
    return made.appearAs(versionFolder(number));
}

Result<std::int64_t> RegistryWriter::createVersion(const NewVersion& version, const std::string& location)
{
    SEXTANT_CHECK(mustBePlace(m_layout, folder()));
    for (const auto& [key, value] : version.tags)
        SEXTANT_CHECK(checkRegistryTag(key, value, longestTag()));
    for (int attempt = 1;; ++attempt) {
        SEXTANT_TRY(auto number, nextVersion());
        auto time = now();
        auto written = writeVersion(version, location, number, time);
        bool again = !written && written.error().code == ErrorCode::AlreadyExists && attempt < kAttempts;
        if (again)
            continue;
        SEXTANT_CHECK(std::move(written));
        SEXTANT_CHECK(touch(time));
        return number;
    }
}

Result<void> RegistryWriter::describeVersion(std::int64_t version, const std::string& description)
{
    SEXTANT_CHECK(checkDescription(description));
    return changeVersion(version, now(), {text("description", description)});
}

Result<void> RegistryWriter::setVersionTag(std::int64_t version, const std::string& key,
                                           const std::string& value)
{
    SEXTANT_CHECK(checkRegistryTag(key, value, longestTag()));
    SEXTANT_CHECK(mustBePlace(m_layout, versionFolder(version)));
    SEXTANT_CHECK(KeyFiles(versionFolder(version), "tags").write(key, value));
    return touch(now());
}

Result<void> RegistryWriter::deleteVersionTag(std::int64_t version, const std::string& key)
{
    SEXTANT_CHECK(checkRegistryTag(key, {}, kLongestRegistryTag));
    SEXTANT_TRY(bool was, KeyFiles(versionFolder(version), "tags").remove(key));
    return was ? touch(now()) : Result<void>();
}

Result<void> RegistryWriter::transition(std::int64_t version, Stage stage,
                                        const std::vector<std::int64_t>& archived)
{
    auto time = now();
    for (auto other : archived)
        SEXTANT_CHECK(changeVersion(other, time, {text("current_stage", toText(Stage::Archived))}));
    SEXTANT_CHECK(changeVersion(version, time, {text("current_stage", toText(stage))}));
    return touch(time);
}

Result<void> RegistryWriter::setAlias(const std::string& alias, std::int64_t version)
{
    SEXTANT_CHECK(checkAlias(alias));
    SEXTANT_CHECK(mustBePlace(m_layout, folder()));
    SEXTANT_CHECK(KeyFiles(folder(), "aliases").write(alias, std::to_string(version)));
    m_model.aliases[alias] = version;
    return touch(now());
}

Result<void> RegistryWriter::deleteAlias(const std::string& alias)
{
    auto known = m_model.aliases.find(alias);
    if (known == m_model.aliases.end())
        return {};
    SEXTANT_CHECK(KeyFiles(folder(), "aliases").remove(alias));
    m_model.aliases.erase(known);
    return touch(now());
}

Result<void> RegistryWriter::deleteVersion(std::int64_t version)
{
    SEXTANT_CHECK(changeVersion(version, now(), {text("current_stage", toText(Stage::DeletedInternal))}));
    std::vector<std::string> gone;
    for (const auto& [alias, target] : m_model.aliases)
        if (target == version)
            gone.push_back(alias);
    for (const auto& alias : gone) {
        SEXTANT_CHECK(KeyFiles(folder(), "aliases").remove(alias));
        m_model.aliases.erase(alias);
    }
    return touch(now());
}

} // namespace sextant::files
