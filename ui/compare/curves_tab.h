// CurvesTab: the Curves tab of the Compare page: a grid of line panels, one a metric, with search, settings
// and one panel at full size. GUI thread only.
#pragma once

#include "ui/compare/compare_tab.h"
#include "ui/compare/curve_layout.h"

class QLineEdit;

namespace sextant {

class BorderedButton;
class CheckList;
class CurvesBar;
class CurvesGrid;
class ElidedLabel;
class SearchField;
class Popup;
class StatePanel;
class TextLabel;

class CurvesTab final : public CompareTab
{
    Q_OBJECT
public:
    CurvesTab(CompareContext& context, QWidget* parent = nullptr);
    ~CurvesTab() override;

    QString id() const override { return QStringLiteral("curves"); }
    QString title() const override { return tr("Curves"); }
    void showScene(const CompareScenePtr& scene) override;
    void highlightRun(const std::string& runId) override;
    void workspaceChanged(const Workspace& before) override;
    QWidget* bar() override;
    QList<QWidget*> pageBarWidgets() override;
    bool settled() const override;
    QStringList status() const override;
    std::vector<ExportItem> exportItems() override;

    CurvesGrid& grid() { return *m_grid; }
    SearchField& search() { return *m_search; }
    CheckList& metricList() { return *m_metricList; }
    void openMetricList();
    void openExpression();
    QLineEdit& expressionField() { return *m_expression; }
    void toggleMaximized();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void addActions();
    QWidget* buildStage();
    void onSearch(const QString& text);
    void onChanged();
    void choosePanel(int entry, bool checked);
    void putPanel(const QString& what, const PanelId& id, bool onBoard);
    void buildExpression();
    void addExpression();

    CompareContext& m_context;
    CurvesBar* m_bar;
    CurvesGrid* m_grid;
    SearchField* m_search;
    BorderedButton* m_add;
    CheckList* m_metricList;
    Popup* m_expressionPopup = nullptr;
    QLineEdit* m_expression = nullptr;
    TextLabel* m_expressionNote = nullptr;
    StatePanel* m_empty;
    ElidedLabel* m_stageName = nullptr;
    QWidget* m_stage;                   // above a panel at full size
    std::vector<std::string> m_metrics; // of the list's entries
};

} // namespace sextant
