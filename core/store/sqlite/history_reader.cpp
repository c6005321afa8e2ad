#include "core/store/sqlite/history_reader.h"

#include "core/store/sqlite/entity_reader.h"
#include "core/store/sqlite/point_reader.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace sextant::sqlite {
namespace {

constexpr const char* kNotANumber = "the value is not a number";

struct Points
{
    std::vector<std::int64_t> steps;
    std::vector<EpochMs> timestamps;
    std::vector<double> values;
    bool inOrder = true;

    void add(const PointRow& point)
    {
        inOrder = inOrder &&
                  (values.empty() || !isBefore(point.timestamp, point.step, point.stored, values.size() - 1));
        steps.push_back(point.step);
        timestamps.push_back(point.timestamp);
        values.push_back(point.value);
    }
    void clear() { *this = {}; }

    void sort()
    {
        if (inOrder)
            return;
        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
            return isBefore(timestamps[a], steps[a], stored(a), b);
        });
        steps = permuted(steps, order);
        timestamps = permuted(timestamps, order);
        values = permuted(values, order);
    }

private:
    /// SQL compares NaN as the 0 it is stored as.
    double stored(std::size_t index) const { return std::isnan(values[index]) ? 0 : values[index]; }
    bool isBefore(EpochMs timestamp, std::int64_t step, double value, std::size_t other) const
    {
        if (timestamp != timestamps[other])
            return timestamp < timestamps[other];
        return step != steps[other] ? step < steps[other] : value < stored(other);
    }
    template <class T>
    static std::vector<T> permuted(const std::vector<T>& items, const std::vector<std::size_t>& order)
    {
        std::vector<T> moved(items.size());
        std::transform(order.begin(), order.end(), moved.begin(),
                       [&](std::size_t index) { return items[index]; });
        return moved;
    }
};

HistoryPtr finished(Points points)
{
    points.sort();
    auto history = std::make_shared<History>();
    points.steps.shrink_to_fit(); // kept for long, and often hundreds of them
    points.timestamps.shrink_to_fit();
    points.values.shrink_to_fit();
    history->steps = FrozenArray(std::move(points.steps));
    history->timestamps = FrozenArray(std::move(points.timestamps));
    history->values = FrozenArray(std::move(points.values));
    return history;
}

/// How many more rows a pass over all runs of a metric may read than are wanted. A row found by run lies on a
/// page of its own when several metrics were logged beside it; without the index for that, each run is read
/// with all its metrics.
constexpr std::int64_t kMostPassGain = 16, kPassGainWithoutIndex = 40;

Result<std::int64_t> passGain(SqliteSession session, const std::string& runId)
{
    if (!session.schema.hasIndex(kRunKeyStepIndex))
        return kPassGainWithoutIndex;
    if (!session.schema.hasIndex("index_latest_metrics_run_uuid"))
        return kMostPassGain / 4;
    SEXTANT_TRY(auto count,
                session.connection.prepare("SELECT count(*) FROM latest_metrics WHERE run_uuid = ?1"));
    count.bind(1, runId);
    const std::int64_t metrics = count.next() ? count.integer(0) : 0;
    SEXTANT_CHECK(count.finish());
    return std::clamp<std::int64_t>(metrics, 1, kMostPassGain);
}

/// The points of some runs from a reading of all.
class Gathering
{
public:
    explicit Gathering(std::span<const std::string> runIds)
        : m_points(runIds.size()), m_finished(runIds.size())
    {
        for (std::size_t index = 0; index < runIds.size(); ++index)
            m_places.try_emplace(runIds[index], index);
    }
    void add(const PointRow& point)
    {
        if (point.runId != m_lastRun) {
            m_lastRun = point.runId;
            const auto found = m_places.find(point.runId);
            m_last = found == m_places.end() ? nullptr : &m_points[found->second];
        }
        if (m_last)
            m_last->add(point);
    }
    void restart()
    {
        for (Points& points : m_points)
            points.clear();
    }
    HistoryPtr take(const std::string& runId)
    {
        const std::size_t index = m_places.find(runId)->second;
        if (!m_finished[index])
            m_finished[index] = finished(std::move(m_points[index]));
        return m_finished[index];
    }

private:
    std::vector<Points> m_points;
    std::vector<HistoryPtr> m_finished;
    std::map<std::string, std::size_t, std::less<>> m_places;
    std::string m_lastRun;
    Points* m_last = nullptr;
};

struct Extremes
{
    using Moment = std::tuple<std::int64_t, EpochMs, double>;
    Moment firstAt, lastAt;
    MetricSummary summary;

    void add(const PointRow& point)
    {
        Moment at{point.step, point.timestamp, point.stored};
        if (summary.points == 0 || at < firstAt) {
            firstAt = at;
            summary.first = point.value;
        }
        if (summary.points == 0 || at > lastAt) {
            lastAt = at;
            summary.last = point.value;
        }
        ++summary.points;
        // fmin and fmax leave NaN out where the other side is a number
        summary.min = std::fmin(summary.min, point.value);
        summary.max = std::fmax(summary.max, point.value);
    }
};

} // namespace

Result<HistoryPtr> readHistory(SqliteSession session, const std::string& runId, const std::string& metric,
                               const Operation& operation, SkippedRows& skipped)
{
    Points points;
    PointReader reader(session, metric, runId, operation);
    SEXTANT_CHECK(
        reader.read([&points](const PointRow& point) { points.add(point); }, [&points] { points.clear(); }));
    skipped.add("metrics", kNotANumber, reader.skipped());
    if (points.values.empty()) {
        SEXTANT_TRY(auto run, readRunInfo(session, runId));
    }
    return finished(std::move(points));
}

Result<bool> readsTogether(SqliteSession session, const std::string& metric,
                           std::span<const std::string> runIds)
{
    const auto& schema = session.schema;
    if (runIds.size() < 2 || !schema.hasIndex(kKeyIndex) || !schema.has("latest_metrics", "key"))
        return false;
    SEXTANT_TRY(auto count, session.connection.prepare("SELECT count(*) FROM latest_metrics WHERE key = ?1"));
    count.bind(1, metric);
    const std::int64_t runs = count.next() ? count.integer(0) : 0;
    SEXTANT_CHECK(count.finish());
    SEXTANT_TRY(const std::int64_t gain, passGain(session, runIds.front()));
    return static_cast<std::int64_t>(runIds.size()) * gain >= runs;
}

Result<void> readHistories(SqliteSession session, const std::string& metric,
                           std::span<const std::string> runIds, const Operation& operation,
                           const std::function<void(std::size_t, HistoryPtr)>& take, SkippedRows& skipped)
{
    SEXTANT_TRY(const bool together, readsTogether(session, metric, runIds));
    const Operation quiet{operation.stop, {}};
    if (!together) {
        for (std::size_t index = 0; index < runIds.size(); ++index) {
            SEXTANT_TRY(auto history, readHistory(session, runIds[index], metric, quiet, skipped));
            take(index, std::move(history));
        }
        return {};
    }
    Gathering gathering(runIds);
    PointReader reader(session, metric, {}, quiet);
    SEXTANT_CHECK(
        reader.read([&](const PointRow& point) { gathering.add(point); }, [&] { gathering.restart(); }));
    skipped.add("metrics", kNotANumber, reader.skipped());
    for (std::size_t index = 0; index < runIds.size(); ++index) {
        auto history = gathering.take(runIds[index]);
        if (history->size() == 0) {
            SEXTANT_TRY(auto run, readRunInfo(session, runIds[index]));
        }
        take(index, std::move(history));
    }
    return {};
}

Result<std::string> readHistoryMark(SqliteSession session, const std::string& runId)
{
    if (!session.schema.hasIndex("index_metrics_run_uuid"))
        return std::string();
    SEXTANT_TRY(auto last, session.connection.prepare(
                               "SELECT rowid, key, timestamp, value FROM metrics INDEXED BY "
                               "index_metrics_run_uuid WHERE run_uuid = ?1 ORDER BY rowid DESC LIMIT 1"));
    last.bind(1, runId);
    std::string mark = "no points";
    if (last.next())
        mark = "row " + last.string(0) + " " + last.string(1) + " " + last.string(2) + " " + last.string(3);
    SEXTANT_CHECK(last.finish());
    return mark;
}

Result<std::vector<MetricSummary>> readMetricSummaries(SqliteSession session, const std::string& metric,
                                                       const Operation& operation, SkippedRows& skipped)
{
    std::map<std::string, Extremes, std::less<>> runs;
    auto add = [&runs](const PointRow& point) {
        auto run = runs.find(point.runId);
        if (run == runs.end()) {
            run = runs.emplace(point.runId, Extremes()).first;
            run->second.summary.runId = point.runId;
            run->second.summary.min = run->second.summary.max = std::numeric_limits<double>::quiet_NaN();
        }
        run->second.add(point);
    };
    PointReader reader(session, metric, {}, operation);
    SEXTANT_CHECK(reader.read(add, [&runs] { runs.clear(); }));
    skipped.add("metrics", kNotANumber, reader.skipped());
    std::vector<MetricSummary> summaries;
    for (auto& [id, extremes] : runs)
        summaries.push_back(std::move(extremes.summary));
    return summaries;
}

} // namespace sextant::sqlite
