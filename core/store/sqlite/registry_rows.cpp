#include "core/store/sqlite/registry_rows.h"

#include "core/store/registry_rules.h"

namespace sextant::sqlite {
namespace {

constexpr const char* kModels = "registered_models";
constexpr const char* kVersions = "model_versions";
constexpr const char* kModelTags = "registered_model_tags";
constexpr const char* kVersionTags = "model_version_tags";

} // namespace

std::string RegistryRows::where(const std::string& table, bool ofVersion) const
{
    return std::string(" WHERE name = ?1") + (ofVersion ? " AND version = ?2" : "") +
           m_session.schema.workspaceClause(table);
}

Parameters RegistryRows::values(const Parameters& more) const
{
    Parameters all{m_name, m_version};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

Result<RegistryRows::Name> RegistryRows::name()
{
    SEXTANT_TRY(bool found,
                finds(m_session, std::string("SELECT 1 FROM ") + kModels + where(kModels, false), values()));
    if (!found)
        return Name::Free;
    if (!m_session.schema.has(kModelTags, "key"))
        return Name::OfModel;
    SEXTANT_TRY(bool prompt, finds(m_session,
                                   std::string("SELECT 1 FROM ") + kModelTags + where(kModelTags, false) +
                                       " AND key = 'mlflow.prompt.is_prompt' AND value = 'true'",
                                   values()));
    return prompt ? Name::OfPrompt : Name::OfModel;
}

Result<void> RegistryRows::mustBeModel()
{
    SEXTANT_TRY(auto what, name());
    if (what == Name::OfModel)
        return {};
    return what == Name::Free ? noSuchModel(m_name) : isPromptNotModel(m_name);
}

Result<void> RegistryRows::mustBeVersion()
{
    SEXTANT_CHECK(mustBeModel());
    auto select = std::string("SELECT ") + m_session.schema.column(kVersions, "current_stage", "'None'") +
                  " FROM " + kVersions + where(kVersions, true);
    SEXTANT_TRY(bool found, finds(m_session, select, values()));
    SEXTANT_TRY(auto stage, textOf(m_session, select, values()));
    bool deleted = stage == toText(Stage::DeletedInternal);
    if (!found || deleted)
        return noSuchVersion(m_name, m_version, deleted);
    return {};
}

Result<void> RegistryRows::update(const std::string& table, bool ofVersion, const std::string& assignments,
                                  const Parameters& more)
{
    SEXTANT_CHECK(
        run(m_session, "UPDATE " + table + " SET " + assignments + where(table, ofVersion), values(more)));
    std::string conditions = assignments; // "a = ?3, b = ?4" reads back as "a IS ?3 AND b IS ?4"
    for (auto at = conditions.find(" = "); at != conditions.npos; at = conditions.find(" = ", at))
        conditions.replace(at, 3, " IS ");
    for (auto at = conditions.find(", "); at != conditions.npos; at = conditions.find(", ", at))
        conditions.replace(at, 2, " AND ");
    return mustFind(m_session, "SELECT 1 FROM " + table + where(table, ofVersion) + " AND " + conditions,
                    values(more));
}

Result<void> RegistryRows::updateModel(const std::string& assignments, const Parameters& more)
{
    return update(kModels, false, assignments, more);
}

Result<void> RegistryRows::updateVersion(const std::string& assignments, const Parameters& more)
{
    return update(kVersions, true, assignments, more);
}

Result<void> RegistryRows::touchModel(EpochMs time)
{
    return updateModel("last_updated_time = ?3", {time});
}

Result<void> RegistryRows::putTag(const std::string& table, bool ofVersion, const std::string& key,
                                  const std::string& value)
{
    std::vector<Cell> keys{{"key", key}, {"name", m_name}};
    if (ofVersion)
        keys.push_back({"version", m_version});
    return putRow(m_session, table, keys, {"value", value});
}

Result<void> RegistryRows::removeTag(const std::string& table, bool ofVersion, const std::string& key)
{
    return run(m_session, "DELETE FROM " + table + where(table, ofVersion) + " AND key = ?3", values({key}));
}

Result<void> RegistryRows::putModelTag(const std::string& key, const std::string& value)
{
    return putTag(kModelTags, false, key, value);
}

Result<void> RegistryRows::putVersionTag(const std::string& key, const std::string& value)
{
    return putTag(kVersionTags, true, key, value);
}

Result<void> RegistryRows::removeModelTag(const std::string& key)
{
    return removeTag(kModelTags, false, key);
}

Result<void> RegistryRows::removeVersionTag(const std::string& key)
{
    return removeTag(kVersionTags, true, key);
}

Result<std::int64_t> RegistryRows::nextVersion()
{
    SEXTANT_TRY(auto statement, bound(m_session,
                                      std::string("SELECT ifnull(max(version), 0) + 1 FROM ") + kVersions +
                                          where(kVersions, false),
                                      values()));
    auto next = statement.next() ? statement.integer(0) : 1;
    SEXTANT_CHECK(statement.finish());
    return next;
}

Result<std::string> RegistryRows::location()
{
    SEXTANT_CHECK(mustBeVersion());
    return textOf(m_session,
                  "SELECT ifnull(nullif(" + m_session.schema.column(kVersions, "storage_location") +
                      ", ''), source) FROM " + kVersions + where(kVersions, true),
                  values());
}

} // namespace sextant::sqlite
