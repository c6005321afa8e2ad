// What the meta.yaml of a run, an experiment or a dataset says, checked as the real client checks it.
#pragma once

#include "core/store/files/meta_yaml.h"
#include "core/tracking/run.h"

#include <optional>
#include <string>
#include <string_view>

namespace sextant::files {

/// A folder name that may be the id of a run or an experiment: starts with a letter or digit, then those, '_'
/// or '-'.
bool isEntityId(std::string_view name, std::size_t most);
inline constexpr std::size_t kMostRunIdBytes = 256;
inline constexpr std::size_t kMostExperimentIdBytes = 64;

/// A name that stays in the folder it is looked up in.
bool isPlainName(std::string_view name);

struct RunMeta
{
    RunInfo info;
    std::string problem; // a sentence; the run is shown all the same when `usable`
    bool usable = false;
    bool empty = false; // as while the client rewrites it
};

/// `folder` and `experiment` are the names of the folders the file was found in: a file that names others is
/// an artifact or a copy that poses as a run.
RunMeta readRunMeta(const MetaYaml& meta, std::string_view folder, std::string_view experiment);

struct ExperimentMeta
{
    Experiment experiment;
    std::string problem;
    bool usable = false;
};
ExperimentMeta readExperimentMeta(const MetaYaml& meta, std::string_view folder);

EpochMs timeOf(const MetaYaml& meta, std::string_view key);

} // namespace sextant::files
