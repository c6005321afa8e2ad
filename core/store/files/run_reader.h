// RunReader: everything in one run's folder but its artifacts. Holds buffers; one for each thread.
#pragma once

#include "core/store/files/dataset_cache.h"
#include "core/store/files/metric_lines.h"
#include "core/store/files/run_meta.h"
#include "core/store/files/tree_reader.h"

#include <functional>
#include <string_view>

namespace sextant::files {

/// Takes what a run logged. Views last during the call.
class RunSink
{
public:
    virtual ~RunSink() = default;
    virtual void metric(std::string_view key, const MetricPoint& latest) = 0;
    virtual void param(std::string_view key, std::string_view value) = 0;
    virtual void tag(std::string_view key, std::string_view value) = 0;
    virtual void dataset(const Dataset& dataset, TagMap tags) = 0;
    virtual void modelInput(std::string_view /*id*/) {}
    virtual void modelOutput(std::string_view /*id*/, std::int64_t /*step*/) {}
};

class RunReader
{
public:
    RunReader(const std::string& canonicalRoot, WarningList& warnings, DatasetCache& datasets)
        : m_tree(canonicalRoot, warnings), m_datasets(datasets)
    {
    }

    /// Reads run `place.entity` of the open experiment folder. False when it has no folders of values: an
    /// artifact can bring a meta.yaml that poses as a run. `live`: the run still writes, so that a torn line
    /// is no fault.
    bool read(const FileHandle& experiment, const Place& place, bool live, RunSink& sink);

    /// Reads the meta.yaml of the run. Not usable, and without a problem, when the folder has vanished.
    RunMeta readMeta(const FileHandle& experiment, const Place& place, std::string_view experimentId);

    TreeReader& tree() { return m_tree; }

private:
    void readMetric(std::string_view key, std::string_view text, const Place& place, bool live,
                    RunSink& sink);
    void readText(std::string_view folder, std::string_view key, std::string_view text, const Place& place,
                  RunSink& sink);
    /// The meta.yaml of each folder below `name`, in order of their names.
    void forEachMeta(const FileHandle& run, const char* name, const Place& place,
                     const std::function<void(std::string_view entry, MetaYaml& yaml)>& take);
    void readInputs(const FileHandle& experiment, const FileHandle& run, const Place& place, RunSink& sink);
    void readOutputs(const FileHandle& run, const Place& place, RunSink& sink);
    bool readMetaOf(const FileHandle& folder, const char* name, const Place& place, std::string_view below,
                    MetaYaml& yaml);

    TreeReader m_tree;
    DatasetCache& m_datasets;
    FileBuffer m_metaBuffer;
    MetaYaml m_yaml;
    std::string m_name;
};

/// A sentence for lines that could not be read, empty when all could.
std::string describeLines(const LineCounts& counts, bool live);

} // namespace sextant::files
