// ScatterTab: one column of the compared runs against another, with trend and correlation.
#pragma once

#include "ui/compare/chart_tab.h"

namespace sextant {

class ScatterChart;

class ScatterTab final : public ChartTab
{
    Q_OBJECT
public:
    ScatterTab(CompareContext& context, QWidget* parent = nullptr);

    ScatterChart* chart() const { return m_chart; }

protected:
    void draw() override;
    ChartPanel* panel() const override { return m_panel; }

private:
    ScatterChart* m_chart;
    ChartPanel* m_panel;
};

} // namespace sextant
