#include "core/store/sqlite/write_transaction.h"

#include <filesystem>
#include <unistd.h>

namespace sextant::sqlite {

Result<void> WriteTransaction::check() const
{
    const auto& path = m_file.path();
    auto folder = std::filesystem::path(path).parent_path();
    if (::access(path.c_str(), W_OK) != 0 || ::access(folder.c_str(), W_OK) != 0)
        return fail(ErrorCode::PermissionDenied, "You may not write this database or its folder",
                    "Ask the owner for permission, or copy the store to a place of yours");
    return {};
}

Result<void> WriteTransaction::run(const std::function<Result<void>(SqliteSession)>& change)
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

Capabilities currentCapabilities(const SqliteSource& source, std::chrono::milliseconds patience)
{
    auto can = source.schema().capabilities();
    auto writable =
        source.access() == SqliteAccess::RecoveredCopy
            ? Result<void>(fail(ErrorCode::ReadOnly, "The database needs recovery before it can be written"))
            : WriteTransaction(source.file(), patience).check();
    if (can.writable && !writable) {
        can.writable = false;
        can.whyNotWritable = writable.error().message;
    }
    return can;
}

Result<SqliteStatement> bound(SqliteSession session, const std::string& sql, const Parameters& parameters)
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

Result<void> run(SqliteSession session, const std::string& sql, const Parameters& parameters)
{
    SEXTANT_TRY(auto statement, bound(session, sql, parameters));
    while (statement.next()) {
    }
    return statement.finish();
}

Result<bool> finds(SqliteSession session, const std::string& sql, const Parameters& parameters)
{
    SEXTANT_TRY(auto statement, bound(session, sql, parameters));
    bool found = statement.next();
    SEXTANT_CHECK(statement.finish());
    return found;
}

Result<std::string> textOf(SqliteSession session, const std::string& sql, const Parameters& parameters)
{
    SEXTANT_TRY(auto statement, bound(session, sql, parameters));
    auto text = statement.next() ? statement.string(0) : std::string();
    SEXTANT_CHECK(statement.finish());
    return text;
}

Result<void> mustFind(SqliteSession session, const std::string& sql, const Parameters& parameters)
{
    SEXTANT_TRY(bool found, finds(session, sql, parameters));
    if (!found)
        return fail(ErrorCode::Corrupt, "The change did not read back as it was written, so it was undone",
                    "The database may have a trigger that changes it; use MLflow for this change");
    return {};
}

Result<void> insertRow(SqliteSession session, const std::string& table, const std::vector<Cell>& cells)
{
    std::string columns, marks;
    Parameters values;
    auto add = [&](std::string_view column, const Parameter& value) {
        if (!session.schema.has(table, column))
            return;
        columns += (columns.empty() ? "" : ", ") + std::string(column);
        marks += marks.empty() ? "?" : ", ?";
        values.push_back(value);
    };
    for (const auto& cell : cells)
        add(cell.column, cell.value);
    auto workspace = activeWorkspace();
    add("workspace", workspace);
    return run(session, "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")", values);
}

Result<void> putRow(SqliteSession session, const std::string& table, const std::vector<Cell>& keys,
                    const Cell& value)
{
    std::string one;
    Parameters parameters;
    for (const auto& key : keys) {
        parameters.push_back(key.value);
        one += (one.empty() ? " WHERE " : " AND ") + std::string(key.column) + " = ?" +
               std::to_string(parameters.size());
    }
    one += session.schema.workspaceClause(table);
    SEXTANT_TRY(bool known, finds(session, "SELECT 1 FROM " + table + one, parameters));
    auto last = "?" + std::to_string(keys.size() + 1);
    auto column = std::string(value.column);
    parameters.push_back(value.value);
    auto row = keys;
    row.push_back(value);
    SEXTANT_CHECK(known ? run(session, "UPDATE " + table + " SET " + column + " = " + last + one, parameters)
                        : insertRow(session, table, row));
    return mustFind(session, "SELECT 1 FROM " + table + one + " AND " + column + " = " + last, parameters);
}

} // namespace sextant::sqlite
