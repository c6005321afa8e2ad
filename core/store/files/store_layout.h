// StoreLayout: which folders of an mlruns are experiments, and what they are. Reads the disk at every call.
#pragma once

#include "core/store/files/tree_reader.h"
#include "core/tracking/enums.h"
#include "core/tracking/experiment.h"
#include "core/tracking/search_dialect.h"

#include <atomic>
#include <string>
#include <vector>

namespace sextant::files {

struct ExperimentFolder
{
    Experiment experiment;
    std::string path; // from the root: "12" or ".trash/12"
    bool deleted = false;
};

class StoreLayout
{
public:
    StoreLayout(std::string root, WarningList& warnings);

    const std::string& root() const { return m_root; }
    const std::string& canonicalRoot() const { return m_canonicalRoot; }
    WarningList& warnings() const { return m_warnings; }

    FileHandle openRoot() const;
    FileHandle openExperiment(const std::string& path) const;

    /// Experiments of a view by where their folder is, as the client tells them apart; by id.
    std::vector<ExperimentFolder> experiments(ViewType view, bool withTags) const;

    /// Folders that may hold experiments, whatever their meta.yaml says: paths from the root.
    std::vector<std::string> candidateFolders(ViewType view) const;

    /// By the newest experiment seen so far; reads them when none was.
    SearchDialect dialect() const;

private:
    void readFolder(const std::string& prefix, bool deleted, bool withTags,
                    std::vector<ExperimentFolder>& found) const;
    bool readExperiment(TreeReader& reader, const FileHandle& folder, bool withTags,
                        ExperimentFolder& found) const;

    std::string m_root;
    std::string m_canonicalRoot;
    WarningList& m_warnings;
    mutable std::atomic<std::uint16_t> m_release{0};
};

inline constexpr const char* kMetaFile = "meta.yaml";
inline constexpr const char* kTrashFolder = ".trash";
inline constexpr const char* kModelsFolder = "models";

/// Folders of an experiment that hold no run.
bool isReservedFolder(std::string_view name);

} // namespace sextant::files
