#include "core/store/files/store_layout.h"

#include "core/base/text.h"
#include "core/store/files/run_meta.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unordered_set>

namespace sextant::files {

bool isReservedFolder(std::string_view name)
{
    return name == "tags" || name == "datasets" || name == "traces" || name == "models";
}

StoreLayout::StoreLayout(std::string root, WarningList& warnings)
    : m_root(std::move(root)), m_warnings(warnings)
{
    std::error_code error;
    m_canonicalRoot = std::filesystem::canonical(m_root, error).string();
    if (error)
        m_canonicalRoot = m_root;
}

FileHandle StoreLayout::openRoot() const
{
    return openFolder(AT_FDCWD, m_root.c_str(), true);
}

FileHandle StoreLayout::openExperiment(const std::string& path) const
{
    // Folders of experiments and runs may be links to another disk, as with the client.
    return openFolder(AT_FDCWD, (m_root + "/" + path).c_str(), true);
}

std::vector<std::string> StoreLayout::candidateFolders(ViewType view) const
{
    std::vector<std::string> folders;
    auto addFrom = [&](const std::string& prefix) {
        auto folder = prefix.empty() ? openRoot() : openExperiment(prefix);
        FolderListing listing;
        if (!folder)
            return;
        listFolder(folder, listing);
        listing.sort();
        for (std::size_t i = 0; i < listing.size(); ++i) {
            bool isFolder = listing.kind(i) == EntryKind::Folder || listing.kind(i) == EntryKind::Link;
            if (isFolder && isEntityId(listing.name(i), kMostExperimentIdBytes) &&
                listing.name(i) != kModelsFolder)
                folders.push_back(prefix.empty() ? std::string(listing.name(i))
                                                 : prefix + "/" + std::string(listing.name(i)));
        }
    };
    if (view != ViewType::DeletedOnly)
        addFrom("");
    if (view != ViewType::ActiveOnly)
        addFrom(kTrashFolder);
    return folders;
}

std::vector<ExperimentFolder> StoreLayout::experiments(ViewType view, bool withTags) const
{
    std::vector<ExperimentFolder> found;
    if (view != ViewType::DeletedOnly)
        readFolder("", false, withTags, found);
    if (view != ViewType::ActiveOnly)
        readFolder(std::string(kTrashFolder) + "/", true, withTags, found);
    return found;
}

SearchDialect StoreLayout::dialect() const
{
    if (m_release == 0)
        experiments(ViewType::All, false);
    auto release = m_release.load();
    return {SearchDialect::Backend::Files, release == 0 ? SearchDialect::kNewest : release};
}

void StoreLayout::readFolder(const std::string& prefix, bool deleted, bool withTags,
                             std::vector<ExperimentFolder>& found) const
{
    auto parent = deleted ? openExperiment(kTrashFolder) : openRoot();
    if (!parent) {
        if (errno != ENOENT)
            m_warnings.add(m_root + "/" + prefix, "It could not be opened: " + describeError(errno));
        return;
    }
    TreeReader reader(m_canonicalRoot, m_warnings);
    FolderListing listing;
    if (int error = listFolder(parent, listing); error != 0)
        m_warnings.add(m_root + "/" + prefix, "It could not be listed: " + describeError(error));
    listing.sort();
    std::unordered_set<std::string> outside; // ids of the experiments that are not in the trash
    for (const auto& other : found)
        outside.insert(other.experiment.id);
    for (std::size_t i = 0; i < listing.size(); ++i) {
        auto name = listing.name(i);
        bool isFolder = listing.kind(i) == EntryKind::Folder || listing.kind(i) == EntryKind::Link;
        bool isOurs = !deleted && (name == kTrashFolder || name == kModelsFolder);
        if (!isFolder || isOurs)
            continue;
        auto path = prefix + std::string(name);
        if (!isUtf8(name) || !isEntityId(name, kMostExperimentIdBytes)) {
            m_warnings.add(m_root + "/" + path, "It is not the folder of an experiment");
            continue;
        }
        if (outside.contains(std::string(name))) {
            m_warnings.add(m_root + "/" + path,
                           "There is an experiment of this id outside the trash; this one is left out");
            continue;
        }
        auto folder = openFolder(parent.get(), listing.cName(i), true);
        ExperimentFolder experiment{{}, path, deleted};
        if (!folder && errno != ENOENT)
            m_warnings.add(m_root + "/" + path, describeError(errno) + ": the folder can't be opened");
        else if (folder && readExperiment(reader, folder, withTags, experiment))
            found.push_back(std::move(experiment));
    }
}

bool StoreLayout::readExperiment(TreeReader& reader, const FileHandle& folder, bool withTags,
                                 ExperimentFolder& found) const
{
    Place place{m_root, found.path, {}};
    FileBuffer buffer;
    auto result = reader.readOne(folder, kMetaFile, place.path(kMetaFile), kMostMetaBytes, buffer);
    if (!result) {
        m_warnings.add(place.path(), result.outcome == ReadOutcome::Missing
                                         ? "It is not the folder of an experiment: it has no meta.yaml"
                                         : "The meta.yaml of this experiment: " + describeProblem(result));
        return false;
    }
    MetaYaml yaml;
    if (!yaml.parse(buffer.text())) {
        m_warnings.add(place.path(), "The meta.yaml of this experiment is empty or broken");
        return false;
    }
    auto name = std::filesystem::path(found.path).filename().string();
    auto meta = readExperimentMeta(yaml, name);
    if (!meta.usable) {
        m_warnings.add(place.path(), meta.problem);
        return false;
    }
    bool recent = yaml.has("effective_trace_archival_retention"); // written since 3.14 or a little before
    constexpr std::uint16_t kOlder = 309;
    m_release = std::max(m_release.load(), recent ? SearchDialect::kNewest : kOlder);
    found.experiment = std::move(meta.experiment);
    // Where the folder is decides; older clients never wrote the stage of a deleted experiment into the file.
    found.experiment.lifecycle = found.deleted ? Lifecycle::Deleted : Lifecycle::Active;
    if (withTags)
        reader.read(folder, "tags", place, kMostTextBytes, [&](std::string_view key, std::string_view text) {
            found.experiment.tags.insert_or_assign(std::string(key), toUtf8(text));
        });
    return true;
}

} // namespace sextant::files
