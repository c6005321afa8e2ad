// DatasetCache: the datasets of the store's experiments, each read once a load. Any thread.
#pragma once

#include "core/store/files/tree_reader.h"
#include "core/tracking/run.h"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace sextant::files {

class DatasetCache
{
public:
    /// The dataset `id` of the experiment at `place`; null, and a warning, when there is none that can be
    /// read.
    std::shared_ptr<const Dataset> get(TreeReader& reader, const FileHandle& experiment, const Place& place,
                                       std::string_view id);

private:
    std::mutex m_mutex;
    std::unordered_map<std::string, std::shared_ptr<const Dataset>> m_datasets;
};

} // namespace sextant::files
