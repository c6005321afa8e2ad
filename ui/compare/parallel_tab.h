// ParallelTab: the compared runs as parallel coordinates. Its brushes are the workspace's: they limit the
// Runs table and all other charts; its axes, their order, direction and scale are kept with the tab. Stands
// as a tab of its own and as a panel beneath the curves. GUI thread only.
#pragma once

#include "core/table/brush.h"
#include "ui/charts/parallel_chart.h"
#include "ui/compare/chart_tab.h"

namespace sextant {

class BorderedButton;

class ParallelTab final : public ChartTab
{
    Q_OBJECT
public:
    ParallelTab(CompareContext& context, QWidget* parent = nullptr);

    ParallelChart* chart() const { return m_chart; }
    ChartPanel& chartPanel() const { return *m_panel; }
    QStringList status() const override;

protected:
    void draw() override;
    ChartPanel* panel() const override { return m_panel; }
    std::vector<ColumnRef> firstColumns() const override;

private:
    void buildMenu();
    void dressAxes();
    void keepAxes();
    void keepBrushes();
    Brush toBrush(const ParallelChart::Brush& drawn) const;
    std::vector<ParallelChart::Brush> drawnBrushes() const;
    void hideOutside();
    void syncButtons();

    ParallelChart* m_chart;
    ChartPanel* m_panel;
    BorderedButton* m_keep;
    BorderedButton* m_clear;
    std::vector<ColumnRef> m_drawn; // columns of the table
    RunTablePtr m_source;           // of the table's values
};

} // namespace sextant
