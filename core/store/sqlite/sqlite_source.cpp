#include "core/store/sqlite/sqlite_source.h"

namespace sextant::sqlite {

Result<std::unique_ptr<SqliteSource>> SqliteSource::open(const std::string& path,
                                                         std::chrono::milliseconds patience)
{
    SEXTANT_TRY(auto file, SqliteFile::locate(path));
    std::unique_ptr<SqliteSource> source(new SqliteSource(std::move(file), patience));
    SEXTANT_CHECK(source->prepare({}));
    return source;
}

Result<void> SqliteSource::prepare(const std::stop_token& stop)
{
    auto identity = m_file.identity();
    bool stale = !m_opened || identity != m_identity || wasDisturbed();
    if (stale) {
        m_opened.reset();
        m_schemaVersion = -1;
        SEXTANT_TRY(auto located, SqliteFile::locate(m_file.path()));
        SEXTANT_TRY(m_opened, located.open(m_patience));
        m_access = m_opened->access;
        m_identity = identity;
        m_stampWhenOpened = m_file.stamp(m_opened->connection);
    }
    m_opened->connection.stopWith(stop);
    SEXTANT_TRY(auto version, m_opened->connection.integer("PRAGMA schema_version"));
    if (version == m_schemaVersion)
        return {};
    SEXTANT_TRY(m_schema, SqliteSchema::read(m_opened->connection));
    m_schemaVersion = version;
    return {};
}

bool SqliteSource::wasDisturbed() const
{
    switch (m_opened->access) {
    case SqliteAccess::ReadOnly:
        return false;
    case SqliteAccess::SharedWal:
        return !m_file.hasLog(); // the last writer has gone and taken log and index with it
    case SqliteAccess::Immutable:
    case SqliteAccess::RecoveredCopy:
        return m_file.stamp(m_opened->connection) != m_stampWhenOpened;
    }
    return false;
}

void SqliteSource::close()
{
    std::scoped_lock lock(m_mutex);
    m_opened.reset();
}

SqliteAccess SqliteSource::access() const
{
    std::scoped_lock lock(m_mutex);
    return m_access;
}

SqliteSchema SqliteSource::schema() const
{
    std::scoped_lock lock(m_mutex);
    return *m_schema;
}

Result<SqliteConnection> SqliteSource::another() const
{
    return m_file.openAlike(*m_opened, m_patience);
}

Result<std::string> SqliteSource::stamp()
{
    std::scoped_lock lock(m_mutex);
    SEXTANT_CHECK(prepare({}));
    return m_access == SqliteAccess::RecoveredCopy ? m_stampWhenOpened : m_file.stamp(m_opened->connection);
}

} // namespace sextant::sqlite
