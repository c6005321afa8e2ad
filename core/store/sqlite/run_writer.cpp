#include "core/store/sqlite/run_writer.h"

#include "core/store/sqlite/entity_reader.h"
#include "core/store/tag_rules.h"

#include <filesystem>
#include <unistd.h>
#include <vector>

namespace sextant::sqlite {
namespace {

constexpr std::string_view kRunNameTag = "mlflow.runName";

/// A parameter of a statement: text, a number or NULL.
struct Parameter
{
    enum class Kind { Text, Number, Null } kind = Kind::Null;
    std::string_view text;
    std::int64_t number = 0;

    Parameter(const std::string& value) : kind(Kind::Text), text(value) {}
    Parameter(std::string_view value) : kind(Kind::Text), text(value) {}
    Parameter(std::int64_t value) : kind(Kind::Number), number(value) {}
    Parameter(std::nullptr_t) {}
};

Result<SqliteStatement> bound(SqliteSession session, const std::string& sql,
                              const std::vector<Parameter>& parameters)
{
    SEXTANT_TRY(auto statement, session.connection.prepare(sql));
    for (int i = 0; const auto& parameter : parameters) {
        ++i;
        if (parameter.kind == Parameter::Kind::Text)
            statement.bind(i, parameter.text);
        else if (parameter.kind == Parameter::Kind::Number)
            statement.bind(i, parameter.number);
        else
            statement.bindNull(i);
    }
    return statement;
}

Result<void> run(SqliteSession session, const std::string& sql, const std::vector<Parameter>& parameters)
{
    SEXTANT_TRY(auto statement, bound(session, sql, parameters));
    while (statement.next()) {
    }
    return statement.finish();
}

/// Whether a query finds anything.
Result<bool> finds(SqliteSession session, const std::string& sql, const std::vector<Parameter>& parameters)
{
    SEXTANT_TRY(auto statement, bound(session, sql, parameters));
    bool found = statement.next();
    SEXTANT_CHECK(statement.finish());
    return found;
}

Result<void> mustFind(SqliteSession session, const std::string& sql, const std::vector<Parameter>& parameters)
{
    SEXTANT_TRY(bool found, finds(session, sql, parameters));
    if (!found)
        return fail(ErrorCode::Corrupt, "The change did not read back as it was written, so it was undone",
                    "The database may have a trigger that changes it; use MLflow for this change");
    return {};
}

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
    SEXTANT_TRY(bool known,
                finds(session, "SELECT 1 FROM tags WHERE key = ?1 AND run_uuid = ?2", {key, runId}));
    SEXTANT_CHECK(run(session,
                      known ? "UPDATE tags SET value = ?3 WHERE key = ?1 AND run_uuid = ?2"
                            : "INSERT INTO tags (key, value, run_uuid) VALUES (?1, ?3, ?2)",
                      {key, runId, value}));
    return mustFind(session, "SELECT 1 FROM tags WHERE key = ?1 AND run_uuid = ?2 AND value = ?3",
                    {key, runId, value});
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

Result<void> RunWriter::check() const
{
    const auto& path = m_file.path();
    auto folder = std::filesystem::path(path).parent_path();
    if (::access(path.c_str(), W_OK) != 0 || ::access(folder.c_str(), W_OK) != 0)
        return fail(ErrorCode::PermissionDenied, "You may not write this database or its folder",
                    "Ask the owner for permission, or copy the store to a place of yours");
    return {};
}

Result<void> RunWriter::inTransaction(const Change& change)
{
    SEXTANT_CHECK(check());
    SEXTANT_TRY(auto connection, SqliteConnection::open(m_file.path(), "mode=rw", m_patience));
    SEXTANT_CHECK(connection.execute("PRAGMA foreign_keys = ON"));
    SEXTANT_CHECK(connection.execute("BEGIN IMMEDIATE"));
    auto attempt = [&]() -> Result<void> {
        SEXTANT_TRY(auto schema, SqliteSchema::read(connection));
        if (auto can = schema.capabilities(); !can.writable)
            return fail(ErrorCode::ReadOnly, can.whyNotWritable,
                        "Make this change with the MLflow that wrote the store");
        SEXTANT_CHECK(change({connection, schema}));
        return connection.execute("COMMIT");
    };
    auto result = attempt();
    if (!result) {
        auto undone = connection.execute("ROLLBACK");
        static_cast<void>(
            undone); // closing the connection rolls back as well; the first error is the one to tell
    }
    return result;
}

Result<void> RunWriter::setTag(const std::string& runId, const std::string& key, const std::string& value)
{
    SEXTANT_CHECK(checkTagKey(key));
    SEXTANT_TRY(auto stored, tagValue(value));
    return inTransaction([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustBeActive(session, runId));
        if (key != kRunNameTag)
            return putTag(session, runId, key, stored);
        return stored.empty() ? Result<void>()
                              : putName(session, runId, stored); // the client ignores an empty name
    });
}

Result<void> RunWriter::deleteTag(const std::string& runId, const std::string& key)
{
    return inTransaction([&](SqliteSession session) -> Result<void> {
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
    return inTransaction([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustBeActive(session, runId));
        return putName(session, runId, name);
    });
}

Result<void> RunWriter::remove(const std::string& runId)
{
    return inTransaction([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(auto info, readRunInfo(session, runId));
        SEXTANT_CHECK(mustNotHaveAssessments(session, runId));
        return putStage(session, runId, Lifecycle::Deleted);
    });
}

Result<void> RunWriter::restore(const std::string& runId)
{
    return inTransaction([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(auto info, readRunInfo(session, runId));
        return putStage(session, runId, Lifecycle::Active);
    });
}

} // namespace sextant::sqlite
