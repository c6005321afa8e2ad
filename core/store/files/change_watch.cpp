#include "core/store/files/change_watch.h"

#include "core/store/files/meta_yaml.h"
#include "core/store/files/run_meta.h"

#include <fcntl.h>
#include <functional>
#include <sys/stat.h>

namespace sextant::files {

namespace {

constexpr std::uint64_t kTagFilesPerLook = 4000;
constexpr const char* kValueFolders[] = {"metrics", "params", "tags", "inputs", "outputs"};

std::uint64_t mix(std::uint64_t hash, std::uint64_t value)
{
    hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
    return hash * 0xFF51AFD7ED558CCDULL;
}

/// Time, size and identity of a file; 0 when there is none.
std::uint64_t markOf(int folder, const char* name)
{
    struct stat status;
    if (fstatat(folder, name, &status, 0) != 0)
        return 0;
    auto hash = mix(static_cast<std::uint64_t>(status.st_mtim.tv_sec),
                    static_cast<std::uint64_t>(status.st_mtim.tv_nsec));
    return mix(mix(hash, static_cast<std::uint64_t>(status.st_size)), status.st_ino);
}

/// All files below a folder, whatever the order they are listed in.
std::uint64_t markOfTree(const FileHandle& parent, const char* name, std::uint64_t& files, int depth = 0)
{
    constexpr int kMostDepth = 48;
    auto folder = openFolder(parent.get(), name, false);
    if (!folder || depth > kMostDepth)
        return 0;
    FolderListing listing;
    listFolder(folder, listing);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < listing.size(); ++i) {
        if (listing.name(i) == "artifacts" && listing.kind(i) == EntryKind::Folder)
            continue;
        auto hash = mix(1, std::hash<std::string_view>()(listing.name(i)));
        hash = listing.kind(i) == EntryKind::Folder
                   ? mix(hash, markOfTree(folder, listing.cName(i), files, depth + 1))
                   : mix(hash, markOf(folder.get(), listing.cName(i)));
        sum += hash;
        ++files;
    }
    return sum;
}

} // namespace

std::string ChangeWatch::look()
{
    ++m_look;
    m_turns = m_tagFiles / kTagFilesPerLook + 1;
    m_tagFiles = 0;
    auto root = m_layout.openRoot();
    std::uint64_t hash = root ? mix(2, markOf(root.get(), kTrashFolder)) : 0;
    // Models and their versions are few; the client rewrites the file of a model whenever a part of it
    // changes.
    std::uint64_t files = 0;
    hash = root ? mix(hash, markOfTree(root, kModelsFolder, files)) : 0;
    for (const auto& path : m_layout.candidateFolders(ViewType::All))
        hash = mix(hash, experimentMark(path));
    std::erase_if(m_runs, [this](const auto& run) { return run.second.look != m_look; });
    return "files-" + std::to_string(hash);
}

std::uint64_t ChangeWatch::experimentMark(const std::string& path)
{
    auto folder = m_layout.openExperiment(path);
    if (!folder)
        return 0;
    auto hash = mix(std::hash<std::string>()(path), markOf(folder.get(), kMetaFile));
    std::uint64_t files = 0;
    hash = mix(hash, markOfTree(folder, "tags", files));
    hash = mix(hash, markOf(folder.get(), "datasets"));
    hash = mix(hash, markOfTree(folder, kModelsFolder, files));
    FolderListing listing;
    listFolder(folder, listing);
    std::uint64_t runs = 0;
    for (std::size_t i = 0; i < listing.size(); ++i)
        if (listing.kind(i) != EntryKind::File && isEntityId(listing.name(i), kMostRunIdBytes) &&
            !isReservedFolder(listing.name(i)))
            runs += runMark(folder, path, listing.cName(i));
    return mix(hash, runs);
}

bool ChangeWatch::isRunning(const FileHandle& experiment, const char* run)
{
    FileBuffer buffer;
    MetaYaml yaml;
    auto file = std::string(run) + "/" + kMetaFile;
    bool read = readFile(experiment.get(), file.c_str(), kMostMetaBytes, buffer) && yaml.parse(buffer.text());
    return !read || yaml.integer("status").value_or(1) <= 2;
}

std::uint64_t ChangeWatch::runMark(const FileHandle& experiment, const std::string& path, const char* run)
{
    auto& mark = m_runs[path + "/" + run];
    mark.look = m_look;
    std::string file = std::string(run) + "/";
    auto length = file.size();
    auto below = [&](const char* name) {
        file.resize(length);
        return markOf(experiment.get(), file.append(name).c_str());
    };
    auto meta = below(kMetaFile);
    if (meta == 0) // no run
        return 0;
    bool changed = meta != mark.meta;
    if (changed)
        mark = {meta, 0, 0, m_look, isRunning(experiment, run)};
    auto runHash = std::hash<std::string_view>()(run);
    auto hash = mix(mix(3, runHash), meta);
    std::uint64_t files = 0;
    if (mark.running) {
        auto folder = openFolder(experiment.get(), run, true);
        for (auto values : kValueFolders)
            hash = mix(hash, markOfTree(folder, values, files));
        return hash;
    }
    for (auto values : kValueFolders)
        hash = mix(hash, below(values));
    if (changed || (m_look + runHash) % m_turns == 0) {
        mark.tags = markOfTree(openFolder(experiment.get(), run, true), "tags", files);
        mark.tagFiles = files;
    }
    m_tagFiles += mark.tagFiles;
    return mix(hash, mark.tags);
}

} // namespace sextant::files
