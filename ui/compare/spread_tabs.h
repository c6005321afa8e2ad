// Tabs for one column of the compared runs: bars (a run or a group each), boxes by group, histogram.
#pragma once

#include "ui/compare/chart_tab.h"

class QStackedWidget;

namespace sextant {

class HistogramChart;
class RowChart;

class BarsTab final : public ChartTab
{
    Q_OBJECT
public:
    BarsTab(CompareContext& context, QWidget* parent = nullptr);
    RowChart* chart() const { return m_chart; }

protected:
    void draw() override;
    ChartPanel* panel() const override { return m_panel; }

private:
    RowChart* m_chart;
    ChartPanel* m_panel;
};

class BoxTab final : public ChartTab
{
    Q_OBJECT
public:
    BoxTab(CompareContext& context, QWidget* parent = nullptr);
    RowChart* chart() const { return m_chart; }

protected:
    void draw() override;
    ChartPanel* panel() const override { return m_panel; }

private:
    RowChart* m_chart;
    ChartPanel* m_panel;
};

/// Bins of numbers, counts of categories.
class HistogramTab final : public ChartTab
{
    Q_OBJECT
public:
    HistogramTab(CompareContext& context, QWidget* parent = nullptr);
    HistogramChart* chart() const { return m_chart; }
    RowChart* counts() const { return m_counts; }

protected:
    void draw() override;
    ChartPanel* panel() const override { return m_isCounts ? m_countsPanel : m_panel; }

private:
    HistogramChart* m_chart;
    RowChart* m_counts;
    ChartPanel* m_panel;
    ChartPanel* m_countsPanel;
    QStackedWidget* m_stack;
    bool m_isCounts = false;
};

} // namespace sextant
