// DiffSettings: how the matrix of differences is looked at, as kept in the workspace.
#pragma once

#include "core/table/differences.h"

#include <QJsonObject>
#include <QString>

#include <set>

namespace sextant {

enum class DiffKind { All, Params, Metrics, Tags, Code, Data };
inline constexpr std::size_t kDiffKinds = 6;

struct DiffSettings
{
    DiffKind kind = DiffKind::All;
    QString search; // regular expression over the names of fields
    bool onlyDifferences = true;
    DifferenceOrder order = DifferenceOrder::Variation;
    bool deltas = false; // numbers as their difference from the baseline
    std::set<DifferenceSection> folded;

    bool operator==(const DiffSettings&) const = default;
};

QJsonObject toJson(const DiffSettings& settings);
/// Takes what it knows and leaves out what has the wrong shape.
DiffSettings diffSettingsFromJson(const QJsonObject& object);

/// Environment counts as code.
DiffKind kindOf(DifferenceKind kind);

} // namespace sextant
