// Metrics, params, tags and datasets of the runs in a builder: by scanning whole tables, or by the index of
// runs when only few of the store's runs are wanted.
#pragma once

#include "core/store/sqlite/sqlite_source.h"
#include "core/store/sqlite/table_scan.h"
#include "core/table/run_table_builder.h"

#include <string>
#include <vector>

namespace sextant::sqlite {

struct RunValues
{
    SqliteSession session;
    RunTableBuilder& builder;
    const std::vector<std::string>* fewRuns; // null: scan the tables
    const Operation& operation;
    SkippedRows& skipped;

    Result<void> readMetrics();
    Result<void> readParams();
    Result<void> readTags();
    Result<void> readDatasets();

private:
    template <class OnRow>
    Result<void> eachRow(const std::string& columns, int count, const std::string& table, const OnRow& onRow);
    template <class Set>
    Result<void> readTexts(const std::string& table, const Set& set);
    Result<void> readMetricsFromHistory();
};

} // namespace sextant::sqlite
