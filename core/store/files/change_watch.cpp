#include "core/store/files/change_watch.h"

#include "core/store/files/file_marks.h"
#include "core/store/files/meta_yaml.h"
#include "core/store/files/parallel.h"
#include "core/store/files/run_meta.h"

#include <fcntl.h>
#include <functional>

namespace sextant::files {

namespace {

constexpr std::uint64_t kFilesPerLook = 10000; // of finished runs

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
    FilesSeen seen;
    auto hash = root ? mixMarks(1, markOfTree(root, kModelsFolder, seen)) : 0;
    std::vector<FileHandle> folders;
    std::vector<Candidate> runs;
    for (const auto& path : m_layout.candidateFolders(ViewType::All)) {
        folders.push_back(m_layout.openExperiment(path));
        hash = mixMarks(hash, experimentMark(folders.back(), path));
        addRuns(folders.back(), folders.size() - 1, path, runs);
    }
    std::vector<std::uint64_t> marks(runs.size());
    forEachInParallel(runs.size(), {}, {}, [&](unsigned, std::size_t item) {
        marks[item] = runMark(folders[runs[item].folder], runs[item], deep);
    });
    std::uint64_t files = 0;
    for (std::size_t item = 0; item < runs.size(); ++item) {
        hash = mixMarks(hash, marks[item]);
        files += runs[item].mark->files;
    }
    m_turns = files / kFilesPerLook + 1;
    std::erase_if(m_runs, [this](const auto& run) { return run.second.look != m_look; });
    return "files-" + std::to_string(hash);
}

std::uint64_t ChangeWatch::experimentMark(const FileHandle& folder, const std::string& path)
{
    FilesSeen seen;
    auto hash = mixMarks(std::hash<std::string>()(path), markOf(folder.get(), kMetaFile));
    hash = mixMarks(hash, markOfTree(folder, "tags", seen));
    hash = mixMarks(hash, markOf(folder.get(), "datasets"));
    return mixMarks(hash, markOfTree(folder, kModelsFolder, seen));
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
    auto hash = mixMarks(runHash, meta);
    if (mark.running) {
        auto folder = openFolder(experiment.get(), run.name.c_str(), true);
        FilesSeen seen;
        for (const auto* values : kValueFolders)
            hash = mixMarks(hash, markOfTree(folder, values, seen));
        return hash;
    }
    for (const auto* values : kValueFolders)
        hash = mixMarks(hash, below(values));
    if (deep && (!mark.valuesKnown || (m_look + runHash) % m_turns == 0)) {
        auto folder = openFolder(experiment.get(), run.name.c_str(), true);
        FilesSeen seen;
        auto values = mixMarks(markOfTree(folder, "metrics", seen), markOfTree(folder, "tags", seen));
        mark.changes += mark.valuesKnown && values != mark.values ? 1 : 0;
        mark.values = values;
        mark.files = seen.count;
        mark.valuesKnown = true;
    }
    return mixMarks(hash, mark.changes);
}

} // namespace sextant::files
