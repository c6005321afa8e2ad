#include "core/store/sqlite/entity_reader.h"

#include "core/store/sqlite/metric_value.h"
#include "core/store/sqlite/table_scan.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace sextant::sqlite {
namespace {

/// Runs `onRow` for each row of a short query with at most one parameter.
template <class OnRow>
Result<void> each(SqliteSession session, const std::string& sql, std::optional<std::string_view> parameter,
                  const OnRow& onRow)
{
    SEXTANT_TRY(auto rows, session.connection.prepare(sql));
    if (parameter)
        rows.bind(1, *parameter);
    while (rows.next())
        onRow(rows);
    return rows.finish();
}

Result<TagMap> readTexts(SqliteSession session, const char* table, const std::string& runId)
{
    TagMap texts;
    if (!session.schema.has(table, "value"))
        return texts;
    SEXTANT_CHECK(each(session, std::string("SELECT key, value FROM ") + table + " WHERE run_uuid = ?1",
                       runId, [&](const auto& row) { texts[row.string(0)] = row.string(1); }));
    return texts;
}

std::string latestMetricsQuery(const SqliteSchema& schema)
{
    if (schema.has("latest_metrics", "value"))
        return "SELECT key, value, is_nan, timestamp, step FROM latest_metrics WHERE run_uuid = ?1 ORDER BY "
               "key";
    return "SELECT key, value, " + schema.column("metrics", "is_nan", "0") + ", timestamp, " +
           schema.column("metrics", "step", "0") +
           " FROM metrics WHERE run_uuid = ?1 ORDER BY key, 5, timestamp, value";
}

Result<std::vector<Metric>> readLatestMetrics(SqliteSession session, const std::string& runId)
{
    std::vector<Metric> metrics;
    SEXTANT_CHECK(each(session, latestMetricsQuery(session.schema), runId, [&](const auto& row) {
        auto value = metricValue(row, 1);
        if (!value)
            return;
        Metric metric{row.string(0), *value, row.integer(3), row.integer(4)};
        if (!metrics.empty() && metrics.back().key == metric.key)
            metrics.back() = metric; // of a history the last row is the latest
        else
            metrics.push_back(metric);
    }));
    return metrics;
}

Result<std::vector<DatasetInput>> readDatasets(SqliteSession session, const std::string& runId)
{
    std::vector<DatasetInput> inputs;
    std::vector<std::string> inputIds;
    SEXTANT_CHECK(each(session,
                       "SELECT d.name, d.digest, d.dataset_source_type, d.dataset_source, d.dataset_schema, "
                       "d.dataset_profile, "
                       "i.input_uuid FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id "
                       "WHERE i.destination_type = 'RUN' AND i.destination_id = ?1 ORDER BY i.rowid",
                       runId, [&](const auto& row) {
                           inputs.push_back({{row.string(0), row.string(1), row.string(2), row.string(3),
                                              row.string(4), row.string(5)},
                                             {}});
                           inputIds.push_back(row.string(6));
                       }));
    for (std::size_t i = 0; i < inputs.size() && session.schema.has("input_tags", "input_uuid"); ++i)
        SEXTANT_CHECK(each(session, "SELECT name, value FROM input_tags WHERE input_uuid = ?1", inputIds[i],
                           [&](const auto& row) { inputs[i].tags[row.string(0)] = row.string(1); }));
    return inputs;
}

Result<std::vector<ModelLink>> readModelLinks(SqliteSession session, const std::string& runId,
                                              const char* source, const char* destination)
{
    std::vector<ModelLink> links;
    auto sql = "SELECT destination_id, " + session.schema.column("inputs", "step", "0") +
               " FROM inputs WHERE source_id = ?1 AND source_type = '" + source +
               "' AND destination_type = '" + destination + "' ORDER BY rowid";
    SEXTANT_CHECK(each(session, sql, runId, [&](const auto& row) {
        links.push_back({row.string(0), row.integer(1)});
    }));
    return links;
}

LoggedModel modelFrom(const SqliteStatement& row)
{
    LoggedModel model;
    model.id = row.string(0);
    model.experimentId = row.string(1);
    model.name = row.string(2);
    model.artifactLocation = row.string(3);
    model.creationTime = row.integer(4, kNoTime);
    model.lastUpdatedTime = row.integer(5, kNoTime);
    auto status = row.integer(6);
    model.status =
        status >= 0 && status <= 3 ? static_cast<LoggedModelStatus>(status) : LoggedModelStatus::Unspecified;
    if (!row.isNull(7))
        model.modelType = row.string(7);
    model.sourceRunId = row.string(8);
    model.statusMessage = row.string(9);
    return model;
}

/// Fills what the side tables hold of the models, each table read once.
Result<void> addModelDetails(SqliteSession session, std::vector<LoggedModel>& models)
{
    std::unordered_map<std::string, LoggedModel*> byId;
    for (auto& model : models)
        byId[model.id] = &model;
    auto eachOf = [&](const char* table, const std::string& columns, int count,
                      const auto& onRow) -> Result<void> {
        if (!session.schema.has(table))
            return {};
        return scanTable(session.connection, "model_id, " + columns, count + 1, table, {},
                         [&](const auto& row) {
                             if (auto model = byId.find(row.string(0)); model != byId.end())
                                 onRow(*model->second, row);
                         });
    };
    SEXTANT_CHECK(
        eachOf("logged_model_params", "param_key, param_value", 2,
               [](LoggedModel& model, const auto& row) { model.params[row.string(1)] = row.string(2); }));
    SEXTANT_CHECK(
        eachOf("logged_model_tags", "tag_key, tag_value", 2,
               [](LoggedModel& model, const auto& row) { model.tags[row.string(1)] = row.string(2); }));
    return eachOf("logged_model_metrics",
                  "metric_name, metric_value, 0, metric_step, metric_timestamp_ms, run_id, dataset_name, "
                  "dataset_digest",
                  8, [](LoggedModel& model, const auto& row) {
                      if (auto value = metricValue(row, 2))
                          model.metrics.push_back({row.string(1), *value, row.integer(4), row.integer(5),
                                                   row.string(6), row.string(7), row.string(8)});
                  });
}

} // namespace

Result<std::vector<Experiment>> readExperiments(SqliteSession session)
{
    const auto& schema = session.schema;
    std::vector<Experiment> experiments;
    std::unordered_map<std::string, std::size_t> byId;
    auto sql = "SELECT experiment_id, name, " + schema.column("experiments", "artifact_location") + ", " +
               schema.column("experiments", "lifecycle_stage", "'active'") + ", " +
               schema.column("experiments", "creation_time") + ", " +
               schema.column("experiments", "last_update_time") + " FROM experiments WHERE true" +
               schema.workspaceClause("experiments") + " ORDER BY 5 DESC, experiment_id";
    SEXTANT_CHECK(each(session, sql, {}, [&](const auto& row) {
        Experiment experiment;
        experiment.id = row.string(0);
        experiment.name = row.string(1);
        experiment.artifactLocation = row.string(2);
        experiment.lifecycle = lifecycleFrom(row.text(3)).value_or(Lifecycle::Active);
        experiment.creationTime = row.integer(4, kNoTime);
        experiment.lastUpdateTime = row.integer(5, kNoTime);
        byId.emplace(experiment.id, experiments.size());
        experiments.push_back(std::move(experiment));
    }));
    if (schema.has("experiment_tags", "value"))
        SEXTANT_CHECK(
            each(session, "SELECT experiment_id, key, value FROM experiment_tags", {}, [&](const auto& row) {
                if (auto found = byId.find(row.string(0)); found != byId.end())
                    experiments[found->second].tags[row.string(1)] = row.string(2);
            }));
    return experiments;
}

Result<std::vector<std::string>> otherWorkspaces(SqliteSession session)
{
    std::vector<std::string> names;
    if (!session.schema.has("experiments", "workspace"))
        return names;
    SEXTANT_CHECK(each(session, "SELECT DISTINCT workspace FROM experiments WHERE workspace <> ?1",
                       activeWorkspace(), [&](const auto& row) { names.push_back(row.string(0)); }));
    return names;
}

Result<RunInfo> readRunInfo(SqliteSession session, const std::string& runId)
{
    std::string sql = "SELECT run_uuid";
    for (const char* name : {"name", "experiment_id", "user_id", "status", "lifecycle_stage", "start_time",
                             "end_time", "artifact_uri"})
        sql += ", " + session.schema.column("runs", name);
    SEXTANT_TRY(auto row, session.connection.prepare(sql + " FROM runs WHERE run_uuid = ?1"));
    row.bind(1, runId);
    if (!row.next()) {
        SEXTANT_CHECK(row.finish());
        return fail(ErrorCode::NotFound, "There is no run '" + runId + "' in this store",
                    "`sextant runs list --view all` shows the runs");
    }
    RunInfo info;
    info.id = row.string(0);
    info.name = row.string(1);
    info.experimentId = row.string(2);
    info.userId = row.string(3);
    info.status = runStatusFrom(row.text(4)).value_or(RunStatus::Running);
    info.lifecycle = lifecycleFrom(row.text(5)).value_or(Lifecycle::Active);
    info.startTime = row.integer(6, kNoTime);
    info.endTime = row.integer(7, kNoTime);
    info.artifactUri = row.string(8);
    SEXTANT_CHECK(row.finish());
    return info;
}

Result<Run> readRun(SqliteSession session, const std::string& runId)
{
    Run run;
    SEXTANT_TRY(run.info, readRunInfo(session, runId));
    SEXTANT_TRY(run.metrics, readLatestMetrics(session, runId));
    SEXTANT_TRY(run.params, readTexts(session, "params", runId));
    SEXTANT_TRY(run.tags, readTexts(session, "tags", runId));
    if (auto name = run.tags.find("mlflow.runName"); run.info.name.empty() && name != run.tags.end())
        run.info.name = name->second;
    if (!session.schema.capabilities().datasets)
        return run;
    SEXTANT_TRY(run.datasets, readDatasets(session, runId));
    SEXTANT_TRY(run.modelInputs, readModelLinks(session, runId, "RUN_INPUT", "MODEL_INPUT"));
    SEXTANT_TRY(run.modelOutputs, readModelLinks(session, runId, "RUN_OUTPUT", "MODEL_OUTPUT"));
    return run;
}

Result<std::vector<LoggedModel>> readLoggedModels(SqliteSession session,
                                                  const std::vector<std::string>& experimentIds)
{
    std::vector<LoggedModel> models;
    if (!session.schema.has("logged_models", "model_id"))
        return models;
    std::set<std::string, std::less<>> wanted(experimentIds.begin(), experimentIds.end());
    if (wanted.empty()) {
        SEXTANT_TRY(auto experiments, readExperiments(session));
        for (const auto& experiment : experiments)
            if (experiment.lifecycle == Lifecycle::Active)
                wanted.insert(experiment.id);
    }
    SEXTANT_CHECK(each(
        session,
        "SELECT model_id, experiment_id, name, artifact_location, creation_timestamp_ms, "
        "last_updated_timestamp_ms, status, model_type, source_run_id, status_message FROM logged_models "
        "WHERE lifecycle_stage <> ?1 ORDER BY creation_timestamp_ms DESC, model_id",
        "deleted", [&](const auto& row) {
            if (wanted.contains(row.text(1)))
                models.push_back(modelFrom(row));
        }));
    SEXTANT_CHECK(addModelDetails(session, models));
    return models;
}

} // namespace sextant::sqlite
