#include "core/store/sqlite/run_values.h"

#include "core/base/text.h"
#include "core/store/sqlite/metric_value.h"

#include <array>
#include <cstring>
#include <tuple>
#include <unordered_map>

namespace sextant::sqlite {
namespace {

/// Ids as MLflow makes them, compared without a call.
bool sameId(std::string_view one, std::string_view other)
{
    constexpr std::size_t length = 32;
    if (one.size() != length || other.size() != length)
        return one == other;
    std::array<std::uint64_t, 4> a, b;
    std::memcpy(a.data(), one.data(), length);
    std::memcpy(b.data(), other.data(), length);
    return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
}

/// Rows of one run come together most of the time, and runs in the order of the run list: both are guessed
/// first.
class RowFinder
{
public:
    explicit RowFinder(const RunTableBuilder& builder) : m_builder(builder) {}
    RowIndex find(std::string_view runId)
    {
        if (m_row < m_builder.size() && sameId(m_id, runId))
            return m_row;
        auto next = m_row + 1; // kNoRow + 1 is the first
        auto row =
            next < m_builder.size() && sameId(m_builder.runId(next), runId) ? next : m_builder.row(runId);
        if (row != kNoRow) {
            m_row = row;
            m_id = m_builder.runId(row);
        }
        return row;
    }

private:
    const RunTableBuilder& m_builder;
    std::string_view m_id;
    RowIndex m_row = kNoRow;
};

/// The text itself when it is UTF-8, else a repaired one kept in `repaired`.
std::string_view validText(std::string_view text, std::string& repaired)
{
    return isAscii(text) || isUtf8(text) ? text : std::string_view(repaired = toUtf8(text));
}

} // namespace

template <class OnRow>
Result<void> RunValues::eachRow(const std::string& columns, int count, const std::string& table,
                                const OnRow& onRow)
{
    RowFinder finder(builder);
    auto take = [&](const SqliteStatement& row) {
        if (auto index = finder.find(row.text(0)); index != kNoRow)
            onRow(index, row);
    };
    if (!fewRuns)
        return scanTable(session.connection, columns, count, table, operation, take);
    SEXTANT_TRY(auto ofRun,
                session.connection.prepare("SELECT " + columns + " FROM " + table + " WHERE run_uuid = ?1"));
    for (const auto& runId : *fewRuns) {
        if (operation.cancelled())
            return cancelledError();
        ofRun.bind(1, runId);
        while (ofRun.next())
            take(ofRun);
        SEXTANT_CHECK(ofRun.finish());
    }
    return {};
}

Result<void> RunValues::readMetrics()
{
    if (!session.schema.has("latest_metrics", "value"))
        return readMetricsFromHistory();
    auto columns = "run_uuid, key, value, " + session.schema.column("latest_metrics", "is_nan", "0");
    std::string repaired;
    return eachRow(columns, 4, "latest_metrics", [&](RowIndex row, const SqliteStatement& values) {
        auto value = metricValue(values, 2);
        auto key = validText(values.text(1), repaired);
        if (value && !key.empty())
            builder.setMetric(row, key, *value);
        else
            skipped.add("latest_metrics", value ? "the metric has no name" : "the value is not a number");
    });
}

/// Stores from before MLflow 1.3 keep no latest values: the greatest (step, timestamp, value) of the history
/// is it.
Result<void> RunValues::readMetricsFromHistory()
{
    if (!session.schema.has("metrics", "value"))
        return {};
    using Moment = std::tuple<std::int64_t, std::int64_t, double>;
    std::vector<std::unordered_map<std::string, Moment>> latest(builder.size());
    auto columns = "run_uuid, key, value, " + session.schema.column("metrics", "is_nan", "0") + ", " +
                   session.schema.column("metrics", "step", "0") + ", timestamp";
    std::string repaired;
    return eachRow(columns, 6, "metrics", [&](RowIndex row, const SqliteStatement& values) {
        auto value = metricValue(values, 2);
        if (!value)
            return skipped.add("metrics", "the value is not a number");
        auto key = validText(values.text(1), repaired);
        Moment moment{values.integer(4), values.integer(5), values.real(2)};
        auto [known, isNew] = latest[row].try_emplace(std::string(key), moment);
        if (!isNew && moment < known->second)
            return;
        known->second = moment;
        builder.setMetric(row, key, *value);
    });
}

template <class Set>
Result<void> RunValues::readTexts(const std::string& table, const Set& set)
{
    if (!session.schema.has(table, "value"))
        return {};
    std::string repairedKey, repairedValue;
    return eachRow("run_uuid, key, value", 3, table, [&](RowIndex row, const SqliteStatement& values) {
        auto key = validText(values.text(1), repairedKey);
        if (key.empty())
            return skipped.add(table, "the name is missing");
        set(row, key, validText(values.text(2), repairedValue));
    });
}

Result<void> RunValues::readParams()
{
    return readTexts("params", [this](RowIndex row, std::string_view key, std::string_view value) {
        builder.setParam(row, key, value);
    });
}

Result<void> RunValues::readTags()
{
    return readTexts("tags", [this](RowIndex row, std::string_view key, std::string_view value) {
        builder.setTag(row, key, value);
    });
}

Result<void> RunValues::readDatasets()
{
    if (!session.schema.capabilities().datasets)
        return {};
    struct Named
    {
        std::string name, digest;
    };
    std::unordered_map<std::string, Named> datasets;
    std::unordered_map<std::string, std::string> contexts; // by input
    auto& connection = session.connection;
    SEXTANT_CHECK(
        scanTable(connection, "dataset_uuid, name, digest", 3, "datasets", operation, [&](const auto& row) {
            datasets[row.string(0)] = {row.string(1), row.string(2)};
        }));
    if (datasets.empty())
        return {};
    if (session.schema.has("input_tags", "input_uuid"))
        SEXTANT_CHECK(scanTable(connection, "input_uuid, name, value", 3, "input_tags", operation,
                                [&](const auto& row) {
                                    if (row.text(1) == "mlflow.data.context")
                                        contexts[row.string(0)] = row.string(2);
                                }));
    auto columns = "destination_id, source_id, destination_type, input_uuid";
    return scanTable(connection, columns, 4, "inputs", operation, [&](const auto& row) {
        if (row.text(2) != "RUN")
            return;
        auto dataset = datasets.find(row.string(1));
        auto index = builder.row(row.text(0));
        if (dataset == datasets.end() || index == kNoRow)
            return;
        auto context = contexts.find(row.string(3));
        builder.addDataset(index, dataset->second.name, dataset->second.digest,
                           context == contexts.end() ? std::string_view()
                                                     : std::string_view(context->second));
    });
}

} // namespace sextant::sqlite
