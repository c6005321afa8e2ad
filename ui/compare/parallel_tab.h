// ParallelTab: the compared runs as parallel coordinates; brushes hide what lies outside of them in all other
// tabs.
#pragma once

#include "ui/compare/chart_tab.h"

namespace sextant {

class BorderedButton;
class ParallelChart;

class ParallelTab final : public ChartTab
{
    Q_OBJECT
public:
    ParallelTab(CompareContext& context, QWidget* parent = nullptr);

    ParallelChart* chart() const { return m_chart; }
    QStringList status() const override;

protected:
    void draw() override;
    ChartPanel* panel() const override { return m_panel; }
    std::vector<ColumnRef> firstColumns() const override;

private:
    void hideOutside();
    void syncButtons();

    ParallelChart* m_chart;
    ChartPanel* m_panel;
    BorderedButton* m_keep;
    BorderedButton* m_clear;
    std::vector<ColumnRef> m_drawn; // columns of the table
};

} // namespace sextant
