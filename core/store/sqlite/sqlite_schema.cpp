#include "core/store/sqlite/sqlite_schema.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace sextant::sqlite {
namespace {

struct KnownRevision
{
    std::string_view revision;
    std::string_view versions;
};

/// The schema revision that each release leaves behind: the only ones we write to.
constexpr std::array kKnownRevisions{
    KnownRevision{"97727af70f4d", "1.29 - 2.2"},  KnownRevision{"3500859a5d39", "2.3"},
    KnownRevision{"7f2a7d5fae7d", "2.4 - 2.7"},   KnownRevision{"acf3f17fdcc7", "2.8 - 2.12"},
    KnownRevision{"5b0e9adcef9c", "2.13 - 2.14"}, KnownRevision{"4465047574b1", "2.15 - 2.16"},
    KnownRevision{"f5a4f2784254", "2.17"},        KnownRevision{"0584bdc529eb", "2.18 - 2.22"},
    KnownRevision{"6953534de441", "3.0.0"},       KnownRevision{"bda7b8c39065", "3.0.1 - 3.1"},
    KnownRevision{"770bee3ae1dd", "3.2"},         KnownRevision{"1a0cddfcaa16", "3.3"},
    KnownRevision{"71994744cf8e", "3.4"},         KnownRevision{"bf29a5ff90ea", "3.5 - 3.7"},
    KnownRevision{"1bd49d398cd23", "3.8"},        KnownRevision{"d3e4f5a6b7c8", "3.9"},
    KnownRevision{"1b5f0d9ad7c1", "3.10"},        KnownRevision{"c3d6457b6d8a", "3.11"},
    KnownRevision{"7d34483879f0", "3.12"},        KnownRevision{"da6fb0208061", "3.13"},
    KnownRevision{"b7e4c1a90f23", "3.14"},        KnownRevision{"6f8d9c3b2a1e", "3.15"},
    KnownRevision{"b7e2c1a4d9f3", "3.16"},        KnownRevision{"dc11669786a5", "3.17"},
    KnownRevision{"f4a9b2c7d1e6", "3.18"},
};

/// Other tables are none of our business, and those of strangers may not even be readable.
constexpr std::array<std::string_view, 21> kTables{"alembic_version",
                                                   "experiments",
                                                   "experiment_tags",
                                                   "runs",
                                                   "metrics",
                                                   "latest_metrics",
                                                   "params",
                                                   "tags",
                                                   "datasets",
                                                   "inputs",
                                                   "input_tags",
                                                   "logged_models",
                                                   "logged_model_metrics",
                                                   "logged_model_params",
                                                   "logged_model_tags",
                                                   "registered_models",
                                                   "registered_model_tags",
                                                   "model_versions",
                                                   "model_version_tags",
                                                   "registered_model_aliases",
                                                   "assessments"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTrackingNeeds{{
    {"experiments", "experiment_id"},
    {"experiments", "name"},
    {"runs", "run_uuid"},
    {"runs", "experiment_id"},
    {"metrics", "run_uuid"},
    {"params", "run_uuid"},
}};

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return text;
}

std::string quoted(std::string_view text)
{
    std::string quotedText = "'";
    for (char letter : text)
        quotedText += letter == '\'' ? std::string("''") : std::string(1, letter);
    return quotedText + "'";
}

} // namespace

std::string activeWorkspace()
{
    const char* named = std::getenv("MLFLOW_WORKSPACE");
    return named && *named ? named : "default";
}

Result<SqliteSchema> SqliteSchema::read(SqliteConnection& connection)
{
    SqliteSchema schema;
    SEXTANT_TRY(
        auto names,
        connection.prepare("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view', 'index')"));
    while (names.next()) {
        auto name = lower(names.string(1));
        if (names.text(0) == "index")
            schema.m_indexes.insert(name);
        else if (std::find(kTables.begin(), kTables.end(), name) != kTables.end())
            schema.m_tables[name];
    }
    SEXTANT_CHECK(names.finish());
    for (auto& [table, columns] : schema.m_tables) {
        SEXTANT_TRY(auto described,
                    connection.prepare("SELECT name FROM pragma_table_info('" + table + "')"));
        while (described.next())
            columns.insert(lower(described.string(0)));
        SEXTANT_CHECK(described.finish());
    }
    bool tracks = std::all_of(kTrackingNeeds.begin(), kTrackingNeeds.end(),
                              [&](const auto& need) { return schema.has(need.first, need.second); });
    if (!tracks)
        return fail(ErrorCode::NotAStore, "This is a SQLite database, but not one of MLflow",
                    "Choose the file named in MLflow's backend store URI, often mlflow.db",
                    "It lacks the tables or columns of experiments and runs");
    if (schema.has("alembic_version", "version_num")) {
        SEXTANT_TRY(schema.m_revision, connection.text("SELECT version_num FROM alembic_version"));
    }
    return schema;
}

bool SqliteSchema::has(std::string_view table, std::string_view column) const
{
    auto found = m_tables.find(table);
    return found != m_tables.end() && found->second.contains(column);
}

std::string SqliteSchema::column(std::string_view table, std::string_view name,
                                 std::string_view otherwise) const
{
    return std::string(has(table, name) ? name : otherwise);
}

std::string SqliteSchema::workspaceClause(std::string_view table) const
{
    if (!has(table, "workspace"))
        return {};
    return " AND " + std::string(table) + ".workspace = " + quoted(activeWorkspace());
}

std::string SqliteSchema::mlflowVersions() const
{
    auto known = std::find_if(kKnownRevisions.begin(), kKnownRevisions.end(),
                              [this](const KnownRevision& one) { return one.revision == m_revision; });
    return std::string(known == kKnownRevisions.end() ? std::string_view() : known->versions);
}

std::string SqliteSchema::description() const
{
    if (m_revision.empty())
        return "schema without a revision";
    auto versions = mlflowVersions();
    return "schema " + m_revision + (versions.empty() ? " (not known here)" : " (MLflow " + versions + ")");
}

SearchDialect SqliteSchema::dialect() const
{
    SearchDialect dialect{SearchDialect::Backend::Sqlite};
    int major = 0, minor = 0;
    if (std::sscanf(mlflowVersions().c_str(), "%d.%d", &major, &minor) == 2)
        dialect.release = static_cast<std::uint16_t>(major * 100 + minor);
    else if (!has("datasets", "name")) // older than any revision known here
        dialect.release = 100;
    return dialect;
}

Capabilities SqliteSchema::capabilities() const
{
    Capabilities can;
    can.registry = has("registered_models", "name") && has("model_versions", "version");
    can.stages = has("model_versions", "current_stage");
    can.aliases = has("registered_model_aliases", "alias");
    can.datasets = has("datasets", "dataset_uuid") && has("inputs", "source_id");
    can.loggedModels = has("logged_models", "model_id");
    can.inputSteps = has("inputs", "step");
    can.writable = !mlflowVersions().empty();
    if (!can.writable)
        can.whyNotWritable =
            "The schema revision '" + m_revision + "' is not known here, so the store is only read";
    return can;
}

} // namespace sextant::sqlite
