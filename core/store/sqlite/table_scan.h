// Reading in slices: a reader that holds the file for long makes the writer wait, and a training run crash
// after 20 s.
#pragma once

#include "core/base/operation.h"
#include "core/store/sqlite/sqlite_connection.h"

#include <chrono>
#include <limits>
#include <map>
#include <string>

namespace sextant::sqlite {

/// Says when a slice has lasted long enough; looks at the clock every few rows only.
class Slice
{
public:
    explicit Slice(const Operation& operation) : m_operation(operation) { begin(); }
    void begin() { m_end = Clock::now() + kLength; }
    bool isOver()
    {
        if (++m_rows % kRowsBetweenLooks != 0)
            return false;
        return m_operation.cancelled() || Clock::now() >= m_end;
    }
    std::uint64_t rows() const { return m_rows; }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kLength{40};
    static constexpr std::uint64_t kRowsBetweenLooks = 64;
    const Operation& m_operation;
    Clock::time_point m_end;
    std::uint64_t m_rows = 0;
};

/// Calls `onRow(statement)` for each row of the table, in the order of row numbers. `columns` are `count`
/// expressions.
template <class OnRow>
Result<void> scanTable(SqliteConnection& connection, const std::string& columns, int count,
                       const std::string& table, const Operation& operation, const OnRow& onRow)
{
    auto sliced = connection.prepare("SELECT " + columns + ", rowid FROM " + table +
                                     " WHERE rowid > ?1 ORDER BY rowid");
    if (!sliced) { // a view or a table without row numbers: not MLflow's own, read at one go
        SEXTANT_TRY(auto whole, connection.prepare("SELECT " + columns + " FROM " + table));
        while (!operation.cancelled() && whole.next())
            onRow(whole);
        return whole.finish();
    }
    Slice slice(operation);
    for (auto last = std::numeric_limits<std::int64_t>::min(); !operation.cancelled(); slice.begin()) {
        bool more = false;
        sliced->bind(1, last);
        while (sliced->next()) {
            onRow(*sliced);
            if (slice.isOver()) {
                last = sliced->integer(count);
                more = true;
                break;
            }
        }
        SEXTANT_CHECK(sliced->finish());
        if (!more)
            return {};
    }
    return cancelledError();
}

/// Counts what had to be skipped, by table and reason.
class SkippedRows
{
public:
    void add(const std::string& table, const std::string& reason, std::uint64_t rows = 1)
    {
        if (rows > 0)
            m_counts[{table, reason}] += rows;
    }
    void add(const SkippedRows& others)
    {
        for (const auto& [place, rows] : others.m_counts)
            m_counts[place] += rows;
    }
    const std::map<std::pair<std::string, std::string>, std::uint64_t>& counts() const { return m_counts; }

private:
    std::map<std::pair<std::string, std::string>, std::uint64_t> m_counts;
};

} // namespace sextant::sqlite
