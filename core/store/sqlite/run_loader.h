// RunLoader: all runs of a database into a RunTable: the run list first, then metrics on one thread and
// params and tags on another, each with a connection of its own.
#pragma once

#include "core/store/sqlite/sqlite_source.h"
#include "core/store/sqlite/table_scan.h"
#include "core/store/tracking_store.h"
#include "core/table/run_table_builder.h"

#include <functional>
#include <string>
#include <vector>

namespace sextant::sqlite {

class RunLoader
{
public:
    RunLoader(SqliteSource& source, SqliteSession session, const RunsRequest& request,
              const Operation& operation, SkippedRows& skipped)
        : m_source(source), m_session(session), m_request(request), m_operation(operation), m_skipped(skipped)
    {
    }

    Result<RunTablePtr> load(std::vector<Experiment> all, const std::function<void(RunTablePtr)>& early);

private:
    Result<void> chooseExperiments(std::vector<Experiment> all);
    Result<void> readRunList();
    void addRun(const SqliteStatement& row);
    Result<void> readValues();
    Result<bool> areFew();

    SqliteSource& m_source;
    SqliteSession m_session;
    const RunsRequest& m_request;
    const Operation& m_operation;
    SkippedRows& m_skipped;
    RunTableBuilder m_builder;
    std::unordered_map<std::string, std::uint32_t> m_experiments; // by id
    static constexpr std::uint32_t kNoExperiment = std::numeric_limits<std::uint32_t>::max();
    std::optional<std::uint32_t> m_lastExperiment; // of the last row read
    std::int64_t m_lastNumber = -1;
    std::vector<std::string> m_runIds; // of the runs taken
};

} // namespace sextant::sqlite
