// RunsPage: the page that lists runs. Puts bar, filter, table, charts and inspector together and gives their
// wishes a meaning; what they show comes from RunsController. GUI thread only.
#pragma once

#include "ui/runs/run_writer.h"
#include "ui/runs/runs_controller.h"
#include "ui/shell/page.h"

#include <QPointer>
#include <QTimer>

class QSplitter;
class QStackedWidget;

namespace sextant {

class Banner;
class BrushChips;
class ChartsColumn;
class FilterBar;
class HistoryCache;
class RunsActions;
class RunsBar;
class RunsInspector;
class RunsTableView;
class StatePanel;

class RunsPage final : public Page
{
    Q_OBJECT
public:
    explicit RunsPage(PageContext context, QWidget* parent = nullptr);
    ~RunsPage() override;

    QString id() const override { return QStringLiteral("runs"); }
    QString title() const override { return tr("Runs"); }
    QString icon() const override { return QStringLiteral("flask-conical"); }
    void open(const QString& subject) override;
    QWidget* inspector() override;
    QStringList status() const override;
    bool settled() const override;
    std::vector<PaletteEntry> paletteEntries(const QString& text, int limit) override;

    // For the page's actions.
    RunsController& controller() { return *m_controller; }
    RunsTableView& table() { return *m_table; }
    FilterBar& filterBar() { return *m_filterBar; }
    RunsBar& bar() { return *m_bar; }
    ChartsColumn& charts() { return *m_charts; }
    HistoryCache& histories() { return *m_histories; }
    /// The selected runs, or the current one.
    std::vector<std::string> chosenRuns() const;
    void openRun(const std::string& runId);
    enum class CellFilter { Only, Not, AtLeast, AtMost };
    void filterByCell(int row, int column, CellFilter how);
    /// Whether a filter can be made of the cell; ranges need a number.
    bool canFilterBy(int row, int column, CellFilter how) const;
    /// Selects a run wherever it is, its group opened for it.
    void revealRun(const std::string& runId);
    void goToBest(int group);
    /// Asks in place, with a preview; refused with a sentence while the store is locked.
    void startEdit(RunEdit edit);
    void confirmLifecycle(bool restore);
    void say(const Error& error);
    void tell(const QString& sentence, const QString& hint);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void connectTable();
    void connectController();
    void updateState();
    void updateSelection();
    void applyLayout();
    void placeCharts();
    void saveWidths();
    void saveColumnOrder();
    bool unlockedForEdit();
    QString storeName() const;

    PageContext m_context;
    RunsController* m_controller;
    RunWriter* m_writer;
    HistoryCache* m_histories;
    RunsBar* m_bar;
    FilterBar* m_filterBar;
    BrushChips* m_brushes;
    Banner* m_banner;
    RunsTableView* m_table;
    StatePanel* m_statePanel;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    ChartsColumn* m_charts;
    QPointer<RunsInspector> m_inspector;
    std::unique_ptr<RunsActions> m_actions;
    QTimer m_selectionDelay; // holding an arrow key reads no run until it rests
    std::string m_hovered;
};

} // namespace sextant
