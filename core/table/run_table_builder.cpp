#include "core/table/run_table_builder.h"

#include "core/table/column_builder.h"
#include "core/table/id_index.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace sextant {

namespace {

/// The columns of one kind. Values of a run tend to come in the order of the run before, so the next key is
/// guessed first. On cache lines of its own: two kinds are filled by two threads.
template <class Builder>
class alignas(64) ColumnSet
{
public:
    Builder& column(RowIndex row, std::string_view key)
    {
        if (std::exchange(m_lastRow, row) != row)
            m_next = 0;
        if (m_next < m_columns.size() && m_columns[m_next]->key() == key)
            return *m_columns[m_next++];
        auto index = m_index.find(key, [this](RowIndex i) { return std::string_view(m_columns[i]->key()); });
        if (index == kNoRow) {
            index = static_cast<RowIndex>(m_columns.size());
            m_columns.push_back(std::make_unique<Builder>(key));
            m_index.add(key, index, [this](RowIndex i) { return std::string_view(m_columns[i]->key()); });
        }
        m_next = index + 1;
        return *m_columns[index];
    }

    /// Columns by key. Frees each builder as it goes.
    template <class Column>
    void freezeInto(std::vector<Column>& out, std::size_t rowCount)
    {
        for (auto& builder : m_columns) {
            out.push_back(std::move(*builder).freeze(rowCount));
            builder.reset();
        }
        m_columns.clear();
        std::sort(out.begin(), out.end(), [](const Column& a, const Column& b) { return a.key < b.key; });
    }

private:
    std::vector<std::unique_ptr<Builder>> m_columns; // they stay where they are, whatever joins
    IdIndex m_index;
    std::size_t m_next = 0;
    RowIndex m_lastRow = kNoRow;
};

struct DatasetEntry
{
    RowIndex row;
    DatasetUse use;
};

/// The place of a text in a list that holds each once; `isNew` tells that it was added.
RowIndex placeIn(std::vector<std::string>& texts, IdIndex& index, std::string_view text, bool& isNew)
{
    auto textOf = [&texts](RowIndex i) { return std::string_view(texts[i]); };
    auto place = index.find(text, textOf);
    isNew = place == kNoRow;
    if (isNew) {
        place = static_cast<RowIndex>(texts.size());
        texts.emplace_back(text);
        index.add(text, place, textOf);
    }
    return place;
}

template <class T>
FrozenArray<T> frozen(std::vector<T> items)
{
    items.shrink_to_fit();
    return FrozenArray(std::move(items));
}

} // namespace

struct RunTableBuilder::Impl
{
    TextPoolBuilder ids, names, uris;
    TextCodes users;
    std::vector<std::uint32_t> userCodes, experiments;
    std::vector<Experiment> experimentList;
    SearchDialect dialect;
    std::vector<RunStatus> statuses;
    std::vector<Lifecycle> lifecycles;
    std::vector<EpochMs> startTimes, endTimes;
    // Filled when first asked: the run list is wanted before anyone looks for a run.
    IdIndex rows;
    std::atomic<RowIndex> indexedRows = 0;
    std::mutex indexMutex;

    ColumnSet<MetricColumnBuilder> metrics;
    ColumnSet<TextColumnBuilder> params, tags;

    std::vector<DatasetEntry> datasetEntries;
    std::vector<DatasetName> datasets;
    std::vector<std::string> contexts;
    IdIndex datasetIndex, contextIndex;
    std::vector<std::string> datasetKeys;

    std::string nameTag;
    bool hasEmptyName = false;

    RunTableData runList(TextPool idPool, TextPool namePool, TextPool uriPool, TextPool userPool) const;
    void freezeDatasets(RunTableData& data);
    void nameRuns(RunTableData& data) const;
};

RunTableBuilder::RunTableBuilder() : m_impl(std::make_unique<Impl>()) {}
RunTableBuilder::~RunTableBuilder() = default;
RunTableBuilder::RunTableBuilder(RunTableBuilder&&) noexcept = default;
RunTableBuilder& RunTableBuilder::operator=(RunTableBuilder&&) noexcept = default;

void RunTableBuilder::setExperiments(std::vector<Experiment> experiments)
{
    m_impl->experimentList = std::move(experiments);
}

void RunTableBuilder::setDialect(SearchDialect dialect)
{
    m_impl->dialect = dialect;
}

void RunTableBuilder::reserve(std::size_t runs)
{
    m_impl->userCodes.reserve(runs);
    m_impl->experiments.reserve(runs);
    m_impl->statuses.reserve(runs);
    m_impl->lifecycles.reserve(runs);
    m_impl->startTimes.reserve(runs);
    m_impl->endTimes.reserve(runs);
}

RowIndex RunTableBuilder::addRun(const RunRow& run)
{
    auto& impl = *m_impl;
    auto row = static_cast<RowIndex>(impl.statuses.size());
    impl.ids.add(run.id);
    impl.names.add(run.name);
    impl.hasEmptyName |= run.name.empty();
    impl.uris.add(run.artifactUri);
    impl.userCodes.push_back(impl.users.code(run.userId));
    impl.experiments.push_back(run.experiment);
    impl.statuses.push_back(run.status);
    impl.lifecycles.push_back(run.lifecycle);
    impl.startTimes.push_back(run.startTime);
    impl.endTimes.push_back(run.endTime);
    return row;
}

RowIndex RunTableBuilder::row(std::string_view runId) const
{
    auto& impl = *m_impl;
    auto idOf = [&impl](RowIndex other) { return impl.ids[other]; };
    if (impl.indexedRows.load(std::memory_order_acquire) < size()) {
        std::scoped_lock lock(impl.indexMutex);
        impl.rows.reserve(size());
        for (auto next = impl.indexedRows.load(std::memory_order_relaxed); next < size();
             impl.indexedRows.store(++next, std::memory_order_release))
            impl.rows.add(impl.ids[next], next, idOf);
    }
    return impl.rows.find(runId, idOf);
}

std::string_view RunTableBuilder::runId(RowIndex row) const
{
    return m_impl->ids[row];
}

std::size_t RunTableBuilder::size() const
{
    return m_impl->statuses.size();
}

void RunTableBuilder::setMetric(RowIndex row, std::string_view key, double value)
{
    m_impl->metrics.column(row, key).add(row, value);
}

void RunTableBuilder::setParam(RowIndex row, std::string_view key, std::string_view value)
{
    m_impl->params.column(row, key).add(row, value);
}

void RunTableBuilder::setTag(RowIndex row, std::string_view key, std::string_view value)
{
    m_impl->tags.column(row, key).add(row, value);
}

void RunTableBuilder::addDataset(RowIndex row, std::string_view name, std::string_view digest,
                                 std::string_view context)
{
    auto& impl = *m_impl;
    bool isNew = false;
    auto key = std::string(name) + '\0' + std::string(digest);
    auto dataset = placeIn(impl.datasetKeys, impl.datasetIndex, key, isNew);
    if (isNew)
        impl.datasets.push_back({std::string(name), std::string(digest)});
    auto use = placeIn(impl.contexts, impl.contextIndex, context, isNew);
    impl.datasetEntries.push_back({row, {dataset, use}});
}

void RunTableBuilder::nameFromTag(std::string_view tagKey)
{
    m_impl->nameTag = tagKey;
}

RunTableData RunTableBuilder::Impl::runList(TextPool idPool, TextPool namePool, TextPool uriPool,
                                            TextPool userPool) const
{
    RunTableData data;
    data.runIds = std::move(idPool);
    data.names = std::move(namePool);
    data.artifactUris = std::move(uriPool);
    for (std::size_t i = 0; i < userPool.size(); ++i)
        data.userNames.emplace_back(userPool[i]);
    return data;
}

void RunTableBuilder::Impl::freezeDatasets(RunTableData& data)
{
    if (datasetEntries.empty())
        return;
    std::stable_sort(datasetEntries.begin(), datasetEntries.end(),
                     [](const DatasetEntry& a, const DatasetEntry& b) { return a.row < b.row; });
    std::vector<std::uint32_t> offsets(statuses.size() + 1);
    std::vector<DatasetUse> uses;
    for (const auto& entry : datasetEntries) {
        ++offsets[entry.row + 1];
        uses.push_back(entry.use);
    }
    for (std::size_t i = 1; i < offsets.size(); ++i)
        offsets[i] += offsets[i - 1];
    data.datasetOffsets = FrozenArray(std::move(offsets));
    data.datasetUses = frozen(std::move(uses));
    data.datasets = std::move(datasets);
    data.contexts = std::move(contexts);
}

void RunTableBuilder::Impl::nameRuns(RunTableData& data) const
{
    auto tag = std::find_if(data.tags.begin(), data.tags.end(),
                            [this](const TextColumn& column) { return column.key == nameTag; });
    if (!hasEmptyName || tag == data.tags.end())
        return;
    TextPoolBuilder named;
    for (RowIndex row = 0; row < data.names.size(); ++row)
        named.add(data.names[row].empty() ? tag->at(row).value_or(std::string_view()) : data.names[row]);
    data.names = std::move(named).freeze();
}

RunTablePtr RunTableBuilder::partial() const
{
    auto& impl = *m_impl;
    auto data =
        impl.runList(impl.ids.copy(), impl.names.copy(), impl.uris.copy(), TextCodes(impl.users).freeze());
    data.users = FrozenArray(impl.userCodes);
    data.experiments = FrozenArray(impl.experiments);
    data.experimentList = impl.experimentList;
    data.dialect = impl.dialect;
    data.statuses = FrozenArray(impl.statuses);
    data.lifecycles = FrozenArray(impl.lifecycles);
    data.startTimes = FrozenArray(impl.startTimes);
    data.endTimes = FrozenArray(impl.endTimes);
    data.complete = false;
    return std::make_shared<const RunTable>(std::move(data));
}

RunTablePtr RunTableBuilder::finish()
{
    auto impl = std::exchange(m_impl, std::make_unique<Impl>());
    auto rowCount = impl->statuses.size();
    auto data = impl->runList(std::move(impl->ids).freeze(), std::move(impl->names).freeze(),
                              std::move(impl->uris).freeze(), std::move(impl->users).freeze());
    impl->freezeDatasets(data);
    data.users = frozen(std::move(impl->userCodes));
    data.experiments = frozen(std::move(impl->experiments));
    data.experimentList = std::move(impl->experimentList);
    data.dialect = impl->dialect;
    data.statuses = frozen(std::move(impl->statuses));
    data.lifecycles = frozen(std::move(impl->lifecycles));
    data.startTimes = frozen(std::move(impl->startTimes));
    data.endTimes = frozen(std::move(impl->endTimes));
    impl->metrics.freezeInto(data.metrics, rowCount);
    impl->params.freezeInto(data.params, rowCount);
    impl->tags.freezeInto(data.tags, rowCount);
    impl->nameRuns(data);
    return std::make_shared<const RunTable>(std::move(data));
}

} // namespace sextant
