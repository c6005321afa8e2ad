// Writing statistics of groups of runs as JSON, csv or a table for people.
#pragma once

#include "app/cli/sink.h"
#include "core/table/groups.h"

namespace sextant::cli {

struct MetricFigures
{
    std::string metric;
    Better better = Better::Unsaid;
    std::vector<GroupFigures> groups; // as in Statistics::groups
};

struct MetricTest
{
    std::string metric;
    std::size_t first = 0, second = 0; // groups
    MeanTest test;
};

struct Statistics
{
    RunGroups groups;
    std::vector<std::string> fieldNames; // as the user spelled them
    std::vector<MetricFigures> metrics;
    std::vector<MetricTest> tests;
};

void writeStatisticsJson(Sink& sink, const Statistics& statistics);
/// The groups alone: tests do not fit the rows.
void writeStatisticsCsv(Sink& sink, const Statistics& statistics);
void writeStatisticsTable(Sink& sink, const Statistics& statistics, std::size_t screenWidth);

} // namespace sextant::cli
