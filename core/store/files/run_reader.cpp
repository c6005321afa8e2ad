#include "core/store/files/run_reader.h"

#include "core/base/text.h"
#include "core/store/files/store_layout.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace sextant::files {

std::string describeLines(const LineCounts& counts, bool live)
{
    std::string torn = live ? "The last line is incomplete, as the run is still writing it, and was skipped"
                            : "The last line is incomplete, and was skipped";
    if (counts.broken == 0)
        return counts.torn ? torn : std::string();
    auto broken = std::to_string(counts.broken) + (counts.broken == 1 ? " line was" : " lines were") +
                  " skipped that hold no point of a metric";
    return counts.torn ? broken + ", and an incomplete last one" : broken;
}

RunMeta RunReader::readMeta(const FileHandle& experiment, const Place& place, std::string_view experimentId)
{
    m_name.assign(place.entity).append("/").append(kMetaFile);
    auto result = readFile(experiment.get(), m_name.c_str(), kMostMetaBytes, m_metaBuffer);
    if (result.outcome == ReadOutcome::Link)
        result =
            m_tree.readOne(experiment, m_name.c_str(), place.path(kMetaFile), kMostMetaBytes, m_metaBuffer);
    RunMeta meta;
    if (result.outcome == ReadOutcome::Missing) {
        m_name.resize(place.entity.size());
        if (faccessat(experiment.get(), m_name.c_str(), F_OK, 0) == 0)
            meta.problem = "It is not the folder of a run: it has no meta.yaml";
        return meta;
    }
    if (!result)
        meta.problem = "The meta.yaml of this run: " + describeProblem(result);
    else if (m_yaml.parse(m_metaBuffer.text()))
        return readRunMeta(m_yaml, place.entity, experimentId);
    else {
        meta.problem = "The meta.yaml of this run is empty or broken";
        meta.empty = m_metaBuffer.text().empty();
    }
    return meta;
}

bool RunReader::read(const FileHandle& experiment, const Place& place, bool live, RunSink& sink)
{
    m_name = place.entity;
    auto run = openFolder(experiment.get(), m_name.c_str(), true);
    if (!run) {
        // Its meta.yaml could be read; a run that has vanished since has no values.
        if (errno != ENOENT)
            m_tree.warnings().add(place.path(), "It could not be opened: " + describeError(errno));
        return true;
    }
    bool metrics = m_tree.read(
        run, "metrics", place, kMostMetricBytes,
        [&](std::string_view key, std::string_view text) { readMetric(key, text, place, live, sink); });
    bool any = metrics;
    for (std::string_view folder : {"params", "tags"})
        any = m_tree.read(run, folder.data(), place, kMostTextBytes,
                          [&](std::string_view key, std::string_view text) {
                              readText(folder, key, text, place, sink);
                          }) ||
              any;
    if (!any) {
        if (faccessat(experiment.get(), m_name.c_str(), F_OK, 0) == 0)
            m_tree.warnings().add(place.path(),
                                  "It has a meta.yaml but no metrics, params or tags: an artifact "
                                  "that poses as a run, or a run that was only half copied");
        return false;
    }
    readInputs(experiment, run, place, sink);
    readOutputs(run, place, sink);
    return true;
}

void RunReader::readMetric(std::string_view key, std::string_view text, const Place& place, bool live,
                           RunSink& sink)
{
    LatestPoint latest;
    auto counts = forEachMetricPoint(text, [&](const MetricPoint& point) { latest.add(point); });
    if (latest.any())
        sink.metric(key, latest.point());
    if (auto problem = describeLines(counts, live); !problem.empty())
        m_tree.warnings().add(place.path("metrics", key), std::move(problem));
    else if (!latest.any() && !live)
        m_tree.warnings().add(place.path("metrics", key), "The metric has no values");
}

void RunReader::readText(std::string_view folder, std::string_view key, std::string_view text,
                         const Place& place, RunSink& sink)
{
    std::string clean;
    if (!isUtf8(text)) {
        m_tree.warnings().add(place.path(folder, key),
                              "Its text is not UTF-8; what is wrong in it is shown as \uFFFD");
        clean = toUtf8(text);
        text = clean;
    }
    folder == "params" ? sink.param(key, text) : sink.tag(key, text);
}

bool RunReader::readMetaOf(const FileHandle& folder, const char* name, const Place& place,
                           std::string_view below, MetaYaml& yaml)
{
    auto file = std::string(name) + "/" + kMetaFile;
    auto path = place.path(below, file);
    auto result = m_tree.readOne(folder, file.c_str(), path, kMostMetaBytes, m_metaBuffer);
    if (result && yaml.parse(m_metaBuffer.text()))
        return true;
    m_tree.warnings().add(path, result ? "It is empty or broken" : describeProblem(result));
    return false;
}

void RunReader::forEachMeta(const FileHandle& run, const char* name, const Place& place,
                            const std::function<void(std::string_view entry, MetaYaml& yaml)>& take)
{
    auto folder = m_tree.open(run, name, place);
    if (!folder)
        return;
    FolderListing listing;
    listFolder(folder, listing);
    listing.sort();
    MetaYaml yaml;
    for (std::size_t i = 0; i < listing.size(); ++i)
        if (!isLitter(listing.name(i)) && readMetaOf(folder, listing.cName(i), place, name, yaml))
            take(listing.name(i), yaml);
}

void RunReader::readInputs(const FileHandle& experiment, const FileHandle& run, const Place& place,
                           RunSink& sink)
{
    forEachMeta(run, "inputs", place, [&](std::string_view entry, MetaYaml& yaml) {
        auto type = yaml.textOr("source_type");
        auto source = yaml.textOr("source_id");
        if (type == "MODEL" && !source.empty()) {
            sink.modelInput(source);
        } else if (type == "DATASET") {
            TagMap tags;
            for (const auto& tag : yaml.children("tags"))
                tags.insert_or_assign(std::string(tag.key), std::string(tag.text));
            if (auto dataset = m_datasets.get(m_tree, experiment, place, source))
                sink.dataset(*dataset, std::move(tags));
        } else {
            m_tree.warnings().add(place.path("inputs", entry), "It is neither a dataset nor a model");
        }
    });
}

void RunReader::readOutputs(const FileHandle& run, const Place& place, RunSink& sink)
{
    forEachMeta(run, "outputs", place, [&](std::string_view, MetaYaml& yaml) {
        // The writer puts the model into both ends of the link; the run is the one whose folder this is.
        auto model = yaml.textOr("destination_id");
        if (yaml.textOr("destination_type") == "MODEL_OUTPUT" && !model.empty())
            sink.modelOutput(model, yaml.integer("step").value_or(0));
    });
}

} // namespace sextant::files
