// Fairness: how differently a model treats groups: rates by group, disparities between them, and what is
// uncertain or undefined about them. Names and conventions are fairlearn's (0.15) and AIF360's (0.6).
// Blocking; any thread.
#pragma once

#include "core/data/data_file.h"
#include "core/report/report.h"

namespace sextant {

struct FairnessOptions
{
    std::string data; // path
    DataOptions reading;
    std::string label;
    std::string prediction; // a column of classes, or
    std::string score;      // of numbers: a row is selected where its score is at least
    double threshold = 0.5;
    std::vector<std::string> sensitive; // each alone, and all together
    std::vector<std::string> control;   // disparities are taken within each of their combinations
    std::string weight;                 // a column of weights; empty: every row counts once
    std::string positive; // the favourable class; empty: 1 or True; each in turn where there are more
    std::map<std::string, std::string> privileged; // sensitive column -> its privileged value
    double maxDifference = 0.1;
    double minRatio = 0.8;
    std::uint64_t minGroup = 30;
};

/// Errors: NotFound and InvalidArgument name the column; Corrupt names column and row.
Result<Report> fairnessReport(const FairnessOptions& options, const Operation& operation);

} // namespace sextant
