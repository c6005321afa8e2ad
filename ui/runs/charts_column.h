// ChartsColumn: the charts beside the table, or in a grid of their own: one panel a chart of the workspace,
// drawing the runs whose eyes are open. Follows table and workspace. GUI thread only.
#pragma once

#include "ui/charts/history_cache.h"
#include "ui/runs/runs_controller.h"

#include <QScrollArea>

class QGridLayout;
class QPushButton;

namespace sextant {

class CheckList;
class MetricChart;
class StatePanel;
struct ChartLine;
struct LineSettings;

class ChartsColumn final : public QScrollArea
{
    Q_OBJECT
public:
    ChartsColumn(RunsController& controller, HistoryCache& histories, QWidget* parent = nullptr);

    /// Several panels in a row instead of one.
    void setGrid(bool grid);
    void highlightRun(const std::string& runId);
    /// "8 plotted, 800,000 points".
    QString status() const;
    bool settled() const;
    void openMetricList();
    /// Fills the column with one panel, or brings the others back.
    void toggleMaximized(const std::string& metric);
    const std::vector<MetricChart*>& panels() const { return m_charts; }

signals:
    void runHovered(const std::string& runId);
    void runPicked(const std::string& runId);
    void statusChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent* event) override;

private:
    void syncCharts();
    MetricChart* makeChart(const ChartView& view);
    void saveSettings(const std::string& metric, const LineSettings& settings);
    void syncLines();
    std::vector<ChartLine> lines() const;
    bool drawsGroups() const; // as their means
    LineSettings settingsFor(const ChartView& view) const;
    void placeCharts();
    void wakeAll();
    void fillMetricList();

    RunsController& m_controller;
    HistoryCache& m_histories;
    QWidget* m_content;
    QGridLayout* m_grid;
    QPushButton* m_add;
    CheckList* m_metricList;
    StatePanel* m_empty;
    std::vector<MetricChart*> m_charts;
    std::vector<std::string> m_metrics; // of the list's entries
    std::string m_maximized;
    bool m_inGrid = false;
};

} // namespace sextant
