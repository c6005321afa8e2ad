// DiffTab: what differs between the compared runs: the matrix of all that was logged, and two texts side by
// side. The matrix is made in jobs; what the user sets is kept in the workspace. GUI thread only.
#pragma once

#include "ui/compare/compare_tab.h"
#include "ui/compare/diff_copy.h"
#include "ui/compare/diff_matrix.h"

class QAction;
class QMenu;
class QStackedWidget;

namespace sextant {

class DiffBar;
class DiffView;
class StatePanel;
class TextDiffView;

class DiffTab final : public CompareTab
{
    Q_OBJECT
public:
    explicit DiffTab(CompareContext& context, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("diff"); }
    QString title() const override { return tr("Diff"); }
    void showScene(const CompareScenePtr& scene) override;
    void workspaceChanged(const Workspace& before) override;
    QWidget* bar() override;
    bool showsRunList() const override { return false; }
    std::vector<std::string> chosenRuns() const override;
    bool settled() const override;
    QStringList status() const override;
    std::vector<ExportItem> exportItems() override;

    DiffModel& model() { return *m_model; }
    DiffView& view() { return *m_view; }
    TextDiffView& texts() { return *m_texts; }
    const DiffSettings& settings() const { return m_settings; }

    /// Opens the values of a cell, or of a field's first different run, beside the baseline's.
    void openTexts(const QModelIndex& index);
    /// Opens the files that a run and the baseline both have.
    void openFiles(const std::string& runId);
    /// The menus of a cell and of a run's head; owned by the tab.
    QMenu* cellMenu(const QModelIndex& index);
    QMenu* runMenu(int column);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void connectBar();
    void connectViews();
    void addActions();
    QAction* addAction(const char* id, const QString& text, const QString& tip, const char* icon,
                       const QList<QKeySequence>& keys, std::function<void()> run);
    void changeSettings(const QString& what, const std::function<void(DiffSettings&)>& edit,
                        bool undoable = true);
    void takeRuns();
    void refresh();
    void onContent(Result<DiffContentPtr> content);
    void updateState();
    void goToDifference(int step);
    void setDirection(const std::string& metric, int direction);
    void removeRun(const std::string& runId);
    void addDirections(QMenu* menu, int row);
    void copySelection(DiffTextFormat format);
    void write(DiffCopy copy, DiffTextFormat format, const QString& what,
               std::function<void(const QString&)> done);
    void saveCsv();
    void backToMatrix();
    bool showsTexts() const;
    const RunLook* look(const std::string& runId) const;

    CompareContext& m_context;
    CompareScenePtr m_scene;
    std::vector<RunLook> m_runs; // as columns: visible ones, the baseline first
    DiffSettings m_settings;
    DiffMatrixPtr m_matrix; // of m_runs, once it is there
    Error m_error;
    bool m_busy = false;
    QString m_remark; // the last thing the keys have to say

    DiffModel* m_model;
    DiffView* m_view;
    DiffBar* m_bar;
    TextDiffView* m_texts;
    StatePanel* m_state;
    QStackedWidget* m_stack;
};

} // namespace sextant
