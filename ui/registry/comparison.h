// Comparison: versions of a model side by side: who they are, signature, parameters, metrics, tags, files.
// Pure functions.
#pragma once

#include "core/tracking/run.h"
#include "ui/registry/version_details.h"

#include <QString>

#include <limits>

namespace sextant {

struct ComparedVersion
{
    ModelVersion version;
    std::optional<Run> run; // its source run, where the store has it
    VersionDetails details;
    bool filesRead = false; // whether their digests were made, or can't be
};

struct ComparisonCell
{
    QString text;  // "—" where the version has none
    QString whole; // for the tooltip and copying; empty: as the text
    double number = std::numeric_limits<double>::quiet_NaN();
    bool missing = false;
    bool mono = false;
    bool differs = false; // from the first version
    bool operator==(const ComparisonCell&) const = default;
};

struct ComparisonRow
{
    bool isSection = false;
    QString name;
    QString detail;                    // of a section: "2 of 14 differ"
    std::vector<ComparisonCell> cells; // one a version; none in sections
    bool differs = false;
};

/// The first one is what the others are compared with.
std::vector<ComparisonRow> compareVersions(const std::vector<ComparedVersion>& versions);

} // namespace sextant
