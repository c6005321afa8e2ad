// SqliteStatement: one prepared statement, finalised with the object. One thread at a time, that of its
// connection.
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <string_view>

namespace sextant::sqlite {

class SqliteStatement
{
public:
    SqliteStatement(sqlite3_stmt* statement, bool utf8) : m_statement(statement), m_utf8(utf8) {}

    void bind(int parameter, std::int64_t value) { sqlite3_bind_int64(handle(), parameter, value); }
    /// The text must live until the statement is reset.
    void bind(int parameter, std::string_view value)
    {
        sqlite3_bind_text64(handle(), parameter, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    void bindNull(int parameter) { sqlite3_bind_null(handle(), parameter); }

    /// True for a row; false at the end and on errors: ask `finish` which.
    bool next()
    {
        m_code = sqlite3_step(handle());
        return m_code == SQLITE_ROW;
    }
    /// Ends the reading and so gives up the lock on the file. An error if the last step failed.
    Result<void> finish();

    // Columns of the current row; texts live until the next step.
    bool isNull(int column) const { return sqlite3_value_type(cell(column)) == SQLITE_NULL; }
    std::int64_t integer(int column) const { return sqlite3_value_int64(cell(column)); }
    std::int64_t integer(int column, std::int64_t whenNull) const
    {
        return isNull(column) ? whenNull : integer(column);
    }
    double real(int column) const { return sqlite3_value_double(cell(column)); }
    /// Empty when the column holds something else.
    std::optional<double> number(int column) const
    {
        auto* value = cell(column);
        auto type = sqlite3_value_type(value);
        return type == SQLITE_FLOAT || type == SQLITE_INTEGER ? std::optional(sqlite3_value_double(value))
                                                              : std::nullopt;
    }
    /// The bytes as stored, empty for NULL. Not checked to be UTF-8.
    std::string_view text(int column) const
    {
        // As a blob no copy with an ending zero is made; a UTF-16 database has to be converted instead.
        auto* value = cell(column);
        const void* bytes = m_utf8 ? sqlite3_value_blob(value) : sqlite3_value_text(value);
        return {static_cast<const char*>(bytes),
                bytes ? static_cast<std::size_t>(sqlite3_value_bytes(value)) : 0};
    }
    /// The same as valid UTF-8.
    std::string string(int column) const;

private:
    struct Finalise
    {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    sqlite3_stmt* handle() const { return m_statement.get(); }
    /// One look-up of the column instead of one in each call for its type, bytes and size. Safe as
    /// connections have no mutex and stay on one thread.
    sqlite3_value* cell(int column) const { return sqlite3_column_value(handle(), column); }

    std::unique_ptr<sqlite3_stmt, Finalise> m_statement;
    int m_code = SQLITE_DONE;
    bool m_utf8;
};

} // namespace sextant::sqlite
