// CurveLayout: where each panel of the Curves tab stands: the panels the user chose on top, then every metric
// in the section of its prefix. Plain rectangles, for any number of metrics; widgets are made only for what
// is in sight.
#pragma once

#include "ui/shell/compare_view.h"

#include <QRect>
#include <QRegularExpression>

#include <string>
#include <vector>

namespace sextant {

/// What tells panels apart.
struct PanelId
{
    std::string chart = "line";
    std::string metric; // of a line chart
    bool operator==(const PanelId&) const = default;
};

/// A panel or the head of a section.
struct CurveItem
{
    enum class Kind { Panel, Head };
    Kind kind = Kind::Panel;
    std::string key;     // of a panel: its metric; of a head: the prefix
    std::string section; // of a panel; empty for metrics without a prefix
    std::string chart = "line";
    int board = -1;        // the place among the chosen panels; -1: in its section
    std::size_t count = 0; // of a head: panels of the section
    bool folded = false;
    PanelId id() const { return {chart, key}; }
    QRect rect; // from the top left of the content
};

struct CurveLayoutRequest
{
    std::vector<std::string> metrics; // sorted
    std::vector<ComparePanel> board;
    std::set<std::string> folded;
    QRegularExpression search; // empty pattern: everything
    int width = 0;
};

struct CurveLayout
{
    static constexpr int kColumns = 6;
    static constexpr int kRow = 36;
    static constexpr int kHead = 32;

    std::vector<CurveItem> items; // from top to bottom
    int height = 0;
    std::size_t panels = 0; // unfolded or not
    std::size_t found = 0;  // metrics that match the search

    /// Items that reach into [top, bottom).
    std::pair<std::size_t, std::size_t> within(int top, int bottom) const;
    /// Panels in the order of reading, of unfolded sections.
    std::vector<const CurveItem*> reading() const;
    const CurveItem* panel(const std::string& chart, const std::string& key) const;
    /// Before which chosen panel something dropped at this place comes; -1: not among them.
    int boardPlace(QPoint place) const;
};

/// What stands before the first slash; empty when there is none.
std::string sectionOf(const std::string& metric);

CurveLayout layOutCurves(const CurveLayoutRequest& request);

/// A panel as it comes onto the board.
ComparePanel newPanel(const PanelId& id);

/// The panels to begin with: the metrics most runs have, the first one large; where runs differ, parallel
/// coordinates beneath.
std::vector<ComparePanel> defaultPanels(const std::vector<std::string>& metrics, bool parallel = false);

} // namespace sextant
