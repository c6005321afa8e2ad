// WriteTransaction: one short change of a database, all or nothing, and the statements it is made of. Never
// DDL, never a schema revision that is not known.
#pragma once

#include "core/store/sqlite/sqlite_source.h"

#include <functional>
#include <string>
#include <vector>

namespace sextant::sqlite {

class WriteTransaction
{
public:
    WriteTransaction(const SqliteFile& file, std::chrono::milliseconds patience)
        : m_file(file), m_patience(patience)
    {
    }

    /// Whether the file and its folder can be written now. Errors: ReadOnly, PermissionDenied.
    Result<void> check() const;

    /// Commits when `change` succeeds, else undoes what it did. No connection of ours may be open on the
    /// file.
    Result<void> run(const std::function<Result<void>(SqliteSession)>& change);

private:
    const SqliteFile& m_file;
    std::chrono::milliseconds m_patience;
};

/// What the store can do, and whether the file at hand can be written.
Capabilities currentCapabilities(const SqliteSource& source, std::chrono::milliseconds patience);

/// A parameter of a statement: text, a number or NULL. Texts must outlive it.
struct Parameter
{
    enum class Kind { Text, Number, Null } kind = Kind::Null;
    std::string_view text;
    std::int64_t number = 0;

    Parameter(const std::string& value) : kind(Kind::Text), text(value) {}
    Parameter(std::string_view value) : kind(Kind::Text), text(value) {}
    Parameter(std::int64_t value) : kind(Kind::Number), number(value) {}
    Parameter(std::nullptr_t) {}

    static Parameter textOrNull(const std::string& value)
    {
        return value.empty() ? Parameter(nullptr) : Parameter(value);
    }
};
using Parameters = std::vector<Parameter>;

Result<SqliteStatement> bound(SqliteSession session, const std::string& sql, const Parameters& parameters);
Result<void> run(SqliteSession session, const std::string& sql, const Parameters& parameters);
/// Whether a query finds anything.
Result<bool> finds(SqliteSession session, const std::string& sql, const Parameters& parameters);
/// First column of the first row; empty when there is none or it is NULL.
Result<std::string> textOf(SqliteSession session, const std::string& sql, const Parameters& parameters);
/// Error: Corrupt, when a change does not read back.
Result<void> mustFind(SqliteSession session, const std::string& sql, const Parameters& parameters);

struct Cell
{
    std::string_view column;
    Parameter value;
};
/// A new row, without the columns that the table lacks, in the workspace where it has them.
Result<void> insertRow(SqliteSession session, const std::string& table, const std::vector<Cell>& cells);
/// Sets one column of the row with these keys, which is made where there is none. Error: Corrupt as above.
Result<void> putRow(SqliteSession session, const std::string& table, const std::vector<Cell>& keys,
                    const Cell& value);

} // namespace sextant::sqlite
