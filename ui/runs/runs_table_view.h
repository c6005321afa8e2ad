// RunsTableView: the runs table. Selection, scroll position and current run survive a new snapshot by run id.
// It only shows and asks: what a click means is decided by its owner. GUI thread only.
#pragma once

#include "ui/runs/runs_header.h"

#include <QTableView>

#include <optional>

namespace sextant {

class RunsTableView final : public QTableView
{
    Q_OBJECT
public:
    explicit RunsTableView(RunsModel& model, QWidget* parent = nullptr);

    RunsHeader& header() { return *m_header; }
    RunsPainting& painting() { return m_painting; }

    /// Widths of value columns chosen by the user; 0: by content.
    void setWidths(std::map<ColumnRef, int> widths);
    std::map<ColumnRef, int> widths() const;

    /// Run ids of the selected rows in the order shown, each once; at most `limit`.
    std::vector<std::string> selectedRuns(std::size_t limit = 1'000'000) const;
    int selectedCount() const;
    std::string currentRun() const;
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
    void focusInEvent(QFocusEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    /// Where the reader was, in terms that outlive a reset.
    struct Place
    {
        RunTablePtr table;
        std::vector<std::pair<RowIndex, bool>> selected; // and whether in the pinned part
        std::string current;
        bool currentPinned = false;
        int currentColumn = 0;
        std::string top;
        int topOffset = 0;
        int horizontal = 0;
        bool atTop = true;
    };
    void retheme();
    void rememberPlace();
    void restorePlace();
    void restoreSelection(const Place& place);
    int modelRow(const std::string& runId, bool pinned) const;
    void applyDelegates();
    void applyWidths();
    int widthByContent(int column) const;
    void setHovered(int row);
    bool handleSpecialColumn(QMouseEvent* event, const QModelIndex& index);
    void toggleEyes(int row, bool range);
    bool foldByKey(QKeyEvent* event);

    RunsModel& m_model;
    RunsPainting m_painting;
    RunsHeader* m_header;
    std::array<RunsDelegate*, 7> m_delegates{};
    std::map<ColumnRef, int> m_widths;
    std::optional<Place> m_place;
    std::string m_lastEye;
    bool m_applyingWidths = false;
    bool m_restoring = false;
    bool m_keyboardFocus = false;
    bool m_pressHandled = false;
};

} // namespace sextant
