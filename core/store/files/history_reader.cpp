#include "core/store/files/history_reader.h"

#include "core/store/files/metric_lines.h"
#include "core/store/files/parallel.h"
#include "core/store/files/run_loader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>
#include <sys/stat.h>
#include <unordered_map>

namespace sextant::files {

namespace {

/// A metric's key as a path below metrics/ that can't leave it.
bool isSafeKey(std::string_view key)
{
    if (key.empty() || key.front() == '/' || key.find('\0') != std::string_view::npos)
        return false;
    while (!key.empty()) {
        auto part = key.substr(0, key.find('/'));
        if (part.empty() || part == "." || part == "..")
            return false;
        key.remove_prefix(std::min(part.size() + 1, key.size()));
    }
    return true;
}

bool readMetricFile(TreeReader& reader, const FileHandle& experiment, const Place& place,
                    const std::string& metric, FileBuffer& buffer)
{
    auto below = std::string(place.entity) + "/metrics/" + metric;
    auto path = place.path("metrics", metric);
    auto result = reader.readOne(experiment, below.c_str(), path, kMostMetricBytes, buffer);
    bool isFolder = result.error == EISDIR; // keys begin with this one
    if (!result && !isFolder && result.outcome != ReadOutcome::Missing)
        reader.warnings().add(path, describeProblem(result));
    return static_cast<bool>(result);
}

std::optional<MetricSummary> summarize(std::string_view text)
{
    MetricSummary summary;
    LatestPoint latest;
    summary.min = summary.max = std::nan("");
    forEachMetricPoint(text, [&](const MetricPoint& point) {
        if (summary.points++ == 0)
            summary.first = point.value;
        latest.add(point);
        if (!std::isnan(point.value)) {
            summary.min = std::isnan(summary.min) ? point.value : std::min(summary.min, point.value);
            summary.max = std::isnan(summary.max) ? point.value : std::max(summary.max, point.value);
        }
    });
    if (summary.points == 0)
        return std::nullopt;
    summary.last = latest.point().value;
    return summary;
}

} // namespace

Result<HistoryPtr> readHistory(const StoreLayout& layout, const RunLocation& run, const std::string& metric,
                               const Operation& operation)
{
    auto history = std::make_shared<History>();
    if (!isSafeKey(metric))
        return history;
    TreeReader reader(layout.canonicalRoot(), layout.warnings());
    Place place{layout.root(), run.experimentPath, run.info.id};
    FileBuffer buffer;
    if (!readMetricFile(reader, layout.openExperiment(run.experimentPath), place, metric, buffer))
        return history;
    auto lines = static_cast<std::size_t>(std::count(buffer.text().begin(), buffer.text().end(), '\n')) + 1;
    std::vector<std::int64_t> steps;
    std::vector<EpochMs> timestamps;
    std::vector<double> values;
    steps.reserve(lines);
    timestamps.reserve(lines);
    values.reserve(lines);
    constexpr std::size_t kPointsBetweenLooks = 1U << 16;
    auto counts = forEachMetricPoint(buffer.text(), [&](const MetricPoint& point) {
        if (values.size() % kPointsBetweenLooks == 0) {
            if (operation.cancelled())
                return false;
            operation.progress("Reading the history", values.size(), lines);
        }
        steps.push_back(point.step);
        timestamps.push_back(point.timestamp);
        values.push_back(point.value);
        return true;
    });
    if (operation.cancelled())
        return cancelledError();
    if (auto problem = describeLines(counts, run.info.status == RunStatus::Running); !problem.empty())
        layout.warnings().add(place.path("metrics", metric), std::move(problem));
    history->steps = FrozenArray(std::move(steps));
    history->timestamps = FrozenArray(std::move(timestamps));
    history->values = FrozenArray(std::move(values));
    return history;
}

Result<void> readHistories(const StoreLayout& layout, std::span<const RunLocation> runs,
                           const std::string& metric, const Operation& operation,
                           const std::function<void(std::size_t, HistoryPtr)>& take)
{
    std::mutex mutex;
    std::optional<Error> failed;
    auto readOne = [&](unsigned, std::size_t index) {
        auto history = readHistory(layout, runs[index], metric, {operation.stop, {}});
        std::scoped_lock lock(mutex);
        if (history)
            take(index, std::move(*history));
        else
            failed = history.error();
    };
    if (!forEachInParallel(runs.size(), {operation.stop, {}}, "Reading " + metric, readOne))
        return cancelledError();
    if (failed)
        return tl::unexpected(*failed);
    return {};
}

std::string historyMark(const StoreLayout& layout, const RunLocation& run, const std::string& metric)
{
    struct stat status;
    auto file = Place{layout.root(), run.experimentPath, run.info.id}.path("metrics", metric);
    if (!isSafeKey(metric) || ::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return {};
    return std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec) + "-" +
           std::to_string(status.st_size) + "-" + std::to_string(status.st_ino);
}

Result<std::vector<MetricSummary>> readMetricSummaries(const StoreLayout& layout,
                                                       const std::vector<ExperimentFolder>& experiments,
                                                       const std::string& metric, const Operation& operation)
{
    std::vector<MetricSummary> summaries;
    if (!isSafeKey(metric))
        return summaries;
    SEXTANT_TRY(auto runs, RunLoader(layout).list(experiments, ViewType::All, operation));
    std::vector<FileHandle> folders;
    std::unordered_map<std::string_view, std::size_t> places; // in both lists, by id
    for (const auto& experiment : experiments) {
        places.emplace(experiment.experiment.id, folders.size());
        folders.push_back(layout.openExperiment(experiment.path));
    }
    struct Worker
    {
        std::optional<TreeReader> reader;
        FileBuffer buffer;
        std::vector<MetricSummary> summaries;
    };
    std::array<Worker, kMostWorkers> workers;
    auto summarizeRun = [&](unsigned index, std::size_t item) {
        auto& worker = workers[index];
        if (!worker.reader)
            worker.reader.emplace(layout.canonicalRoot(), layout.warnings());
        auto experiment = places.at(runs[item].experimentId);
        Place place{layout.root(), experiments[experiment].path, runs[item].id};
        if (!readMetricFile(*worker.reader, folders[experiment], place, metric, worker.buffer))
            return;
        if (auto summary = summarize(worker.buffer.text())) {
            summary->runId = runs[item].id;
            worker.summaries.push_back(std::move(*summary));
        }
    };
    if (!forEachInParallel(runs.size(), operation, "Reading " + metric, summarizeRun))
        return cancelledError();
    for (auto& worker : workers)
        summaries.insert(summaries.end(), std::make_move_iterator(worker.summaries.begin()),
                         std::make_move_iterator(worker.summaries.end()));
    std::sort(summaries.begin(), summaries.end(),
              [](const MetricSummary& a, const MetricSummary& b) { return a.runId < b.runId; });
    return summaries;
}

} // namespace sextant::files
