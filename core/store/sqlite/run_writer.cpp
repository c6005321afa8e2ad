#include "core/store/sqlite/run_writer.h"

#include "core/store/sqlite/entity_reader.h"
#include "core/store/sqlite/run_creation.h"
#include "core/store/tag_rules.h"

namespace sextant::sqlite {
namespace {

constexpr std::string_view kRunNameTag = "mlflow.runName";

Result<void> mustBeActive(SqliteSession session, const std::string& runId)
{
    SEXTANT_TRY(auto info, readRunInfo(session, runId));
    if (info.lifecycle != Lifecycle::Active)
        return fail(ErrorCode::InvalidArgument,
                    "The run " + runId + " must be in the 'active' state; its current state is deleted",
                    "Restore the run first");
    return {};
}

Result<void> putTag(SqliteSession session, const std::string& runId, std::string_view key,
                    const std::string& value)
{
    return putRow(session, "tags", {{"key", key}, {"run_uuid", runId}}, {"value", value});
}

Result<void> putName(SqliteSession session, const std::string& runId, const std::string& name)
{
    SEXTANT_CHECK(run(session, "UPDATE runs SET name = ?2 WHERE run_uuid = ?1", {runId, name}));
    SEXTANT_CHECK(putTag(session, runId, kRunNameTag, name));
    return mustFind(session, "SELECT 1 FROM runs WHERE run_uuid = ?1 AND name = ?2", {runId, name});
}

Result<void> putStage(SqliteSession session, const std::string& runId, Lifecycle stage)
{
    std::string sql = "UPDATE runs SET lifecycle_stage = ?2";
    if (session.schema.has("runs", "deleted_time"))
        sql += ", deleted_time = ?3";
    auto time = stage == Lifecycle::Deleted ? Parameter(now()) : Parameter(nullptr);
    SEXTANT_CHECK(run(session, sql + " WHERE run_uuid = ?1", {runId, toText(stage), time}));
    return mustFind(session, "SELECT 1 FROM runs WHERE run_uuid = ?1 AND lifecycle_stage = ?2",
                    {runId, toText(stage)});
}

/// The real client deletes these with the run, and their roll-ups; that is not ours to do.
Result<void> mustNotHaveAssessments(SqliteSession session, const std::string& runId)
{
    if (!session.schema.has("assessments", "assessment_metadata"))
        return {};
    auto mark = "\"mlflow.assessment.sourceRunId\": \"" + runId + "\"";
    SEXTANT_TRY(
        bool has,
        finds(session, "SELECT 1 FROM assessments WHERE instr(assessment_metadata, ?1) > 0 LIMIT 1", {mark}));
    if (has)
        return fail(ErrorCode::Unsupported,
                    "Assessments of traces come from this run, and would have to be deleted with it",
                    "Delete it with MLflow: mlflow runs delete --run-id " + runId);
    return {};
}

} // namespace

Result<void> RunWriter::setTag(const std::string& runId, const std::string& key, const std::string& value)
{
    SEXTANT_CHECK(checkTagKey(key));
    SEXTANT_TRY(auto stored, tagValue(value));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustBeActive(session, runId));
        if (key != kRunNameTag)
            return putTag(session, runId, key, stored);
        return stored.empty() ? Result<void>()
                              : putName(session, runId, stored); // the client ignores an empty name
    });
}

Result<void> RunWriter::deleteTag(const std::string& runId, const std::string& key)
{
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustBeActive(session, runId));
        SEXTANT_TRY(bool has,
                    finds(session, "SELECT 1 FROM tags WHERE key = ?1 AND run_uuid = ?2", {key, runId}));
        if (!has)
            return fail(ErrorCode::NotFound, "No tag with name: " + key + " in run with id " + runId,
                        "`sextant runs show` lists the tags of the run");
        return run(session, "DELETE FROM tags WHERE key = ?1 AND run_uuid = ?2", {key, runId});
    });
}

Result<void> RunWriter::rename(const std::string& runId, const std::string& name)
{
    SEXTANT_CHECK(checkRunName(name));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustBeActive(session, runId));
        return putName(session, runId, name);
    });
}

Result<void> RunWriter::remove(const std::string& runId)
{
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(auto info, readRunInfo(session, runId));
        SEXTANT_CHECK(mustNotHaveAssessments(session, runId));
        return putStage(session, runId, Lifecycle::Deleted);
    });
}

Result<void> RunWriter::restore(const std::string& runId)
{
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(auto info, readRunInfo(session, runId));
        return putStage(session, runId, Lifecycle::Active);
    });
}

Result<std::string> RunWriter::createExperiment(const std::string& name)
{
    std::string id;
    SEXTANT_CHECK(m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(id, insertExperiment(session, name, m_storeFolder));
        return {};
    }));
    return id;
}

Result<std::string> RunWriter::createRun(const NewRun& run)
{
    std::string id;
    SEXTANT_CHECK(m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(id, insertRun(session, run));
        return {};
    }));
    return id;
}

} // namespace sextant::sqlite
