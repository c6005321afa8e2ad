// ComparePage: compares runs: tabs above, the list of runs at the left, the tab's charts beside it. Wires
// list and tabs together; what is compared comes from CompareController. GUI thread only.
#pragma once

#include "ui/compare/compare_controller.h"
#include "ui/compare/compare_tab.h"

#include <memory>

class QHBoxLayout;
class QSplitter;
class QStackedWidget;

namespace sextant {

class BorderedButton;
class CompareList;
class StatePanel;
class TabStrip;

class ComparePage final : public Page
{
    Q_OBJECT
public:
    ComparePage(PageContext context, HistoryCache& histories, QWidget* parent = nullptr);
    ~ComparePage() override;

    QString id() const override { return QStringLiteral("compare"); }
    QString title() const override { return tr("Compare"); }
    QString icon() const override { return QStringLiteral("chart-spline"); }
    QStringList status() const override;
    bool settled() const override;

    CompareController& controller() { return *m_controller; }
    CompareContext& context() { return *m_compareContext; }
    CompareList& list() { return *m_list; }
    CompareTab* currentTab() const;
    CompareTab* tab(const QString& id) const;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    QWidget* buildBar();
    void addTab(CompareTab* tab);
    void addActions();
    void syncTab();
    void updateState();
    void updateScene();
    void highlight(const std::string& runId, const QObject* source);
    void openExport();

    PageContext m_context;
    CompareController* m_controller;
    std::unique_ptr<CompareContext> m_compareContext;
    CompareList* m_list;
    std::vector<CompareTab*> m_tabs;
    TabStrip* m_tabBar = nullptr;
    QHBoxLayout* m_barWidgets = nullptr;
    BorderedButton* m_export = nullptr;
    QStackedWidget* m_bars = nullptr; // one a tab
    QStackedWidget* m_stack = nullptr;
    QStackedWidget* m_outer = nullptr; // the tabs, or what is said instead
    QSplitter* m_splitter = nullptr;
    StatePanel* m_state = nullptr;
    CompareTab* m_current = nullptr;
};

} // namespace sextant
