#include "core/store/files/change_watch.h"

#include "core/store/files/meta_yaml.h"
#include "core/store/files/parallel.h"
#include "core/store/files/run_meta.h"

#include <fcntl.h>
#include <functional>
#include <sys/stat.h>

namespace sextant::files {

namespace {

constexpr std::uint64_t kFilesPerLook = 10000; // of finished runs
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

/// A run that may still write, by what its meta.yaml says.
bool isRunning(const FileHandle& experiment, const std::string& run)
{
    FileBuffer buffer;
    MetaYaml yaml;
    auto file = run + "/" + kMetaFile;
    bool read = readFile(experiment.get(), file.c_str(), kMostMetaBytes, buffer) && yaml.parse(buffer.text());
    return !read || yaml.integer("status").value_or(1) <= 2;
}

} // namespace

std::string ChangeWatch::look(bool deep)
{
    ++m_look;
    auto root = m_layout.openRoot();
    // Models and their versions are few; the client rewrites the file of a model whenever a part of it
    // changes.
    std::uint64_t files = 0;
    auto hash = root ? mix(1, markOfTree(root, kModelsFolder, files)) : 0;
    std::vector<FileHandle> folders;
    std::vector<Candidate> runs;
    for (const auto& path : m_layout.candidateFolders(ViewType::All)) {
        folders.push_back(m_layout.openExperiment(path));
        hash = mix(hash, experimentMark(folders.back(), path));
        addRuns(folders.back(), folders.size() - 1, path, runs);
    }
    std::vector<std::uint64_t> marks(runs.size());
    forEachInParallel(runs.size(), {}, {}, [&](unsigned, std::size_t item) {
        marks[item] = runMark(folders[runs[item].folder], runs[item], deep);
    });
    files = 0;
    for (std::size_t item = 0; item < runs.size(); ++item) {
        hash = mix(hash, marks[item]);
        files += runs[item].mark->files;
    }
    m_turns = files / kFilesPerLook + 1;
    std::erase_if(m_runs, [this](const auto& run) { return run.second.look != m_look; });
    return "files-" + std::to_string(hash);
}

std::uint64_t ChangeWatch::experimentMark(const FileHandle& folder, const std::string& path)
{
    std::uint64_t files = 0;
    auto hash = mix(std::hash<std::string>()(path), markOf(folder.get(), kMetaFile));
    hash = mix(hash, markOfTree(folder, "tags", files));
    hash = mix(hash, markOf(folder.get(), "datasets"));
    return mix(hash, markOfTree(folder, kModelsFolder, files));
}

void ChangeWatch::addRuns(const FileHandle& folder, std::size_t index, const std::string& path,
                          std::vector<Candidate>& runs)
{
    FolderListing listing;
    if (!folder || listFolder(folder, listing) != 0)
        return;
    listing.sort();
    for (std::size_t i = 0; i < listing.size(); ++i) {
        auto name = listing.name(i);
        if (listing.kind(i) == EntryKind::File || !isEntityId(name, kMostRunIdBytes) ||
            isReservedFolder(name))
            continue;
        auto& mark = m_runs[path + "/" + std::string(name)];
        mark.look = m_look;
        runs.push_back({index, std::string(name), &mark}); // a mark stays where it is while others are added
    }
}

std::uint64_t ChangeWatch::runMark(const FileHandle& experiment, const Candidate& run, bool deep) const
{
    auto& mark = *run.mark;
    auto file = run.name + "/";
    auto below = [&](const char* name) {
        file.resize(run.name.size() + 1);
        return markOf(experiment.get(), file.append(name).c_str());
    };
    auto meta = below(kMetaFile);
    if (meta == 0) // no run
        return 0;
    if (meta != mark.meta)
        mark = {meta, 0, 0, mark.changes + 1, m_look, isRunning(experiment, run.name), false};
    auto runHash = std::hash<std::string>()(run.name);
    auto hash = mix(runHash, meta);
    if (mark.running) {
        auto folder = openFolder(experiment.get(), run.name.c_str(), true);
        std::uint64_t files = 0;
        for (auto values : kValueFolders)
            hash = mix(hash, markOfTree(folder, values, files));
        return hash;
    }
    for (auto values : kValueFolders)
        hash = mix(hash, below(values));
    if (deep && (!mark.valuesKnown || (m_look + runHash) % m_turns == 0)) {
        auto folder = openFolder(experiment.get(), run.name.c_str(), true);
        std::uint64_t files = 0;
        auto values = mix(markOfTree(folder, "metrics", files), markOfTree(folder, "tags", files));
        mark.changes += mark.valuesKnown && values != mark.values ? 1 : 0;
        mark.values = values;
        mark.files = files;
        mark.valuesKnown = true;
    }
    return mix(hash, mark.changes);
}

} // namespace sextant::files
