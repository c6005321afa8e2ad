#include "core/store/files/dataset_cache.h"

#include "core/store/files/meta_yaml.h"
#include "core/store/files/run_meta.h"
#include "core/store/files/store_layout.h"

namespace sextant::files {

namespace {

std::shared_ptr<const Dataset> readDataset(TreeReader& reader, const FileHandle& experiment,
                                           const Place& place, std::string_view id)
{
    std::string below = "datasets/" + std::string(id);
    auto fullPath = place.root + "/" + std::string(place.experiment) + "/" + below;
    auto file = below + "/" + kMetaFile;
    FileBuffer buffer;
    auto result =
        reader.readOne(experiment, file.c_str(), fullPath + "/" + kMetaFile, kMostMetaBytes, buffer);
    MetaYaml yaml;
    if (!result || !yaml.parse(buffer.text()) || !yaml.has("name")) {
        reader.warnings().add(fullPath, "A run uses this dataset, and its meta.yaml is missing or broken");
        return nullptr;
    }
    auto dataset = std::make_shared<Dataset>();
    dataset->name = yaml.textOr("name");
    dataset->digest = yaml.textOr("digest");
    dataset->sourceType = yaml.textOr("source_type");
    dataset->source = yaml.textOr("source");
    dataset->schema = yaml.textOr("schema");
    dataset->profile = yaml.textOr("profile");
    return dataset;
}

} // namespace

std::shared_ptr<const Dataset> DatasetCache::get(TreeReader& reader, const FileHandle& experiment,
                                                 const Place& place, std::string_view id)
{
    if (!isPlainName(id)) {
        reader.warnings().add(place.path("inputs", id),
                              "It names a dataset that lies outside its experiment");
        return nullptr;
    }
    auto key = std::string(place.experiment) + "/" + std::string(id);
    {
        std::lock_guard lock(m_mutex);
        if (auto found = m_datasets.find(key); found != m_datasets.end())
            return found->second;
    }
    auto dataset = readDataset(reader, experiment, place, id);
    std::lock_guard lock(m_mutex);
    return m_datasets.emplace(std::move(key), std::move(dataset)).first->second;
}

} // namespace sextant::files
