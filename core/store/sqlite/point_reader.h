// PointReader: the logged points of one metric, of one run or of all, by the query plan that is cheapest on
// this file, in slices. Points come in no particular order.
#pragma once

#include "core/store/sqlite/sqlite_source.h"
#include "core/store/sqlite/table_scan.h"

#include <functional>
#include <string>

namespace sextant::sqlite {

inline constexpr std::string_view kRunKeyStepIndex = "index_metrics_run_uuid_key_step"; // since MLflow 3.12
inline constexpr std::string_view kRunIndex = "index_metrics_run_uuid";                 // since MLflow 1.25
/// Of key, timestamp, step, run_uuid, value, is_nan: all there is of a point.
inline constexpr std::string_view kKeyIndex = "sqlite_autoindex_metrics_1";

struct PointRow
{
    std::string_view runId; // valid during the call
    std::int64_t step = 0;
    std::int64_t timestamp = 0;
    double value = 0;
    double stored = 0; // what SQL orders by: 0 for NaN
};

class PointReader
{
public:
    enum class Plan { RunKeyStepIndex, RunIndex, KeyIndex, WholeTable };

    /// `runId` empty: all runs.
    PointReader(SqliteSession session, std::string metric, std::string runId, const Operation& operation)
        : m_session(session), m_metric(std::move(metric)), m_runId(std::move(runId)), m_operation(operation)
    {
    }

    using OnPoint = std::function<void(const PointRow&)>;
    /// `restart` is called when points delivered so far are to be forgotten, as another plan turned out
    /// better.
    Result<void> read(const OnPoint& onPoint, const std::function<void()>& restart);

    std::uint64_t skipped() const { return m_skipped; }
    /// The one by which the points came in the end.
    Plan plan() const { return m_plan; }

private:
    Plan firstPlan() const;
    Result<Plan> bestPlan() const;
    Result<bool> follow(Plan plan, const OnPoint& onPoint, bool tryOnly);
    Result<bool> followRows(Plan plan, const OnPoint& onPoint, bool tryOnly);
    Result<bool> followIndex(Plan plan, const OnPoint& onPoint, bool tryOnly);
    Result<SqliteStatement> select(Plan plan, const std::string& condition) const;
    void deliver(const SqliteStatement& row, const OnPoint& onPoint);

    SqliteSession m_session;
    std::string m_metric;
    std::string m_runId;
    Plan m_plan = Plan::WholeTable;
    const Operation& m_operation;
    std::uint64_t m_skipped = 0;
};

} // namespace sextant::sqlite
