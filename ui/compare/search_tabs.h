// Tabs about a search for good parameters: a metric over two of them, and how much each matters.
#pragma once

#include "ui/compare/chart_tab.h"

namespace sextant {

class ContourChart;
class RowChart;

class ContourTab final : public ChartTab
{
    Q_OBJECT
public:
    ContourTab(CompareContext& context, QWidget* parent = nullptr);
    ContourChart* chart() const { return m_chart; }
    bool settled() const override { return !m_working && ChartTab::settled(); }

protected:
    void draw() override;
    void choicesFound() override { m_first = spreadingPair(*scene(), choices()); }
    std::optional<ColumnRef> firstColumn(const QString& key) const override;
    ChartPanel* panel() const override { return m_panel; }

private:
    std::optional<std::pair<ColumnRef, ColumnRef>> m_first;
    ContourChart* m_chart;
    ChartPanel* m_panel;
    bool m_working = false;
};

/// Permutation importance of a random forest beside rank correlations; says how well the forest fits.
class ImportanceTab final : public ChartTab
{
    Q_OBJECT
public:
    ImportanceTab(CompareContext& context, QWidget* parent = nullptr);
    RowChart* chart() const { return m_chart; }
    bool settled() const override { return !m_working && ChartTab::settled(); }

protected:
    void draw() override;
    ChartPanel* panel() const override { return m_panel; }

private:
    RowChart* m_chart;
    ChartPanel* m_panel;
    bool m_working = false;
};

} // namespace sextant
