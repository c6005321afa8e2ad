#include "core/store/sqlite/run_loader.h"

#include "core/base/text.h"
#include "core/store/sqlite/run_values.h"

#include <algorithm>
#include <array>
#include <set>
#include <thread>

namespace sextant::sqlite {
namespace {

enum RunColumn { kId, kName, kExperiment, kUser, kStatus, kStart, kEnd, kLifecycle, kArtifacts, kRunColumns };

std::string runColumns(const SqliteSchema& schema)
{
    std::string columns = "run_uuid";
    for (const char* name : {"name", "experiment_id", "user_id", "status", "start_time", "end_time",
                             "lifecycle_stage", "artifact_uri"})
        columns += ", " + schema.column("runs", name);
    return columns;
}

} // namespace

Result<RunTablePtr> RunLoader::load(std::vector<Experiment> all,
                                    const std::function<void(RunTablePtr)>& early)
{
    SEXTANT_CHECK(chooseExperiments(std::move(all)));
    SEXTANT_CHECK(readRunList());
    if (early)
        early(m_builder.partial());
    SEXTANT_CHECK(readValues());
    m_builder.nameFromTag("mlflow.runName");
    if (m_operation.cancelled())
        return cancelledError();
    return m_builder.finish();
}

Result<void> RunLoader::chooseExperiments(std::vector<Experiment> all)
{
    std::vector<Experiment> chosen;
    if (m_request.experimentIds.empty())
        std::copy_if(all.begin(), all.end(), std::back_inserter(chosen), [this](const Experiment& one) {
            return m_request.view != ViewType::ActiveOnly || one.lifecycle == Lifecycle::Active;
        });
    for (const auto& id : std::set(m_request.experimentIds.begin(), m_request.experimentIds.end())) {
        auto found =
            std::find_if(all.begin(), all.end(), [&](const Experiment& one) { return one.id == id; });
        if (found == all.end())
            return fail(ErrorCode::NotFound, "There is no experiment with the id '" + id + "' in this store",
                        "`sextant experiments list --view all` shows them");
        chosen.push_back(*found);
    }
    for (const auto& experiment : chosen)
        m_experiments.emplace(experiment.id, static_cast<std::uint32_t>(m_experiments.size()));
    m_builder.setExperiments(std::move(chosen));
    m_builder.setDialect(m_session.schema.dialect());
    return {};
}

Result<void> RunLoader::readRunList()
{
    m_operation.progress("Reading the run list", 0, 0);
    constexpr std::int64_t mostReserved =
        1'000'000; // row numbers may have gaps, or be anything in a hostile file
    if (auto last = m_session.connection.integer("SELECT max(rowid) FROM runs");
        last && m_request.experimentIds.empty())
        m_builder.reserve(static_cast<std::size_t>(std::clamp<std::int64_t>(*last, 0, mostReserved)));
    return scanTable(m_session.connection, runColumns(m_session.schema), kRunColumns, "runs", m_operation,
                     [this](const SqliteStatement& row) { addRun(row); });
}

void RunLoader::addRun(const SqliteStatement& row)
{
    // Runs of one experiment often come together; the text of its number is made when it changes.
    if (auto number = row.integer(kExperiment, -1); !m_lastExperiment || number != m_lastNumber) {
        auto found = m_experiments.find(std::string(row.text(kExperiment)));
        m_lastNumber = number;
        m_lastExperiment = found == m_experiments.end() ? kNoExperiment : found->second;
    }
    if (m_lastExperiment == kNoExperiment)
        return;
    auto lifecycle = lifecycleFrom(row.text(kLifecycle));
    if (!lifecycle || row.isNull(kId))
        return m_skipped.add("runs", lifecycle ? "the run has no id"
                                               : "the lifecycle stage is neither active nor deleted");
    if (!shows(m_request.view, *lifecycle))
        return;
    auto status = runStatusFrom(row.text(kStatus));
    if (!status && !row.isNull(kStatus))
        m_skipped.add("runs", "the status is not one of MLflow's; shown as RUNNING");
    std::array<std::string, 3> repaired;
    auto valid = [&](RunColumn column, std::string& copy) {
        auto text = row.text(column);
        return isUtf8(text) ? text : std::string_view(copy = toUtf8(text));
    };
    RunTableBuilder::RunRow run{row.text(kId), valid(kName, repaired[0]), valid(kUser, repaired[1]),
                                valid(kArtifacts, repaired[2]), *m_lastExperiment};
    run.status = status.value_or(RunStatus::Running);
    run.lifecycle = *lifecycle;
    run.startTime = row.integer(kStart, kNoTime);
    run.endTime = row.integer(kEnd, kNoTime);
    m_builder.addRun(run);
    m_runIds.emplace_back(row.text(kId));
}

/// Looking up one run in three indexes costs about as much as scanning so many rows.
Result<bool> RunLoader::areFew()
{
    constexpr std::int64_t rowsWorthOneRun = 200;
    if (!m_session.schema.hasIndex("index_params_run_uuid") ||
        !m_session.schema.hasIndex("index_tags_run_uuid") ||
        !m_session.schema.hasIndex("index_latest_metrics_run_uuid"))
        return false;
    std::int64_t rows = 0;
    for (const char* table : {"latest_metrics", "params", "tags"}) {
        SEXTANT_TRY(auto last, m_session.connection.integer(std::string("SELECT max(rowid) FROM ") + table));
        rows += last;
    }
    return static_cast<std::int64_t>(m_runIds.size()) * rowsWorthOneRun < rows;
}

Result<void> RunLoader::readValues()
{
    if (m_runIds.empty())
        return {};
    m_operation.progress("Reading metrics, params and tags", 0, 0);
    SEXTANT_TRY(auto few, areFew());
    if (!few)
        std::vector<std::string>().swap(m_runIds);
    SEXTANT_TRY(auto second, m_source.another());
    std::stop_source stopBoth;
    std::stop_callback follow(m_operation.stop, [&stopBoth] { stopBoth.request_stop(); });
    Operation both{stopBoth.get_token(), {}};
    second.stopWith(both.stop);

    SkippedRows skippedMetrics;
    Result<void> metrics;
    RunValues metricValues{
        {second, m_session.schema}, m_builder, few ? &m_runIds : nullptr, both, skippedMetrics};
    std::jthread metricThread([&] {
        metrics = metricValues.readMetrics();
        if (!metrics)
            stopBoth.request_stop();
    });
    RunValues textValues{m_session, m_builder, few ? &m_runIds : nullptr, both, m_skipped};
    auto texts = textValues.readParams();
    if (texts)
        texts = textValues.readTags();
    if (texts)
        texts = textValues.readDatasets();
    if (!texts)
        stopBoth.request_stop();
    metricThread.join();
    m_skipped.add(skippedMetrics);
    // Of two failures the one that made the other stop counts.
    if (!metrics && (texts || metrics.error().code != ErrorCode::Cancelled))
        return metrics;
    return texts;
}

} // namespace sextant::sqlite
