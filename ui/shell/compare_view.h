// CompareView: how runs are compared, as one value of the workspace: which runs, how they are grouped and
// dressed, the panels and their settings. Saved with the workspace and as a named view.
#pragma once

#include "core/table/order.h"

#include <QJsonObject>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sextant {

/// Settings of line panels at one level: the page, a section, a panel. What is not set is left to the level
/// above.
struct CurveChoice
{
    std::optional<int> xAxis;           // as XAxis of core/series
    std::optional<std::string> xMetric; // another metric as x; empty: xAxis says it
    std::optional<int> yScale;          // 0 linear, 1 logarithmic, 2 symmetric logarithmic
    std::optional<int> smoothing;       // as SmoothingKind of core/series
    std::optional<double> smoothingAmount;
    std::optional<int> band;     // as BandKind of core/series; 0: each run a line
    std::optional<int> members;  // 1: the runs behind the mean of their group as well
    std::optional<int> outliers; // 0 keep, 1 clip to the 5th to 95th percentile

    bool empty() const { return *this == CurveChoice(); }
    bool operator==(const CurveChoice&) const = default;
};

/// One panel that the user has put in its place. Metrics without one stand in the section of their prefix.
struct ComparePanel
{
    std::string chart = "line"; // "line", "parallel"
    std::string metric;         // a key, or an expression over metrics
    int columns = 2;            // of six
    int rows = 6;               // of 36 px
    bool operator==(const ComparePanel&) const = default;
};

struct CompareView
{
    enum class Source {
        Shown,
        Runs,
        Filter
    }; // the runs plotted on the Runs page; those listed here; those that match

    Source source = Source::Shown;
    std::vector<std::string> runs;
    std::string filter;
    std::set<std::string> hidden; // eyes closed here, by run id

    std::vector<ColumnRef> grouping;  // empty: no groups
    std::optional<ColumnRef> colorBy; // unset: by run
    std::optional<ColumnRef> dashBy;  // unset: by group, or by run where there are none
    std::set<std::string> foldedGroups;
    std::string sortMetric; // of the list; empty: the first panel's
    bool sortDescending = false;

    std::string tab = "curves";
    bool arranged = false; // the user has chosen panels: an empty board stays empty
    std::vector<ComparePanel> panels;
    std::string search;                                 // regular expression over metric names
    std::set<std::string> folded;                       // sections, by prefix
    CurveChoice settings;                               // of the page
    std::map<std::string, CurveChoice> sectionSettings; // by prefix
    std::map<std::string, CurveChoice> panelSettings;   // by metric
    bool syncZoom = true;

    std::map<std::string, QJsonObject> tabs; // what the other tabs keep, by their id

    bool operator==(const CompareView&) const = default;
};

QJsonObject toJson(const CompareView& view);
/// Takes what it knows and leaves out what has the wrong shape.
CompareView compareViewFromJson(const QJsonObject& object);

} // namespace sextant
