#include "core/store/sqlite/point_reader.h"

#include "core/store/sqlite/metric_value.h"

#include <algorithm>

namespace sextant::sqlite {
namespace {

enum PointColumn { kRun, kStep, kTimestamp, kValue, kIsNan, kRowNumber };

// Microseconds for a row, measured on a million points.
constexpr double kIndexedRowCost = 0.18;
constexpr double kKeyIndexRowCost = 0.25;
constexpr double kScannedRowCost = 0.13;

// A history shorter than this is read without looking for a better plan.
constexpr std::uint64_t kTrialRows = 20'000;
constexpr int kTrialWindows = 4;

// Row numbers looked at in one slice: rows of other runs or metrics are skipped inside SQLite, where we can't
// stop it.
constexpr std::int64_t kWindow = 200'000;

/// A number below `end` that follows no rule a table might follow too.
std::int64_t scattered(int index, std::int64_t end)
{
    auto mixed = (static_cast<std::uint64_t>(index) + 1) * 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return static_cast<std::int64_t>((mixed ^ (mixed >> 31)) % static_cast<std::uint64_t>(end));
}

std::string_view indexOf(PointReader::Plan plan)
{
    switch (plan) {
    case PointReader::Plan::RunKeyStepIndex:
        return kRunKeyStepIndex;
    case PointReader::Plan::RunIndex:
        return kRunIndex;
    case PointReader::Plan::KeyIndex:
        return kKeyIndex;
    case PointReader::Plan::WholeTable:
        break;
    }
    return {};
}

} // namespace

Result<void> PointReader::read(const OnPoint& onPoint, const std::function<void()>& restart)
{
    if (!m_session.schema.has("metrics", "value") || !m_session.schema.has("metrics", "timestamp"))
        return {};
    m_plan = firstPlan();
    SEXTANT_TRY(bool done, follow(m_plan, onPoint, true));
    if (done)
        return {};
    restart();
    m_skipped = 0;
    SEXTANT_TRY(m_plan, bestPlan());
    SEXTANT_TRY(done, follow(m_plan, onPoint, false));
    return {};
}

PointReader::Plan PointReader::firstPlan() const
{
    const auto& schema = m_session.schema;
    if (m_runId.empty())
        return schema.hasIndex(kKeyIndex) ? Plan::KeyIndex : Plan::WholeTable;
    if (schema.hasIndex(kRunKeyStepIndex))
        return Plan::RunKeyStepIndex;
    if (schema.hasIndex(kRunIndex))
        return Plan::RunIndex;
    return schema.hasIndex(kKeyIndex) ? Plan::KeyIndex : Plan::WholeTable;
}

/// Looks at rows here and there to learn which share of the table the run, the metric and both have. At even
/// distances it would meet the same metric each time where training logs many at every step.
Result<PointReader::Plan> PointReader::bestPlan() const
{
    constexpr int samples = 200;
    SEXTANT_TRY(auto last, m_session.connection.integer("SELECT max(rowid) FROM metrics"));
    SEXTANT_TRY(auto sample,
                m_session.connection.prepare(
                    "SELECT run_uuid, key FROM metrics WHERE rowid >= ?1 ORDER BY rowid LIMIT 1"));
    const std::int64_t stride = std::max<std::int64_t>(last / samples, 1);
    double ofRun = 0, ofKey = 0, ofBoth = 0;
    for (int i = 0; i < samples; ++i) {
        sample.bind(1, 1 + stride * i + scattered(i, stride));
        if (sample.next()) {
            bool run = m_runId.empty() || sample.text(0) == m_runId, key = sample.text(1) == m_metric;
            ofRun += run;
            ofKey += key;
            ofBoth += run && key;
        }
        SEXTANT_CHECK(sample.finish());
    }
    const auto& schema = m_session.schema;
    std::vector<std::pair<double, Plan>> costs{{samples * kScannedRowCost, Plan::WholeTable}};
    if (schema.hasIndex(kKeyIndex))
        costs.emplace_back(ofKey * kKeyIndexRowCost, Plan::KeyIndex);
    if (!m_runId.empty() && schema.hasIndex(kRunIndex))
        costs.emplace_back(ofRun * kIndexedRowCost, Plan::RunIndex);
    if (!m_runId.empty() && schema.hasIndex(kRunKeyStepIndex))
        costs.emplace_back(ofBoth * kIndexedRowCost, Plan::RunKeyStepIndex);
    // Rare ones cost nothing by this sample; among equals the later, more selective plan is safer.
    return std::min_element(costs.rbegin(), costs.rend(),
                            [](const auto& a, const auto& b) { return a.first < b.first; })
        ->second;
}

Result<SqliteStatement> PointReader::select(Plan plan, const std::string& condition) const
{
    const auto& schema = m_session.schema;
    auto index = indexOf(plan);
    bool filtersRun = !m_runId.empty() && plan != Plan::KeyIndex;
    auto sql = "SELECT run_uuid, " + schema.column("metrics", "step", "0") + ", timestamp, value, " +
               schema.column("metrics", "is_nan", "0") + ", rowid FROM metrics " +
               (index.empty() ? "NOT INDEXED" : "INDEXED BY " + std::string(index)) + " WHERE key = ?1" +
               (filtersRun ? " AND run_uuid = ?2" : "") + condition;
    SEXTANT_TRY(auto statement, m_session.connection.prepare(sql));
    statement.bind(1, m_metric);
    if (filtersRun)
        statement.bind(2, m_runId);
    return statement;
}

/// True when all rows have been delivered; false when a trial ended early.
Result<bool> PointReader::follow(Plan plan, const OnPoint& onPoint, bool tryOnly)
{
    bool inIndexOrder = plan == Plan::RunKeyStepIndex || plan == Plan::KeyIndex;
    return inIndexOrder ? followIndex(plan, onPoint, tryOnly) : followRows(plan, onPoint, tryOnly);
}

Result<bool> PointReader::followRows(Plan plan, const OnPoint& onPoint, bool tryOnly)
{
    SEXTANT_TRY(auto rows, select(plan, " AND rowid >= ?3 AND rowid < ?4 ORDER BY rowid"));
    SEXTANT_TRY(auto nextRow, m_session.connection.prepare(
                                  "SELECT rowid FROM metrics WHERE rowid >= ?1 ORDER BY rowid LIMIT 1"));
    Slice slice(m_operation);
    auto from = std::numeric_limits<std::int64_t>::min();
    for (int windows = 0; !m_operation.cancelled(); ++windows) {
        nextRow.bind(1, from);
        if (!nextRow.next()) {
            SEXTANT_CHECK(nextRow.finish());
            return true;
        }
        from = nextRow.integer(0);
        SEXTANT_CHECK(nextRow.finish());
        if (tryOnly && (slice.rows() >= kTrialRows || windows >= kTrialWindows))
            return false;
        auto end = from > std::numeric_limits<std::int64_t>::max() - kWindow
                       ? std::numeric_limits<std::int64_t>::max()
                       : from + kWindow;
        rows.bind(3, from);
        rows.bind(4, end);
        slice.begin();
        from = end;
        while (rows.next()) {
            deliver(rows, onPoint);
            if (slice.isOver()) {
                from = rows.integer(kRowNumber) + 1;
                break;
            }
        }
        SEXTANT_CHECK(rows.finish());
        m_operation.progress("Reading points", slice.rows(), 0);
    }
    return cancelledError();
}

/// In the order of an index on (…, major, minor): a slice ends anywhere, the next goes on within the same
/// major first.
Result<bool> PointReader::followIndex(Plan plan, const OnPoint& onPoint, bool tryOnly)
{
    bool byKey = plan == Plan::KeyIndex;
    std::string major = byKey ? "timestamp" : "step", minor = byKey ? "step" : "rowid";
    int majorColumn = byKey ? kTimestamp : kStep, minorColumn = byKey ? kStep : kRowNumber;
    SEXTANT_TRY(auto within,
                select(plan, " AND " + major + " = ?3 AND " + minor + " >= ?4 ORDER BY " + minor));
    SEXTANT_TRY(auto beyond, select(plan, " AND " + major + " > ?3 ORDER BY " + major + ", " + minor));
    Slice slice(m_operation);
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
    auto at = least, inner = least, from = least;
    bool insideMajor = true; // the least number is beyond no other, so that what stands there comes first
    for (; !m_operation.cancelled(); slice.begin()) {
        auto& rows = insideMajor ? within : beyond;
        rows.bind(3, at);
        if (insideMajor)
            rows.bind(4, from);
        bool over = false, more = false;
        while (rows.next()) {
            auto rowAt = rows.integer(majorColumn), rowInner = rows.integer(minorColumn);
            if (over &&
                (rowAt != at || rowInner != inner)) { // rows that share both can't be told apart later
                more = true;
                break;
            }
            if (!byKey || m_runId.empty() || rows.text(kRun) == m_runId)
                deliver(rows, onPoint);
            at = rowAt;
            inner = rowInner;
            over = over || slice.isOver() || (tryOnly && slice.rows() >= kTrialRows);
        }
        SEXTANT_CHECK(rows.finish());
        m_operation.progress("Reading points", slice.rows(), 0);
        if (more && tryOnly && slice.rows() >= kTrialRows)
            return false;
        if (!more && !insideMajor)
            return true;
        insideMajor = more && inner < greatest;
        from = insideMajor ? inner + 1 : from;
    }
    return cancelledError();
}

void PointReader::deliver(const SqliteStatement& row, const OnPoint& onPoint)
{
    auto value = metricValue(row, kValue);
    if (!value) {
        ++m_skipped;
        return;
    }
    auto runId = m_runId.empty() ? row.text(kRun) : std::string_view(m_runId);
    onPoint({runId, row.integer(kStep), row.integer(kTimestamp), *value, row.real(kValue)});
}

} // namespace sextant::sqlite
