// SqliteSchema: which of MLflow's tables and columns a database has. What the store can do follows from
// these, never from the version alone.
#pragma once

#include "core/store/sqlite/sqlite_connection.h"
#include "core/store/store_info.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sextant::sqlite {

class SqliteSchema
{
public:
    /// Error: NotAStore when the tables of neither tracking nor registry are there.
    static Result<SqliteSchema> read(SqliteConnection& connection);

    bool has(std::string_view table) const { return m_tables.contains(table); }
    bool has(std::string_view table, std::string_view column) const;
    bool hasIndex(std::string_view name) const { return m_indexes.contains(name); }
    /// The column for a SELECT, or `otherwise` where the table lacks it.
    std::string column(std::string_view table, std::string_view name,
                       std::string_view otherwise = "NULL") const;
    /// " AND table.workspace = '…'" where the table is divided into workspaces; the one that the real client
    /// uses.
    std::string workspaceClause(std::string_view table) const;

    const std::string& revision() const { return m_revision; }
    /// "3.18.0" or "2.8.1 - 2.9.2"; empty when the revision is unknown.
    std::string mlflowVersions() const;
    std::string description() const;
    Capabilities capabilities() const;
    /// How the MLflow of this revision compares; the newest where the revision is unknown.
    SearchDialect dialect() const;

private:
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> m_tables; // names in lower case
    std::set<std::string, std::less<>> m_indexes;
    std::string m_revision;
};

/// MLFLOW_WORKSPACE or "default".
std::string activeWorkspace();

} // namespace sextant::sqlite
