// CompareScene: what all tabs of the Compare page show: the compared runs in the order of the list, how each
// looks, and the groups they form. An immutable value, made once for all tabs.
#pragma once

#include "core/base/operation.h"
#include "core/query/filter.h"
#include "core/store/open.h"
#include "core/tracking/enums.h"
#include "ui/shell/workspace.h"
#include "ui/theme/theme.h"

#include <memory>

namespace sextant {

/// One compared run.
struct RunLook
{
    std::string runId;
    RowIndex row = kNoRow; // of the scene's table
    QString name;          // safe to show, never empty
    int color = 0;         // categorical 0..9
    double shade = -1;     // 0..1: a place on the sequential ramp instead (coloured by a number)
    int dash = 0;          // 0 solid .. 3
    int group = -1;        // of the scene's groups
    bool hidden = false;   // its eye is closed: listed, not drawn
    bool outside = false;  // of a brush: listed faintly, drawn as context of the brushes alone
    bool baseline = false;
    bool pinned = false;
    double value = kMissing; // of the main metric, last
    bool drawn() const { return !hidden && !outside; }
    bool operator==(const RunLook&) const;
};

struct RunGroupLook
{
    QString label;   // "muon", "none"
    std::string key; // tells groups apart; part of the saved view
    int color = 0;
    int dash = 0;
    bool folded = false;
    std::vector<std::size_t> runs; // of the scene's runs, in their order
    std::size_t drawn = 0;         // neither hidden nor outside of a brush
    double mean = kMissing;        // of the main metric over those drawn whose value is finite
    std::size_t counted = 0;
    double meanOfAll = kMissing; // orders the groups: closing an eye moves no row
};

struct CompareScene
{
    RunTablePtr table;
    std::vector<RunLook> runs; // group after group
    std::vector<RunGroupLook> groups;
    std::vector<ColumnRef> grouping;       // empty: no groups
    QString groupedBy;                     // "optimizer, lr"
    std::string mainMetric;                // of RunLook::value
    std::vector<std::string> metrics;      // that any of the runs has logged, sorted
    std::map<std::string, int> directions; // by metric: 1 higher is better, -1 lower
    std::string baseline;                  // empty, or one of the runs
    std::vector<Brush> brushes;            // of the workspace
    std::size_t found = 0;                 // runs asked for; more than runs.size() when there were too many

    std::size_t visibleCount() const;
    const RunLook* find(std::string_view runId) const;
};

using CompareScenePtr = std::shared_ptr<const CompareScene>;

inline constexpr std::size_t kMostCompared = 10'000;

struct SceneRequest
{
    RunTablePtr table;
    Workspace workspace;
    std::string mainMetric; // empty: chosen from what the runs have
};

/// Rows of the runs to compare, in the order of the Runs page. Reads histories only when the filter asks for
/// them (`store` may be null otherwise). Errors: those of the filter; Cancelled.
Result<std::vector<RowIndex>> comparedRows(const SceneRequest& request, Store* store,
                                           const Operation& operation);
/// Whether comparedRows needs the store.
bool needsStore(const SceneRequest& request);

CompareScenePtr makeScene(const SceneRequest& request, std::vector<RowIndex> rows);

/// What to look at first: what the Runs page charts, for it has curves, then what most of the runs have.
std::vector<std::string> firstMetrics(const RunTable& table, std::span<const RowIndex> rows,
                                      const Workspace& workspace, std::size_t count);

QColor lookColor(const RunLook& look, const Theme& theme);
QColor lookColor(const RunGroupLook& group, const Theme& theme);
/// The dash of a run or group as theme.dash() gives it.
QList<qreal> lookDash(int dash, const Theme& theme);

/// What a column says of a run, for people: the experiment's name, "Finished"; nullopt when it has no such
/// value.
std::optional<std::string> fieldText(const RunTable& table, const ColumnRef& column, RowIndex row);
/// "optimizer", "experiment": a column as it is called in menus.
QString fieldTitle(const ColumnRef& column);

} // namespace sextant
