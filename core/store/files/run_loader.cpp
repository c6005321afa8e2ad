#include "core/store/files/run_loader.h"

#include "core/base/text.h"
#include "core/store/files/parallel.h"
#include "core/store/files/value_batch.h"
#include "core/table/run_table_builder.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <thread>
#include <unordered_set>

namespace sextant::files {

namespace {

/// One of each for every worker, made when it first works.
struct Workers
{
    Workers(const StoreLayout& storeLayout, DatasetCache& cache) : layout(storeLayout), datasets(cache) {}

    RunReader& reader(unsigned worker)
    {
        if (!readers[worker])
            readers[worker] =
                std::make_unique<RunReader>(layout.canonicalRoot(), layout.warnings(), datasets);
        return *readers[worker];
    }

    const StoreLayout& layout;
    DatasetCache& datasets;
    std::array<std::unique_ptr<RunReader>, kMostWorkers> readers;
    std::array<ValueBatch, kMostWorkers> batches;
};

/// Moves what the workers read into the table. Metrics may be filled beside params and tags.
void putIntoTable(std::array<ValueBatch, kMostWorkers>& batches, RunTableBuilder& builder,
                  std::vector<std::size_t>& notRuns)
{
    std::thread metrics([&] {
        for (const auto& batch : batches)
            batch.putMetrics(builder);
    });
    for (const auto& batch : batches) {
        batch.putParams(builder);
        batch.putTags(builder);
        batch.putDatasets(builder);
    }
    metrics.join();
    for (auto& batch : batches) {
        notRuns.insert(notRuns.end(), batch.rejected().begin(), batch.rejected().end());
        batch.clear();
    }
}

} // namespace

std::vector<RunLoader::Candidate> RunLoader::candidates(const std::vector<ExperimentFolder>& experiments)
{
    std::vector<Candidate> found;
    m_folders.clear();
    FolderListing listing;
    for (std::uint32_t index = 0; index < experiments.size(); ++index) {
        const auto& path = experiments[index].path;
        m_folders.push_back(m_layout.openExperiment(path));
        if (!m_folders.back())
            continue;
        if (int error = listFolder(m_folders.back(), listing); error != 0)
            m_layout.warnings().add(m_layout.root() + "/" + path,
                                    "It could not be listed: " + describeError(error));
        listing.sort();
        for (std::size_t i = 0; i < listing.size(); ++i) {
            auto name = listing.name(i);
            bool isFolder = listing.kind(i) == EntryKind::Folder || listing.kind(i) == EntryKind::Link;
            if (!isFolder || isReservedFolder(name))
                continue;
            if (isEntityId(name, kMostRunIdBytes) && isUtf8(name))
                found.push_back({index, std::string(name)});
            else
                m_layout.warnings().add(m_layout.root() + "/" + path + "/" + std::string(name),
                                        "It is not the folder of a run");
        }
    }
    return found;
}

Result<RunLoader::Listed> RunLoader::listRuns(const std::vector<ExperimentFolder>& experiments, ViewType view,
                                              const Operation& operation)
{
    auto found = candidates(experiments);
    std::vector<RunMeta> metas(found.size());
    std::vector<RunReuse::Sight> sights(found.size());
    m_reuse.begin();
    DatasetCache unused;
    Workers workers(m_layout, unused);
    auto place = [&](const Candidate& run) {
        return Place{m_layout.root(), experiments[run.experiment].path, run.name};
    };
    auto readMeta = [&](unsigned worker, std::size_t item) {
        const auto& run = found[item];
        sights[item] = m_reuse.look(m_folders[run.experiment], experiments[run.experiment].path, run.name);
        if (sights[item].before != kNoRow) {
            metas[item].info = m_reuse.info(sights[item].before);
            metas[item].usable = true;
            return;
        }
        metas[item] = workers.reader(worker).readMeta(m_folders[run.experiment], place(run),
                                                      experiments[run.experiment].experiment.id);
    };
    if (!forEachInParallel(found.size(), operation, "Reading the run list", readMeta))
        return cancelledError();

    Listed listed;
    std::unordered_set<std::string_view> seen;
    for (std::size_t item = 0; item < found.size(); ++item) {
        if (metas[item].empty)
            readMeta(0, item);
        auto& meta = metas[item];
        if (sights[item].mark != 0)
            m_marks.emplace(experiments[found[item].experiment].path + "/" + found[item].name,
                            sights[item].mark);
        if (!meta.problem.empty())
            m_layout.warnings().add(place(found[item]).path(), meta.problem);
        if (!meta.usable || !shows(view, meta.info.lifecycle))
            continue;
        if (!seen.insert(found[item].name).second) {
            m_layout.warnings().add(
                place(found[item]).path(),
                "A run of the same id stands in another experiment; this one is left out");
            continue;
        }
        listed.runs.push_back(std::move(meta.info));
        listed.experiments.push_back(found[item].experiment);
        listed.before.push_back(sights[item].before);
    }
    return listed;
}

Result<std::vector<RunInfo>> RunLoader::list(const std::vector<ExperimentFolder>& experiments, ViewType view,
                                             const Operation& operation)
{
    SEXTANT_TRY(auto listed, listRuns(experiments, view, operation));
    return std::move(listed.runs);
}

RunLoader::Listed RunLoader::without(Listed all, const std::vector<std::size_t>& rows)
{
    std::vector<bool> leftOut(all.runs.size());
    for (auto row : rows)
        leftOut[row] = true;
    Listed kept;
    for (std::size_t row = 0; row < all.runs.size(); ++row) {
        if (leftOut[row])
            continue;
        kept.runs.push_back(std::move(all.runs[row]));
        kept.experiments.push_back(all.experiments[row]);
        kept.before.push_back(all.before[row]);
    }
    return kept;
}

Result<RunTablePtr> RunLoader::load(const std::vector<ExperimentFolder>& experiments, ViewType view,
                                    const Operation& operation, const std::function<void(RunTablePtr)>& early)
{
    SEXTANT_TRY(auto listed, listRuns(experiments, view, operation));
    std::vector<std::size_t> notRuns;
    auto table = fill(experiments, listed, operation, early, notRuns);
    if (table && !notRuns.empty()) {
        // Rare enough to begin again without them.
        listed = without(std::move(listed), std::exchange(notRuns, {}));
        table = fill(experiments, listed, operation, {}, notRuns);
    }
    if (table) {
        std::vector<std::string> paths;
        for (const auto& folder : experiments)
            paths.push_back(folder.path);
        m_reuse.keep(*table, std::move(paths), std::move(m_marks));
    }
    return table;
}

Result<RunTablePtr> RunLoader::fill(const std::vector<ExperimentFolder>& experiments, const Listed& listed,
                                    const Operation& operation, const std::function<void(RunTablePtr)>& early,
                                    std::vector<std::size_t>& notRuns)
{
    RunTableBuilder builder;
    std::vector<Experiment> list;
    for (const auto& folder : experiments)
        list.push_back(folder.experiment);
    builder.setExperiments(std::move(list));
    builder.setDialect(m_layout.dialect());
    for (std::size_t i = 0; i < listed.runs.size(); ++i) {
        const auto& run = listed.runs[i];
        builder.addRun({run.id, run.name, run.userId, run.artifactUri, listed.experiments[i], run.status,
                        run.lifecycle, run.startTime, run.endTime});
    }
    if (early)
        early(builder.partial());

    m_reuse.copy(listed.before, builder);
    std::vector<std::size_t> toRead;
    for (std::size_t row = 0; row < listed.runs.size(); ++row)
        if (listed.before[row] == kNoRow)
            toRead.push_back(row);
    DatasetCache datasets;
    Workers workers(m_layout, datasets);
    constexpr std::size_t kWave = 20000; // runs between two fillings: bounds what is held twice
    for (std::size_t begin = 0; begin < toRead.size(); begin += kWave) {
        auto readRun = [&](unsigned worker, std::size_t item) {
            auto row = toRead[begin + item];
            const auto& run = listed.runs[row];
            auto experiment = listed.experiments[row];
            auto& batch = workers.batches[worker];
            batch.setRow(static_cast<RowIndex>(row));
            if (!workers.reader(worker).read(m_folders[experiment],
                                             {m_layout.root(), experiments[experiment].path, run.id},
                                             run.status == RunStatus::Running, batch))
                batch.rejectRow();
        };
        auto count = std::min(kWave, toRead.size() - begin);
        if (!forEachInParallel(count, operation, "Reading metrics, params and tags", readRun))
            return cancelledError();
        putIntoTable(workers.batches, builder, notRuns);
    }
    builder.nameFromTag("mlflow.runName");
    return builder.finish();
}

} // namespace sextant::files
