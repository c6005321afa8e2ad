// RunsTableView: the runs table. Selection, scroll position and current run survive a new snapshot by run id.
// It only shows and asks: what a click means is decided by its owner. GUI thread only.
#pragma once

#include "ui/runs/runs_header.h"

#include <QTableView>

#include <optional>

namespace sextant {

class FrozenColumns;

class RunsTableView final : public QTableView
{
    Q_OBJECT
public:
    explicit RunsTableView(RunsModel& model, QWidget* parent = nullptr);

    RunsHeader& header() { return *m_header; }
    RunsPainting& painting() { return m_painting; }
    const RunsModel& runsModel() const { return m_model; }
    FrozenColumns& frozen() { return *m_frozen; }
    /// The mark of the current cell when keys are used; `area`: where the rows are, as the painter has it.
    void paintFocus(QPainter& painter, const QRect& area) const;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

    /// Widths of value columns chosen by the user; 0: by content.
    void setWidths(std::map<ColumnRef, int> widths);
    std::map<ColumnRef, int> widths() const;

    /// Run ids of the selected rows in the order shown, each once; at most `limit`. A group stands for all
    /// its runs.
    std::vector<std::string> selectedRuns(std::size_t limit = 1'000'000) const;
    int selectedCount() const;
    std::string currentRun() const; // empty on the head of a group
    /// The key of the group whose head alone is selected, or is current with nothing selected; else empty.
    std::string selectedGroup() const;
    /// Brings the head of a group into sight and makes it current.
    void selectGroup(std::string_view key);
    void selectRun(std::string_view runId);
    /// When no run was chosen: the first one, so that the inspector has something to show.
    void selectFirst();
    /// Model rows from top to bottom, a run that is selected in both of its places once.
    std::vector<int> selectedRows(std::size_t limit = SIZE_MAX) const;

    /// Lights the row of a run, as when a chart points at it.
    void highlightRun(std::string_view runId);

    void keyboardSearch(const QString&) override {} // single letters are actions here

signals:
    void eyeToggled(const std::vector<std::string>& runIds, bool shown);
    void foldToggled(const std::string& runId, bool open);
    void groupToggled(const std::string& key, bool open);
    void bestRequested(int group);
    void pinToggled(const std::string& runId);
    void dotClicked(const std::string& runId, const QPoint& globalPosition);
    void openRequested(const std::string& runId);
    void cellFilterRequested(int row, int column);
    void menuRequested(int row, int column, const QPoint& globalPosition);
    void hoveredRunChanged(const std::string& runId);
    void selectedRunsChanged();
    void widthsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void updateGeometries() override;
    void focusInEvent(QFocusEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    /// Where the reader was, in terms that outlive a reset.
    struct Place
    {
        RunTablePtr table;
        std::vector<std::pair<RowIndex, bool>> selected; // and whether in the pinned part
        std::vector<std::string> selectedGroups;         // by key
        std::string current, currentGroup;
        bool currentPinned = false;
        int currentColumn = 0;
        std::string top, topGroup;
        int topOffset = 0;
        int horizontal = 0;
        bool atTop = true;
    };
    void retheme();
    void rememberPlace();
    void restorePlace();
    void restoreSelection(const Place& place);
    int modelRow(const std::string& runId, bool pinned) const;
    std::string groupKey(int row) const; // of a head; else empty
    int rowToReturnTo(const std::string& runId, const std::string& group, bool pinned) const;
    void toggleFold(int row, bool open);
    void applyDelegates();
    void applyWidths();
    int widthByContent(int column);
    int nameWidth();
    void fitName();
    void paintBeyond(QPainter& painter, const QRect& area) const;
    int spreadByContent(const RunsColumn& column);
    void setHovered(int row);
    int rowOfGroupNamed(std::string_view name) const;
    std::string lineAt(int row) const; // as charts know it: a run, or its group
    bool handleSpecialColumn(QMouseEvent* event, const QModelIndex& index);
    void toggleEyes(int row, bool range);
    bool foldByKey(QKeyEvent* event);
    bool goToHead();

    RunsModel& m_model;
    RunsPainting m_painting;
    RunsHeader* m_header;
    FrozenColumns* m_frozen;
    std::array<RunsDelegate*, 8> m_delegates{};
    std::map<ColumnRef, int> m_widths;
    int m_nameWidth = 0;            // chosen by the user; 0: by content
    std::vector<int> m_givenWidths; // by column: what widthByContent said
    std::optional<Place> m_place;
    std::string m_lastEye;
    bool m_applyingWidths = false;
    bool m_restoring = false;
    bool m_keyboardFocus = false;
    bool m_pressHandled = false;
};

} // namespace sextant
