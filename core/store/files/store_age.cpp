#include "core/store/files/store_age.h"

#include "core/store/files/meta_yaml.h"

#include <algorithm>
#include <fcntl.h>

namespace sextant::files {
namespace {

/// The keys of a meta.yaml, as far as it can be read.
bool hasKey(const std::string& folder, std::string_view key, bool otherwise = false)
{
    FileBuffer buffer;
    MetaYaml yaml;
    bool readable = readFile(AT_FDCWD, (folder + "/" + kMetaFile).c_str(), kMostMetaBytes, buffer) &&
                    yaml.parse(buffer.text());
    return readable ? yaml.has(key) : otherwise;
}

std::vector<std::string> foldersIn(const std::string& folder)
{
    std::vector<std::string> names;
    FolderListing listing;
    if (auto opened = openFolder(AT_FDCWD, folder.c_str(), true))
        listFolder(opened, listing);
    for (std::size_t i = 0; i < listing.size(); ++i)
        if (listing.kind(i) == EntryKind::Folder)
            names.push_back(folder + "/" + std::string(listing.name(i)));
    return names;
}

std::vector<std::string> experimentFolders(const StoreLayout& layout)
{
    std::vector<std::string> folders;
    for (const auto& path : layout.candidateFolders(ViewType::All))
        folders.push_back(layout.root() + "/" + path);
    return folders;
}

} // namespace

bool hasMetaKey(const std::string& folder, std::string_view key)
{
    return hasKey(folder, key);
}

StoreAge ageOfModel(const std::string& modelFolder)
{
    if (hasKey(modelFolder, "workspace"))
        return StoreAge::Workspaces;
    return hasKey(modelFolder, "deployment_job_id") ? StoreAge::Three : StoreAge::BeforeThree;
}

StoreAge ageOf(const StoreLayout& layout)
{
    auto age = StoreAge::BeforeThree;
    auto experiments = experimentFolders(layout);
    for (const auto& folder : experiments)
        if (hasKey(folder, "workspace"))
            return StoreAge::Workspaces;
    for (const auto& folder : foldersIn(layout.root() + "/" + kModelsFolder))
        age = std::max(age, ageOfModel(folder));
    if (age != StoreAge::BeforeThree)
        return age;
    for (const auto& folder : experiments)
        for (const auto& run : foldersIn(folder))
            if (hasKey(run, "run_id") && !hasKey(run, "run_uuid", true))
                return StoreAge::Three;
    return age;
}

std::vector<MetaChange> newerExperimentKeys(const StoreLayout& layout)
{
    std::vector<MetaChange> keys;
    auto experiments = experimentFolders(layout);
    auto any = [&](std::string_view key) {
        return std::any_of(experiments.begin(), experiments.end(),
                           [key](const std::string& folder) { return hasKey(folder, key); });
    };
    for (std::string_view key : {"effective_trace_archival_retention", "trace_location"})
        if (any(key))
            keys.push_back({key, "null"});
    if (any("workspace"))
        keys.push_back({"workspace", "default"});
    return keys;
}

} // namespace sextant::files
