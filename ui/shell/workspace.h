// Workspace: everything about how runs are looked at, as one value: filter, order, columns, what is visible,
// pinned, coloured. Saved as a small JSON file per store; undo is a list of Workspaces. Never touches the
// store.
#pragma once

#include "core/base/error.h"
#include "core/table/brush.h"
#include "core/tracking/enums.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/group_view.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sextant {

struct ColumnView
{
    ColumnRef column;
    int width = 0;       // 0: by kind
    bool frozen = false; // stays at the left when the table scrolls
    bool operator==(const ColumnView&) const = default;
};

/// One chart beside the table.
struct ChartView
{
    std::string metric;
    int xAxis = 0; // 0 step, 1 relative time, 2 wall time
    bool logY = false;
    int smoothing = 0; // kinds of core/series/smoothing.h; 0 none
    double smoothingAmount = 0.6;
    bool operator==(const ChartView&) const = default;
};

struct Workspace
{
    enum class Layout { Table, Split, Charts };

    std::vector<std::string> experimentIds; // empty: all
    ViewType view = ViewType::ActiveOnly;
    std::string filter;
    std::vector<Brush> brushes; // what runs must lie in besides; at most one a column
    std::vector<SortKey> order; // empty: newest first
    std::vector<ColumnView> columns;
    std::vector<ChartView> charts;
    Layout layout = Layout::Split;
    bool nested = true;              // child runs under their parents
    bool absoluteTimes = false;      // "11 Mar 2026 17:44:06" instead of "2 h ago"
    std::set<std::string> collapsed; // parents folded, by run id
    std::set<std::string> shown;     // runs plotted, by run id
    std::vector<std::string> pinned;
    std::string baseline;
    GroupView groups;
    Deltas deltas = Deltas::Sorted;    // of the column sorted by, of every column of numbers, or none
    bool deltaPercent = false;         // in per cent of the baseline
    std::map<std::string, int> colors; // chosen colour index by run id; others follow from the id
    std::map<std::string, int>
        directions; // by metric: 1 higher is better, -1 lower; absent while nobody has said so
    CompareView compare;

    bool operator==(const Workspace&) const = default;
};

QJsonObject toJson(const Workspace& workspace);
Result<Workspace> workspaceFromJson(const QJsonObject& object);

/// The current workspace with undo and redo.
class WorkspaceHistory : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const Workspace& current() const { return m_current; }
    /// Makes a new state; `what` names it for "Undo hide run". Equal states are not recorded.
    void change(const QString& what, Workspace next);
    /// The same without a step to undo (widths while dragging, first columns of a new store).
    void replace(Workspace next);
    void reset(Workspace initial); // forgets the history

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }
    QString undoText() const;
    QString redoText() const;
    void undo();
    void redo();

signals:
    void changed(const sextant::Workspace& before);
    void historyChanged();

private:
    struct Step
    {
        QString what;
        Workspace workspace;
    };
    Workspace m_current;
    std::vector<Step> m_undo, m_redo;
};

} // namespace sextant
