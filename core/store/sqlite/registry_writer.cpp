#include "core/store/sqlite/registry_writer.h"

#include "core/store/registry_rules.h"
#include "core/store/sqlite/registry_rows.h"

namespace sextant::sqlite {
namespace {

std::size_t longestTag(SqliteSession session)
{
    constexpr std::uint16_t kThree = 300;
    return session.schema.dialect().release < kThree ? kLongestOldRegistryTag : kLongestRegistryTag;
}

Result<void> mustHave(bool feature, const std::string& sentence, const std::string& hint)
{
    return feature ? Result<void>() : Result<void>(fail(ErrorCode::Unsupported, sentence, hint));
}

Result<void> mustHaveAliases(SqliteSession session)
{
    return mustHave(session.schema.capabilities().aliases,
                    "This store has no aliases: its MLflow is older than 2.3", "Use stages");
}

Result<void> mustHaveTags(SqliteSession session, const char* table)
{
    return mustHave(session.schema.has(table, "key"),
                    "This store has no tags in its registry: its MLflow is older than 1.10",
                    "Use descriptions");
}

Result<void> checkTags(SqliteSession session, const TagMap& tags)
{
    for (const auto& [key, value] : tags)
        SEXTANT_CHECK(checkRegistryTag(key, value, longestTag(session)));
    return {};
}

Result<void> insertModel(SqliteSession session, const std::string& name, const std::string& description,
                         const TagMap& tags)
{
    auto time = now();
    SEXTANT_CHECK(insertRow(session, "registered_models",
                            {{"name", name},
                             {"creation_time", time},
                             {"last_updated_time", time},
                             {"description", Parameter::textOrNull(description)}}));
    RegistryRows rows(session, name);
    for (const auto& [key, value] : tags)
        SEXTANT_CHECK(rows.putModelTag(key, value));
    return mustFind(session,
                    "SELECT 1 FROM registered_models WHERE name = ?1 AND creation_time = ?2" +
                        session.schema.workspaceClause("registered_models"),
                    {name, time});
}

/// Where the files of a new version are, and the run when the source knows it.
struct Origin
{
    std::string location;
    std::string runId;
};

Result<Origin> loggedModel(SqliteSession session, const std::string& id)
{
    Origin origin;
    bool found = false;
    if (session.schema.has("logged_models", "artifact_location")) {
        SEXTANT_TRY(auto row, bound(session,
                                    "SELECT artifact_location, source_run_id FROM logged_models WHERE "
                                    "model_id = ?1 AND ifnull(lifecycle_stage, 'active') <> 'deleted'",
                                    {id}));
        if ((found = row.next()))
            origin = {row.string(0), row.string(1)};
        SEXTANT_CHECK(row.finish());
    }
    if (!found)
        return fail(ErrorCode::NotFound, "There is no logged model '" + id + "' in this store",
                    "`sextant logged-models list` shows all");
    return origin;
}

Result<Origin> originOf(SqliteSession session, const NewVersion& version)
{
    Origin origin{version.source, version.runId};
    if (isModelSource(version.source)) {
        SEXTANT_CHECK(
            mustHave(session.schema.has("model_versions", "storage_location"),
                     "This store can't hold versions made from others: its MLflow is older than 2.8",
                     "Name the folder of the model's files as the source"));
        SEXTANT_TRY(auto source, parseModelSource(version.source));
        if (source.loggedModel.empty()) {
            SEXTANT_TRY(origin.location, RegistryRows(session, source.name, source.version).location());
        } else {
            SEXTANT_TRY(auto logged, loggedModel(session, source.loggedModel));
            origin.location = logged.location;
            if (origin.runId.empty())
                origin.runId = logged.runId;
        }
    }
    if (origin.runId.empty() && !version.modelId.empty()) {
        SEXTANT_TRY(auto logged, loggedModel(session, version.modelId));
        origin.runId = logged.runId;
    }
    return origin;
}

Result<std::int64_t> insertVersion(SqliteSession session, const NewVersion& version)
{
    SEXTANT_CHECK(checkTags(session, version.tags));
    RegistryRows model(session, version.model);
    SEXTANT_CHECK(model.mustBeModel());
    SEXTANT_TRY(auto origin, originOf(session, version));
    SEXTANT_TRY(auto number, model.nextVersion());
    auto time = now();
    SEXTANT_CHECK(insertRow(session, "model_versions",
                            {{"name", version.model},
                             {"version", number},
                             {"creation_time", time},
                             {"last_updated_time", time},
                             {"description", Parameter::textOrNull(version.description)},
                             {"user_id", nullptr},
                             {"current_stage", toText(Stage::None)},
                             {"source", version.source},
                             {"storage_location", origin.location},
                             {"run_id", Parameter::textOrNull(origin.runId)},
                             {"run_link", Parameter::textOrNull(version.runLink)},
                             {"status", std::string_view("READY")},
                             {"status_message", nullptr}}));
    RegistryRows rows(session, version.model, number);
    for (const auto& [key, value] : version.tags)
        SEXTANT_CHECK(rows.putVersionTag(key, value));
    SEXTANT_CHECK(rows.mustBeVersion());
    SEXTANT_CHECK(model.touchModel(time));
    return number;
}

Result<void> checkSource(const NewVersion& version)
{
    SEXTANT_CHECK(checkDescription(version.description));
    if (version.source.empty())
        return fail(ErrorCode::InvalidArgument, "The new version has no source",
                    "Name the folder or URI of the model's files");
    return {};
}

} // namespace

Result<void> RegistryWriter::createModel(const std::string& name, const std::string& description,
                                         const TagMap& tags)
{
    SEXTANT_CHECK(checkModelName(name));
    SEXTANT_CHECK(checkDescription(description));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(checkModelTags(tags, longestTag(session)));
        if (!tags.empty())
            SEXTANT_CHECK(mustHaveTags(session, "registered_model_tags"));
        SEXTANT_TRY(auto what, RegistryRows(session, name).name());
        if (what == RegistryRows::Name::OfModel)
            return modelExists(name);
        if (what == RegistryRows::Name::OfPrompt)
            return promptExists(name);
        return insertModel(session, name, description, tags);
    });
}

Result<void> RegistryWriter::describeModel(const std::string& name, const std::string& description)
{
    SEXTANT_CHECK(checkDescription(description));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        RegistryRows rows(session, name);
        SEXTANT_CHECK(rows.mustBeModel());
        return rows.updateModel("description = ?3, last_updated_time = ?4", {description, now()});
    });
}

Result<void> RegistryWriter::setModelTag(const std::string& name, const std::string& key,
                                         const std::string& value)
{
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustHaveTags(session, "registered_model_tags"));
        SEXTANT_CHECK(checkRegistryTag(key, value, longestTag(session)));
        RegistryRows rows(session, name);
        SEXTANT_CHECK(rows.mustBeModel());
        return rows.putModelTag(key, value);
    });
}

Result<void> RegistryWriter::deleteModelTag(const std::string& name, const std::string& key)
{
    SEXTANT_CHECK(checkRegistryTag(key, {}, kLongestRegistryTag));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustHaveTags(session, "registered_model_tags"));
        RegistryRows rows(session, name);
        SEXTANT_CHECK(rows.mustBeModel());
        return rows.removeModelTag(key);
    });
}

Result<std::int64_t> RegistryWriter::createVersion(const NewVersion& version)
{
    SEXTANT_CHECK(checkSource(version));
    std::int64_t number = 0;
    SEXTANT_CHECK(m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(number, insertVersion(session, version));
        return {};
    }));
    return number;
}

Result<std::int64_t> RegistryWriter::copyVersion(const ModelVersion& source, const std::string& destination)
{
    auto copy = copyOf(source, destination);
    std::int64_t number = 0;
    auto done = m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_TRY(auto what, RegistryRows(session, destination).name());
        if (what == RegistryRows::Name::Free) {
            SEXTANT_CHECK(checkModelName(destination));
            SEXTANT_CHECK(insertModel(session, destination, {}, {}));
        }
        SEXTANT_TRY(number, insertVersion(session, copy));
        return {};
    });
    return done ? Result<std::int64_t>(number) : forward(done);
}

Result<void> RegistryWriter::describeVersion(const std::string& name, std::int64_t version,
                                             const std::string& description)
{
    SEXTANT_CHECK(checkDescription(description));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        RegistryRows rows(session, name, version);
        SEXTANT_CHECK(rows.mustBeVersion());
        return rows.updateVersion("description = ?3, last_updated_time = ?4", {description, now()});
    });
}

Result<void> RegistryWriter::setVersionTag(const std::string& name, std::int64_t version,
                                           const std::string& key, const std::string& value)
{
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustHaveTags(session, "model_version_tags"));
        SEXTANT_CHECK(checkRegistryTag(key, value, longestTag(session)));
        RegistryRows rows(session, name, version);
        SEXTANT_CHECK(rows.mustBeVersion());
        return rows.putVersionTag(key, value);
    });
}

Result<void> RegistryWriter::deleteVersionTag(const std::string& name, std::int64_t version,
                                              const std::string& key)
{
    SEXTANT_CHECK(checkRegistryTag(key, {}, kLongestRegistryTag));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustHaveTags(session, "model_version_tags"));
        RegistryRows rows(session, name, version);
        SEXTANT_CHECK(rows.mustBeVersion());
        return rows.removeVersionTag(key);
    });
}

Result<void> RegistryWriter::transition(const std::string& name, std::int64_t version, Stage stage,
                                        bool archiveExisting)
{
    SEXTANT_CHECK(checkTransition(stage, archiveExisting));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(
            mustHave(session.schema.capabilities().stages, "This store has no stages", "Use aliases"));
        RegistryRows rows(session, name, version);
        SEXTANT_CHECK(rows.mustBeVersion());
        auto time = now();
        if (archiveExisting)
            SEXTANT_CHECK(run(session,
                              "UPDATE model_versions SET current_stage = ?4, last_updated_time = ?5 WHERE "
                              "name = ?1 AND version <> ?2 AND current_stage = ?3" +
                                  session.schema.workspaceClause("model_versions"),
                              {name, version, toText(stage), toText(Stage::Archived), time}));
        SEXTANT_CHECK(
            rows.updateVersion("current_stage = ?3, last_updated_time = ?4", {toText(stage), time}));
        return rows.touchModel(time);
    });
}

Result<void> RegistryWriter::setAlias(const std::string& name, const std::string& alias, std::int64_t version)
{
    SEXTANT_CHECK(checkAlias(alias));
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustHaveAliases(session));
        SEXTANT_CHECK(RegistryRows(session, name, version).mustBeVersion());
        return putRow(session, "registered_model_aliases", {{"name", name}, {"alias", alias}},
                      {"version", version});
    });
}

Result<void> RegistryWriter::deleteAlias(const std::string& name, const std::string& alias)
{
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        SEXTANT_CHECK(mustHaveAliases(session));
        SEXTANT_CHECK(RegistryRows(session, name).mustBeModel());
        return run(session,
                   "DELETE FROM registered_model_aliases WHERE name = ?1 AND alias = ?2" +
                       session.schema.workspaceClause("registered_model_aliases"),
                   {name, alias});
    });
}

Result<void> RegistryWriter::deleteVersion(const std::string& name, std::int64_t version)
{
    return m_transaction.run([&](SqliteSession session) -> Result<void> {
        RegistryRows rows(session, name, version);
        SEXTANT_CHECK(rows.mustBeVersion());
        auto time = now();
        if (session.schema.capabilities().aliases)
            SEXTANT_CHECK(run(session,
                              "DELETE FROM registered_model_aliases WHERE name = ?1 AND version = ?2" +
                                  session.schema.workspaceClause("registered_model_aliases"),
                              {name, version}));
        std::string assignments = "current_stage = ?3, last_updated_time = ?4, description = ?5, user_id = "
                                  "?5, source = ?6, run_id = ?7, status_message = ?5";
        Parameters values{toText(Stage::DeletedInternal), time, nullptr,
                          std::string_view("REDACTED-SOURCE-PATH"), std::string_view("REDACTED-RUN-ID")};
        if (session.schema.has("model_versions", "run_link")) {
            assignments += ", run_link = ?8";
            values.emplace_back(std::string_view("REDACTED-RUN-LINK"));
        }
        SEXTANT_CHECK(rows.updateVersion(assignments, values));
        return rows.touchModel(time);
    });
}

} // namespace sextant::sqlite
