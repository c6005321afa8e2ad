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

Result<void> SqliteSource::reopen()
{
    m_opened.reset();
    m_schemaVersion = m_lastDataVersion = -1;
    m_identity = m_file.identity();
    SEXTANT_TRY(auto located, SqliteFile::locate(m_file.path()));
    // From before it is opened: what a writer does in between must show as a change.
    SEXTANT_TRY(auto plain, SqliteConnection::open(located.path(), "mode=ro", m_patience));
    m_stampWhenOpened = m_file.stamp(plain);
    SEXTANT_TRY(m_opened, located.open(m_patience));
    std::scoped_lock lock(m_stateMutex);
    m_access = m_opened->access;
    return {};
}

Result<void> SqliteSource::prepare(const std::stop_token& stop)
{
    if (!m_opened || m_file.identity() != m_identity || wasDisturbed())
        SEXTANT_CHECK(reopen());
    m_opened->connection.stopWith(stop);
    auto version = m_opened->connection.integer("PRAGMA schema_version");
    if (!version && m_opened->access == SqliteAccess::SharedWal && !stop.stop_requested()) {
        // Log and index come and go with the writers; between two of them the index may not be usable.
        SEXTANT_CHECK(reopen());
        version = m_opened->connection.integer("PRAGMA schema_version");
    }
    if (!version)
        return forward(version);
    if (*version == m_schemaVersion)
        return {};
    SEXTANT_TRY(auto schema, SqliteSchema::read(m_opened->connection));
    m_schemaVersion = *version;
    std::scoped_lock lock(m_stateMutex);
    m_schema = std::make_shared<const SqliteSchema>(std::move(schema));
    return {};
}

bool SqliteSource::wasDisturbed() const
{
    switch (m_opened->access) {
    case SqliteAccess::ReadOnly:
        return m_file.usesLog(m_opened->connection); // this connection would make a log and an index
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
    std::scoped_lock lock(m_stateMutex);
    return m_access;
}

SqliteSchema SqliteSource::schema() const
{
    std::scoped_lock lock(m_stateMutex);
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
    if (m_opened->access == SqliteAccess::RecoveredCopy)
        return m_stampWhenOpened;
    // Two commits to a log within one tick of the file system's clock may leave the same times and sizes.
    SEXTANT_TRY(auto version, m_opened->connection.integer("PRAGMA data_version"));
    auto text = m_file.stamp(m_opened->connection);
    if (text != m_lastStamp)
        m_sameStamps = 0;
    else if (m_lastDataVersion >= 0 && version != m_lastDataVersion)
        ++m_sameStamps;
    m_lastStamp = text;
    m_lastDataVersion = version;
    return m_sameStamps == 0 ? text : text + "+" + std::to_string(m_sameStamps);
}

} // namespace sextant::sqlite
