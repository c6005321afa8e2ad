#include "core/store/cache/run_snapshot.h"

#include "core/store/cache/blob.h"

namespace sextant {
namespace {

void put(BlobWriter& out, const TextPool& pool)
{
    out.array(pool.offsets.span());
    out.array(pool.bytes.span());
}

TextPool takePool(BlobReader& in)
{
    auto offsets = in.array<std::uint64_t>();
    return {offsets, in.array<char>()};
}

void put(BlobWriter& out, const MetricColumn& column)
{
    out.text(column.key);
    out.array(column.rows.span());
    out.array(column.values.span());
    out.number(column.count);
}

void take(BlobReader& in, MetricColumn& column)
{
    column.key = in.text();
    column.rows = in.array<RowIndex>();
    column.values = in.array<double>();
    column.count = static_cast<std::uint32_t>(in.number());
}

void put(BlobWriter& out, const TextColumn& column)
{
    out.text(column.key);
    out.array(column.rows.span());
    out.array(column.codes.span());
    put(out, column.values);
    out.number(column.count);
}

void take(BlobReader& in, TextColumn& column)
{
    column.key = in.text();
    column.rows = in.array<RowIndex>();
    column.codes = in.array<std::uint32_t>();
    column.values = takePool(in);
    column.count = static_cast<std::uint32_t>(in.number());
}

void put(BlobWriter& out, const std::string& text)
{
    out.text(text);
}
void take(BlobReader& in, std::string& text)
{
    text = in.text();
}

void put(BlobWriter& out, const DatasetName& dataset)
{
    out.text(dataset.name);
    out.text(dataset.digest);
}

void take(BlobReader& in, DatasetName& dataset)
{
    dataset.name = in.text();
    dataset.digest = in.text();
}

void put(BlobWriter& out, const StoreWarning& warning)
{
    out.text(warning.where);
    out.text(warning.what);
}

void take(BlobReader& in, StoreWarning& warning)
{
    warning.where = in.text();
    warning.what = in.text();
}

void put(BlobWriter& out, const Experiment& experiment)
{
    for (const auto* text : {&experiment.id, &experiment.name, &experiment.artifactLocation})
        out.text(*text);
    out.number(static_cast<std::uint64_t>(experiment.lifecycle));
    out.number(static_cast<std::uint64_t>(experiment.creationTime));
    out.number(static_cast<std::uint64_t>(experiment.lastUpdateTime));
    out.number(experiment.tags.size());
    for (const auto& [key, value] : experiment.tags) {
        out.text(key);
        out.text(value);
    }
}

void take(BlobReader& in, Experiment& experiment)
{
    for (auto* text : {&experiment.id, &experiment.name, &experiment.artifactLocation})
        *text = in.text();
    experiment.lifecycle = static_cast<Lifecycle>(in.number());
    experiment.creationTime = static_cast<EpochMs>(in.number());
    experiment.lastUpdateTime = static_cast<EpochMs>(in.number());
    for (auto left = in.number(); left > 0 && in.good(); --left) {
        auto key = std::string(in.text());
        experiment.tags[key] = in.text();
    }
}

template <class T>
void putList(BlobWriter& out, const std::vector<T>& items)
{
    out.number(items.size());
    for (const auto& item : items)
        put(out, item);
}

template <class T>
void takeList(BlobReader& in, std::vector<T>& items)
{
    for (auto left = in.number(); left > 0 && in.good(); --left)
        take(in, items.emplace_back());
}

} // namespace

bool saveRuns(const std::string& file, std::string_view key, const RunTableData& data,
              const std::vector<StoreWarning>& warnings)
{
    BlobWriter out;
    out.text(key);
    for (const auto* pool : {&data.runIds, &data.names, &data.artifactUris})
        put(out, *pool);
    out.array(data.users.span());
    putList(out, data.userNames);
    out.array(data.experiments.span());
    putList(out, data.experimentList);
    out.array(data.statuses.span());
    out.array(data.lifecycles.span());
    out.array(data.startTimes.span());
    out.array(data.endTimes.span());
    putList(out, data.metrics);
    putList(out, data.params);
    putList(out, data.tags);
    out.array(data.datasetOffsets.span());
    out.array(data.datasetUses.span());
    putList(out, data.datasets);
    putList(out, data.contexts);
    out.number(static_cast<std::uint64_t>(data.dialect.backend));
    out.number(data.dialect.release);
    putList(out, warnings);
    return out.save(file, BlobKind::Runs);
}

std::optional<RunTableData> loadRuns(const std::string& file, std::string_view key,
                                     std::vector<StoreWarning>* warnings)
{
    auto in = BlobReader::open(file, BlobKind::Runs);
    if (!in || in->text() != key)
        return std::nullopt;
    RunTableData data;
    for (auto* pool : {&data.runIds, &data.names, &data.artifactUris})
        *pool = takePool(*in);
    data.users = in->array<std::uint32_t>();
    takeList(*in, data.userNames);
    data.experiments = in->array<std::uint32_t>();
    takeList(*in, data.experimentList);
    data.statuses = in->array<RunStatus>();
    data.lifecycles = in->array<Lifecycle>();
    data.startTimes = in->array<EpochMs>();
    data.endTimes = in->array<EpochMs>();
    takeList(*in, data.metrics);
    takeList(*in, data.params);
    takeList(*in, data.tags);
    data.datasetOffsets = in->array<std::uint32_t>();
    data.datasetUses = in->array<DatasetUse>();
    takeList(*in, data.datasets);
    takeList(*in, data.contexts);
    data.dialect.backend = static_cast<SearchDialect::Backend>(in->number());
    data.dialect.release = static_cast<std::uint16_t>(in->number());
    std::vector<StoreWarning> told;
    takeList(*in, told);
    if (!in->atEnd())
        return std::nullopt;
    if (warnings)
        *warnings = std::move(told);
    return data;
}

} // namespace sextant
