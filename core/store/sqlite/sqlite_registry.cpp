#include "core/store/sqlite/sqlite_registry.h"

#include "core/store/registry_rules.h"
#include "core/store/sqlite/registry_writer.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace sextant::sqlite {
namespace {

/// Prompts share the registry's tables; the client tells them by this tag with the value "true" on a model or
/// a version.
std::string exceptPrompts(const SqliteSchema& schema, const std::string& table, const std::string& tagTable)
{
    if (!schema.has(tagTable, "key"))
        return {};
    return " AND " + table + ".name NOT IN (SELECT name FROM " + tagTable +
           " WHERE key = 'mlflow.prompt.is_prompt' AND value = 'true' AND name IS NOT NULL" +
           schema.workspaceClause(tagTable) + ")";
}

template <class OnRow>
Result<void> each(SqliteSession session, const std::string& sql, const OnRow& onRow)
{
    SEXTANT_TRY(auto rows, session.connection.prepare(sql));
    while (rows.next())
        onRow(rows);
    return rows.finish();
}

/// Finds versions by the rows of other tables, which mostly stand together by model.
class VersionIndex
{
public:
    explicit VersionIndex(const std::vector<ModelVersion>& versions)
    {
        for (std::size_t place = 0; place < versions.size(); ++place)
            m_models[versions[place].name].emplace_back(versions[place].version, place);
        for (auto& [name, places] : m_models)
            std::sort(places.begin(), places.end());
    }

    /// The place of the version that the first two columns name.
    std::optional<std::size_t> find(const SqliteStatement& row)
    {
        if (!m_model || row.text(0) != m_name) {
            m_name = row.string(0);
            auto found = m_models.find(m_name);
            m_model = found == m_models.end() ? &m_none : &found->second;
        }
        auto version = row.integer(1);
        auto place = std::lower_bound(m_model->begin(), m_model->end(), Place(version, 0));
        bool found = place != m_model->end() && place->first == version;
        return found ? std::optional(place->second) : std::nullopt;
    }

private:
    using Place = std::pair<std::int64_t, std::size_t>;
    std::unordered_map<std::string, std::vector<Place>> m_models;
    const std::vector<Place> m_none;
    const std::vector<Place>* m_model = nullptr; // of the last row
    std::string m_name;
};

/// The real client's order: newest update first, then name, then newest version.
void sortVersions(std::vector<ModelVersion>& versions)
{
    std::vector<std::size_t> order(versions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        const auto &a = versions[left], &b = versions[right];
        if (a.lastUpdatedTime != b.lastUpdatedTime)
            return a.lastUpdatedTime > b.lastUpdatedTime;
        return a.name != b.name ? a.name < b.name : a.version > b.version;
    });
    for (std::size_t start = 0; start < order.size(); ++start) { // circle by circle, each moved once
        if (order[start] == start)
            continue;
        auto first = std::move(versions[start]);
        auto place = start;
        while (order[place] != start) {
            auto next = order[place];
            versions[place] = std::move(versions[next]);
            order[place] = place;
            place = next;
        }
        versions[place] = std::move(first);
        order[place] = place;
    }
}

Result<std::vector<RegisteredModel>> readModels(SqliteSession session)
{
    const auto& schema = session.schema;
    std::vector<RegisteredModel> models;
    auto column = [&](const char* name) { return schema.column("registered_models", name); };
    auto sql = "SELECT name, " + column("description") + ", " + column("creation_time") + ", " +
               column("last_updated_time") + " FROM registered_models WHERE true" +
               schema.workspaceClause("registered_models") +
               exceptPrompts(schema, "registered_models", "registered_model_tags") + " ORDER BY name";
    std::map<std::string, std::size_t> byName;
    SEXTANT_CHECK(each(session, sql, [&](const auto& row) {
        RegisteredModel model{
            row.string(0), row.string(1), row.integer(2, kNoTime), row.integer(3, kNoTime), {}, {}};
        byName.emplace(model.name, models.size());
        models.push_back(std::move(model));
    }));
    auto forEachOf = [&](const char* table, const char* columns, const auto& onRow) -> Result<void> {
        if (!schema.has(table))
            return {};
        auto query = std::string("SELECT name, ") + columns + " FROM " + table + " WHERE true" +
                     schema.workspaceClause(table);
        return each(session, query, [&](const auto& row) {
            if (auto found = byName.find(row.string(0)); found != byName.end())
                onRow(models[found->second], row);
        });
    };
    SEXTANT_CHECK(
        forEachOf("registered_model_tags", "key, value", [](RegisteredModel& model, const auto& row) {
            model.tags[row.string(1)] = row.string(2);
        }));
    SEXTANT_CHECK(
        forEachOf("registered_model_aliases", "alias, version", [](RegisteredModel& model, const auto& row) {
            model.aliases[row.string(1)] = row.integer(2);
        }));
    return models;
}

void takeVersion(const SqliteStatement& row, ModelVersion& version)
{
    version.name = row.string(0);
    version.version = row.integer(1);
    version.creationTime = row.integer(2, kNoTime);
    version.lastUpdatedTime = row.integer(3, kNoTime);
    version.description = row.string(4);
    version.userId = row.string(5);
    version.stage = stageFrom(row.text(6)).value_or(Stage::None);
    version.source = row.string(7);
    version.runId = row.string(8);
    version.status = row.string(9);
    version.statusMessage = row.string(10);
    version.runLink = row.string(11);
    version.storageLocation = row.string(12);
}

Result<void> addTagsAndAliases(SqliteSession session, std::vector<ModelVersion>& versions)
{
    if (versions.empty())
        return {};
    VersionIndex index(versions);
    auto forEachOf = [&](const char* table, const char* columns, const auto& onRow) -> Result<void> {
        if (!session.schema.has(table))
            return {};
        auto query = std::string("SELECT name, version, ") + columns + " FROM " + table + " WHERE true" +
                     session.schema.workspaceClause(table);
        return each(session, query, [&](const auto& row) {
            if (auto place = index.find(row))
                onRow(versions[*place], row);
        });
    };
    SEXTANT_CHECK(forEachOf("model_version_tags", "key, value", [](ModelVersion& version, const auto& row) {
        version.tags[row.string(2)] = row.string(3);
    }));
    SEXTANT_CHECK(forEachOf("registered_model_aliases", "alias", [](ModelVersion& version, const auto& row) {
        version.aliases.push_back(row.string(2));
    }));
    for (auto& version : versions)
        std::sort(version.aliases.begin(), version.aliases.end());
    return {};
}

Result<std::vector<ModelVersion>> readVersions(SqliteSession session, const std::string& name, bool deleted)
{
    const auto& schema = session.schema;
    std::string sql = "SELECT name, version";
    for (const char* column :
         {"creation_time", "last_updated_time", "description", "user_id", "current_stage", "source", "run_id",
          "status", "status_message", "run_link", "storage_location"})
        sql += ", " + schema.column("model_versions", column);
    sql += " FROM model_versions WHERE (?1 = '' OR name = ?1)" + schema.workspaceClause("model_versions") +
           exceptPrompts(schema, "model_versions", "model_version_tags");
    if (schema.has("model_versions", "current_stage"))
        sql +=
            deleted ? " AND current_stage = 'Deleted_Internal'" : " AND current_stage <> 'Deleted_Internal'";
    else if (deleted)
        return std::vector<ModelVersion>();
    SEXTANT_TRY(auto rows, session.connection.prepare(sql));
    rows.bind(1, name);
    std::vector<ModelVersion> versions;
    if (name.empty() && !deleted) {
        SEXTANT_TRY(auto count, session.connection.integer("SELECT count(*) FROM model_versions"));
        versions.reserve(static_cast<std::size_t>(count));
    }
    while (rows.next())
        takeVersion(rows, versions.emplace_back());
    SEXTANT_CHECK(rows.finish());
    sortVersions(versions);
    SEXTANT_CHECK(addTagsAndAliases(session, versions));
    return versions;
}
} // namespace

Result<std::vector<RegisteredModel>> SqliteRegistry::registeredModels()
{
    return m_source->read(readModels);
}

Result<std::vector<ModelVersion>> SqliteRegistry::modelVersions(const std::string& name)
{
    return m_source->read([&name](SqliteSession session) { return readVersions(session, name, false); });
}

Result<std::vector<ModelVersion>> SqliteRegistry::deletedVersions(const std::string& name)
{
    return m_source->read([&name](SqliteSession session) { return readVersions(session, name, true); });
}

Result<ModelVersion> SqliteRegistry::version(const std::string& name, std::int64_t number)
{
    SEXTANT_TRY(auto versions, modelVersions(name));
    for (auto& version : versions)
        if (version.version == number)
            return std::move(version);
    return noSuchVersion(name, number, false);
}

Result<void> SqliteRegistry::unlock()
{
    auto can = currentCapabilities(*m_source, m_patience);
    if (!can.writable)
        return fail(ErrorCode::ReadOnly, can.whyNotWritable,
                    "Work on a copy, or use the MLflow that wrote the store");
    m_unlocked = true;
    return {};
}

template <class Change>
auto SqliteRegistry::write(const Change& change) -> decltype(change(std::declval<RegistryWriter&>()))
{
    if (!m_unlocked)
        return storeIsLocked();
    // In WAL mode our reading connections would share their read-only index with the writer.
    m_source->close();
    RegistryWriter writer(m_source->file(), m_patience);
    return change(writer);
}

Result<void> SqliteRegistry::createModel(const std::string& name, const std::string& description,
                                         const TagMap& tags)
{
    return write([&](RegistryWriter& writer) { return writer.createModel(name, description, tags); });
}

Result<void> SqliteRegistry::describeModel(const std::string& name, const std::string& description)
{
    return write([&](RegistryWriter& writer) { return writer.describeModel(name, description); });
}

Result<void> SqliteRegistry::setModelTag(const std::string& name, const std::string& key,
                                         const std::string& value)
{
    return write([&](RegistryWriter& writer) { return writer.setModelTag(name, key, value); });
}

Result<void> SqliteRegistry::deleteModelTag(const std::string& name, const std::string& key)
{
    return write([&](RegistryWriter& writer) { return writer.deleteModelTag(name, key); });
}

Result<ModelVersion> SqliteRegistry::createVersion(const NewVersion& wanted)
{
    SEXTANT_TRY(auto number, write([&](RegistryWriter& writer) { return writer.createVersion(wanted); }));
    return version(wanted.model, number);
}

Result<void> SqliteRegistry::describeVersion(const std::string& name, std::int64_t number,
                                             const std::string& description)
{
    return write([&](RegistryWriter& writer) { return writer.describeVersion(name, number, description); });
}

Result<void> SqliteRegistry::setVersionTag(const std::string& name, std::int64_t number,
                                           const std::string& key, const std::string& value)
{
    return write([&](RegistryWriter& writer) { return writer.setVersionTag(name, number, key, value); });
}

Result<void> SqliteRegistry::deleteVersionTag(const std::string& name, std::int64_t number,
                                              const std::string& key)
{
    return write([&](RegistryWriter& writer) { return writer.deleteVersionTag(name, number, key); });
}

Result<void> SqliteRegistry::transition(const std::string& name, std::int64_t number, Stage stage,
                                        bool archiveExisting)
{
    return write(
        [&](RegistryWriter& writer) { return writer.transition(name, number, stage, archiveExisting); });
}

Result<void> SqliteRegistry::setAlias(const std::string& name, const std::string& alias, std::int64_t number)
{
    return write([&](RegistryWriter& writer) { return writer.setAlias(name, alias, number); });
}

Result<void> SqliteRegistry::deleteAlias(const std::string& name, const std::string& alias)
{
    return write([&](RegistryWriter& writer) { return writer.deleteAlias(name, alias); });
}

Result<void> SqliteRegistry::deleteVersion(const std::string& name, std::int64_t number)
{
    return write([&](RegistryWriter& writer) { return writer.deleteVersion(name, number); });
}

Result<ModelVersion> SqliteRegistry::copyVersion(const std::string& sourceName, std::int64_t sourceVersion,
                                                 const std::string& destination)
{
    SEXTANT_TRY(auto source, version(sourceName, sourceVersion));
    SEXTANT_TRY(auto number,
                write([&](RegistryWriter& writer) { return writer.copyVersion(source, destination); }));
    return version(destination, number);
}

} // namespace sextant::sqlite
