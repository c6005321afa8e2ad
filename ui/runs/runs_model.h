// RunsModel: the rows and columns of the runs table. Pinned runs come first, then the arrangement with closed
// parents' children left out; or the groups, each a head with its runs below it while it is open. Holds no
// data but row numbers; cells are written when they are painted. GUI thread only.
#pragma once

#include "ui/runs/runs_columns.h"
#include "ui/shell/workspace.h"

#include <QAbstractTableModel>

namespace sextant {

class RunsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr std::size_t kMostLines = 100; // runs that charts draw
    enum Role { RunIdRole = Qt::UserRole, ExactTextRole };
    enum class Fold { None, Open, Closed };
    enum class Pin { None, Pinned, Baseline };
    enum class Eyes { None, Some, All };

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows a new arrangement. Rows that stay the same keep their indexes; otherwise the model is reset.
    void setArrangement(RunArrangementPtr arrangement, const Workspace& workspace);
    /// Follows a change of pins, eyes, colours and folds alone.
    void applyWorkspace(const Workspace& workspace);

    const RunArrangementPtr& arrangement() const { return m_arrangement; }
    const std::vector<RunsColumn>& columns() const { return m_columns; }
    int columnOf(const ColumnRef& ref) const; // -1 when not shown
    int frozenColumns() const;                // the first ones

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    // What delegates draw.
    RunCell cell(int row, int column) const;
    std::string_view runId(int row) const; // empty on the head of a group
    RowIndex tableRow(int row) const
    {
        return m_entries[static_cast<std::size_t>(row)].row;
    } // kNoRow on the head of a group
    int depth(int row) const;
    Fold fold(int row) const;
    int descendants(int row) const;
    Pin pin(int row) const;
    bool shown(int row) const; // of a head: any of its runs
    bool isShown(RowIndex row) const { return m_shown[row]; }
    int color(int row) const;
    /// The dash of the run's line: 0 solid, else its colour is that of another run drawn.
    int dash(int row) const;
    /// What charts draw: the runs shown that are listed, by id, and the dash of each.
    const std::vector<std::string>& plotted() const { return m_plotted; }
    const std::vector<int>& plottedDashes() const { return m_dashes; }
    // Groups.
    const GroupedRuns* groups() const { return m_arrangement ? m_arrangement->groups.get() : nullptr; }
    bool isHead(int row) const { return m_entries[static_cast<std::size_t>(row)].row == kNoRow; }
    /// The group that the row is the head of or belongs to; -1 for pinned runs and while there are no groups.
    int groupOf(int row) const;
    int rowOfGroup(std::string_view key) const; // -1: no such group
    /// All runs that the row stands for: one, or those of its group.
    std::span<const RowIndex> runsAt(int row) const;
    Eyes eyes(int row) const;
    /// The best run of the row's group; kNoRow where nobody said what is better.
    RowIndex bestRun(int row) const;
    bool drawsGroups() const { return groups() && m_groupView.bands; } // charts draw means
    int groupOfRun(RowIndex row) const; // wherever the run is, folded away or pinned; -1: in none
    /// Colour and dash of the group's mean in charts: by its values, so that they stay through every sort.
    int groupColor(int group) const;
    int groupDash(int group) const;
    QString groupName(int group) const; // "muon", "lr 0.02 · muon"
    /// "5 runs", or "n = 2 of 3" when runs have no value in the column that groups are sorted by.
    QString groupRemark(int group, bool* incomplete = nullptr) const;

    /// The next row below the pinned part that is a run, `by` is 1 or -1; -1: there is none.
    int nextRun(int row, int by) const;
    /// The run's place among those listed; -1 for a pinned row.
    int runPlace(int row) const;

    bool inPinnedPart(int row) const { return row < m_pinnedRows; }
    int pinnedRows() const { return m_pinnedRows; }

    /// The model's row of a run: below the pinned part if it is there, -1 when the run is not in the table.
    int rowOf(std::string_view runId) const;
    int rowOf(RowIndex row) const;
    /// Whether the run is pinned or passes the filter; a closed parent hides its children from the table, not
    /// from here.
    bool listed(RowIndex row) const { return row < m_listed.size() && m_listed[row]; }

private:
    static constexpr std::uint32_t kPinnedPart = 0xFFFF'FFFF;
    struct Entry
    {
        RowIndex row;           // kNoRow: the head of a group
        std::uint32_t position; // in the arrangement's rows, or kPinnedPart; of a head: the group
        bool operator==(const Entry&) const = default;
    };

    static std::vector<Entry> makeEntries(const RunArrangement& arrangement, const Workspace& workspace,
                                          int& pinnedRows);
    std::vector<bool> shownRows(const Workspace& workspace) const;
    static void addGroups(const RunArrangement& arrangement, const Workspace& workspace,
                          std::vector<Entry>& entries);
    void countShown();
    QString groupTip(int row, const RunsColumn& column) const;
    QString groupData(const QModelIndex& index, int role) const;
    void replaceEntries(std::vector<Entry> entries, int pinnedRows);
    void indexEntries();
    bool choosePlotted(const Workspace& workspace); // true: other dashes than before
    void repaintChangedEyes(const std::vector<bool>& before);
    bool sameRuns(const std::vector<Entry>& entries, const RunArrangement& next) const;
    RunCell headCell(int row, const RunsColumn& column) const;

    RunArrangementPtr m_arrangement;
    std::vector<RunsColumn> m_columns;
    std::vector<Entry> m_entries;
    int m_pinnedRows = 0;
    std::vector<int> m_modelRows; // by table row; -1: not shown
    std::vector<bool> m_shown;    // by table row
    std::vector<bool> m_listed;   // by table row
    std::vector<std::string> m_plotted;
    std::vector<int> m_dashes;                 // of m_plotted
    std::vector<int> m_groupRows;              // model row of each head
    std::vector<std::int32_t> m_groupOfRun;    // by table row
    std::vector<std::uint32_t> m_shownInGroup; // runs with open eyes
    std::set<std::string> m_collapsed;
    GroupView m_groupView;
    std::string m_baseline;
    std::map<std::string, int> m_colors;
};

} // namespace sextant
